"""What a target is, for the office to mend."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from duixian.audit.command import InvalidInput
from duixian.console import wording
from duixian.console.access import only_for, signed_in
from duixian.console.dutyforms import DefinitionForm
from duixian.console.forms import tell
from duixian.console.shell import Shell, the_shell
from duixian.indicators.enums import Frequency
from duixian.reading import Accrual, Polarity, QuantityKind
from duixian.register.commands import Definition, define_target
from duixian.register.enums import Bindingness
from duixian.register.models import Target, Task
from duixian.register.rules import may_decide
from duixian.register.wishes import baseline_of
from duixian.reporting.commands import regrade_tasks


@signed_in
def define(request: HttpRequest, pk: int) -> HttpResponse:
    """One form; saving grades what reads the series at once."""
    shell = the_shell(request)
    found = Target.objects.filter(task__in=Task.objects.visible_to(shell.account))
    target = get_object_or_404(
        found.select_related("task__plan__government", "task__reporting_unit", "indicator__government"), pk=pk
    )
    plan = target.task.plan
    only_for(may_decide(shell.account, plan))
    units = plan.government.units.filter(is_active=True)
    form = DefinitionForm(request.POST or None, units=units, year=plan.year, initial=_known(target))
    if form.is_valid():
        try:
            _save(target, form.cleaned_data, shell)
        except InvalidInput as error:
            tell(form, error)
        else:
            messages.success(request, _("已更正，有关任务的亮灯已重新评定。"))
            return redirect("task", target.task_id)
    context = {
        "task": target.task,
        "form": form,
        "heading": _("目标"),
        "subject": target.text,
        "hint": _("存量目标须有基期值才有序时进度；数据频度与发布滞后决定哪个月应有数。"),
        "button": _("保存"),
    }
    return render(request, "console/task-form.html", context, status=422 if form.is_bound else 200)


def _known(target: Target) -> dict[str, Any]:
    baseline = baseline_of(target)
    return {
        "bindingness": target.bindingness,
        "kind": target.kind,
        "accrual": target.accrual,
        "polarity": target.polarity,
        "unit_of_measure": target.unit_of_measure,
        "frequency": target.indicator.frequency,
        "publication_lag_days": target.indicator.publication_lag_days,
        "responsible_unit": target.indicator.responsible_unit_id or target.task.reporting_unit_id,
        "baseline": wording.exact(baseline.value) if baseline else "",
        "baseline_source": baseline.source if baseline else "",
    }


def _save(target: Target, given: dict[str, Any], shell: Shell) -> None:
    definition = Definition(
        kind=QuantityKind(given["kind"]),
        polarity=Polarity(given["polarity"]),
        accrual=Accrual(given["accrual"]),
        bindingness=Bindingness(given["bindingness"]) if given["bindingness"] else None,
        unit_of_measure=given["unit_of_measure"],
        frequency=Frequency(given["frequency"]),
        publication_lag_days=given["publication_lag_days"],
        responsible_unit=given["responsible_unit"],
        baseline=given["baseline"],
        baseline_source=given["baseline_source"],
    )
    reads = Q(targets__indicator=target.indicator) | Q(targets__against=target.indicator)
    with transaction.atomic():
        define_target(target=target, definition=definition, reason=given["reason"], actor=shell.account, now=shell.now)
        tasks = Task.objects.filter(reads, plan=target.task.plan).distinct()
        regrade_tasks(tasks=list(tasks), actor=shell.account, now=shell.now)
