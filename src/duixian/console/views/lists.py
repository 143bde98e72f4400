"""三张清单 as page, file and printed sheet."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from duixian.console import timenodes
from duixian.console.access import only_for, signed_in
from duixian.console.bulk import leaders_of
from duixian.console.filterwords import SIMULATED, filter_words, notes_of, scope_of
from duixian.console.listed import Listed, listed, units_in
from duixian.console.sheets import FORMS, as_download
from duixian.console.shell import the_shell
from duixian.console.threelists import LISTS, THREE, Cells, ThreeList, node_cells
from duixian.sheets import SheetSpec

PAGE_SIZE = 100


@signed_in
@require_safe
def three_list(request: HttpRequest, name: str) -> HttpResponse:
    """One of the three, of whom the address says; ?all=1 for a sheet to print, ?form=xlsx for a file."""
    only_for(name in LISTS)
    found, one = listed(the_shell(request), request.GET), LISTS[name]
    form = request.GET.get("form", "")
    if form in FORMS:
        return _file(found, one, form)
    is_all = request.GET.get("all") == "1"
    page, rows = _shown(found, one, request.GET.get("page"), is_all=is_all)
    context = {
        "one": one,
        "three": THREE,
        "labels": dict(enumerate(label for label, _width in one.columns)),
        "title": title_of(found, one),
        "filters": found.filters,
        "filter_words": filter_words(found),
        "rows": rows,
        "page": page,
        "is_all": is_all,
        "count": page.paginator.count if not one.is_whole else found.found.count(),
        "querystring": found.filters.address(),
        "units": units_in(found.visible),
        "leaders": leaders_of(found.plan),
        "forces": found.forces,
    }
    return render(request, "console/three-list.html", context)


def title_of(found: Listed, one: ThreeList) -> str:
    """市住建局2026年任务清单."""
    return f"{scope_of(found)}{found.plan.year}年{one.label}"


def _shown(found: Listed, one: ThreeList, number: str | None, *, is_all: bool) -> tuple[Page[Any], list[Cells]]:
    """One page of the list, or all of it; what is sorted as a whole is cut afterwards."""
    if is_all:
        rows = list(one.rows(found, found.batches()))
        return Paginator(rows, max(len(rows), 1)).get_page(1), rows
    if one.is_whole:
        dates = timenodes.dates_of(found)
        page = Paginator(dates, PAGE_SIZE).get_page(number)
        nodes = timenodes.nodes_at(found, dates, max(page.start_index() - 1, 0), PAGE_SIZE)
        return page, [node_cells(node) for node in nodes]
    cut = Paginator(found.keys(), PAGE_SIZE).get_page(number)
    return cut, list(one.rows(found, [found.rows(found.tasks([key for key, _section in cut.object_list]))]))


def _file(found: Listed, one: ThreeList, form: str) -> HttpResponse:
    def rows() -> Iterator[list[str | Decimal | date]]:
        for cells in one.rows(found, found.batches()):
            # a task's number is a number in a sheet, so that it sorts as one
            yield [Decimal(cell) if isinstance(cell, str) and cell.isdecimal() else cell for cell in cells]

    title = title_of(found, one)
    spec = SheetSpec(
        name=str(one.label),
        title=title,
        notes=notes_of(found, found.found.count()),
        header=[str(label) for label, _width in one.columns],
        widths=[width for _label, width in one.columns],
        rows=rows(),
    )
    mark = f"{SIMULATED.split(' ')[0]}-" if found.shell.is_simulated else ""
    return as_download(spec, form, f"{mark}{title}{_('（截至')}{found.shell.today}{_('）')}")
