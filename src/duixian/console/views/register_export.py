"""台账 as a file: exactly what the page shows, all of its pages."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from duixian.console.access import only_for, signed_in
from duixian.console.columns import Column, Value, columns_of, lines_of
from duixian.console.filterwords import SIMULATED, notes_of
from duixian.console.listed import Listed, listed
from duixian.console.sheets import FORMS, as_download
from duixian.console.shell import the_shell
from duixian.sheets import SheetSpec


@signed_in
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The same filter, order and columns as the address of the page."""
    only_for(form in FORMS)
    shell = the_shell(request)
    found = listed(shell, request.GET)
    # a drawing has no place in a file
    columns = [column for column in columns_of(found.filters.columns) if column.code != "course"]
    spec = SheetSpec(
        name=_("台账"),
        title=_("台账"),
        notes=notes_of(found, found.found.count()),
        header=[str(column.label) for column in columns],
        widths=[column.width for column in columns],
        rows=_rows(found, columns),
    )
    mark = f"{SIMULATED.split(' ')[0]}-" if shell.is_simulated else ""
    return as_download(spec, form, f"{mark}{found.plan.government.name}{found.plan.year}年台账-{shell.today}")


def _rows(found: Listed, columns: list[Column]) -> Iterator[list[Value]]:
    for row in found.all_rows():
        for line in lines_of(row):
            yield [column.value(line) for column in columns]
