"""A liaison's draft."""

from datetime import date, datetime
from decimal import Decimal

from duixian.audit.actors import Actor
from duixian.audit.command import Conflict, InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.periods import today_in
from duixian.reading import QuantityKind
from duixian.register.models import Milestone, Target, Task
from duixian.reporting.content import FigureEntry, NodeEntry, ReportContent
from duixian.reporting.enums import Progress
from duixian.reporting.models import Report, ReportFigure, ReportNode, Round
from duixian.reporting.queries import content_of
from duixian.reporting.rules import may_fill
from duixian.units.rules import require

LONGEST_TEXT = 4000


@command
def save_report(
    *, round: Round, task: Task, content: ReportContent, revision: int, actor: Actor, now: datetime
) -> Report:
    """Keep a draft as filled in so far; blanks are allowed until it is sent up.

    `revision` is that of the report as the person opened it, 0 where there was none. Raises Conflict where somebody
    else saved in between, WrongState once it has gone up or the round is locked, InvalidInput with a message a field.
    """
    require(may_fill(actor, task))
    if round.is_locked:
        raise WrongState(f"{round}已经锁定，不能再填报。")
    if round.plan_id != task.plan_id:
        raise InvalidInput("该任务不在这次盘点之内。")
    _check_content(content, task, today_in(now))
    report = _open_draft(round, task, revision, now)
    before = content_of(report).to_dict() if revision else None
    _write_content(report, content)
    report.revision += 1
    report.changed_at = now
    report.save()
    record(actor=actor, now=now, action="save_report", target=report, before=before, after=content.to_dict())
    return report


def _open_draft(round: Round, task: Task, revision: int, now: datetime) -> Report:
    report = Report.objects.select_for_update().filter(round=round, task=task, unit=task.reporting_unit).first()
    if report is None:
        return Report.objects.create(round=round, task=task, unit=task.reporting_unit, revision=0, changed_at=now)
    if not report.current_state.may_edit:
        raise WrongState(f"{task}的本月填报{report.get_state_display()}，现在不能修改。")
    if report.revision != revision:
        raise Conflict(f"{task}的填报刚被别人改过。请对照下面两份内容，再保存一次。")
    return report


def _write_content(report: Report, content: ReportContent) -> None:
    report.account, report.next_step, report.blocker = content.account, content.next_step, content.blocker
    report.figures.all().delete()
    report.nodes.all().delete()
    ReportFigure.objects.bulk_create(
        [
            ReportFigure(
                report=report,
                indicator_id=entry.indicator_id,
                member_id=entry.member_id,
                value=entry.value,
                is_confirmed=entry.is_confirmed,
                unavailable_reason=entry.unavailable_reason,
            )
            for entry in content.figures
        ]
    )
    ReportNode.objects.bulk_create(
        [
            ReportNode(
                report=report,
                outcome_id=entry.outcome_id,
                milestone_id=entry.milestone_id,
                progress=entry.progress,
                done_on=entry.done_on,
                will_be_met=entry.will_be_met,
            )
            for entry in content.nodes
        ]
    )


def _check_content(content: ReportContent, task: Task, today: date) -> None:
    errors: dict[str, str] = {}
    targets = {t.indicator_id: t for t in task.targets.select_related("indicator")}
    counterparts = set(task.targets.exclude(against=None).values_list("against_id", flat=True))
    # asked anew: a task out of a list brings along only the nodes that list shows
    steps = Milestone.objects.filter(task=task).values_list("pk", flat=True)
    own_nodes = set(task.outcomes.values_list("pk", flat=True)), set(steps)
    for figure in content.figures:
        if figure.indicator_id not in targets and figure.indicator_id not in counterparts:
            raise InvalidInput(f"{task}没有这项指标。")
        message = _figure_fault(figure, targets.get(figure.indicator_id))
        if message:
            errors[figure.field] = message
    for node in content.nodes:
        if node.outcome_id not in {None, *own_nodes[0]} or node.milestone_id not in {None, *own_nodes[1]}:
            raise InvalidInput(f"{task}没有这个节点。")
        message = _node_fault(node, today)
        if message:
            errors[node.field] = message
    for name in ("account", "next_step", "blocker"):
        if len(getattr(content, name)) > LONGEST_TEXT:
            errors[name] = f"最多{LONGEST_TEXT}字。"
    if errors:
        raise InvalidInput(f"{task}有{len(errors)}处要改。", errors)


def _figure_fault(figure: FigureEntry, target: Target | None) -> str:
    may_be_negative = target is None or target.kind in (QuantityKind.GROWTH, QuantityKind.INCREMENT)
    if figure.value is not None and figure.value < Decimal(0) and not may_be_negative:
        return "这项数不会是负数，请核对。"
    return ""


def _node_fault(node: NodeEntry, today: date) -> str:
    if node.progress and node.progress not in Progress.values:
        return "请从所列进展中选一项。"
    if node.progress != Progress.REACHED and node.done_on is not None:
        return "填了完成日期，进展就应选“已达到”。"
    if node.done_on is not None and node.done_on > today:
        return f"完成日期不能晚于今天（{today}）。"
    return ""
