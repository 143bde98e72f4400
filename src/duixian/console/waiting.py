"""What waits for the person in front of the page, prepared for the pages that show it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Prefetch

from duixian.console.shell import Shell
from duixian.periods import months_of_year
from duixian.register.duties import OBJECTED, assignments_of, parts_of, to_acknowledge
from duixian.register.enums import FilingState
from duixian.register.models import (
    Assignment,
    ExtensionRequest,
    Milestone,
    MonthlyPlan,
    MonthlyPlanFigure,
    Part,
    Plan,
    Task,
)
from duixian.register.models.task import TaskQuerySet
from duixian.register.queries import among
from duixian.register.rules import (
    Amendments,
    Duties,
    in_charge_on,
    may_answer_duty,
    may_approve_amendment,
    may_decide,
    may_decide_duty,
    may_file,
)
from duixian.register.wishes import amendments_of, open_amendments
from duixian.reporting.listings import corrections_waiting
from duixian.reporting.models import Correction


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty with what the person may do to it."""

    duty: Duties
    may_answer: bool = False
    may_decide: bool = False

    @property
    def ref(self) -> str:
        """How a form names it."""
        return f"{self.duty._meta.model_name}-{self.duty.pk}"

    @property
    def is_part(self) -> bool:
        """Whether it is a part of a task and not a whole one."""
        return isinstance(self.duty, Part)

    @property
    def text(self) -> str:
        """What is to be done."""
        return self.duty.text if isinstance(self.duty, Part) else self.duty.task.text

    @property
    def due_on(self) -> date:
        """By when."""
        return self.duty.due_on if isinstance(self.duty, Part) else self.duty.task.current_due_on


@dataclass(frozen=True, slots=True)
class WishRow:
    """An adjustment or extension with what the person may do to it."""

    amendment: Amendments
    may_endorse: bool
    may_approve: bool
    may_withdraw: bool

    @property
    def ref(self) -> str:
        """How a form names it."""
        return f"{'extension' if self.is_extension else 'adjustment'}-{self.amendment.pk}"

    @property
    def is_extension(self) -> bool:
        """A later limit and not another value."""
        return isinstance(self.amendment, ExtensionRequest)

    @property
    def what(self) -> str:
        """What it is about."""
        found = self.amendment
        if isinstance(found, ExtensionRequest) and found.outcome is not None:
            return str(found.outcome)
        return found.target.part_name if found.target is not None else found.task.text

    @property
    def may_decide(self) -> bool:
        """It is this person's move."""
        return self.may_endorse or self.may_approve


@dataclass(frozen=True, slots=True)
class FiledPlan:
    """A monthly plan that waits, its twelve months in order; None is not planned."""

    filing: MonthlyPlan
    values: Sequence[Decimal | None]


@dataclass(frozen=True, slots=True)
class FiledNodes:
    """The nodes of one task that wait."""

    task: Task
    nodes: Sequence[Milestone]


@dataclass(slots=True)
class Waiting:
    """Everything that waits for one person."""

    to_acknowledge: list[DutyRow] = field(default_factory=list)
    objections: list[DutyRow] = field(default_factory=list)
    sent_back: list[MonthlyPlan] = field(default_factory=list)
    nodes_sent_back: list[FiledNodes] = field(default_factory=list)
    plans: list[FiledPlan] = field(default_factory=list)
    nodes: list[FiledNodes] = field(default_factory=list)
    wishes: list[WishRow] = field(default_factory=list)
    own_wishes: list[WishRow] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many moves are this person's."""
        duties = len(self.to_acknowledge) + len(self.objections)
        filed = len(self.plans) + len(self.nodes)
        own = len(self.sent_back) + len(self.nodes_sent_back) + len(self.corrections)
        return duties + filed + own + len(self.wishes)


def waiting_for(shell: Shell, plan: Plan) -> Waiting:
    """What this person has to answer, decide or mend; the number of queries does not grow with it."""
    tasks = Task.objects.visible_to(shell.account).filter(plan=plan)
    found = Waiting()
    if shell.units:
        rows = [DutyRow(duty, may_answer=True) for duty in to_acknowledge(tasks, shell.units)]
        found.to_acknowledge = [row for row in rows if may_answer_duty(shell.account, row.duty)]
        own = tasks.filter(reporting_unit__in=shell.units)
        found.sent_back = list(_plans(own, FilingState.SENT_BACK))
        found.nodes_sent_back = _nodes(own, FilingState.SENT_BACK)
        found.corrections = list(corrections_waiting(plan, shell.units))
    objected: list[Duties] = [*assignments_of(tasks).filter(state__in=OBJECTED)]
    objected += parts_of(tasks).filter(state__in=OBJECTED)
    found.objections = [DutyRow(d, may_decide=True) for d in objected if may_decide_duty(shell.account, d)]
    if may_decide(shell.account, plan):
        found.plans = [_filed_plan(filing, plan.year) for filing in _plans(tasks, FilingState.FILED)]
        found.nodes = _nodes(tasks, FilingState.FILED)
    rows_of_wishes = wish_rows(open_amendments(tasks), shell, plan)
    found.wishes = [row for row in rows_of_wishes if row.may_decide]
    found.own_wishes = [row for row in rows_of_wishes if not row.may_decide and _is_own(row, shell)]
    return found


def _is_own(row: WishRow, shell: Shell) -> bool:
    return row.may_withdraw and row.amendment.task.reporting_unit in shell.units


def wish_rows(amendments: Sequence[Amendments], shell: Shell, plan: Plan) -> list[WishRow]:
    """Wishes with what this person may do to each."""
    if not amendments:
        return []
    in_charge = in_charge_on(plan.government, shell.today)
    return [
        WishRow(
            amendment=found,
            may_endorse=found.current_state.may_endorse and may_decide(shell.account, plan),
            may_approve=found.current_state.may_approve and may_approve_amendment(shell.account, found, in_charge),
            may_withdraw=found.current_state.may_withdraw and may_file(shell.account, found.task),
        )
        for found in amendments
    ]


def _plans(tasks: TaskQuerySet, state: FilingState) -> list[MonthlyPlan]:
    """Plans in a state; one sent back is told until another is filed."""
    figures = Prefetch("figures", MonthlyPlanFigure.objects.order_by("month"))
    found = MonthlyPlan.objects.filter(Exists(tasks.filter(pk=OuterRef("target__task")))).order_by(
        "target__task__order", "target", "filed_at"
    )
    latest = {filing.target_id: filing for filing in found.select_related(
        "target__task__reporting_unit", "target__task__plan", "target__indicator"
    ).prefetch_related(figures, "target__task__targets")}  # fmt: skip
    return [filing for filing in latest.values() if filing.state == state]


def _filed_plan(filing: MonthlyPlan, year: int) -> FiledPlan:
    values = {figure.month: figure.value for figure in filing.figures.all()}
    return FiledPlan(filing, [values.get(month) for month in months_of_year(year)])


def _nodes(tasks: TaskQuerySet, state: FilingState) -> list[FiledNodes]:
    found = Milestone.objects.filter(among(tasks), part=None, state=state)
    by_task: dict[Task, list[Milestone]] = {}
    for node in found.select_related("task__reporting_unit", "outcome").order_by("task__order", "due_on"):
        by_task.setdefault(node.task, []).append(node)
    return [FiledNodes(task, nodes) for task, nodes in by_task.items()]


@dataclass(frozen=True, slots=True)
class DutyCard:
    """Who answers for a task, who does what of it, and what was asked to be changed: a section of the task's page."""

    assignments: Sequence[DutyRow]
    parts: Sequence[DutyRow]
    wishes: Sequence[WishRow]
    may_file: bool
    may_define: bool

    @property
    def current(self) -> DutyRow | None:
        """The assignment in force."""
        return next((row for row in self.assignments if row.duty.current_state.is_in_force), None)


def duty_card(task: Task, shell: Shell) -> DutyCard:
    """All duties and wishes of a task, past ones too."""
    account = shell.account
    chain = Assignment.objects.filter(task=task).select_related("unit", "wanted_unit", "task__plan__government")
    parts = Part.objects.filter(task=task).select_related(
        "unit", "wanted_unit", "task__plan__government", "task__reporting_unit"
    )
    return DutyCard(
        assignments=[_row(duty, shell) for duty in chain],
        parts=[_row(duty, shell) for duty in parts.prefetch_related("milestones")],
        wishes=wish_rows(amendments_of(task), shell, task.plan),
        may_file=may_file(account, task),
        may_define=may_decide(account, task.plan),
    )


def _row(duty: Duties, shell: Shell) -> DutyRow:
    state = duty.current_state
    return DutyRow(
        duty,
        may_answer=state.may_acknowledge and may_answer_duty(shell.account, duty),
        may_decide=state.is_in_force and may_decide_duty(shell.account, duty),
    )
