"""What is known before the first round: how statistics come out, and last year's figures."""

from __future__ import annotations

from datetime import date, datetime

from duixian.demo.cast import Cast
from duixian.demo.diary import Diary
from duixian.demo.moments import WorkingTime, at
from duixian.demo.script import Release, Script
from duixian.indicators.commands import record_value, set_publication
from duixian.indicators.enums import ValueStatus
from duixian.indicators.models import Indicator
from duixian.reporting.commands import publish_value
from duixian.units.models import Unit

RELEASED_AT_HOUR = 10


def set_the_scene(script: Script, cast: Cast, now: datetime) -> None:
    """The office enters who publishes what, and the figures of last year that units have handed in."""
    indicators = Indicator.objects.in_bulk([p.indicator_id for p in script.publications])
    units = Unit.objects.in_bulk([p.responsible_unit_id for p in script.publications])
    for publication in script.publications:
        set_publication(
            indicator=indicators[publication.indicator_id],
            frequency=publication.frequency,
            publication_lag_days=publication.lag_days,
            responsible_unit=units[publication.responsible_unit_id],
            is_statistic=True,
            actor=cast.office_head,
            now=now,
        )
    _enter_history(script, cast, now)


def _enter_history(script: Script, cast: Cast, now: datetime) -> None:
    for indicator in Indicator.objects.filter(pk__in=script.history).select_related("responsible_unit", "government"):
        source = f"{indicator.responsible_unit}上年数"
        for month, value in sorted(script.history[indicator.pk].items()):
            record_value(
                indicator=indicator,
                month=month,
                value=value,
                status=ValueStatus.FINAL,
                source=source,
                actor=cast.office_staff[0],
                now=now,
            )


def add_releases(script: Script, cast: Cast, diary: Diary, working: WorkingTime, not_before: date) -> None:
    """Enter every release of a statistic into the diary, on a working day and not before the list was handed out."""
    for release in script.releases:
        day = working.first_day(max(release.on, not_before))
        diary.add(at(day, RELEASED_AT_HOUR), _Publish(release, cast))


class _Publish:
    """The act of entering one release, by the liaison of the unit responsible."""

    def __init__(self, release: Release, cast: Cast) -> None:
        self.release, self.cast = release, cast

    def __call__(self, now: datetime) -> None:
        release = self.release
        indicator = Indicator.objects.select_related("government", "responsible_unit").get(pk=release.indicator_id)
        publish_value(
            indicator=indicator,
            month=release.month,
            value=release.value,
            status=release.status,
            source=release.source,
            actor=self.cast.liaisons[indicator.responsible_unit_id or 0],
            now=now,
        )
