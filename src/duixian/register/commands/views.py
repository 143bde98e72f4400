"""A person's own views of the register, and those the office shares."""

from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, NotAllowed, command
from duixian.audit.trail import record
from duixian.register.models import Plan, SavedView
from duixian.register.rules import may_delete_view, may_save_view
from duixian.units.models import Account
from duixian.units.rules import require

MOST_VIEWS = 20


@command
def save_view(*, plan: Plan, name: str, address: str, is_shared: bool, actor: Actor, now: datetime) -> SavedView:
    """Keep an address of the register under a name; the same name again replaces the person's own view.

    Sharing with everybody is the office's. Raises InvalidInput for a name too long, or for one view too many.
    """
    require(may_save_view(actor, plan, is_shared=is_shared))
    if not isinstance(actor, Account):
        raise NotAllowed("视图由个人保存。")
    name = " ".join(name.split())
    _check_view(plan, actor, name, address)
    view, _ = SavedView.objects.update_or_create(
        plan=plan, account=actor, name=name, defaults={"address": address, "is_shared": is_shared, "saved_at": now}
    )
    after = {"name": name, "address": address, "is_shared": is_shared}
    record(actor=actor, now=now, action="save_view", target=view, after=after)
    return view


def _check_view(plan: Plan, account: Account, name: str, address: str) -> None:
    longest = SavedView._meta.get_field("name").max_length or 0
    if not 0 < len(name) <= longest:
        raise InvalidInput(f"视图要有名称，最多{longest}字。", {"name": f"1—{longest}字"})
    if len(address) > (SavedView._meta.get_field("address").max_length or 0):
        raise InvalidInput("筛选条件太多，无法存为视图。请减少条件。", {"address": "过长"})
    others = SavedView.objects.filter(plan=plan, account=account).exclude(name=name)
    if others.count() >= MOST_VIEWS:
        raise InvalidInput(f"每人最多存{MOST_VIEWS}个视图。请先删除不用的。", {"name": "过多"})


@command
def delete_view(*, view: SavedView, actor: Actor, now: datetime) -> None:
    """Take a view away: one's own; the office also what is shared."""
    require(may_delete_view(actor, view))
    before = {"name": view.name, "address": view.address, "is_shared": view.is_shared}
    record(actor=actor, now=now, action="delete_view", target=view, before=before)
    SavedView.objects.filter(pk=view.pk).delete()
