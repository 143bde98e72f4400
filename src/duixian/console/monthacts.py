"""The small buttons of a unit's form: each puts something known into a field, so that nobody types it.

A button's value is `verb:field`. Whatever else was typed on the page is posted along and kept.
"""

from collections.abc import Callable, Sequence

from django.http import QueryDict
from django.utils.translation import gettext as _

from duixian.console import wording
from duixian.console.reportfields import FigureField, ReportRow

Act = Callable[[QueryDict, Sequence[ReportRow], str], None]


def with_act(post: QueryDict, rows: Sequence[ReportRow]) -> QueryDict:
    """What was posted, with the pressed button's own change made."""
    verb, _colon, name = post.get("act", "").partition(":")
    act = _ACTS.get(verb)
    if act is None:
        return post
    changed = post.copy()
    act(changed, rows, name)
    return changed


def _figure(rows: Sequence[ReportRow], name: str) -> FigureField | None:
    return next((f for row in rows for f in row.figures if f"{row.prefix}{f.name}" == name), None)


def _take_sum(post: QueryDict, rows: Sequence[ReportRow], name: str) -> None:
    """像是当月数: what was typed was the month's own."""
    post[f"{name}-as"] = "month"


def _take_offer(post: QueryDict, rows: Sequence[ReportRow], name: str) -> None:
    """采用: the ledger's figure, which is a sum."""
    item = _figure(rows, name)
    if item is not None and item.offer is not None:
        post[name] = wording.exact(item.offer.value)
        post[f"{name}-as"] = "total"


def _stand(post: QueryDict, rows: Sequence[ReportRow], name: str) -> None:
    """没有变化: last month's figures again, said so in words."""
    row = next((row for row in rows if row.prefix == name and row.may_stand), None)
    if row is None:
        return
    for item in row.figures:
        if not post.get(f"{name}{item.name}", "").strip() and item.last:
            post[f"{name}{item.name}"] = item.last
            post[f"{name}{item.name}-as"] = "total"
    if not post.get(f"{name}account", "").strip():
        post[f"{name}account"] = _("本月没有新的变化。")


def _take_part(post: QueryDict, rows: Sequence[ReportRow], name: str) -> None:
    """采用: a cooperating unit's words after the lead's own. `name` is the row's prefix and the part's number."""
    prefix, _dash, number = name.rpartition("/")
    row = next((row for row in rows if row.prefix == prefix), None)
    said = next((p for p in row.parts if str(p.part_id) == number), None) if row else None
    if said is not None:
        words = f"{said.part.unit}：{said.account}"
        account = post.get(f"{prefix}account", "").strip()
        if words not in account:
            post[f"{prefix}account"] = f"{account}\n{words}".strip()


_ACTS: dict[str, Act] = {"sum": _take_sum, "offer": _take_offer, "same": _stand, "part": _take_part}
