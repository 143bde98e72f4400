"""A ledger sheet: the form to download, the upload with its faults by cell, the look before it is taken in."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from duixian.console.access import only_for, plan_or_404, signed_in
from duixian.console.downloads import workbook_response
from duixian.console.shell import Shell, the_shell
from duixian.projects.commands import apply_sheet, stage_sheet
from duixian.projects.comparing import KnownLedger, rows_of
from duixian.projects.entries import LABELS
from duixian.projects.models import ProjectSheet
from duixian.projects.rules import may_keep_ledger
from duixian.projects.sheet import LedgerRow, read_ledger, template
from duixian.sheets import LARGEST, SheetError, workbook_bytes
from duixian.units.enums import UnitKind
from duixian.units.queries import directory_of

#: Faults shown at once; who has more has uploaded something else.
MOST_FAULTS = 200


@dataclass(frozen=True, slots=True)
class Change:
    """What a row would do."""

    row: LedgerRow
    is_new: bool
    fields: list[tuple[str, str, str]]
    is_told: bool


def _keeper(request: HttpRequest) -> Shell:
    shell = the_shell(request)
    only_for(may_keep_ledger(shell.account, plan_or_404(shell).government))
    return shell


@signed_in
@require_safe
def download_form(request: HttpRequest) -> HttpResponse:
    """The empty form."""
    shell = _keeper(request)
    counties = plan_or_404(shell).government.units.filter(kind__in=(UnitKind.COUNTY, UnitKind.ZONE), is_active=True)
    spec = template(list(counties.values_list("name", flat=True)))
    return workbook_response(workbook_bytes([spec]), "项目台账（填报表）")


@signed_in
def import_sheet(request: HttpRequest) -> HttpResponse:
    """Upload a sheet; with faults nothing is kept, without any it is kept for a look."""
    shell = _keeper(request)
    plan = plan_or_404(shell)
    context: dict[str, Any] = {"faults": [], "refusal": ""}
    given = request.FILES.get("sheet")
    if request.method == "POST" and given is None:
        context["refusal"] = _("请选择要上传的表。")
    elif given is not None:
        try:
            data = given.read(LARGEST + 1)
            said = read_ledger(data, given.name or "", directory=directory_of(plan.government), today=shell.today)
        except SheetError as error:
            context["refusal"] = str(error)
        else:
            if not said.faults:
                kept = stage_sheet(
                    government=plan.government,
                    file_name=given.name or "",
                    year=plan.year,
                    rows=said.rows,
                    actor=shell.account,
                    now=shell.now,
                )
                return redirect("project-sheet", pk=kept.pk)
            context |= {"faults": said.faults[:MOST_FAULTS], "fault_count": len(said.faults), "file": given.name}
    return render(request, "console/project-import.html", context, status=422 if request.method == "POST" else 200)


@signed_in
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """What the sheet would change; on the word of the person all of it is done, or nothing."""
    shell = _keeper(request)
    kept = get_object_or_404(ProjectSheet, pk=pk, government=plan_or_404(shell).government)
    if request.method == "POST":
        done = apply_sheet(sheet=kept, actor=shell.account, now=shell.now)
        messages.success(request, _("已导入：新增%(new)s个，更改%(changed)s个，更新进展%(told)s个。") % done)
        return redirect("projects")
    ledger = KnownLedger(kept.government, kept.year)
    changes = [_change(row, kept, ledger) for row in rows_of(kept)]
    busy = [c for c in changes if c.is_new or c.fields or c.is_told]
    context = {
        "sheet": kept,
        "changes": busy,
        "same": len(changes) - len(busy),
        "new": sum(1 for c in busy if c.is_new),
    }
    return render(request, "console/project-sheet.html", context)


def _change(row: LedgerRow, kept: ProjectSheet, ledger: KnownLedger) -> Change:
    known = ledger.find(row.entry)
    if known is None:
        return Change(row, True, [], row.invested is not None or bool(row.words))
    fields = [
        (LABELS[name], _shown(before), _shown(after))
        for name, (before, after) in ledger.changes(known, row.entry).items()
    ]
    return Change(row, False, fields, ledger.is_news(known, row, kept.uploaded_at.year))


def _shown(value: object) -> str:
    label = getattr(value, "label", None)
    return str(label if label is not None else "—" if value in (None, "") else value)
