"""单位与用户: who is who. Accounts and roles are the security administrator's."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_safe

from duixian.audit.command import InvalidInput
from duixian.console.access import only_for, signed_in
from duixian.console.forms import AccountForm, AppointForm, PasswordForm, tell
from duixian.console.numbers import whole_number
from duixian.console.shell import Shell, the_shell
from duixian.console.unitforms import HandOverForm, LockForm, PersonForm
from duixian.units.commands import (
    appoint,
    change_password,
    change_person,
    create_account,
    end_membership,
    hand_over,
    lock_account,
    unlock_account,
)
from duixian.units.enums import ADMIN_ROLES, Role
from duixian.units.models import Account, Government, Membership
from duixian.units.rules import has_role, may_administer_accounts, people_administered

PAGE_SIZE = 200


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
    """Everybody with an account here: roles, and whether the account waits for its first login or is locked."""
    shell = the_shell(request)
    government = _government(shell)
    q = request.GET.get("q", "").strip()[:60]
    in_force = _in_force().select_related("unit", "government")
    people = people_administered(government)
    if q:
        found = _in_force().filter(account=OuterRef("pk"), unit__name__icontains=q)
        people = people.filter(Q(name__icontains=q) | Q(username__icontains=q) | Exists(found))
    people = people.order_by("pk").prefetch_related(Prefetch("memberships", in_force, to_attr="roles_in_force"))
    page = Paginator(people, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "government": government,
        "page": page,
        "q": q,
        "querystring": urlencode({"q": q}) if q else "",
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
    # whoever holds roles elsewhere too, or held them last, is not this government's alone
    governments = {m.government_id: m.government for m in person.memberships.select_related("government")}
    held = {m.government_id: m.government for m in person.current_memberships} or governments
    only_for(all(may_administer_accounts(shell.account, found) for found in held.values()))
    asked, form = request.POST.get("act", ""), None
    if request.method == "POST":
        only_for(asked in ACTS)
        form = _form(asked, person, government, request.POST)
        if _is_done(asked, form, person, request, shell, government):
            return redirect("account", pk=pk)
    parts = [
        {"act": act, "heading": heading, "button": button, "form": _shown(act, asked, form, person, government)}
        for act, heading, button in PARTS
        if act != "lock" or (person.is_active and person.pk != shell.account.pk)
    ]
    handing = _shown("hand-over", asked, form, person, government)
    context = {
        "person": person,
        "memberships": person.memberships.select_related("unit", "government"),
        "parts": parts,
        "handing": handing,
        "takers": handing.fields["to"].queryset.exclude(pk=person.pk),  # type: ignore[attr-defined]
    }
    return render(request, "console/account.html", context, status=422 if request.method == "POST" else 200)


PARTS = (
    ("appoint", _lazy("授予角色"), _lazy("授予")),
    ("person", _lazy("个人信息"), _lazy("保存")),
    ("password", _lazy("重设密码"), _lazy("重设")),
    ("lock", _lazy("锁定账号"), _lazy("锁定")),
)
ACTS = ("appoint", "person", "password", "lock", "hand-over", "end", "unlock")


def _form(act: str, person: Account, government: Government, data: QueryDict | None = None) -> forms.Form | None:
    """The form of one of the page's acts; None for an act of one button."""
    known = {"name": person.name, "post": person.post, "phone": person.phone}
    made: dict[str, Callable[[], forms.Form]] = {
        "appoint": lambda: AppointForm(data, government=government),
        "password": lambda: PasswordForm(data),
        "person": lambda: PersonForm(data, initial=known),
        "lock": lambda: LockForm(data),
        "hand-over": lambda: HandOverForm(data, government=government),
    }
    return made[act]() if act in made else None


def _shown(act: str, asked: str, filled: forms.Form | None, person: Account, government: Government) -> forms.Form:
    """The form as it was filled in where it has something to mend, else a fresh one."""
    form = filled if act == asked and filled is not None else _form(act, person, government)
    assert form is not None
    return form


def _is_done(
    act: str,
    form: forms.Form | None,
    person: Account,
    request: HttpRequest,
    shell: Shell,
    government: Government,
) -> bool:
    """Carry the act out; False where its form has something to mend."""
    if form is not None and not form.is_valid():
        return False
    said = form.cleaned_data if form else {}
    try:
        messages.success(request, _carry_out(act, person, said, request, shell, government))
    except InvalidInput as error:
        if form is None:
            raise
        tell(form, error)
        return False
    return True


def _carry_out(
    act: str, person: Account, said: dict[str, Any], request: HttpRequest, shell: Shell, government: Government
) -> str:
    """One of the page's acts; returns what to tell. Raises InvalidInput where its form has something to mend."""
    who = shell.acting
    if act == "end":
        end_membership(membership=_membership(person, request), **who)
        return _("角色已停用。")
    if act == "hand-over":
        hand_over(membership=_membership(person, request), to=said["to"], **who)
        return _("已交接给%(name)s。") % {"name": said["to"]}
    if act == "password":
        change_password(account=person, password=said["password"], **who)
        return _("密码已重设，本人下次登录须修改。")
    if act == "person":
        change_person(account=person, **said, **who)
        return _("已保存。")
    if act == "lock":
        lock_account(account=person, reason=said["reason"], **who)
        return _("账号已锁定，本人不能再登录。")
    if act == "unlock":
        unlock_account(account=person, **who)
        return _("账号已解锁。")
    appoint(
        account=person,
        role=Role(said["role"]),
        government=government,
        unit=said["unit"],
        is_deputy=said["is_deputy"],
        **who,
    )
    return _("角色已授予。")


def _membership(person: Account, request: HttpRequest) -> Membership:
    wanted = whole_number(request.POST.get("membership", ""))
    only_for(wanted is not None)
    return get_object_or_404(person.memberships, pk=wanted)
