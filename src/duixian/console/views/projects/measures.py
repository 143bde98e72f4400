"""Which promises are measured from the ledger: proposed by their words, decided by the office."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from duixian.console.access import only_for, plan_or_404, signed_in
from duixian.console.numbers import whole_number
from duixian.console.shell import the_shell
from duixian.projects.commands import bind_measure, unbind_measure
from duixian.projects.enums import Measure
from duixian.projects.queries import fits, may_be_measured, offers_for, proposed_measure, targets_to_bind
from duixian.projects.rules import may_keep_ledger


@signed_in
def measures(request: HttpRequest) -> HttpResponse:
    """Targets the ledger might measure, those bound or proposed first; binding one is one click."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    only_for(may_keep_ledger(shell.account, plan.government))
    targets = targets_to_bind(plan.government, plan.year)
    if request.method == "POST":
        wanted = whole_number(request.POST.get("target", ""))
        only_for(wanted is not None)
        target = get_object_or_404(targets, pk=wanted)
        measure = request.POST.get("measure", "")
        only_for(measure in ("", *Measure.values))
        if measure:
            bind_measure(target=target, measure=Measure(measure), actor=shell.account, now=shell.now)
            messages.success(request, _("已按项目台账计算。"))
        else:
            unbind_measure(target=target, actor=shell.account, now=shell.now)
            messages.success(request, _("已改回由单位填报。"))
        return redirect("project-measures")
    found = list(targets.filter(Q(project_measure__isnull=False) | may_be_measured()))
    month = shell.round.month if shell.round else shell.today.replace(day=1)
    offers = offers_for(found, month=month, today=shell.today)
    rows = []
    for target in found:
        binding = getattr(target, "project_measure", None)
        proposal = proposed_measure(target)
        if binding is None and proposal is None:
            continue
        choices = [(m.value, m.label) for m in Measure if fits(m, target.unit_of_measure)]
        rows.append((target, binding, proposal, offers.get(target.pk), choices))
    return render(request, "console/project-measures.html", {"rows": rows, "month": month})
