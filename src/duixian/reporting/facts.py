"""What is known of a plan's tasks, gathered in a fixed number of queries and handed to `assessing`."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from duixian.assessing import Firmness, NodeFacts, Observation, OutcomeFacts, TargetFacts
from duixian.indicators.enums import ValueStatus
from duixian.indicators.models import Indicator
from duixian.indicators.queries import Series, Statuses, available_until, values_by_status, values_in_force
from duixian.periods import month_end
from duixian.reading import Accrual, Comparator, Polarity, QuantityKind, Stage
from duixian.register.models import Milestone, Outcome, Part, Target, Task
from duixian.register.queries import plan_figures_in_force
from duixian.reporting.content import NodeEntry, kept_nodes, kept_reasons
from duixian.reporting.enums import Progress, ReportState
from duixian.reporting.models import PartReport, ReportVersion
from duixian.units.models import Unit, UnitGroup

MILESTONES_PART = "milestones"
DECEMBER = 12
FIRMNESS = {
    ValueStatus.ESTIMATED: Firmness.ESTIMATED,
    ValueStatus.PRELIMINARY: Firmness.PRELIMINARY,
    ValueStatus.FINAL: Firmness.SETTLED,
    ValueStatus.REVISED: Firmness.SETTLED,
}


@dataclass(frozen=True, slots=True)
class Reached:
    """The latest approved word on a node: done since when, or said to be met in time."""

    done_on: date | None
    will_be_met: bool


@dataclass(frozen=True, slots=True)
class Approved:
    """What a report said when it was last approved, as far as grades hang on it, and when that was."""

    task_id: int
    month: date
    nodes: tuple[NodeEntry, ...]
    # series -> why its figure was left blank
    reasons: dict[int, str]
    decided_at: datetime | None


def approved_words(tasks: Iterable[Task], *, until: date) -> list[Approved]:
    """The last approved version of every report of these tasks up to a month, the oldest month first.

    A report that is reopened for a correction goes on counting as it was approved, until the correction is.
    """
    rows = ReportVersion.objects.filter(
        report__task__in=[t.pk for t in tasks], report__round__month__lte=until, decision=ReportState.APPROVED
    ).order_by("report__round__month", "report", "number")
    last = {}
    for report, task, month, content, decided_at in rows.values_list(
        "report", "report__task", "report__round__month", "content", "decided_at"
    ):
        last[report] = task, month, content, decided_at
    return [Approved(task, month, kept_nodes(kept), kept_reasons(kept), at) for task, month, kept, at in last.values()]


@dataclass(slots=True)
class Knowledge:
    """Everything assessed tasks draw on, as known for `month`."""

    month: date
    today: date
    series: Series
    plans: dict[int, dict[date, Decimal]]
    nodes: dict[tuple[str, int], Reached]
    members: dict[int, dict[int, str]] = field(default_factory=dict)
    # (task, series) -> why this month's approved report has no figure
    unavailable: dict[tuple[int, int], str] = field(default_factory=dict)
    # of series that are compared with one another: the values of each status
    statuses: Statuses = field(default_factory=dict)
    # tasks whose report of this month is taken as approved
    reported: set[int] = field(default_factory=set)
    # facts put together already for any month of the year; None: they may still change
    told: dict[tuple[int, bool, date | None], TargetFacts] | None = None

    def facts(self, target: Target, task: Task, *, as_promised: bool = False) -> TargetFacts:
        """`target_facts`, put together once for all the months of a source.

        They may hold later figures than the month's: an assessment looks no further than its month.
        """
        if self.told is None:
            return target_facts(target, task, self, as_promised=as_promised)
        key = target.pk, as_promised, available_until(target.indicator, self.today)
        if key not in self.told:
            year = replace(self, month=date(task.plan.year, DECEMBER, 1))
            self.told[key] = target_facts(target, task, year, as_promised=as_promised)
        return self.told[key]


@dataclass(slots=True)
class Source:
    """What does not hang on a month: read once, and told for as many months as are wanted."""

    series: Series
    statuses: Statuses
    plans: dict[int, dict[date, Decimal]]
    members: dict[int, dict[int, str]]
    words: list[Approved]
    # what cooperating units said of their parts, the oldest month first
    parts: list[tuple[date, int, str]]
    told: dict[tuple[int, bool, date | None], TargetFacts] = field(default_factory=dict)
    by_month: dict[date, Knowledge] = field(default_factory=dict)

    def known(self, month: date, today: date) -> Knowledge:
        """The same as known for one month, seen on a day."""
        if month not in self.by_month:
            self.by_month[month] = self._known(month, today)
        return replace(self.by_month[month], today=today)

    def _known(self, month: date, today: date) -> Knowledge:
        return Knowledge(
            month=month,
            today=today,
            series=self.series,
            statuses=self.statuses,
            plans=self.plans,
            nodes=_nodes(self.words, month) | _told_parts(self.parts, month),
            members=self.members,
            unavailable=_unavailable(self.words, month),
            told=self.told,
        )


def read_source(tasks: Iterable[Task], *, until: date) -> Source:
    """Series, plans in force and approved words of these tasks, up to a month.

    The tasks come from `register.queries.tasks_with_parts`; the number of queries does not grow with them.
    """
    tasks = list(tasks)
    targets = [t for task in tasks for t in task.targets.all()]
    related = [t for t in targets if t.against_id]
    compared = {t.indicator_id for t in related} | {t.against_id for t in related if t.against_id}
    figures = plan_figures_in_force(targets)
    return Source(
        series=values_in_force({t.indicator_id for t in targets} | compared),
        statuses=values_by_status(compared),
        plans={key: {m: row.value for m, row in rows.items()} for key, rows in figures.items()},
        members=_members(targets),
        words=approved_words(tasks, until=until),
        parts=_part_words(tasks, until),
    )


def _part_words(tasks: list[Task], until: date) -> list[tuple[date, int, str]]:
    parts = [part.pk for task in tasks for part in getattr(task, "graded_parts", ())]
    if not parts:
        return []
    rows = PartReport.objects.filter(part__in=parts, round__month__lte=until)
    rows = rows.exclude(progress="").order_by("round__month", "pk")
    return list(rows.values_list("round__month", "part_id", "progress"))


def _told_parts(words: list[tuple[date, int, str]], month: date) -> dict[tuple[str, int], Reached]:
    """The last word on each part: reached since the end of the month that first said so without taking it back."""
    told: dict[tuple[str, int], Reached] = {}
    for said_for, part_id, progress in words:
        if said_for > month:
            break
        key = ("part", part_id)
        if progress != Progress.REACHED:
            told[key] = Reached(None, False)
        elif key not in told or told[key].done_on is None:
            told[key] = Reached(month_end(said_for), False)
    return told


def gather(tasks: Iterable[Task], *, month: date, today: date) -> Knowledge:
    """What is known of these tasks for one month, seen on a day; what would follow may be added."""
    return replace(read_source(tasks, until=month).known(month, today), told=None)


def _members(targets: list[Target]) -> dict[int, dict[int, str]]:
    groups: dict[int, UnitGroup] = {t.members_id: t.members for t in targets if t.members_id and t.members}
    return {key: dict(group.members.values_list("pk", "name")) for key, group in groups.items()}


def _nodes(approved: list[Approved], month: date) -> dict[tuple[str, int], Reached]:
    nodes: dict[tuple[str, int], Reached] = {}
    for word in approved:
        if word.month > month:
            continue
        for node in word.nodes:
            if not node.progress:
                continue
            key = ("outcome", node.outcome_id) if node.outcome_id else ("milestone", node.milestone_id or 0)
            # a promise to be in time counts only while it is this month's own
            nodes[key] = Reached(
                done_on=node.done_on or month_end(word.month) if node.progress == Progress.REACHED else None,
                will_be_met=node.will_be_met and word.month == month,
            )
    return nodes


def _unavailable(approved: list[Approved], month: date) -> dict[tuple[int, int], str]:
    return {
        (word.task_id, series): why for word in approved if word.month == month for series, why in word.reasons.items()
    }


def target_facts(target: Target, task: Task, known: Knowledge, *, as_promised: bool = False) -> TargetFacts:
    """All that is known of one target by the month: as amended, or `as_promised` first."""
    year = task.plan.year
    own = known.series.get(target.indicator_id, {})
    whole = own.get(None, {})
    return TargetFacts(
        name=target.indicator.name,
        unit=target.unit_of_measure,
        comparator=Comparator(target.comparator),
        kind=QuantityKind(target.kind),
        polarity=Polarity(target.polarity),
        accrual=Accrual(target.accrual),
        value=target.original_value if as_promised else target.current_value,
        value_max=target.original_value_max if as_promised else target.current_value_max,
        stage=Stage(target.stage) if target.stage else None,
        due_on=target.original_due_on if as_promised else target.current_due_on,
        year=year,
        strive=target.is_strive,
        at_all_times=target.is_at_all_times,
        is_statistic=target.indicator.is_statistic,
        baseline=whole.get(date(year - 1, 12, 1)) if target.accrual == Accrual.STOCK else None,
        monthly_plan=known.plans.get(target.pk),
        last_year=_last_year(whole, year),
        observations=_own(target, whole, year, known),
        available_until=available_until(target.indicator, known.today),
        against=_against(target, year, known),
        against_name=target.against.name if target.against else "",
        members=_member_observations(target, own, year, known),
        per=target.per,
        direction=target.direction or None,
    )


def _own(target: Target, whole: dict[date, Decimal], year: int, known: Knowledge) -> tuple[Observation, ...]:
    if target.against_id is not None:
        return _firm_observations(target.indicator_id, year, known)
    return _observations(whole, year, known.month)


def _last_year(values: dict[date, Decimal], year: int) -> dict[date, Decimal] | None:
    """Last year's months and the December before them, from which a level set out."""
    first = date(year - 2, 12, 1)
    return {m: v for m, v in values.items() if first <= m < date(year, 1, 1)} or None


def _observations(values: dict[date, Decimal], year: int, month: date) -> tuple[Observation, ...]:
    return tuple(Observation(m, v) for m, v in sorted(values.items()) if m.year == year and m <= month)


def _against(target: Target, year: int, known: Knowledge) -> tuple[Observation, ...] | None:
    if target.against_id is None:
        return None
    return _firm_observations(target.against_id, year, known)


def _firm_observations(series_id: int, year: int, known: Knowledge) -> tuple[Observation, ...]:
    """The whole's figures, each with what is known of its month by firmness."""
    plain = _observations(known.series.get(series_id, {}).get(None, {}), year, known.month)
    statuses = known.statuses.get(series_id, {})
    return tuple(replace(o, firm=_firm(statuses.get(o.month, {}))) for o in plain)


def _firm(statuses: dict[str, Decimal]) -> tuple[tuple[Firmness, Decimal], ...]:
    """By firmness, weakest first; a revised value takes the place of the final one."""
    by_rank = sorted(statuses.items(), key=lambda item: ValueStatus(item[0]).rank)
    return tuple({FIRMNESS[ValueStatus(status)]: value for status, value in by_rank}.items())


def _member_observations(
    target: Target, own: dict[int | None, dict[date, Decimal]], year: int, known: Knowledge
) -> dict[str, tuple[Observation, ...]] | None:
    if target.members_id is None:
        return None
    names = known.members.get(target.members_id, {})
    return {name: _observations(own.get(pk, {}), year, known.month) for pk, name in names.items()}


def outcome_facts(outcome: Outcome, known: Knowledge, *, as_promised: bool = False) -> OutcomeFacts:
    """All that is known of one outcome and its nodes by the month: as extended, or `as_promised` first."""
    reached = known.nodes.get(("outcome", outcome.pk))
    return OutcomeFacts(
        name=outcome.object,
        stage=Stage(outcome.stage),
        due_on=outcome.original_due_on if as_promised else outcome.current_due_on,
        implied=outcome.is_implied,
        reached_on=reached.done_on if reached else None,
        will_be_met=bool(reached and reached.will_be_met),
        milestones=tuple(_node_facts(m, known) for m in outcome.milestones.all()),
    )


def milestone_facts(task: Task, known: Knowledge, *, as_promised: bool = False) -> OutcomeFacts | None:
    """Nodes filed for the task as a whole, assessed together; None where there are none."""
    nodes = tuple(_node_facts(m, known) for m in task.milestones.all())
    if not nodes:
        return None
    return OutcomeFacts(
        name="节点",
        stage=Stage.ADVANCE,
        due_on=task.due_on if as_promised else task.current_due_on,
        implied=not task.limit_text,
        reached_on=_all_reached_on(nodes),
        milestones=nodes,
    )


def part_facts(part: Part, known: Knowledge) -> OutcomeFacts:
    """A cooperating unit's part: done when the unit said so of the whole, or of each of its nodes."""
    nodes = tuple(_node_facts(m, known) for m in part.milestones.all())
    told = known.nodes.get(("part", part.pk))
    return OutcomeFacts(
        name=str(part),
        stage=Stage.ADVANCE,
        due_on=part.due_on,
        reached_on=told.done_on if told and told.done_on else _all_reached_on(nodes),
        will_be_met=bool(told and told.will_be_met),
        milestones=nodes,
    )


def _all_reached_on(nodes: tuple[NodeFacts, ...]) -> date | None:
    """The day of the last node, once all are done."""
    done = [node.done_on for node in nodes if node.done_on is not None]
    return max(done) if done and len(done) == len(nodes) else None


def _node_facts(milestone: Milestone, known: Knowledge) -> NodeFacts:
    reached = known.nodes.get(("milestone", milestone.pk))
    return NodeFacts(
        name=milestone.name,
        due_on=milestone.due_on,
        done_on=reached.done_on if reached else None,
        will_be_met=bool(reached and reached.will_be_met),
    )


def series_of_tasks(tasks: Iterable[Task]) -> dict[int, list[Indicator]]:
    """Task id -> the series its own unit fills in (an external counterpart included), each once, in printed order."""
    wanted: dict[int, list[Indicator]] = defaultdict(list)
    for task in tasks:
        for target in task.targets.all():
            for series in (target.indicator, target.against):
                if series and series.responsible_unit_id == task.reporting_unit_id and series not in wanted[task.pk]:
                    wanted[task.pk].append(series)
    return wanted


def members_of(target: Target) -> list[Unit]:
    """Who each owes the target; empty where it is owed once."""
    return list(target.members.members) if target.members else []
