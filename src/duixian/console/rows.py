"""A task and its parts as rows of the register: target, actual, expected, deviation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from duixian.assessing import Grade, Light
from duixian.assessing.units import is_points
from duixian.assessing.wording import months_so_far, percent
from duixian.console import wording
from duixian.console.marks import circled
from duixian.console.sparks import Spark, spark
from duixian.periods import month_label
from duixian.reading import Accrual, Polarity
from duixian.register.models import Outcome, Target, Task
from duixian.reporting.enums import Progress
from duixian.reporting.facts import MILESTONES_PART
from duixian.reporting.listings import Courses
from duixian.reporting.models import ReportNode, Standing
from duixian.reporting.models.standing import TASK_PART

Nodes = Mapping[tuple[str, int], ReportNode]


@dataclass(frozen=True, slots=True)
class PartRow:
    """One measured part. Figures are finished text; `standing` is None before the first grading."""

    key: str
    name: str
    standing: Standing | None
    limit: str = ""
    uom: str = ""
    goal: str = ""
    actual: str = ""
    expected: str = ""
    deviation: str = ""
    other: str = ""
    data: str = ""
    spark: Spark | None = None
    number: str = ""

    @property
    def light(self) -> str:
        """The part's light, "" for none."""
        return self.standing.light if self.standing else ""

    @property
    def grade(self) -> str:
        """The part's grade in words."""
        return wording.grade_word(self.standing.grade) if self.standing else ""

    @property
    def is_figure(self) -> bool:
        """Whether it is told in figures with a unit of measure, not in states of an object."""
        return self.key.startswith("target:")

    @property
    def is_bad(self) -> bool:
        """Whether the deviation is printed red."""
        return self.light == Light.RED


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task with its parts. A task of one part is one row and carries that part's figures."""

    task: Task
    light: str
    grade: str
    reason: str
    parts: list[PartRow] = field(default_factory=list)
    marks: tuple[str, ...] = ()

    @property
    def only(self) -> PartRow | None:
        """The single part of a task that has just one."""
        return self.parts[0] if len(self.parts) == 1 else None

    @property
    def shown_parts(self) -> list[PartRow]:
        """Parts that need rows of their own."""
        return [] if len(self.parts) == 1 else self.parts

    @property
    def limit(self) -> str:
        """The limit as printed; once extended, the day in force and the limit as printed beside it."""
        year = self.task.plan.year
        printed = wording.limit_label(self.task.due_on, self.task.limit_text, year)
        if self.task.amended_due_on is None:
            return printed
        return _("%(day)s（原%(promised)s）") % {
            "day": wording.day(self.task.amended_due_on, year),
            "promised": printed,
        }


def task_rows(
    tasks: Sequence[Task], courses: Mapping[int, Courses], nodes: Nodes, months: Sequence[date]
) -> list[TaskRow]:
    """Rows for tasks from `tasks_with_parts` (with `with_standing_at`); `months` are the rounds so far."""
    return [_task_row(task, courses[task.pk], nodes, months) for task in tasks]


def _task_row(task: Task, courses: Courses, nodes: Nodes, months: Sequence[date]) -> TaskRow:
    grade = getattr(task, "grade_then", None) or task.grade
    light = getattr(task, "light_then", None)
    reason = getattr(task, "reason_then", None) or task.reason
    own = courses.get(TASK_PART)
    last = own[-1] if own else None
    shown = task.light if light is None else light
    if last and last.month == task.graded_month and last.light == shown:
        # as told today
        reason = last.reason
    parts = part_rows(task, courses, nodes, months)
    return TaskRow(task, shown, wording.grade_word(grade), reason, parts, marks_of(last, shown))


def marks_of(standing: Standing | None, shown: str) -> tuple[str, ...]:
    """What is written beside a light: that a person said so, and what it would be by the promise first made."""
    if standing is None:
        return ()
    by_person = (_("认定"),) if standing.is_overridden and standing.light == shown else ()
    promised = wording.promised_mark(standing.promised_light, standing.promised_grade)
    return (*by_person, *filter(None, [promised]))


def part_rows(task: Task, courses: Courses, nodes: Nodes, months: Sequence[date]) -> list[PartRow]:
    """Targets in printed order, then the outcomes no target measures, then the nodes of the task as a whole."""
    rows = [_target_row(t, courses.get(t.part_key, []), months, task.plan.year) for t in task.targets.all()]
    for outcome in task.outcomes.all():
        if outcome.covered_by_id is None:
            rows.append(_outcome_row(outcome, courses.get(outcome.part_key, []), nodes, task.plan.year))
    if courses.get(MILESTONES_PART):
        rows.append(_milestones_row(task, courses[MILESTONES_PART], nodes))
    return [replace(row, number=circled(n)) for n, row in enumerate(rows, 1)]


def _target_row(target: Target, course: list[Standing], months: Sequence[date], year: int) -> PartRow:
    last = course[-1] if course else None
    places = wording.places_of(target.current_value, last.actual if last else None)
    return PartRow(
        key=target.part_key,
        name=target.part_name,
        standing=last,
        limit=wording.day(target.current_due_on, year) if target.current_due_on else "",
        uom=target.unit_of_measure or target.indicator.unit_of_measure,
        goal=_goal(target),
        actual=wording.fixed(last.actual, places) if last else "",
        expected=wording.expected_figure(last.expected, places) if last else "",
        deviation=deviation(last, compared_in(target)) if last else "",
        other=wording.other_word(last.other) if last else "",
        data=_data_label(last, target),
        spark=_course_spark(course, target, months),
    )


def _goal(target: Target) -> str:
    """The value in force; what was promised first beside it."""
    if target.amended_value is None:
        return wording.goal(target)
    return _("%(goal)s（原%(promised)s）") % {"goal": wording.goal(target), "promised": wording.exact(target.value)}


def deviation(standing: Standing, unit: str) -> str:
    """What the eye compares: days for limits, a ratio for amounts, points for percentages."""
    if standing.days_late:
        # done, but late, is another thing than still owed
        words = _("迟%(days)s天完成") if standing.grade == Grade.COMPLETED else _("逾期%(days)s天")
        return words % {"days": standing.days_late}
    if standing.days_early:
        return _("提前%(days)s天") % {"days": standing.days_early}
    if standing.gap is not None and (standing.ratio is None or is_points(unit)):
        return wording.signed(standing.gap, unit)
    return percent(standing.ratio) if standing.ratio is not None else ""


def compared_in(target: Target) -> str:
    """The unit its deviation is told in: what is due on a date is compared by ratio, also where it is a percentage."""
    return "" if target.accrual == Accrual.DATED else target.unit_of_measure


def _data_label(standing: Standing | None, target: Target) -> str:
    if standing is None or standing.data_month is None:
        return ""
    if target.accrual == Accrual.RUNNING:
        return months_so_far(standing.data_month)
    return month_label(standing.data_month)


def _course_spark(course: list[Standing], target: Target, months: Sequence[date]) -> Spark | None:
    if len(months) < 1:
        return None
    sign = -1 if target.polarity == Polarity.LESS else 1
    spots = []
    for standing in course:
        if standing.actual is not None and standing.expected:
            off = (standing.actual - standing.expected) / abs(standing.expected) * sign
            spots.append((standing.month, Decimal(off)))
    is_red = bool(course) and course[-1].light == Light.RED
    return spark(spots, months[0], months[-1], is_red=is_red)


def _outcome_row(outcome: Outcome, course: list[Standing], nodes: Nodes, year: int) -> PartRow:
    last = course[-1] if course else None
    node = nodes.get(("outcome", outcome.pk))
    return PartRow(
        key=outcome.part_key,
        name=_outcome_name(outcome),
        standing=last,
        limit="" if outcome.is_implied else wording.day(outcome.current_due_on, year),
        uom=_("节点"),
        goal=str(outcome.get_stage_display()),
        actual=node_word(node, year),
        expected=wording.day(outcome.current_due_on, year),
        deviation=_outcome_deviation(outcome, last),
        other=wording.other_word(last.other) if last else "",
        data=month_label(last.month) if last else "",
    )


def _outcome_deviation(outcome: Outcome, last: Standing | None) -> str:
    """Days early or late; a share only where there are nodes to share."""
    if last is None or not (last.days_late or last.days_early or outcome.milestones.all()):
        return ""
    if last.days_late or last.days_early or not last.ratio:
        return deviation(last, "")
    return _("节点%(share)s") % {"share": percent(last.ratio)}


def _outcome_name(outcome: Outcome) -> str:
    stage = str(outcome.get_stage_display())
    return outcome.object if outcome.object.endswith(stage) else f"{outcome.object}{stage}"


def node_word(node: ReportNode | None, year: int) -> str:
    """How far a node has come: the day it was reached, else 推进中 and the like."""
    if node is None:
        return ""
    if node.progress == Progress.REACHED and node.done_on:
        return wording.day(node.done_on, year)
    return str(Progress(node.progress).label)


def _milestones_row(task: Task, course: list[Standing], nodes: Nodes) -> PartRow:
    steps = list(task.milestones.all())
    done = sum(1 for m in steps if (n := nodes.get(("milestone", m.pk))) and n.progress == Progress.REACHED)
    last = course[-1]
    return PartRow(
        key=MILESTONES_PART,
        name=_("节点"),
        standing=last,
        uom=_("节点"),
        goal=str(len(steps)),
        actual=f"{done} / {len(steps)}",
        deviation=deviation(last, ""),
        other=wording.other_word(last.other),
        data=month_label(last.month),
    )
