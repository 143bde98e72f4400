"""Taking in a whole ledger sheet: looked at first, then all of it or nothing."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.periods import today_in
from duixian.projects.commands.keep import change_project, enter_project
from duixian.projects.commands.tell import record_progress
from duixian.projects.comparing import KnownLedger, rows_of
from duixian.projects.models import ProjectSheet
from duixian.projects.rules import may_keep_ledger
from duixian.projects.sheet import LedgerRow
from duixian.units.models import Account, Government, Unit
from duixian.units.rules import require


@command
def stage_sheet(
    *, government: Government, file_name: str, year: int, rows: list[LedgerRow], actor: Account, now: datetime
) -> ProjectSheet:
    """Keep a sheet that was read without a fault, for the person to look at before it is applied."""
    require(may_keep_ledger(actor, government))
    sheet = ProjectSheet.objects.create(
        government=government,
        uploaded_by=actor,
        uploaded_at=now,
        file_name=file_name[:200],
        year=year,
        rows=[_to_json(row) for row in rows],
    )
    record(actor=actor, now=now, action="stage_sheet", target=sheet, after={"rows": len(rows), "year": year})
    return sheet


@command
def apply_sheet(*, sheet: ProjectSheet, actor: Actor, now: datetime) -> dict[str, int]:
    """Take all rows into the ledger, whole or not at all; applied twice it is refused.

    Returns how many projects are new, changed, and told of. Raises InvalidInput that names the row.
    """
    require(may_keep_ledger(actor, sheet.government))
    sheet = ProjectSheet.objects.select_for_update().get(pk=sheet.pk)
    if sheet.applied_at is not None:
        raise WrongState(f"“{sheet}”已经导入过了。")
    counts = {"new": 0, "changed": 0, "told": 0}
    ledger = KnownLedger(sheet.government, sheet.year)
    for row in rows_of(sheet):
        try:
            _apply(row, sheet, ledger, counts, actor, now)
        except InvalidInput as error:
            raise InvalidInput(f"第{row.number}行：{error.message}整张表没有导入。", error.fields) from error
    sheet.applied_at = now
    sheet.save(update_fields=["applied_at"])
    record(actor=actor, now=now, action="apply_sheet", target=sheet, after=counts)
    return counts


def _apply(
    row: LedgerRow, sheet: ProjectSheet, ledger: KnownLedger, counts: dict[str, int], actor: Actor, now: datetime
) -> None:
    entry = row.entry
    project = ledger.find(entry)
    if project is None:
        project = enter_project(government=sheet.government, entry=entry, year=sheet.year, actor=actor, now=now)
        ledger.take(project)
        counts["new"] += 1
    elif ledger.changes(project, entry):
        change_project(project=project, entry=entry, year=sheet.year, actor=actor, now=now)
        ledger.take(project)
        counts["changed"] += 1
    if ledger.is_news(project, row, now.year):
        record_progress(project=project, on=today_in(now), invested=row.invested, words=row.words, actor=actor, now=now)
        counts["told"] += 1


def _to_json(row: LedgerRow) -> dict[str, Any]:
    said = {f.name: getattr(row.entry, f.name) for f in fields(row.entry)}
    plain = {
        name: value.pk if isinstance(value, Unit) else str(value)
        for name, value in said.items()
        if value not in (None, "")
    }
    return {
        "number": row.number,
        "entry": plain,
        "invested": None if row.invested is None else str(row.invested),
        "words": row.words,
    }
