"""委托代签: the head names who signs while they are away, and takes it back."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duixian.audit.command import CommandError, InvalidInput
from duixian.console.access import only_for, signed_in
from duixian.console.forms import tell
from duixian.console.shell import Shell, the_shell
from duixian.console.unitforms import DelegationForm
from duixian.units.commands import delegate_signing, revoke_delegation
from duixian.units.models import Delegation, Unit
from duixian.units.rules import is_unit_head


def _headed(shell: Shell) -> list[Unit]:
    units = [unit for unit in shell.units if is_unit_head(shell.account, unit)]
    only_for(bool(units))
    return units


@signed_in
def delegations(request: HttpRequest) -> HttpResponse:
    """What was delegated, and a form for more."""
    shell = the_shell(request)
    units = _headed(shell)
    form = DelegationForm(request.POST or None, units=units, initial={"from_on": shell.today})
    if form.is_valid() and _given(form, shell):
        messages.success(request, _("已委托。到期自动收回，期间代签都会注明。"))
        return redirect("delegations")
    rows = (
        Delegation.objects.filter(unit__in=units).select_related("unit", "head", "deputy").order_by("-from_on", "-pk")
    )
    context = {"form": form, "rows": rows[:50], "today": shell.today}
    return render(request, "console/delegations.html", context, status=422 if form.is_bound else 200)


def _given(form: forms.Form, shell: Shell) -> bool:
    try:
        delegate_signing(**form.cleaned_data, **shell.acting)
    except InvalidInput as error:
        tell(form, error)
    except CommandError as error:
        form.add_error(None, error.message)
    else:
        return True
    return False


@signed_in
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Before its time."""
    shell = the_shell(request)
    delegation = get_object_or_404(Delegation, pk=pk, unit__in=_headed(shell))
    try:
        revoke_delegation(delegation=delegation, **shell.acting)
        messages.success(request, _("已收回委托。"))
    except CommandError as error:
        messages.error(request, error.message)
    return redirect("delegations")
