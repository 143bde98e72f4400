"""单位与用户: who is who. Accounts and roles are the security administrator's."""

from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from duixian.audit.command import InvalidInput
from duixian.console.access import only_for, signed_in
from duixian.console.forms import AccountForm, AppointForm, PasswordForm, tell
from duixian.console.shell import Shell, the_shell
from duixian.units.commands import appoint, change_password, create_account, end_membership
from duixian.units.enums import ADMIN_ROLES, Role
from duixian.units.models import Account, Government, Membership, Unit
from duixian.units.rules import has_role, may_administer_accounts


def _government(shell: Shell) -> Government:
    """The government an administrator works for; for anybody else the page does not exist."""
    governments = [m.government for m in shell.account.current_memberships if m.role in ADMIN_ROLES]
    only_for(bool(governments))
    return governments[0]


def _in_force() -> QuerySet[Membership]:
    return Membership.objects.filter(ended_at__isnull=True)


@signed_in
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """Units with their people."""
    shell = the_shell(request)
    government = _government(shell)
    in_force = _in_force().filter(government=government).select_related("account", "unit")
    units = Unit.objects.filter(government=government).prefetch_related(
        "aliases", Prefetch("memberships", in_force, to_attr="people")
    )
    context = {
        "government": government,
        "units": units,
        "offices": in_force.filter(unit=None).order_by("role", "pk"),
        "idle": Account.objects.filter(~Exists(_in_force().filter(account=OuterRef("pk")))),
        "may_administer": may_administer_accounts(shell.account, government),
    }
    return render(request, "console/accounts.html", context)


@signed_in
def create(request: HttpRequest) -> HttpResponse:
    """Open an account with a first password, which its owner must change."""
    shell = the_shell(request)
    government = _government(shell)
    only_for(may_administer_accounts(shell.account, government))
    form = AccountForm(request.POST or None)
    if form.is_valid():
        try:
            opened = create_account(**form.cleaned_data, government=government, actor=shell.account, now=shell.now)
        except InvalidInput as error:
            tell(form, error)
        else:
            messages.success(request, _("账号已开设，请接着授予角色。"))
            return redirect("account", pk=opened.pk)
    context = {"form": form, "heading": _("开设账号"), "button": _("开设")}
    return render(request, "console/account-new.html", context, status=422 if form.errors else 200)


@signed_in
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: its roles, another role, a new password."""
    shell = the_shell(request)
    government = _government(shell)
    only_for(has_role(shell.account, government, Role.SECURITY_ADMIN))
    person = get_object_or_404(Account, pk=pk)
    # whoever holds roles elsewhere only is another government's
    only_for(all(may_administer_accounts(shell.account, m.government) for m in person.current_memberships))
    act = request.POST.get("act", "")
    appointing = AppointForm(request.POST if act == "appoint" else None, government=government)
    setting = PasswordForm(request.POST if act == "password" else None)
    if request.method == "POST" and _act(act, person, appointing, setting, request, shell, government):
        return redirect("account", pk=pk)
    context = {
        "person": person,
        "memberships": person.memberships.select_related("unit", "government"),
        "appointing": appointing,
        "setting": setting,
    }
    return render(request, "console/account.html", context, status=422 if request.method == "POST" else 200)


def _act(
    act: str,
    person: Account,
    appointing: AppointForm,
    setting: PasswordForm,
    request: HttpRequest,
    shell: Shell,
    government: Government,
) -> bool:
    """Carry out one of the page's three acts; False where its form has something to mend."""
    if act == "end":
        wanted = request.POST.get("membership", "")
        only_for(wanted.isdecimal())
        membership = get_object_or_404(person.memberships, pk=wanted)
        end_membership(membership=membership, actor=shell.account, now=shell.now)
        messages.success(request, _("角色已停用。"))
        return True
    if act == "password" and setting.is_valid():
        change_password(account=person, password=setting.cleaned_data["password"], actor=shell.account, now=shell.now)
        messages.success(request, _("密码已重设，本人下次登录须修改。"))
        return True
    if act == "appoint" and appointing.is_valid():
        said = appointing.cleaned_data
        role, unit = Role(said["role"]), said["unit"]
        try:
            appoint(account=person, role=role, government=government, unit=unit, actor=shell.account, now=shell.now)
        except InvalidInput as error:
            tell(appointing, error)
            return False
        messages.success(request, _("角色已授予。"))
        return True
    return False
