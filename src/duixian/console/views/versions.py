"""Every version of a report that was submitted, each with what it changed."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from duixian.console.access import signed_in
from duixian.console.differing import Difference, differences
from duixian.console.reportfields import TEXTS
from duixian.console.shell import the_shell
from duixian.indicators.models import Indicator
from duixian.register.models import Milestone, Outcome
from duixian.reporting.content import ReportContent, figure_field
from duixian.reporting.models import Report, ReportVersion
from duixian.units.models import Unit


@dataclass(frozen=True, slots=True)
class Shown:
    """One version: against the one before, or for the first all it said."""

    version: ReportVersion
    changes: list[Difference]
    is_first: bool


@signed_in
@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest first."""
    reports = Report.objects.visible_to(the_shell(request).account)
    report = get_object_or_404(reports.select_related("task", "unit", "round"), pk=pk)
    kept = list(report.versions.order_by("number"))
    contents = [ReportContent.from_dict(version.content) for version in kept]
    labels = _labels(contents)
    before = [ReportContent(), *contents]
    shown = [
        Shown(version, differences(old, new, labels), version.number == 1)
        for version, old, new in zip(kept, before, contents, strict=False)
    ]
    return render(request, "console/report-versions.html", {"report": report, "shown": shown[::-1]})


def _labels(contents: list[ReportContent]) -> dict[str, str]:
    """Field -> name, of everything any version speaks of."""
    figures = [f for content in contents for f in content.figures]
    nodes = [n for content in contents for n in content.nodes]
    names = Indicator.objects.in_bulk({f.indicator_id for f in figures})
    members = Unit.objects.in_bulk({f.member_id for f in figures if f.member_id})
    labels = {}
    for f in figures:
        member = f"（{members[f.member_id]}）" if f.member_id in members else ""
        labels[figure_field(f.indicator_id, f.member_id)] = f"{names[f.indicator_id].name}{member}"
    outcomes = Outcome.objects.in_bulk({n.outcome_id for n in nodes if n.outcome_id})
    steps = Milestone.objects.in_bulk({n.milestone_id for n in nodes if n.milestone_id})
    for n in nodes:
        thing = outcomes.get(n.outcome_id or 0) or steps.get(n.milestone_id or 0)
        labels[n.field] = str(thing or _("节点"))
    return labels | TEXTS
