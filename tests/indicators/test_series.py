"""Series apart from tasks: values by period and status, replaced and never erased; when a figure can be known."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from duixian.audit.command import InvalidInput, NotAllowed, WrongState
from duixian.indicators.commands import create_indicator, record_value, set_publication, withdraw_value
from duixian.indicators.enums import Frequency, ValueStatus
from duixian.indicators.models import Indicator, IndicatorValue
from duixian.indicators.queries import available_until, values_in_force
from duixian.periods import add_months, month_end
from duixian.units.models import Unit
from tests.cast import SET_UP, Cast, at
from tests.factories.play import month


@pytest.fixture
def growth(cast: Cast) -> Indicator:
    return create_indicator(
        government=cast.city,
        name="地区生产总值增速",
        unit_of_measure="%",
        responsible_unit=cast.labour.unit,
        actor=cast.office_staff,
        now=SET_UP,
    )


def enter(cast: Cast, indicator: Indicator, value: str, status: ValueStatus, member: Unit | None = None) -> None:
    record_value(
        indicator=indicator,
        month=month(3),
        value=Decimal(value),
        status=status,
        source="统计快报",
        member=member,
        actor=cast.office_staff,
        now=at(4, 20),
    )


def test_a_later_status_replaces_the_earlier_without_erasing_it(cast: Cast, growth: Indicator) -> None:
    for value, status in (("5.6", ValueStatus.ESTIMATED), ("5.7", ValueStatus.PRELIMINARY), ("5.8", ValueStatus.FINAL)):
        enter(cast, growth, value, status)
    assert values_in_force([growth.pk]) == {growth.pk: {None: {month(3): Decimal("5.8")}}}
    rows = list(IndicatorValue.objects.order_by("pk").values_list("value", "status"))
    assert rows == [
        (Decimal("5.6"), ValueStatus.ESTIMATED),
        (Decimal("5.7"), ValueStatus.PRELIMINARY),
        (Decimal("5.8"), ValueStatus.FINAL),
    ]
    assert IndicatorValue.objects.filter(superseded_at=None).count() == 1


def test_each_member_has_values_of_its_own(cast: Cast, growth: Indicator) -> None:
    east, stone = cast.units["云东区政府"], cast.units["青石县政府"]
    enter(cast, growth, "6", ValueStatus.FINAL)
    enter(cast, growth, "7", ValueStatus.FINAL, east)
    enter(cast, growth, "8", ValueStatus.FINAL, stone)
    in_force = values_in_force([growth.pk])[growth.pk]
    assert {member: values[month(3)] for member, values in in_force.items()} == {
        None: Decimal(6),
        east.pk: Decimal(7),
        stone.pk: Decimal(8),
    }


def test_the_database_keeps_one_value_in_force_also_for_the_whole(cast: Cast, growth: Indicator) -> None:
    """NULLs are not distinct here: two values for "no member" would be two truths."""
    enter(cast, growth, "6", ValueStatus.FINAL)
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorValue.objects.create(
            indicator=growth, month=month(3), value=Decimal(7), source="旁门", entered_at=SET_UP
        )


def test_a_value_belongs_to_a_month(cast: Cast, growth: Indicator) -> None:
    with pytest.raises(InvalidInput):
        record_value(
            indicator=growth,
            month=date(2026, 3, 31),
            value=Decimal(6),
            status=ValueStatus.FINAL,
            source="统计快报",
            actor=cast.office_staff,
            now=SET_UP,
        )


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1000000000000000000"])
def test_a_value_that_cannot_be_kept_is_refused(cast: Cast, growth: Indicator, value: str) -> None:
    with pytest.raises(InvalidInput):
        enter(cast, growth, value, ValueStatus.FINAL)
    assert not IndicatorValue.objects.exists()


def test_a_withdrawn_value_is_kept_but_no_longer_counts(cast: Cast, growth: Indicator) -> None:
    enter(cast, growth, "6", ValueStatus.ESTIMATED)
    withdraw_value(indicator=growth, month=month(3), actor=cast.office_staff, now=SET_UP)
    assert values_in_force([growth.pk]) == {}
    assert IndicatorValue.objects.count() == 1
    with pytest.raises(WrongState):
        withdraw_value(indicator=growth, month=month(3), actor=cast.office_staff, now=SET_UP)


def test_whoever_answers_for_the_figure_may_enter_it(cast: Cast, growth: Indicator) -> None:
    for actor, may in ((cast.labour.liaison, True), (cast.building.liaison, False), (cast.outsider, False)):
        values = {"indicator": growth, "month": month(3), "value": Decimal(6), "status": ValueStatus.FINAL}
        if may:
            record_value(**values, source="快报", actor=actor, now=SET_UP)  # type: ignore[arg-type]
        else:
            with pytest.raises(NotAllowed):
                record_value(**values, source="快报", actor=actor, now=SET_UP)  # type: ignore[arg-type]


@pytest.mark.parametrize("lag", [-1, 401])
def test_a_lag_is_between_nothing_and_a_year(cast: Cast, growth: Indicator, lag: int) -> None:
    with pytest.raises(InvalidInput):
        set_publication(
            indicator=growth,
            frequency=Frequency.MONTHLY,
            publication_lag_days=lag,
            actor=cast.office_staff,
            now=SET_UP,
        )


@pytest.mark.parametrize(
    ("frequency", "lag", "today", "until"),
    [
        (Frequency.MONTHLY, 0, date(2026, 4, 1), None),
        (Frequency.MONTHLY, 30, date(2026, 4, 29), month(2)),
        (Frequency.MONTHLY, 30, date(2026, 4, 30), month(3)),
        (Frequency.QUARTERLY, 0, date(2026, 3, 30), month(12, 2025)),
        (Frequency.QUARTERLY, 0, date(2026, 3, 31), month(3)),
        (Frequency.QUARTERLY, 28, date(2026, 4, 27), month(12, 2025)),
        (Frequency.QUARTERLY, 28, date(2026, 4, 28), month(3)),
        (Frequency.YEARLY, 60, date(2026, 2, 28), month(12, 2024)),
        (Frequency.YEARLY, 60, date(2026, 3, 1), month(12, 2025)),
    ],
)
def test_the_last_month_that_can_be_known(frequency: Frequency, lag: int, today: date, until: date | None) -> None:
    assert available_until(Indicator(frequency=frequency, publication_lag_days=lag), today) == until


@given(
    st.sampled_from(Frequency),
    st.integers(0, 400),
    st.dates(date(2024, 1, 1), date(2028, 12, 31)),
)
def test_what_can_be_known_is_out_and_the_next_is_not(frequency: Frequency, lag: int, today: date) -> None:
    until = available_until(Indicator(frequency=frequency, publication_lag_days=lag), today)
    if until is None:
        assert (frequency, lag) == (Frequency.MONTHLY, 0)
        return
    assert until.month % frequency.months == 0
    assert (today - month_end(until)).days >= lag
    assert (today - month_end(add_months(until, frequency.months))).days < lag
