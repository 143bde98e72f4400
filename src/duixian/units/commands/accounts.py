"""Accounts and their passwords."""

from collections.abc import Sequence
from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, NotAllowed, WrongState, command
from duixian.audit.trail import record
from duixian.units.models import Account, Government
from duixian.units.passwords import hashed, random_password
from duixian.units.rules import may_administer_accounts, may_administer_person, require


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
    phone: str = "",
    must_change_password: bool = True,
    is_random_password: bool = False,
) -> Account:
    """Open an account; its roles come by `appoint`."""
    require(may_administer_accounts(actor, government))
    if not username.strip() or not name.strip():
        raise InvalidInput("账号和姓名都要填写。", {"username": "必填", "name": "必填"})
    if Account.objects.filter(username=username).exists():
        raise InvalidInput(f"账号“{username}”已有人使用，请换一个。", {"username": "已被使用"})
    account = Account(username=username, name=name, post=post, phone=phone, must_change_password=must_change_password)
    account.password = hashed(password, is_random=is_random_password)
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
def change_password(
    *, account: Account, password: str, actor: Actor, now: datetime, is_random: bool = False
) -> Account:
    """Set a new password: one's own, or another's by the security administrator (who then forces a change).

    Of somebody who works for several governments only whoever administers them all: a county's administrator must not
    come by a city leader's account.
    """
    is_own = isinstance(actor, Account) and actor.pk == account.pk
    account.__dict__.pop("current_memberships", None)
    require(is_own or may_administer_person(actor, account))
    account.password = hashed(password, is_random=is_random)
    account.must_change_password = not is_own
    account.save(update_fields=["password", "must_change_password"])
    record(actor=actor, now=now, action="change_password", target=account)
    return account


@command
def reset_passwords(*, accounts: Sequence[Account], actor: Actor, now: datetime) -> dict[int, str]:
    """New random passwords for account slips: account id -> password, known to nobody once the slips are printed.

    Whoever gets one must change it at the first login. One refusal refuses all.
    """
    if not accounts:
        raise InvalidInput("没有选人。请勾选要重新生成账号条的人。", {"accounts": "必选"})
    given: dict[int, str] = {}
    for account in accounts:
        if isinstance(actor, Account) and actor.pk == account.pk:
            raise NotAllowed("自己的密码请在“修改密码”里改，不能重新生成。")
        given[account.pk] = random_password()
        change_password(account=account, password=given[account.pk], is_random=True, actor=actor, now=now)
        record(actor=actor, now=now, action="reset_passwords", target=account, after={"slip": "已重新生成账号条"})
    return given


@command
def change_person(*, account: Account, name: str, post: str, phone: str, actor: Actor, now: datetime) -> Account:
    """What is known of a person; the account's name for the login stays."""
    require(may_administer_person(actor, account))
    if not name.strip():
        raise InvalidInput("姓名要填写。", {"name": "必填"})
    account.refresh_from_db()
    before = {"name": account.name, "post": account.post, "phone": account.phone}
    after = {"name": name.strip(), "post": post.strip(), "phone": phone.strip()}
    account.name, account.post, account.phone = after.values()
    account.save(update_fields=["name", "post", "phone"])
    record(actor=actor, now=now, action="change_person", target=account, before=before, after=after)
    return account


@command
def lock_account(*, account: Account, reason: str, actor: Actor, now: datetime) -> Account:
    """Nobody signs in with it any more, and whoever is signed in is out at the next click. Roles and history stay."""
    require(may_administer_person(actor, account))
    if isinstance(actor, Account) and actor.pk == account.pk:
        raise NotAllowed("不能锁定自己的账号。")
    if not reason.strip():
        raise InvalidInput("请写明锁定的原因。", {"reason": "必填"})
    account.refresh_from_db()
    if not account.is_active:
        raise WrongState(f"{account.name}的账号已经锁定。")
    account.is_active = False
    account.save(update_fields=["is_active"])
    record(actor=actor, now=now, action="lock_account", target=account, after={"reason": reason.strip()})
    return account


@command
def unlock_account(*, account: Account, actor: Actor, now: datetime) -> Account:
    """Let a locked account in again, with the password it had."""
    require(may_administer_person(actor, account))
    account.refresh_from_db()
    if account.is_active:
        raise WrongState(f"{account.name}的账号没有锁定。")
    account.is_active = True
    account.save(update_fields=["is_active"])
    record(actor=actor, now=now, action="unlock_account", target=account, before={"is_active": False})
    return account
