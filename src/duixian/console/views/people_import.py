"""人员导入: the return form out and in, what it would do, and the account slips."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from duixian.audit.command import CommandError, InvalidInput
from duixian.console.access import only_for, signed_in
from duixian.console.forms import tell
from duixian.console.shell import Shell, the_shell
from duixian.console.unitforms import ReturnForm
from duixian.console.views.units import government_of
from duixian.units.commands import Slip, apply_return, close_return, receive_return, reset_passwords
from duixian.units.models import Account, Government, PeopleReturn
from duixian.units.returns import ReturnLine, plan_return, template
from duixian.units.rules import may_administer_accounts, may_keep_units

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _may_import(shell: Shell, government: Government) -> bool:
    return may_keep_units(shell.account, government) or may_administer_accounts(shell.account, government)


@signed_in
def people_import(request: HttpRequest) -> HttpResponse:
    """The form to download, the file to hand in, and forms handed in before."""
    shell = the_shell(request)
    government = government_of(shell)
    only_for(_may_import(shell, government))
    form = ReturnForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            received = receive_return(
                government=government, data=file.read(), file_name=file.name, actor=shell.account, now=shell.now
            )
        except InvalidInput as error:
            tell(form, error)
        else:
            return redirect("people-return", pk=received.pk)
    context = {
        "government": government,
        "form": form,
        "returns": government.people_returns.all()[:20],
        "may_keep": may_keep_units(shell.account, government),
        "may_administer": may_administer_accounts(shell.account, government),
    }
    return render(request, "console/people-import.html", context, status=422 if form.errors else 200)


@signed_in
@require_safe
def people_template(request: HttpRequest) -> HttpResponse:
    """The blank form."""
    shell = the_shell(request)
    government = government_of(shell)
    only_for(_may_import(shell, government))
    response = HttpResponse(template(government=government.name), content_type=XLSX)
    response["Content-Disposition"] = (
        "attachment; filename*=UTF-8''%E8%81%94%E7%BB%9C%E5%91%98%E5%9B%9E%E6%89%A7%E8%A1%A8.xlsx"
    )
    return response


@signed_in
def people_return(request: HttpRequest, pk: int) -> HttpResponse:
    """What a form would do now; applied by whoever may which part. Slips are shown once, in the answer to that."""
    shell = the_shell(request)
    shown = get_object_or_404(PeopleReturn.objects.select_related("government"), pk=pk)
    only_for(_may_import(shell, shown.government))
    if request.method == "POST" and request.POST.get("act") == "close":
        close_return(people_return=shown, actor=shell.account, now=shell.now)
        messages.success(request, _("回执表已收起，其中的姓名和电话不再保留。"))
        return redirect("people-import")
    if request.method == "POST":
        done = apply_return(people_return=shown, actor=shell.account, now=shell.now)
        if done.slips:
            return _slips(request, shown.government, done.slips)
        said = {"units": done.units, "people": done.people, "fields": done.fields}
        words = _("已登记：单位%(units)d个，人员%(people)d人，领导分工%(fields)d项。")
        messages.success(request, words % said)
        return redirect("people-return", pk=pk)
    intake = plan_return(shown.government, [ReturnLine.of(data) for data in shown.lines])
    context = {
        "return": shown,
        "intake": intake,
        "refused": [*shown.notes, *((r.cell, r.message) for r in intake.refused)],
        "unit_todo": intake.units_to_do,
        "people_todo": intake.people_to_do,
        "field_todo": intake.fields_to_do,
        "waiting": [person for person in intake.people_to_do if person.waits],
        "may_keep": may_keep_units(shell.account, shown.government),
        "may_administer": may_administer_accounts(shell.account, shown.government),
    }
    return render(request, "console/people-return.html", context)


@signed_in
@require_POST
def slips(request: HttpRequest) -> HttpResponse:
    """New passwords for the people ticked, on slips shown once."""
    shell = the_shell(request)
    government = government_of(shell)
    only_for(may_administer_accounts(shell.account, government))
    wanted = [n for n in request.POST.getlist("account") if n.isdecimal() and len(n) < 12]
    accounts = list(Account.objects.filter(pk__in=wanted).prefetch_related("memberships__unit"))
    try:
        given = reset_passwords(accounts=accounts, actor=shell.account, now=shell.now)
    except CommandError as error:
        messages.error(request, error.message)
        return redirect("accounts")
    made = [
        Slip(a, given[a.pk], "、".join(f"{m.unit or ''}{m.role_label}" for m in a.current_memberships))
        for a in accounts
    ]
    return _slips(request, government, made)


def _duties(account: Account) -> str:
    return "、".join(f"{m.unit or ''}{m.role_label}" for m in account.current_memberships)


def _slips(request: HttpRequest, government: Government, made: list[Slip]) -> HttpResponse:
    address = request.build_absolute_uri("/")
    return render(request, "console/slips.html", {"government": government, "slips": made, "address": address})
