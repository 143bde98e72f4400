"""Reading the register."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects

from duixian.register.enums import AssignmentState, FilingState, ItemChange, ItemState, PartyRole
from duixian.register.models import (
    ImportDraft,
    Milestone,
    MonthlyPlan,
    MonthlyPlanFigure,
    Outcome,
    Part,
    Plan,
    SavedView,
    Section,
    Target,
    Task,
    TaskParty,
    TaskSponsor,
)
from duixian.register.models.task import TaskQuerySet
from duixian.units.models import Account
from duixian.units.queries import units_led_by


def plans_of(account: Account) -> QuerySet[Plan]:
    """Plans in which the person sees at least one task, newest first."""
    return (
        Plan.objects.filter(tasks__in=Task.objects.visible_to(account))
        .distinct()
        .select_related("government", "source")
    )


def tasks_with_parts(tasks: TaskQuerySet) -> TaskQuerySet:
    """The tasks with all that a list or an assessment needs of their parts, in a fixed number of queries."""
    return tasks.select_related("section", "section__unit", "reporting_unit", "plan__government").prefetch_related(
        Prefetch("parties", TaskParty.objects.select_related("unit", "group")), *_promises()
    )


def among(tasks: TaskQuerySet) -> Exists:
    """A condition on what hangs on a task: its task is one of these. Asked of each row by itself, so that a few rows
    (what waits, what is overdue) cost little however long the register is."""
    return Exists(tasks.order_by().filter(pk=OuterRef("task")))


def tasks_with_promises(tasks: TaskQuerySet) -> TaskQuerySet:
    """The tasks with what they promise and nothing else of their parts: all that an assessment reads."""
    return tasks.select_related("plan").prefetch_related(*_promises())


def load_targets(task: Task) -> None:
    """Give a task at hand its targets with their series, where it does not have them yet."""
    prefetch_related_objects([task], _targets())


def load_promises(task: Task) -> None:
    """The same for a task at hand that was just read."""
    prefetch_related_objects([task], *_promises())


def _promises() -> tuple[Prefetch, ...]:
    return (
        _targets(),
        Prefetch("outcomes", Outcome.objects.prefetch_related(approved_milestones())),
        Prefetch("milestones", Milestone.objects.filter(outcome=None, part=None, state=FilingState.APPROVED)),
        Prefetch("parts", parts_graded(), to_attr="graded_parts"),
    )


def _targets() -> Prefetch:
    return Prefetch("targets", Target.objects.select_related("indicator", "against", "members"))


def parts_graded() -> QuerySet[Part]:
    """Cooperating units' parts that count in their task's grade: in force, and not objected to.

    Their nodes are agreed between the units, so none of them waits for the office.
    """
    found = Part.objects.filter(state__in=[AssignmentState.ASSIGNED, AssignmentState.ACKNOWLEDGED])
    steps = Milestone.objects.exclude(state__in=[FilingState.SENT_BACK, FilingState.REPLACED])
    return found.select_related("unit").prefetch_related(Prefetch("milestones", steps))


def approved_milestones() -> Prefetch:
    """Nodes in force."""
    return Prefetch("milestones", Milestone.objects.filter(state=FilingState.APPROVED))


def plan_figures_in_force(targets: Sequence[Target]) -> dict[int, dict[date, "MonthlyPlanFigure"]]:
    """Approved monthly plans: target id -> month -> figure."""
    figures: dict[int, dict[date, MonthlyPlanFigure]] = {}
    rows = MonthlyPlanFigure.objects.filter(
        plan__target__in=[t.pk for t in targets], plan__state=FilingState.APPROVED
    ).select_related("plan")
    for row in rows:
        figures.setdefault(row.plan.target_id, {})[row.month] = row
    return figures


def filings_to_decide(plan: Plan) -> QuerySet[MonthlyPlan]:
    """Monthly plans that wait for the office."""
    return MonthlyPlan.objects.filter(target__task__plan=plan, state=FilingState.FILED).select_related(
        "target__task__reporting_unit"
    )


def sections_with_counts(plan: Plan) -> QuerySet[Section]:
    """Printed headings in order, each with the number of tasks that stand under it."""
    return (
        plan.sections.annotate(task_count=Count("tasks", filter=Q(tasks__withdrawn_at=None)))
        .select_related("unit")
        .order_by("order")
    )


def tasks_of_leader(account: Account, day: date) -> TaskQuerySet:
    """What a leader answers for on a day: tasks whose lead units are in the leader's charge or sponsored by the leader,
    and tasks the leader sponsors. Still to be narrowed by `visible_to` of whoever looks."""
    units = units_led_by(account, day)
    leads = TaskParty.objects.filter(role=PartyRole.LEAD, unit__in=units).values("task")
    sponsored = TaskSponsor.objects.filter(account=account).values("task")
    return Task.objects.filter(Q(reporting_unit__in=units) | Q(pk__in=leads) | Q(pk__in=sponsored))


def views_of(account: Account, plan: Plan) -> QuerySet[SavedView]:
    """A person's own views of the plan's register, then those shared with everybody."""
    own_or_shared = Q(account=account) | Q(is_shared=True)
    return SavedView.objects.filter(own_or_shared, plan=plan).select_related("account").order_by("is_shared", "pk")


def imports_with_counts(imports: QuerySet[ImportDraft]) -> QuerySet[ImportDraft]:
    """Documents under review and done with, each with how many items it has and how many wait."""
    own = ~Q(items__change__in=[ItemChange.SAME, ItemChange.GONE])
    waiting = Q(items__state__in=[ItemState.TO_SEE, ItemState.READY])
    return (
        imports.defer("text", "reading")
        .select_related("government")
        .annotate(
            item_count=Count("items", filter=~Q(items__change=ItemChange.GONE)),
            adopted_count=Count("items", filter=own & Q(items__state=ItemState.ADOPTED)),
            waiting_count=Count("items", filter=waiting),
        )
    )
