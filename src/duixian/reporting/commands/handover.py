"""改派 a task: its month goes along."""

from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import WrongState, command
from duixian.audit.trail import record
from duixian.register.commands import release_duty
from duixian.register.models import Assignment
from duixian.reporting.commands.regrade import regrade_tasks
from duixian.reporting.enums import ReportState
from duixian.reporting.models import Report
from duixian.units.models import Unit


@command
def reassign_task(*, assignment: Assignment, unit: Unit, note: str, actor: Actor, now: datetime) -> Assignment:
    """Give a task to another unit; a draft of an open round goes along, so that nothing written is lost.

    Raises WrongState while a report of the old unit waits for review: the office decides that first.
    """
    reports = Report.objects.filter(task=assignment.task, unit=assignment.unit, round__locked_at=None)
    waiting = reports.filter(state=ReportState.SUBMITTED).first()
    if waiting is not None:
        raise WrongState(f"{waiting}（{waiting.unit}）正待审核，请先审核再改派。")
    renewed = release_duty(duty=assignment, unit=unit, note=note, actor=actor, now=now)
    assert isinstance(renewed, Assignment)
    # what the old unit's head has not signed is the new unit's to go on with
    drafts = reports.filter(state__in=(ReportState.DRAFT, ReportState.SENT_UP, ReportState.SENT_BACK))
    drafts_moved = drafts.update(unit=unit, state=ReportState.DRAFT, changed_at=now)
    before, after = {"unit": assignment.unit.name}, {"unit": unit.name, "note": note, "drafts": drafts_moved}
    record(actor=actor, now=now, action="reassign_task", target=renewed.task, before=before, after=after)
    regrade_tasks(tasks=[renewed.task], actor=actor, now=now)
    return renewed
