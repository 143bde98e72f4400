"""配合单位报配合情况: progress and words on its part, for the lead to read."""

from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import Conflict, InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.periods import today_in
from duixian.register.enums import DUTIES_IN_FORCE
from duixian.register.models import Part
from duixian.reporting.commands._grading import grade_again
from duixian.reporting.commands._words import text_fault
from duixian.reporting.enums import Progress
from duixian.reporting.locks import is_open_for
from duixian.reporting.models import PartReport, Round, Standing
from duixian.reporting.rules import may_fill_unit
from duixian.units.rules import require


@command
def report_part(
    *, round: Round, part: Part, progress: str, account: str, revision: int, actor: Actor, now: datetime
) -> PartReport:
    """Keep what the unit says of its part this month; it may say more until the round is locked.

    Side effect: where the part has come further or less far, months of its task already graded are graded anew.

    `revision` is that of the page, 0 where nothing had been said. Raises Conflict where a colleague was faster.
    """
    require(may_fill_unit(actor, part.unit))
    round.refresh_from_db()
    if not is_open_for(round, part.unit, today_in(now)):
        raise WrongState(f"{round}已经锁定，不能再填报。")
    if round.plan_id != part.task.plan_id or part.state not in DUTIES_IN_FORCE:
        raise InvalidInput("这项分工不在这次盘点之内。")
    if progress and progress not in Progress.values:
        raise InvalidInput("请从所列进展中选一项。", {"progress": "不在所列之内"})
    fault = text_fault(account)
    if fault:
        raise InvalidInput(f"配合情况{fault}", {"account": fault})
    said = PartReport.objects.select_for_update().filter(round=round, part=part).first()
    said = said or PartReport(round=round, part=part)
    if said.revision != revision:
        raise Conflict(f"{part.task}的配合情况刚被同事改过，现为：“{said.account}”。您填的还在，请对照后再保存。")
    before = {"progress": said.progress, "account": said.account}
    said.progress, said.account, said.revision = progress, account.strip(), revision + 1
    said.changed_by, said.changed_at = actor.audit_name, now
    said.save()
    after: dict[str, object] = {"unit": part.unit.name, "progress": progress, "account": said.account}
    if progress != before["progress"]:
        graded = Standing.objects.filter(task=part.task_id, month__gte=round.month)
        after["graded"] = grade_again(graded, now=now)
    record(actor=actor, now=now, action="report_part", target=said, before=before, after=after)
    return said
