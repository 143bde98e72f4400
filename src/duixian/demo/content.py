"""A whole report of one task for one month, as its liaison fills it in on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duixian.demo.script import Course, FirstVersion, OutcomeCourse, Script
from duixian.demo.telling import Teller
from duixian.indicators.models import Indicator
from duixian.register.models import Task
from duixian.reporting.content import FigureEntry, NodeEntry, ReportContent
from duixian.reporting.enums import Progress
from duixian.reporting.facts import series_of_tasks
from duixian.reporting.queries import figure_is_due

NOT_COUNTED_YET = "本月数尚在汇总。"
# a unit vouches for a node that is due so soon and on its way
VOUCHED_DAYS = 20


@dataclass(frozen=True, slots=True)
class Desk:
    """What a liaison has before them when filling in: the script and the words."""

    script: Script
    teller: Teller

    def fill_in(
        self, task: Task, month: date, today: date, last_told: date, first: FirstVersion | None = None
    ) -> ReportContent:
        """The report as it should be, or (with `first`) as it was before it was mended."""
        account, next_step = self.teller.tell(task, month, today, last_told)
        habit = self.script.habits.get(task.reporting_unit_id)
        if habit is not None and habit.is_terse and "。" in account:
            account = account.split("。")[0] + "。"
        return ReportContent(
            figures=tuple(self._figures(task, month, today, first.figures if first else {})),
            nodes=tuple(self._nodes(task, today)),
            account=(first.account if first and first.account else account) or "本月按计划推进。",
            next_step=next_step,
            blocker=self._blocker(task, month),
        )

    def _figures(self, task: Task, month: date, today: date, wrong: Mapping[int, Decimal | None]) -> list[FigureEntry]:
        entries = []
        owed_by_members = {target.indicator_id for target in task.targets.all() if target.members_id}
        for series in series_of_tasks([task])[task.pk]:
            course = self.script.courses.get(series.pk)
            if series.pk in owed_by_members:
                members = course.members if course is not None else {}
                entries += [_figure_entry(series.pk, values.get(month), pk) for pk, values in members.items()]
            elif figure_is_due(series, month, today):
                value = wrong[series.pk] if series.pk in wrong else self._value(series, course, month)
                entries.append(_figure_entry(series.pk, value))
        return entries

    def _value(self, series: Indicator, course: Course | None, month: date) -> Decimal | None:
        if course is not None:
            return course.values.get(month)
        out = [r for r in self.script.releases if r.indicator_id == series.pk and r.month == month]
        return out[0].value if out else None

    def _nodes(self, task: Task, today: date) -> list[NodeEntry]:
        entries = []
        for outcome in task.outcomes.all():
            course = self.script.outcomes.get(outcome.pk)
            if outcome.covered_by_id is not None or course is None:
                continue
            entries.append(_outcome_entry(outcome.pk, outcome.due_on, course, today))
            done = {node.name: node.done_on for node in course.nodes}
            for milestone in outcome.milestones.all():
                entries.append(_milestone_entry(milestone.pk, milestone.due_on, done.get(milestone.name), today))
        return entries

    def _blocker(self, task: Task, month: date) -> str:
        obstacle = self.script.obstacles.get(task.pk)
        if obstacle is None or month < obstacle.first or (obstacle.closed is not None and month >= obstacle.closed):
            return ""
        return obstacle.text


def _figure_entry(indicator_id: int, value: Decimal | None, member_id: int | None = None) -> FigureEntry:
    """A figure left blank says why: blank is not zero."""
    return FigureEntry(indicator_id, value, member_id, unavailable_reason=NOT_COUNTED_YET if value is None else "")


def _outcome_entry(outcome_id: int, due_on: date, course: OutcomeCourse, today: date) -> NodeEntry:
    if course.reached_on is not None and course.reached_on <= today:
        return NodeEntry(Progress.REACHED, outcome_id=outcome_id, done_on=course.reached_on)
    is_begun = course.starts_on is None or course.starts_on <= today
    return NodeEntry(
        Progress.UNDER_WAY if is_begun else Progress.NOT_STARTED,
        outcome_id=outcome_id,
        will_be_met=_is_vouched_for(due_on, course.reached_on, today),
    )


def _milestone_entry(milestone_id: int, due_on: date, done_on: date | None, today: date) -> NodeEntry:
    if done_on is not None and done_on <= today:
        return NodeEntry(Progress.REACHED, milestone_id=milestone_id, done_on=done_on)
    return NodeEntry(Progress.UNDER_WAY, milestone_id=milestone_id, will_be_met=_is_vouched_for(due_on, done_on, today))


def _is_vouched_for(due_on: date, done_on: date | None, today: date) -> bool:
    """The unit says it will be met where it will be, and the day is near."""
    return done_on is not None and done_on <= due_on and 0 <= (due_on - today).days <= VOUCHED_DAYS
