"""A month read from a file: kept, taken over as a whole, or put aside."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath

from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.periods import today_in
from duixian.register.models import Task
from duixian.reporting.commands._checking import check_content
from duixian.reporting.commands.fill import save_report
from duixian.reporting.content import ReportContent
from duixian.reporting.enums import ProposalKind
from duixian.reporting.locks import is_open_for
from duixian.reporting.models import MonthProposal, Report, Round
from duixian.reporting.rules import may_fill_unit
from duixian.units.models import Account, Unit
from duixian.units.rules import require


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the file says of one task; `words`: the field -> the words of the file it was read from."""

    task: Task
    content: ReportContent
    words: Mapping[str, str] = field(default_factory=dict)


@command
def keep_proposal(
    *,
    round: Round,
    unit: Unit,
    kind: ProposalKind,
    file_name: str,
    data: bytes,
    rows: Sequence[Proposed],
    actor: Account,
    now: datetime,
    unplaced: Sequence[str] = (),
) -> MonthProposal:
    """Keep what was read from a file until the person has looked at it. No report is changed.

    Raises InvalidInput, with messages under "task id/field", for what no report may say.
    """
    require(may_fill_unit(actor, unit))
    if not is_open_for(round, unit, today_in(now)):
        raise WrongState(f"{round}已经锁定，不能再填报。")
    _check(rows, now)
    revisions = dict(Report.objects.filter(round=round, unit=unit).values_list("task", "revision"))
    proposal = MonthProposal.objects.create(
        round=round,
        unit=unit,
        kind=kind,
        file_name=PurePath(file_name).name[-200:],
        sha256=hashlib.sha256(data).hexdigest(),
        rows={
            str(row.task.pk): {
                "revision": revisions.get(row.task.pk, 0),
                "content": row.content.to_dict(),
                "words": dict(row.words),
            }
            for row in rows
        },
        unplaced=list(unplaced),
        made_by=actor,
        made_at=now,
    )
    after = {"file": proposal.file_name, "sha256": proposal.sha256, "tasks": len(rows)}
    record(actor=actor, now=now, action="keep_proposal", target=proposal, after=after)
    return proposal


def _check(rows: Sequence[Proposed], now: datetime) -> None:
    faults: dict[str, str] = {}
    for row in rows:
        try:
            check_content(row.content, row.task, today_in(now))
        except InvalidInput as error:
            told = error.fields or {"": error.message}
            faults |= {f"{row.task.pk}/{name}": message for name, message in told.items()}
    if faults:
        raise InvalidInput(f"有{len(faults)}处要改，没有导入。", faults)


@command
def apply_proposal(
    *, proposal: MonthProposal, revisions: Mapping[int, int], actor: Account, now: datetime
) -> list[Report]:
    """Save every report as the file says, or none. `revisions`: of each report as the person saw it beside the file.

    Raises Conflict where somebody changed one since, WrongState for a proposal applied before.
    """
    require(may_fill_unit(actor, proposal.unit))
    proposal = MonthProposal.objects.select_for_update(of=("self",)).select_related("round", "unit").get(pk=proposal.pk)
    if proposal.applied_at is not None:
        raise WrongState("这份表已经导入过了。")
    tasks = Task.objects.select_related("plan__government", "reporting_unit").in_bulk([int(pk) for pk in proposal.rows])
    saved = [
        save_report(
            round=proposal.round,
            task=tasks[int(pk)],
            content=ReportContent.from_dict(row["content"]),
            revision=revisions.get(int(pk), row["revision"]),
            actor=actor,
            now=now,
        )
        for pk, row in proposal.rows.items()
    ]
    _settle(proposal, now)
    after = {"file": proposal.file_name, "sha256": proposal.sha256, "tasks": len(saved)}
    record(actor=actor, now=now, action="apply_proposal", target=proposal, after=after)
    return saved


@command
def close_proposal(*, proposal: MonthProposal, actor: Account, now: datetime) -> MonthProposal:
    """The person took over from it what they wanted, field by field, or nothing."""
    require(may_fill_unit(actor, proposal.unit))
    _settle(proposal, now)
    record(actor=actor, now=now, action="close_proposal", target=proposal, after={"file": proposal.file_name})
    return proposal


def _settle(proposal: MonthProposal, now: datetime) -> None:
    proposal.applied_at = now
    proposal.save(update_fields=["applied_at"])
