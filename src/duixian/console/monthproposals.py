"""From an uploaded file to a proposal for a unit's month, and from a proposal into the form's fields."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

from django.utils.translation import gettext as _

from duixian.audit.command import InvalidInput
from duixian.console.differing import Difference, differences, labels_of
from duixian.console.monthsheet import is_month_sheet, read_month
from duixian.console.reportfields import ReportRow
from duixian.console.reportforms import show_content
from duixian.console.wording import exact
from duixian.reading import QuantityKind, Reading, ReadingError, read
from duixian.reporting.commands import Proposed, keep_proposal
from duixian.reporting.content import FigureEntry, NodeEntry, ReportContent
from duixian.reporting.enums import Progress, ProposalKind
from duixian.reporting.models import MonthProposal, Round
from duixian.reporting.month_reading import OwedFigure, OwedNode, OwedTask, ToldTask, read_month_report
from duixian.sheets import LARGEST, Fault, SheetError, read_workbook
from duixian.sheets import Sheet as WorkSheet
from duixian.units.models import Account, Unit

SHEETS = (".xlsx", ".xls")
SUFFIXES = (*SHEETS, ".docx", ".doc", ".wps", ".txt", ".pdf", ".csv", ".html")


@dataclass(slots=True)
class Upload:
    """What became of an upload: a proposal, or why there is none, by cell where it can be said."""

    proposal: MonthProposal | None = None
    refusal: str = ""
    faults: list[Fault] = field(default_factory=list)
    name: str = ""
    is_same: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose month an upload is for."""

    round: Round
    unit: Unit
    rows: Sequence[ReportRow]
    account: Account
    now: datetime


@dataclass(frozen=True, slots=True)
class ProposedRow:
    """One task of a proposal beside what is stored now."""

    row: ReportRow
    changes: list[Difference]
    # somebody saved this report after the file was read
    is_newer: bool


def take_upload(data: bytes, name: str, desk: Desk) -> Upload:
    """Read a filled-in sheet, or else the unit's own report. Nothing is stored where anything is refused."""
    upload = Upload(name=PurePath(name).name)
    suffix = PurePath(name).suffix.lower()
    try:
        if len(data) > LARGEST:
            raise SheetError(f"文件过大：{upload.name}超过{LARGEST // (1024 * 1024)}MB。请只留要填报的内容后再传。")
        if suffix not in SUFFIXES:
            raise SheetError(
                f"不能读这种文件：{upload.name}。请上传填好的表（.xlsx），或本单位的月度报告（Word、Excel）。"
            )
        sheets = read_workbook(data, name) if suffix in SHEETS else []
        if sheets and is_month_sheet(sheets):
            _take_sheet(sheets, data, upload, desk)
        elif faults := [fault for sheet in sheets for fault in sheet.uncomputed]:
            upload.faults = faults
        else:
            _take_report(_read(data, suffix, desk), data, upload, desk)
    except (SheetError, ReadingError) as error:
        upload.refusal = str(error)
    except InvalidInput as error:
        upload.refusal = "；".join(dict.fromkeys([error.message, *error.fields.values()]))
    return upload


def _read(data: bytes, suffix: str, desk: Desk) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"report{suffix}"
        path.write_bytes(data)
        return read(path, year=desk.round.month.year)


def _take_sheet(sheets: Sequence[WorkSheet], data: bytes, upload: Upload, desk: Desk) -> None:
    said = read_month(sheets, desk.rows, desk.round, desk.unit)
    if not said.faults:
        said.faults = said.checked(desk.rows, desk.now)
    upload.faults = said.faults
    if said.faults:
        return
    tasks = {row.task.pk: row.task for row in desk.rows}
    rows = [Proposed(tasks[pk], content) for pk, content in said.contents.items()]
    upload.is_same = not rows
    if rows:
        upload.proposal = _keep(ProposalKind.SHEET, rows, data, upload.name, desk)


def _take_report(reading: Reading, data: bytes, upload: Upload, desk: Desk) -> None:
    open_rows = {row.task.pk: row for row in desk.rows if row.may_edit}
    told = read_month_report(reading, [_owed(row) for row in open_rows.values()], month=desk.round.month.month)
    if not told.tasks:
        upload.refusal = _("没有从“%(name)s”里读出本单位本月要报的内容。请核对文件，或下载填报表填写。") % {
            "name": upload.name
        }
        return
    for pk, one in told.tasks.items():
        _sum_up(open_rows[pk], one)
    rows = [Proposed(open_rows[pk].task, _content(open_rows[pk], one), one.words) for pk, one in told.tasks.items()]
    upload.proposal = _keep(ProposalKind.DOCUMENT, rows, data, upload.name, desk, told.unplaced)


def _keep(
    kind: ProposalKind, rows: list[Proposed], data: bytes, name: str, desk: Desk, unplaced: Sequence[str] = ()
) -> MonthProposal:
    about: dict[str, Any] = {"round": desk.round, "unit": desk.unit, "actor": desk.account, "now": desk.now}
    return keep_proposal(**about, kind=kind, file_name=name, data=data, rows=rows, unplaced=unplaced)


def _owed(row: ReportRow) -> OwedTask:
    kinds = {t.indicator_id: t.kind for t in row.task.targets.all()}
    growth = QuantityKind.GROWTH
    figures = [
        OwedFigure(f.name, f.indicator.name, f.uom, kinds.get(f.indicator.pk, growth) == growth, f.is_flow)
        for f in row.figures
        if f.member is None
    ]
    outcomes = {f"node-outcome-{o.pk}": o for o in row.task.outcomes.all()}
    nodes = [OwedNode(n.name, outcomes[n.name].object, outcomes[n.name].stage) for n in row.nodes if n.name in outcomes]
    return OwedTask(row.task.pk, row.task.text, figures, nodes)


def _sum_up(row: ReportRow, told: ToldTask) -> None:
    """The month's own figures laid on last month's sum, told beside; where that is not known, only the words stay."""
    for item in row.figures:
        if item.name not in told.of_month:
            continue
        words = told.words[item.name]
        if item.base is None:
            del told.figures[item.name]
            told.words[item.name] = _("%(words)s（只是当月数，不知上月累计，请填累计）") % {"words": words}
        else:
            told.figures[item.name] += item.base
            base = exact(item.base)
            told.words[item.name] = _("%(words)s（当月数，加上月累计%(base)s）") % {"words": words, "base": base}


def _content(row: ReportRow, told: ToldTask) -> ReportContent:
    """What the report says; what it does not speak of stays as it is in the form."""
    figures = []
    for item in row.figures:
        value = told.figures.get(item.name)
        kept = next((f for f in row.content.figures if f.field == item.name), None)
        if value is not None:
            figures.append(FigureEntry(item.indicator.pk, value, item.member.pk if item.member else None))
        elif kept is not None:
            figures.append(kept)
    return ReportContent(
        figures=tuple(figures),
        nodes=tuple(_nodes(row, told)),
        account=told.account or row.content.account,
        next_step=told.next_step or row.content.next_step,
        blocker=told.blocker or row.content.blocker,
    )


def _nodes(row: ReportRow, told: ToldTask) -> list[NodeEntry]:
    entries = []
    for node in row.nodes:
        pk = int(node.name.rsplit("-", 1)[1])
        known = NodeEntry(
            node.progress,
            outcome_id=None if node.is_step else pk,
            milestone_id=pk if node.is_step else None,
        )
        stored = next((n for n in row.content.nodes if n.field == node.name), None)
        if node.progress == Progress.REACHED or node.name not in told.reached:
            entry = stored or known
        else:
            reached = Progress.REACHED if told.reached[node.name] else Progress.UNDER_WAY
            entry = NodeEntry(reached, known.outcome_id, known.milestone_id)
        if entry.progress:
            entries.append(entry)
    return entries


def lay_over(rows: Sequence[ReportRow], proposal: MonthProposal, *, with_values: bool) -> int:
    """Put a proposal's words beside the fields, and its values into them; returns how many rows it speaks of."""
    said: Mapping[str, Any] = proposal.rows
    count = 0
    for row in rows:
        own = said.get(str(row.task.pk))
        if own is None or not row.may_edit:
            continue
        count += 1
        row.read_from = dict(own["words"])
        for item in row.fields:
            item.source = own["words"].get(item.name, "")
        if with_values:
            show_content(row, ReportContent.from_dict(own["content"]))
    return count


def proposed_rows(proposal: MonthProposal, rows: Sequence[ReportRow]) -> list[ProposedRow]:
    """The proposal beside what is stored now, task by task."""
    found = []
    for row in rows:
        said = proposal.rows.get(str(row.task.pk))
        if said is None:
            continue
        changes = differences(row.content, ReportContent.from_dict(said["content"]), labels_of(row))
        found.append(ProposedRow(row, changes, said["revision"] != row.revision))
    return found
