"""The buttons of the review: each says what it is for and which state of the item it was shown beside."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duixian.audit.command import CommandError
from duixian.console.access import signed_in
from duixian.console.numbers import whole_number
from duixian.console.shell import Shell, the_shell
from duixian.console.views.importing import draft_or_404
from duixian.register.commands import (
    join_items,
    leave_out_item,
    name_import_unit,
    register_import_units,
    settle_import,
    settle_item,
    split_item,
    take_back_item,
    withdraw_import,
)
from duixian.register.models import ImportDraft, ImportItem
from duixian.register.reviews import review_of
from duixian.reporting.commands import adopt_import
from duixian.units.enums import UnitKind


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button: its act, what it was pressed for, by whom."""

    draft: ImportDraft
    value: str
    shell: Shell
    request: HttpRequest

    def item(self) -> tuple[ImportItem, int]:
        """The item and the revision the button was shown beside: "12:3"."""
        pk, _sign, revision = self.value.split("|")[0].partition(":")
        key, seen = whole_number(pk), whole_number(revision)
        if key is None or seen is None:
            raise Http404
        item = get_object_or_404(ImportItem, pk=key)
        if item.draft_id != self.draft.pk:
            raise Http404
        item.draft = self.draft
        return item, seen

    def rest(self) -> list[str]:
        """What stands behind the item."""
        return self.value.split("|")[1:]


@signed_in
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry out the one act whose button was pressed, and come back to where it stood."""
    shell = the_shell(request)
    draft = draft_or_404(shell, pk)
    name = next((name for name in ACTS if name in request.POST), None)
    if name is None:
        raise Http404
    pressed = Pressed(draft, request.POST[name], shell, request)
    place = ""
    try:
        place = ACTS[name](pressed)
    except CommandError as refused:
        messages.error(request, refused.message)
    back = request.POST.get("back", "")
    return redirect(f"{reverse('import-review', args=[pk])}?{back}{place}")


def _accept(pressed: Pressed) -> str:
    item, revision = pressed.item()
    shell = pressed.shell
    adopt_import(draft=pressed.draft, chosen={item.pk: revision}, actor=shell.account, now=shell.now)
    messages.success(pressed.request, _("%(item)s已采纳。") % {"item": item})
    return f"#i{item.pk}"


def _accept_all(pressed: Pressed) -> str:
    accepted = adopt_import(draft=pressed.draft, actor=pressed.shell.account, now=pressed.shell.now)
    count = len(accepted.made) + len(accepted.amended)
    messages.success(pressed.request, _("已采纳%(n)s项，已列入台账。") % {"n": count})
    return ""


def _settle(pressed: Pressed) -> str:
    item, revision = pressed.item()
    answer, key = pressed.rest()[0], "|".join(pressed.rest()[1:])
    shell = pressed.shell
    if answer == "split":
        question = next((q for q in review_of(pressed.draft).row_of(item).questions if q.key == key), None)
        if question is None or question.span is None:
            raise Http404
        split_item(item=item, revision=revision, at=question.span.start, actor=shell.account, now=shell.now)
    else:
        settle_item(item=item, revision=revision, key=key, answer=answer, actor=shell.account, now=shell.now)
    return ""


def _settle_document(pressed: Pressed) -> str:
    answer, _sign, key = pressed.value.partition("|")
    shell = pressed.shell
    settle_import(draft=pressed.draft, key=key, answer=answer, actor=shell.account, now=shell.now)
    return ""


def _name_unit(pressed: Pressed) -> str:
    how, meant, name = [*pressed.value.split("|", 2), "", ""][:3]
    shell, draft = pressed.shell, pressed.draft
    if how == "alias":
        unit = get_object_or_404(draft.government.units, pk=whole_number(meant) or 0)
        name_import_unit(draft=draft, name=name, unit=unit, actor=shell.account, now=shell.now)
    else:
        kind = UnitKind(meant) if meant in UnitKind.values else UnitKind.DEPARTMENT
        name_import_unit(draft=draft, name=name, kind=kind, actor=shell.account, now=shell.now)
    return ""


def _register_units(pressed: Pressed) -> str:
    names = [name for name in pressed.value.split("|") if name]
    made = register_import_units(draft=pressed.draft, names=names, actor=pressed.shell.account, now=pressed.shell.now)
    messages.success(pressed.request, _("已登记%(n)s个单位。") % {"n": len(made)})
    return ""


def _leave_out(pressed: Pressed) -> str:
    item, revision = pressed.item()
    leave_out_item(item=item, revision=revision, actor=pressed.shell.account, now=pressed.shell.now)
    return f"#i{item.pk}"


def _take_back(pressed: Pressed) -> str:
    item, revision = pressed.item()
    take_back_item(item=item, revision=revision, actor=pressed.shell.account, now=pressed.shell.now)
    return f"#i{item.pk}"


def _join(pressed: Pressed) -> str:
    item, revision = pressed.item()
    join_items(item=item, revision=revision, actor=pressed.shell.account, now=pressed.shell.now)
    messages.success(pressed.request, _("已与下一项合并。"))
    return f"#i{item.pk}"


def _split(pressed: Pressed) -> str:
    item, revision = pressed.item()
    at = whole_number(pressed.request.POST.get("at", ""))
    place = -1 if at is None else at
    first, _second = split_item(
        item=item, revision=revision, at=place, actor=pressed.shell.account, now=pressed.shell.now
    )
    messages.success(pressed.request, _("已拆成两项。"))
    return f"#i{first.pk}"


def _withdraw(pressed: Pressed) -> str:
    withdraw_import(draft=pressed.draft, actor=pressed.shell.account, now=pressed.shell.now)
    messages.success(pressed.request, _("已撤销这次导入，已采纳的留在台账。"))
    return ""


ACTS: dict[str, Callable[[Pressed], str]] = {
    "accept": _accept,
    "accept-all": _accept_all,
    "settle": _settle,
    "settle-document": _settle_document,
    "unit": _name_unit,
    "units": _register_units,
    "leave-out": _leave_out,
    "take-back": _take_back,
    "join": _join,
    "split": _split,
    "withdraw": _withdraw,
}
