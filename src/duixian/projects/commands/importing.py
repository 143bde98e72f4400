"""Taking in a whole ledger sheet: looked at first, then all of it or nothing."""

from dataclasses import fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.periods import today_in
from duixian.projects.commands.keep import change_project, enter_project
from duixian.projects.commands.tell import record_progress
from duixian.projects.entries import ProjectEntry
from duixian.projects.enums import ProjectKind, ProjectStage
from duixian.projects.models import Project, ProjectSheet
from duixian.projects.rules import may_keep_ledger
from duixian.projects.sheet import DAYS, MONEYS, UNITS, LedgerRow
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
    for row in rows_of(sheet):
        try:
            _apply(row, sheet, counts, actor, now)
        except InvalidInput as error:
            raise InvalidInput(f"第{row.number}行：{error.message}整张表没有导入。", error.fields) from error
    sheet.applied_at = now
    sheet.save(update_fields=["applied_at"])
    record(actor=actor, now=now, action="apply_sheet", target=sheet, after=counts)
    return counts


def _apply(row: LedgerRow, sheet: ProjectSheet, counts: dict[str, int], actor: Actor, now: datetime) -> None:
    known = known_project(sheet.government, row.entry)
    entry = row.entry
    if known is None:
        project = enter_project(government=sheet.government, entry=entry, year=sheet.year, actor=actor, now=now)
        counts["new"] += 1
    else:
        project = known
        if changes_of(known, entry, sheet.year):
            change_project(project=known, entry=entry, year=sheet.year, actor=actor, now=now)
            counts["changed"] += 1
    if is_news(project, row, now.year):
        record_progress(project=project, on=today_in(now), invested=row.invested, words=row.words, actor=actor, now=now)
        counts["told"] += 1


def is_news(project: Project, row: LedgerRow, year: int) -> bool:
    """Whether the row tells anything that was not told last; a sheet uploaded twice tells nothing new."""
    last = project.progress.first()
    told = (last.invested, last.words) if last is not None and last.on.year == year else (None, "")
    said = (row.invested if row.invested is not None else told[0], row.words or told[1])
    return said != told


def known_project(government: Government, entry: ProjectEntry) -> Project | None:
    """The project a row means: by its number, else by its name."""
    active = Project.objects.filter(government=government, is_active=True)
    found = active.filter(number=entry.number).first() if entry.number else None
    return found or active.filter(name=entry.name).first()


def changes_of(project: Project, entry: ProjectEntry, year: int) -> dict[str, tuple[Any, Any]]:
    """Field -> (before, after) of what a row changes."""
    changes = {
        name: (getattr(project, name), value) for name, value in entry.said().items() if getattr(project, name) != value
    }
    row = project.years.filter(year=year).first()
    before = row.planned_investment if row else None
    if entry.planned_investment is not None and entry.planned_investment != before:
        changes["planned_investment"] = (before, entry.planned_investment)
    return changes


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


def rows_of(sheet: ProjectSheet) -> list[LedgerRow]:
    """The rows as they were read."""
    units = {u.pk: u for u in sheet.government.units.all()}
    return [_from_json(row, units) for row in sheet.rows]


def _from_json(row: dict[str, Any], units: dict[int, Unit]) -> LedgerRow:
    entry: dict[str, Any] = dict(row["entry"])
    for name in entry:
        if name in UNITS:
            entry[name] = units[entry[name]]
        elif name in MONEYS:
            entry[name] = Decimal(entry[name])
        elif name in DAYS:
            entry[name] = date.fromisoformat(entry[name])
    kind, stage = entry.pop("kind", None), entry.pop("stage", None)
    made = ProjectEntry(**entry)
    made = replace(made, kind=ProjectKind(kind) if kind else None, stage=ProjectStage(stage) if stage else None)
    return LedgerRow(row["number"], made, Decimal(row["invested"]) if row["invested"] else None, row["words"])
