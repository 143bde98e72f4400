"""单位: the tree of units, and one unit with its names, people and leaders."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from duixian.audit.command import CommandError, InvalidInput
from duixian.console.access import only_for, signed_in
from duixian.console.forms import tell
from duixian.console.shell import Shell, the_shell
from duixian.console.unitforms import AliasForm, MergeForm, PlaceForm, RenameForm, UnitForm
from duixian.console.unittree import unit_rows
from duixian.register.models import Task
from duixian.units.commands import (
    add_alias,
    change_unit,
    create_unit,
    deactivate_unit,
    merge_units,
    remove_alias,
    rename_unit,
    restore_unit,
)
from duixian.units.enums import UnitKind
from duixian.units.models import Government, Unit
from duixian.units.moving import duties_of
from duixian.units.queries import leaderships_on
from duixian.units.rules import counties_kept, may_administer_accounts, may_keep_units, may_read_units


def government_of(shell: Shell) -> Government:
    """The government whose units are shown: that of the plan in front of the person, else the person's first."""
    mine = [m.government for m in shell.account.current_memberships if may_read_units(shell.account, m.government)]
    mine += Government.objects.filter(pk__in=counties_kept(shell.account))
    only_for(bool(mine))
    if shell.plan is not None and may_read_units(shell.account, shell.plan.government):
        return shell.plan.government
    return mine[0]


def unit_or_404(shell: Shell, pk: int) -> Unit:
    """A unit the person may read about."""
    unit = get_object_or_404(Unit.objects.select_related("government", "parent", "merged_into"), pk=pk)
    only_for(may_read_units(shell.account, unit.government))
    return unit


@signed_in
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The tree, with people and tasks counted."""
    shell = the_shell(request)
    government = government_of(shell)
    q = "".join(request.GET.get("q", "").split())[:60]
    is_idle = request.GET.get("idle") == "1"
    plan = shell.plan if shell.plan is not None and shell.plan.government == government else None
    rows = unit_rows(government, shell.account, plan, shell.today, q=q, is_idle=is_idle)
    context = {
        "government": government,
        "rows": rows,
        "q": q,
        "is_idle": is_idle,
        "idle_count": government.units.filter(is_active=False).count(),
        "people_count": len({m.account_id for row in rows for m in row.people}),
        "may_keep": may_keep_units(shell.account, government),
        "sees_tasks": plan is not None,
    }
    return render(request, "console/units.html", context)


@signed_in
def create(request: HttpRequest) -> HttpResponse:
    """A new unit; a name that means a known one is refused and the known one named."""
    shell = the_shell(request)
    government = government_of(shell)
    only_for(may_keep_units(shell.account, government))
    form = UnitForm(request.POST or None, government=government)
    if form.is_valid():
        said = form.cleaned_data
        try:
            unit = create_unit(
                government=government,
                name=said["name"].strip(),
                full_name=said["full_name"].strip(),
                kind=UnitKind(said["kind"]),
                parent=said["parent"],
                aliases=tuple(filter(None, (text.strip() for text in said["aliases"].split("、")))),
                actor=shell.account,
                now=shell.now,
            )
        except InvalidInput as error:
            tell(form, error)
        else:
            messages.success(request, _("%(unit)s已登记。") % {"unit": unit})
            return redirect("unit", pk=unit.pk)
    context = {"form": form, "heading": _("登记单位"), "button": _("登记")}
    return render(request, "console/unit-new.html", context, status=422 if form.errors else 200)


@signed_in
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: names over time, people, leaders; and what may be changed about it."""
    shell = the_shell(request)
    shown = unit_or_404(shell, pk)
    may_keep = may_keep_units(shell.account, shown.government)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    renaming = RenameForm(request.POST if act == "rename" else None)
    naming = AliasForm(request.POST if act == "alias" else None)
    placing = PlaceForm(request.POST if act == "place" else None, unit=shown)
    if request.method == "POST":
        only_for(may_keep)
        if _act(act, shown, (renaming, naming, placing), request, shell):
            return redirect("unit", pk=pk)
    people = shown.memberships.select_related("account").order_by("-ended_at", "role", "is_deputy", "pk")
    context = {
        "unit": shown,
        "renaming": renaming,
        "naming": naming,
        "placing": placing,
        "people": [m for m in people if m.ended_at is None],
        "former_people": [m for m in people if m.ended_at is not None],
        "leaders": leaderships_on(shown.government, shell.today).filter(unit=shown),
        "former_leaders": shown.leaderships.exclude(until_on=None).select_related("account"),
        "children": shown.children.filter(is_active=True),
        "duties": duties_of(shown, shell.today),
        "task_count": Task.objects.visible_to(shell.account).filter(reporting_unit=shown).count(),
        "may_keep": may_keep,
        "may_administer": may_administer_accounts(shell.account, shown.government),
    }
    return render(request, "console/unit.html", context, status=422 if request.method == "POST" else 200)


def _act(
    act: str,
    shown: Unit,
    forms: tuple[RenameForm, AliasForm, PlaceForm],
    request: HttpRequest,
    shell: Shell,
) -> bool:
    """Carry out one of the page's acts; False where its form has something to mend."""
    renaming, naming, placing = forms
    who = shell.acting
    if act == "alias-remove":
        wanted = request.POST.get("alias", "")
        only_for(wanted.isdecimal() and len(wanted) < 12)
        remove_alias(alias=get_object_or_404(shown.aliases, pk=wanted), **who)
        messages.success(request, _("别名已删去。"))
        return True
    if act in ("deactivate", "restore"):
        (deactivate_unit if act == "deactivate" else restore_unit)(unit=shown, **who)
        messages.success(request, _("单位已停用。") if act == "deactivate" else _("单位已恢复使用。"))
        return True
    if act == "rename" and renaming.is_valid():
        said = {**renaming.cleaned_data, **who}
        return _try(renaming, lambda: rename_unit(unit=shown, **said), request, _("已更名，旧名称仍能查到。"))
    if act == "alias" and naming.is_valid():
        text = naming.cleaned_data["text"].strip()
        return _try(naming, lambda: add_alias(unit=shown, text=text, **who), request, _("别名已登记。"))
    if act == "place" and placing.is_valid():
        kind, parent = UnitKind(placing.cleaned_data["kind"]), placing.cleaned_data["parent"]
        return _try(placing, lambda: change_unit(unit=shown, kind=kind, parent=parent, **who), request, _("已保存。"))
    return False


def _try(form: AliasForm | RenameForm | PlaceForm, act: Callable[[], object], request: HttpRequest, done: str) -> bool:
    try:
        act()
    except InvalidInput as error:
        tell(form, error)
        return False
    messages.success(request, done)
    return True


@signed_in
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Merging into another unit: chosen, looked at, then done."""
    shell = the_shell(request)
    shown = unit_or_404(shell, pk)
    only_for(may_keep_units(shell.account, shown.government))
    data = request.POST or (request.GET if "into" in request.GET else None)
    form = MergeForm(data, unit=shown)
    into = form.cleaned_data["into"] if form.is_valid() else None
    if request.method == "POST" and into is not None:
        try:
            merge_units(unit=shown, into=into, actor=shell.account, now=shell.now)
        except CommandError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("%(old)s已并入%(new)s。") % {"old": shown, "new": into})
            return redirect("unit", pk=into.pk)
    names = [shown.name, shown.full_name, *shown.aliases.values_list("text", flat=True)]
    context = {
        "unit": shown,
        "form": form,
        "into": into,
        "duties": duties_of(shown, shell.today),
        "names": [name for name in names if name],
        "people": shown.memberships.filter(ended_at=None).select_related("account"),
        "children": shown.children.filter(is_active=True),
    }
    return render(request, "console/unit-merge.html", context, status=422 if form.errors else 200)
