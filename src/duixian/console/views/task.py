"""任务: what was promised, and where it is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models.functions import Substr
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from duixian.console.access import signed_in
from duixian.console.charts import Chart, chart_of
from duixian.console.checks_beside import checks_of
from duixian.console.history import events_of
from duixian.console.judging import judged_of
from duixian.console.marks import Mark, circled, marked
from duixian.console.rows import Nodes, PartRow, node_word, part_rows
from duixian.console.shell import the_shell
from duixian.console.task_breakdown import task_breakdown
from duixian.console.turns import whose_turn
from duixian.console.waiting import duty_card
from duixian.register.models import SourceDocument, Target, Task
from duixian.register.queries import plan_figures_in_force, tasks_with_parts
from duixian.reporting.aging import courses_on, reasons_on
from duixian.reporting.enums import ReportState
from duixian.reporting.listings import Courses, courses_of, nodes_of, with_content
from duixian.reporting.models import Report
from duixian.reporting.rules import may_review
from duixian.units.models import Account

# beyond these the page says how many more there are
SHOWN_EVENTS = 14


@dataclass(frozen=True, slots=True)
class Step:
    """A node the unit filed, and how far it has come."""

    name: str
    of: str
    due_on: date
    word: str
    is_reached: bool


@signed_in
@require_safe
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """The promise beside its progress."""
    shell = the_shell(request)
    found = get_object_or_404(tasks_with_parts(Task.objects.visible_to(shell.account)), pk=pk)
    courses, nodes = courses_on(courses_of([found])[found.pk], shell.today), nodes_of([found])
    months = list(found.plan.rounds.order_by("month").values_list("month", flat=True))
    reports = list(with_content(found.reports.select_related("round", "unit").order_by("round__month")))
    parts = part_rows(found, courses, nodes, months)
    report = next((r for r in reversed(reports) if shell.round and r.round_id == shell.round.pk), None)
    source = SourceDocument.objects.defer("text", "reading").get(pk=found.document_id)
    events = events_of(found, reports, source)
    context = {
        "task": found,
        "reason": reasons_on([found], shell.today).get(found.pk, found.reason),
        "judged": judged_of(found, courses, shell),
        "parts": parts,
        "pieces": marked(printed_words(found), found.span_start, marks_of(found)),
        "source": source,
        "charts": _charts(found, parts, courses, reports, months),
        "steps": _steps(found, nodes),
        "breakdown": task_breakdown(found, shell.account),
        "report": report,
        "last_report": next((r for r in reversed(reports) if r.state == ReportState.APPROVED), None),
        "turn": whose_turn(found, report, shell.round),
        "may_reopen": _may_reopen(shell.account, report),
        "events": events[:SHOWN_EVENTS],
        "older_events": events[SHOWN_EVENTS:],
        "duties": duty_card(found, shell),
        "checks": checks_of(found, shell.account),
    }
    return render(request, "console/task.html", context)


def _may_reopen(account: Account, report: Report | None) -> bool:
    """Whether to offer the office a correction of an approved report."""
    if report is None or report.round.is_locked or not report.current_state.may_reopen:
        return False
    return may_review(account, report)


def printed_words(task: Task) -> str:
    """The item as printed, without reading the whole document."""
    printed = Substr("text", task.span_start + 1, task.span_end - task.span_start)
    return str(SourceDocument.objects.filter(pk=task.document_id).values_list(printed, flat=True)[0])


def marks_of(task: Task) -> list[Mark]:
    """Targets, then outcomes no target measures, numbered as the parts are."""
    marks = [Mark(t.span_start, t.span_end, n, "target", t.text) for n, t in enumerate(task.targets.all(), 1)]
    outcomes = [o for o in task.outcomes.all() if o.covered_by_id is None]
    start = len(marks) + 1
    return marks + [Mark(o.span_start, o.span_end, n, "outcome", str(o)) for n, o in enumerate(outcomes, start)]


def _charts(
    task: Task, parts: list[PartRow], courses: Courses, reports: list[Report], months: list[date]
) -> list[tuple[str, Chart]]:
    targets: list[Target] = list(task.targets.all())
    plans = plan_figures_in_force(targets)
    sent = {r.round.month: _sent_word(r) for r in reports}
    current = months[-1] if months else None
    charts = []
    for number, target in enumerate(targets, 1):
        if target.members_id is None:
            figures: dict[date, Decimal] = {m: f.value for m, f in plans.get(target.pk, {}).items()}
            chart = chart_of(target, courses.get(target.part_key, []), figures, sent, current)
            charts.append((circled(number) if len(parts) > 1 else "", chart))
    return charts


def _sent_word(report: Report) -> str:
    """7-03 通过; 补报 where it came late."""
    is_approved = report.current_state is ReportState.APPROVED
    at = report.reviewed_at if is_approved else report.submitted_at
    day = f"{localtime(at).month}-{localtime(at).day:02d} " if at else ""
    if is_approved:
        return f"{day}{_('补报') if report.is_late else _('通过')}"
    return f"{day}{report.get_state_display()}"


def _steps(task: Task, nodes: Nodes) -> list[Step]:
    """Nodes in force, of the task and of its outcomes, by date."""
    filed = [(m, "") for m in task.milestones.all()]
    own = [o for o in task.outcomes.all() if o.covered_by_id is None]
    filed += [(m, o.object) for o in own for m in o.milestones.all()]
    steps = []
    for milestone, of in sorted(filed, key=lambda pair: pair[0].due_on):
        node = nodes.get(("milestone", milestone.pk))
        is_reached = node is not None and node.progress == "REACHED"
        steps.append(Step(milestone.name, of, milestone.due_on, node_word(node, task.plan.year), is_reached))
    return steps
