"""Accounts and their passwords."""

from datetime import datetime

from duixian.audit.actors import Actor, SystemActor
from duixian.audit.command import InvalidInput, command
from duixian.audit.trail import record
from duixian.units.models import Account, Government
from duixian.units.rules import may_administer_accounts, require


@command
def create_account(
    *,
    username: str,
    name: str,
    password: str,
    government: Government,
    actor: Actor,
    now: datetime,
    post: str = "",
    must_change_password: bool = True,
) -> Account:
    """Open an account; its roles come by `appoint`."""
    require(may_administer_accounts(actor, government))
    if not username.strip() or not name.strip():
        raise InvalidInput("账号和姓名都要填写。", {"username": "必填", "name": "必填"})
    if Account.objects.filter(username=username).exists():
        raise InvalidInput(f"账号“{username}”已有人使用，请换一个。", {"username": "已被使用"})
    account = Account(username=username, name=name, post=post, must_change_password=must_change_password)
    account.set_password(password)
    account.save()
    record(
        actor=actor,
        now=now,
        action="create_account",
        target=account,
        after={"username": username, "name": name, "post": post},
    )
    return account


@command
def change_password(*, account: Account, password: str, actor: Actor, now: datetime) -> Account:
    """Set a new password: one's own, or another's by the security administrator (who then forces a change).

    Of somebody who works for several governments only whoever administers them all: a county's administrator must not
    come by a city leader's account.
    """
    is_own = isinstance(actor, Account) and actor.pk == account.pk
    governments = [m.government for m in account.memberships.filter(ended_at=None).select_related("government")]
    administers = bool(governments) and all(may_administer_accounts(actor, g) for g in governments)
    require(is_own or isinstance(actor, SystemActor) or administers)
    account.set_password(password)
    account.must_change_password = not is_own
    account.save(update_fields=["password", "must_change_password"])
    record(actor=actor, now=now, action="change_password", target=account)
    return account
