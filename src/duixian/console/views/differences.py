"""核查差异: how far each unit's figures were from what the office found, over the year; page and workbook."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from duixian.console import wording
from duixian.console.access import only_for, plan_or_404, signed_in
from duixian.console.reviewing_case import finding_words
from duixian.console.sheets import as_download
from duixian.console.shell import Shell, the_shell
from duixian.periods import month_label
from duixian.register.models import Task
from duixian.reporting.differences import UnitDifferences, differences_by_unit
from duixian.sheets import SheetSpec
from duixian.sheets.writing import Out

HEADER = ("单位", "月份", "任务", "核查项", "方式", "日期", "所报", "核得", "差额", "核查情况", "依据材料", "核查人")
WIDTHS = (18, 8, 8, 28, 10, 12, 12, 12, 12, 40, 24, 12)


@signed_in
@require_safe
def differences(request: HttpRequest) -> HttpResponse:
    """By unit, the farthest off first; each finding below its unit."""
    shell = the_shell(request)
    rows = _rows(shell)
    told = [(row, [(v, finding_words(v)) for v in row.findings]) for row in rows]
    return render(request, "console/differences.html", {"rows": told, "year": plan_or_404(shell).year})


@signed_in
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Every finding as a row."""
    shell = the_shell(request)
    rows = _rows(shell)
    title = _("%(year)s年核查差异") % {"year": plan_or_404(shell).year}
    spec = SheetSpec(
        name=_("核查差异"),
        title=title,
        notes=[_("同一份填报的同一个数核过几次的，只列最后一次。")],
        header=HEADER,
        widths=WIDTHS,
        rows=[line for row in rows for line in _lines(row)],
    )
    return as_download(spec, "xlsx", title)


def _rows(shell: Shell) -> list[UnitDifferences]:
    """For whoever sees the whole register: what was found of one unit is not for the others."""
    plan = plan_or_404(shell)
    only_for(shell.is_whole)
    return differences_by_unit(Task.objects.visible_to(shell.account).filter(plan=plan))


def _lines(row: UnitDifferences) -> list[list[Out]]:
    return [
        [
            str(row.unit),
            month_label(v.report.round.month),
            str(v.report.task),
            v.what,
            v.get_way_display(),
            v.verified_on,
            v.reported_value if v.indicator_id else v.get_reported_progress_display(),
            v.verified_value if v.indicator_id else v.get_verified_progress_display(),
            wording.exact(v.difference),
            v.words,
            v.evidence,
            v.verified_by,
        ]
        for v in row.findings
    ]
