"""审计: the trail, and whether it is whole."""

import json
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from duixian.audit.models import AuditEntry
from duixian.audit.trail import verify
from duixian.console.access import only_for, signed_in
from duixian.console.shell import the_shell
from duixian.console.words import act_words
from duixian.units.rules import may_read_audit

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with its act in words and its before and after as text."""

    entry: AuditEntry
    act: str
    changes: list[tuple[str, str, str]]


@signed_in
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """Newest first, by person, act and object; the chain is proved when asked."""
    shell = the_shell(request)
    only_for(may_read_audit(shell.account))
    who, act, what = (request.GET.get(name, "").strip()[:100] for name in ("who", "act", "what"))
    entries = AuditEntry.objects.order_by("-number")
    if who:
        entries = entries.filter(Q(actor_name__icontains=who) | Q(actor_unit__icontains=who))
    if act:
        entries = entries.filter(action=act)
    if what:
        entries = entries.filter(object_label__icontains=what)
    page = Paginator(entries, PAGE_SIZE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page,
        "lines": [_line(entry) for entry in page.object_list],
        "acts": act_words(),
        "who": who,
        "act": act,
        "what": what,
        "querystring": query.urlencode(),
        "verification": verify() if request.GET.get("verify") == "1" else None,
    }
    return render(request, "console/audit.html", context)


def _line(entry: AuditEntry) -> Line:
    before, after = _parsed(entry.before), _parsed(entry.after)
    names = list(dict.fromkeys([*before, *after]))
    changes = [(name, _text(before.get(name)), _text(after.get(name))) for name in names]
    return Line(entry, act_words().get(entry.action, entry.action), changes)


def _parsed(text: str) -> dict[str, object]:
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {"": found}


def _text(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False)
