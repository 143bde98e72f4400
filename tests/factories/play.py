"""The acts of the street in a few words, for tests that need something to have happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from duixian.periods import add_months
from duixian.reading import Reading
from duixian.register.models import Plan, Target, Task
from duixian.reporting.commands import (
    approve_report,
    lock_round,
    open_round,
    save_report,
    send_up_report,
    sign_off_report,
    start_plan,
)
from duixian.reporting.content import FigureEntry, NodeEntry, ReportContent
from duixian.reporting.enums import Progress
from duixian.reporting.facts import members_of, series_of_tasks
from duixian.reporting.models import Report, Round
from duixian.units.models import Account, Unit
from tests.cast import Cast, at
from tests.factories.list import EVERY_KIND, whole_list

ADOPTED_AT = at(2, 20)


def month(number: int, year: int = 2026) -> date:
    """A month of the plan's year."""
    return date(year, number, 1)


def after(of: date, day: int) -> datetime:
    """A day of the month after `of`, when its stocktake is taken."""
    later = add_months(of, 1)
    return at(later.month, day, year=later.year)


@dataclass(slots=True)
class Stage:
    """An adopted list with its cast, and the acts that are needed again and again."""

    cast: Cast
    plan: Plan

    def task(self, name: str) -> Task:
        """A task of the list of every kind, as it is now."""
        return self.plan.tasks.get(order=list(EVERY_KIND).index(name) + 1)

    def target(self, name: str) -> Target:
        """The first target of that task."""
        target = self.task(name).targets.first()
        assert target is not None
        return target

    def open(self, number: int) -> Round:
        """Open the stocktake of a month on the first day after it."""
        return open_round(
            plan=self.plan, month=month(number), actor=self.cast.office_staff, now=after(month(number), 1)
        )

    def lock(self, round: Round, *, day: int = 20) -> Round:
        """Lock it."""
        return lock_round(round=round, actor=self.cast.office_head, now=after(round.month, day))

    def save(
        self, round: Round, task: Task, content: ReportContent, *, revision: int = 0, by: Account | None = None
    ) -> Report:
        """The liaison's draft."""
        liaison = by or self.cast.crew(task.reporting_unit).liaison
        return save_report(
            round=round, task=task, content=content, revision=revision, actor=liaison, now=after(round.month, 2)
        )

    def send_up(self, round: Round, task: Task, content: ReportContent | None = None) -> Report:
        """A draft, handed to the head."""
        report = self.save(round, task, content or content_for(task))
        crew = self.cast.crew(task.reporting_unit)
        return send_up_report(report=report, actor=crew.liaison, now=after(round.month, 2))

    def submit(self, round: Round, task: Task, content: ReportContent | None = None, *, day: int = 3) -> Report:
        """Signed by the head, waiting for the office."""
        report = self.send_up(round, task, content)
        crew = self.cast.crew(task.reporting_unit)
        return sign_off_report(report=report, actor=crew.head, now=after(round.month, day))

    def sign(self, report: Report, now: datetime) -> Report:
        """A draft, sent up and signed at a given moment."""
        crew = self.cast.crew(report.unit)
        return sign_off_report(
            report=send_up_report(report=report, actor=crew.liaison, now=now), actor=crew.head, now=now
        )

    def approve(self, round: Round, task: Task, content: ReportContent | None = None, *, day: int = 6) -> Report:
        """The whole way of a report."""
        report = self.submit(round, task, content)
        return approve_report(report=report, actor=self.cast.office_staff, now=after(round.month, day))


def set_stage(cast: Cast, reading: Reading | None = None) -> Stage:
    """Adopt a list (of every kind, unless one is given) on the cast's units."""
    adoption = start_plan(
        reading=reading or whole_list(), government=cast.city, year=2026, actor=cast.office_staff, now=ADOPTED_AT
    )
    return Stage(cast, adoption.plan)


def figures(task: Task, value: str | Decimal | None, **more: object) -> tuple[FigureEntry, ...]:
    """The same value for every series (and member) the task's unit fills in."""
    number = None if value is None else Decimal(value)
    entries = []
    for series in series_of_tasks([task])[task.pk]:
        members: Iterable[Unit | None] = [None]
        for target in task.targets.filter(indicator=series):
            members = members_of(target) or [None]
        entries += [FigureEntry(series.pk, number, m.pk if m else None, **more) for m in members]  # type: ignore[arg-type]
    return tuple(entries)


def nodes(
    task: Task, progress: Mapping[str, Progress] | Progress = Progress.UNDER_WAY, done_on: date | None = None
) -> tuple[NodeEntry, ...]:
    """A word on each outcome that no amount covers: one for all, or by object."""
    told = []
    for outcome in task.outcomes.filter(covered_by=None):
        word = progress if isinstance(progress, Progress) else progress.get(outcome.object, Progress.UNDER_WAY)
        told.append(NodeEntry(word, outcome.pk, done_on=done_on if word is Progress.REACHED else None))
    return tuple(told)


def content_for(
    task: Task,
    value: str | Decimal | None = "1",
    *,
    progress: Mapping[str, Progress] | Progress = Progress.UNDER_WAY,
    done_on: date | None = None,
    blocker: str = "",
    **more: object,
) -> ReportContent:
    """A report that leaves nothing out."""
    return ReportContent(
        figures=figures(task, value, **more),
        nodes=nodes(task, progress, done_on),
        account="按计划推进。",
        next_step="继续推进。",
        blocker=blocker,
    )
