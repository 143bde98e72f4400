"""通报: drawn up from approved figures, kept as a snapshot, downloaded as a document."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from duixian.bulletins.commands import draw_up_bulletin
from duixian.bulletins.documents import document_of
from duixian.bulletins.rules import bulletins_visible_to, may_draw_up
from duixian.console.access import only_for, plan_or_404, signed_in
from duixian.console.shell import the_shell
from duixian.periods import Quarter
from duixian.register.models import Plan

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@signed_in
def bulletins(request: HttpRequest) -> HttpResponse:
    """Every bulletin of the plan, newest first; the office draws up another."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    only_for(shell.is_whole)
    if request.method == "POST":
        quarter = _quarter(request.POST.get("quarter", ""))
        drawn_up = draw_up_bulletin(plan=plan, quarter=quarter, actor=shell.account, now=shell.now)
        messages.success(request, _("%(bulletin)s已生成，可以下载。") % {"bulletin": drawn_up})
        return redirect("bulletins")
    context = {
        "bulletins": bulletins_visible_to(shell.account).filter(plan=plan).defer("snapshot"),
        "quarters": _quarters(plan),
        "may_draw_up": may_draw_up(shell.account, plan),
    }
    return render(request, "console/bulletins.html", context)


def _quarters(plan: Plan) -> list[Quarter]:
    """Quarters with a stocktake, latest first."""
    months = plan.rounds.values_list("month", flat=True)
    return sorted({Quarter.of(month) for month in months}, reverse=True)


def _quarter(text: str) -> Quarter:
    try:
        return Quarter.parse(text)
    except ValueError:
        only_for(False)
        raise


@signed_in
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The document of a bulletin, always the same bytes."""
    shell = the_shell(request)
    bulletin = get_object_or_404(bulletins_visible_to(shell.account), pk=pk)
    response = HttpResponse(document_of(bulletin), content_type=DOCX)
    name = f"{bulletin.plan.government.name}{bulletin}.docx"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
