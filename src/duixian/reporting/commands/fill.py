"""A liaison's draft."""

from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import Conflict, InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.periods import today_in
from duixian.register.models import Task
from duixian.reporting.commands._checking import check_content
from duixian.reporting.content import ReportContent
from duixian.reporting.locks import is_open_for
from duixian.reporting.models import Report, ReportFigure, ReportNode, Round
from duixian.reporting.queries import content_of
from duixian.reporting.rules import may_fill
from duixian.units.rules import require


@command
def save_report(
    *, round: Round, task: Task, content: ReportContent, revision: int, actor: Actor, now: datetime
) -> Report:
    """Keep a draft as filled in so far; blanks are allowed until it is sent up.

    `revision` is that of the report as the person opened it, 0 where there was none. Raises Conflict where somebody
    else saved in between, WrongState once it has gone up or the round is locked, InvalidInput with a message a field.
    """
    require(may_fill(actor, task))
    round.refresh_from_db()
    if not is_open_for(round, task.reporting_unit, today_in(now)):
        raise WrongState(f"{round}已经锁定，不能再填报。")
    if round.plan_id != task.plan_id:
        raise InvalidInput("该任务不在这次盘点之内。")
    check_content(content, task, today_in(now))
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
    if report.revision:
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
