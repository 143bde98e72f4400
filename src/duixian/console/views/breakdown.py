"""分解: one target split over its units, by hand, by rule, or by a workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from duixian.audit.command import InvalidInput
from duixian.console import wording
from duixian.console.access import only_for, signed_in
from duixian.console.breakdown_sheets import breakdown_workbook, shares_from_workbook
from duixian.console.county_matrix import difference_words, matrix_rows, share_words
from duixian.console.downloads import workbook_response
from duixian.console.filterwords import marks_of
from duixian.console.numbers import whole_number
from duixian.console.shell import Shell, the_shell
from duixian.console.views.counties import Scope, scope_of
from duixian.register.achieving import achieved_by
from duixian.register.commands import Share, break_down, clear_breakdown, set_breakdown
from duixian.register.coverage import (
    CARRIERS,
    Cell,
    Coverage,
    coverage_of,
    is_rate,
    last_year_of,
    may_be_broken_down,
    summed,
)
from duixian.register.enums import BreakdownMethod, CarryState
from duixian.register.models import Target
from duixian.reporting.content import parse_figure
from duixian.sheets import LARGEST
from duixian.units.models import Unit

NUMBERS = ("value", "numerator", "denominator")


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One unit's line of the form: what stands in its fields, and what is known of it."""

    cell: Cell
    values: Mapping[str, str]
    state: str
    error: str
    planned: str
    last_year: str
    share: str

    @property
    def unit(self) -> Unit:
        """Whose line."""
        return self.cell.unit

    @property
    def state_word(self) -> str:
        """有数, 未写 ..."""
        return str(CarryState(self.cell.state).label)


@signed_in
def breakdown(request: HttpRequest, pk: int) -> HttpResponse:
    """The breakdown of a target: seen by whoever sees the whole list, changed by the office."""
    shell, scope, target = _opened(request, pk)
    errors: dict[str, str] = {}
    if request.method == "POST":
        only_for(scope.may_decide)
        try:
            _act(request, shell, target)
        except InvalidInput as error:
            errors = {**error.fields, "all": error.message}
        else:
            return redirect(request.get_full_path())
    coverage = _coverage(request, scope, target)
    context = {
        "scope": scope,
        "target": target,
        "coverage": coverage,
        "row": matrix_rows([coverage], [], None)[0],
        "difference": difference_words(coverage),
        "achieved": achieved_by(coverage, shell.round.month) if shell.round and not is_rate(target) else None,
        "rows": _rows(request, coverage, errors),
        "errors": errors,
        "states": CarryState.choices,
        "is_rate": is_rate(target),
        "is_set": target.breakdown.exists(),
        "among": "departments" if "departments" in request.GET else "counties",
        "others": _departments(target).exclude(pk__in=[cell.unit.pk for cell in coverage.cells]),
        "added": request.GET.getlist("with"),
        "querystring": request.GET.urlencode(),
    }
    return render(request, "console/breakdown.html", context, status=422 if errors else 200)


@signed_in
@require_safe
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a workbook to fill in."""
    shell, scope, target = _opened(request, pk)
    name = f"{target.task}{target.indicator.name[:20]}分解"
    return workbook_response(breakdown_workbook(_coverage(request, scope, target), marks_of(shell)), name)


def _opened(request: HttpRequest, pk: int) -> tuple[Shell, Scope, Target]:
    shell = the_shell(request)
    scope = scope_of(shell)
    only_for(scope.is_whole)
    targets = Target.objects.filter(task__in=scope.tasks.values("pk"))
    target = get_object_or_404(targets.select_related("indicator", "task__plan__government"), pk=pk)
    only_for(may_be_broken_down(target))
    return shell, scope, target


def _coverage(request: HttpRequest, scope: Scope, target: Target) -> Coverage:
    """Shares as they stand; for a first breakdown among departments, the task's own units and those added to them."""
    [found] = coverage_of([target], scope.carriers, scope.plan.thresholds())
    if "departments" not in request.GET:
        return found
    known = {c.unit.pk: c for c in found.cells if c.item is not None and c.unit.kind not in CARRIERS}
    added = [key for key in map(whole_number, request.GET.getlist("with")) if key is not None]
    named = Q(duties__task=target.task) | Q(pk__in=added)
    units = {unit.pk: unit for unit in _departments(target).filter(named).distinct()}
    cells = {pk: known.get(pk) or Cell(u, CarryState.NOT_WRITTEN, is_read=False) for pk, u in units.items()}
    return summed(target, tuple((cells | known).values()), scope.plan.thresholds())


def _departments(target: Target) -> QuerySet[Unit]:
    """Every unit of the government that is no county: any of them may be given a share."""
    found = Unit.objects.filter(government=target.task.plan.government_id, is_active=True)
    return found.exclude(kind__in=CARRIERS).order_by("order", "pk")


def _act(request: HttpRequest, shell: Shell, target: Target) -> None:
    """Save what was typed, split by a rule, take in a workbook, or take the breakdown back."""
    act = request.POST.get("act", "save")
    by = {"actor": shell.account, "now": shell.now}
    if act == "clear":
        clear_breakdown(target=target, **by)  # type: ignore[arg-type]
        messages.success(request, _("已撤销分解，改按县区计划里的数。"))
        return
    if act in BreakdownMethod.values and act != BreakdownMethod.BY_HAND:
        break_down(target=target, method=BreakdownMethod(act), units=_units(request, target), **by)  # type: ignore[arg-type]
        messages.success(request, _("已%(how)s分解。") % {"how": BreakdownMethod(act).label})
        return
    shares = _uploaded(request, target) if act == "upload" else _typed(request, target)
    set_breakdown(target=target, shares=shares, **by)  # type: ignore[arg-type]
    messages.success(request, _("已保存分解。"))


def _units(request: HttpRequest, target: Target) -> list[Unit]:
    keys = [key for key in request.POST.getlist("unit") if key.isdecimal() and len(key) < 10]
    return list(Unit.objects.filter(government=target.task.plan.government_id, pk__in=keys).order_by("order", "pk"))


def _typed(request: HttpRequest, target: Target) -> list[Share]:
    faults: dict[str, str] = {}
    shares = [_typed_share(request, unit, faults) for unit in _units(request, target)]
    if faults:
        raise InvalidInput(_("分解没有保存：") + "；".join(faults.values()), faults)
    if not shares:
        raise InvalidInput(_("没有单位可分。"))
    return shares


def _typed_share(request: HttpRequest, unit: Unit, faults: dict[str, str]) -> Share:
    written = request.POST.get(f"state-{unit.pk}", CarryState.FIGURE)
    state = CarryState(written) if written in CarryState.values else CarryState.FIGURE
    numbers: dict[str, Decimal | None] = {}
    for name in NUMBERS:
        try:
            numbers[name] = parse_figure(request.POST.get(f"{name}-{unit.pk}", ""))
        except InvalidInput as error:
            numbers[name] = None
            faults[str(unit.pk)] = f"{unit}：{error.message}"
    if state is CarryState.FIGURE and all(n is None for n in numbers.values()) and str(unit.pk) not in faults:
        state = CarryState.NOT_WRITTEN
    return Share(unit, state, numbers["value"], "", numbers["numerator"], numbers["denominator"])


def _uploaded(request: HttpRequest, target: Target) -> list[Share]:
    upload = request.FILES.get("file")
    if upload is None:
        raise InvalidInput(_("请先选要上传的分解表。"), {"file": _("必选")})
    if (upload.size or 0) > LARGEST:
        raise InvalidInput(_("文件过大，请只留分解表再传。"), {"file": _("过大")})
    return shares_from_workbook(upload.read(), upload.name or "分解表.xlsx", target)


def _rows(request: HttpRequest, coverage: Coverage, errors: Mapping[str, str]) -> list[ShareRow]:
    units: Sequence[Unit] = [cell.unit for cell in coverage.cells]
    before = last_year_of(coverage.target, units)
    return [_share_row(request, cell, before.get(cell.unit.pk), errors) for cell in coverage.cells]


def _share_row(request: HttpRequest, cell: Cell, last_year: Decimal | None, errors: Mapping[str, str]) -> ShareRow:
    """What was typed stays in its field when the form is refused."""
    pk, item = cell.unit.pk, cell.item
    stands = {
        "value": wording.exact(cell.value),
        "numerator": wording.exact(item.numerator) if item else "",
        "denominator": wording.exact(item.denominator) if item else "",
    }
    if errors:
        stands = {name: request.POST.get(f"{name}-{pk}", text)[:30] for name, text in stands.items()}
    return ShareRow(
        cell=cell,
        values=stands,
        state=request.POST.get(f"state-{pk}", cell.state) if errors else cell.state,
        error=errors.get(str(pk), ""),
        planned=wording.exact(cell.planned),
        last_year=wording.exact(last_year),
        share=share_words(cell.share),
    )
