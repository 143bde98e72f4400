"""People, their roles, and the separation of duties."""

from itertools import permutations
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client

from duixian.audit.actors import SystemActor
from duixian.audit.command import InvalidInput, NotAllowed, WrongState
from duixian.units.commands import (
    appoint,
    change_password,
    create_account,
    end_membership,
    hand_over,
    lock_account,
    reset_passwords,
    unlock_account,
)
from duixian.units.enums import Role
from duixian.units.models import Account
from duixian.units.passwords import ROUNDS_FOR_RANDOM
from duixian.units.rules import (
    is_liaison,
    is_office,
    is_unit_head,
    may_administer_accounts,
    may_keep_units,
    may_read_audit,
    may_see_everything,
    own_units,
)
from tests.cast import FOUNDER, PASSWORD, SET_UP, Cast, at, person
from tests.factories.fixtures import fresh

APART = (Role.AUDITOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)


def give(cast: Cast, account: Account, role: Role, **more: object) -> None:
    unit = cast.labour.unit if role.needs_unit else None
    appoint(
        **{  # type: ignore[arg-type]
            "account": account,
            "role": role,
            "government": cast.city,
            "unit": unit,
            "actor": cast.security_admin,
            "now": SET_UP,
            **more,
        }
    )


def test_whoever_administers_does_nothing_else_and_neither_audits(cast: Cast) -> None:
    for number, (first, second) in enumerate(permutations(Role, 2)):
        account = person(f"somebody{number}", first, cast.city, cast.labour.unit if first.needs_unit else None)
        if first in APART or second in APART:
            with pytest.raises(InvalidInput, match="专人担任"):
                give(cast, account, second)
            assert account.memberships.count() == 1, (first, second)
        else:
            give(cast, account, second)
            assert {m.role for m in fresh(account).current_memberships} == {first, second}


def test_a_role_that_has_ended_keeps_nobody_from_another(cast: Cast) -> None:
    account = person("somebody", Role.AUDITOR, cast.city)
    end_membership(membership=account.memberships.get(), actor=cast.security_admin, now=SET_UP)
    give(cast, account, Role.OFFICE_STAFF)
    assert is_office(fresh(account), cast.city)
    assert not may_read_audit(fresh(account))


def test_a_role_ends_once(cast: Cast) -> None:
    membership = cast.labour.liaison.memberships.get()
    end_membership(membership=membership, actor=cast.security_admin, now=SET_UP)
    stale = cast.labour.liaison.memberships.get()
    stale.ended_at = None
    for again in (membership, stale):
        with pytest.raises(WrongState):
            end_membership(membership=again, actor=cast.security_admin, now=SET_UP)
    assert not is_liaison(fresh(cast.labour.liaison), cast.labour.unit)


@pytest.mark.parametrize("role", [Role.LIAISON, Role.UNIT_HEAD])
def test_liaisons_and_heads_stand_for_a_unit(cast: Cast, role: Role) -> None:
    with pytest.raises(InvalidInput):
        give(cast, cast.labour.liaison, role, unit=None)


def test_offices_do_not_stand_for_a_unit(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        give(cast, cast.labour.liaison, Role.OFFICE_STAFF, unit=cast.labour.unit)


def test_nobody_is_appointed_to_a_unit_of_another_government(cast: Cast) -> None:
    """Otherwise a county's security administrator could make somebody the head of a city's department."""
    administrator = person("county-security", Role.SECURITY_ADMIN, cast.county_government)
    account = person("somebody", Role.OFFICE_STAFF, cast.county_government)
    with pytest.raises(InvalidInput):
        appoint(
            account=account,
            role=Role.UNIT_HEAD,
            government=cast.county_government,
            unit=cast.labour.unit,
            actor=administrator,
            now=SET_UP,
        )
    assert not is_unit_head(fresh(account), cast.labour.unit)


def test_a_role_is_held_once(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        give(cast, cast.office_staff, Role.OFFICE_STAFF)
    assert cast.office_staff.memberships.count() == 1


@pytest.mark.parametrize(("username", "name"), [("", "甲"), (" ", "甲"), ("jia", " "), ("office", "甲")])
def test_an_account_needs_a_name_of_its_own(cast: Cast, username: str, name: str) -> None:
    with pytest.raises(InvalidInput):
        create_account(username=username, name=name, password=PASSWORD, government=cast.city, actor=FOUNDER, now=SET_UP)


def test_ones_own_password_is_changed_by_oneself(cast: Cast) -> None:
    someone = cast.labour.liaison
    change_password(account=someone, password="另一个-口令-9", actor=someone, now=at(3, 1))
    kept = fresh(someone)
    assert kept.check_password("另一个-口令-9")
    assert not kept.must_change_password


def test_a_password_set_by_the_administrator_must_be_changed(cast: Cast) -> None:
    someone = cast.labour.liaison
    change_password(account=someone, password="临时-口令-9", actor=cast.security_admin, now=at(3, 1))
    assert fresh(someone).must_change_password
    for actor in (cast.system_admin, cast.office_head, cast.labour.head, cast.outsider):
        with pytest.raises(NotAllowed):
            change_password(account=someone, password="x", actor=actor, now=at(3, 1))


def test_an_administrator_does_not_reach_into_another_government_by_appointing(cast: Cast) -> None:
    """A role in one's own government is no way to somebody's password who works for another as well."""
    administrator = person("county-security", Role.SECURITY_ADMIN, cast.county_government)
    give(cast, cast.leader, Role.OFFICE_STAFF, government=cast.county_government, actor=administrator)
    with pytest.raises(NotAllowed):
        change_password(account=fresh(cast.leader), password="x", actor=administrator, now=SET_UP)
    change_password(account=fresh(cast.leader), password="临时-口令-9", actor=cast.security_admin, now=SET_UP)


def test_what_each_role_is_by_itself(cast: Cast) -> None:
    """Role -> office, keeps units, administers accounts, reads the trail, sees the whole register."""
    rights = {
        name: (
            is_office(who, cast.city),
            may_keep_units(who, cast.city),
            may_administer_accounts(who, cast.city),
            may_read_audit(who),
            cast.city.pk in may_see_everything(who),
        )
        for name, who in cast.everybody.items()
    }
    nothing = (False,) * 5
    assert rights == {
        "office_head": (True, True, False, False, True),
        "office_staff": (True, True, False, False, True),
        "leader": (False, False, False, False, True),
        "liaison": nothing,
        "head": nothing,
        "other_liaison": nothing,
        "other_head": nothing,
        "county_liaison": nothing,
        "county_head": nothing,
        "auditor": (False, False, False, True, True),
        "system_admin": (False, True, False, False, False),
        "security_admin": (False, False, True, False, False),
        "outsider": nothing,
    }


def test_a_liaison_is_no_head_and_stands_for_one_unit(cast: Cast) -> None:
    labour, building = cast.labour, cast.building
    assert is_liaison(labour.liaison, labour.unit)
    assert not is_unit_head(labour.liaison, labour.unit)
    assert not is_liaison(labour.liaison, building.unit)
    assert is_unit_head(labour.head, labour.unit)
    assert not is_liaison(labour.head, labour.unit)
    assert own_units(labour.head) == [labour.unit.pk]
    assert own_units(cast.office_head) == []


def test_the_citys_office_reaches_down_and_the_countys_not_up(cast: Cast) -> None:
    county_office = person("county-office", Role.OFFICE_STAFF, cast.county_government)
    assert is_office(cast.office_staff, cast.county_government)
    assert is_office(county_office, cast.county_government)
    assert not is_office(county_office, cast.city)
    assert not is_office(cast.outsider, cast.county_government)


def test_the_system_is_an_office_and_nobodys_liaison(cast: Cast) -> None:
    system = SystemActor("夜间任务")
    assert is_office(system, cast.city)
    assert not is_liaison(system, cast.labour.unit)
    assert not is_unit_head(system, cast.labour.unit)
    assert not may_read_audit(system)


def test_a_role_is_handed_over_at_once(cast: Cast) -> None:
    membership = cast.labour.liaison.memberships.get()
    taken = hand_over(membership=membership, to=cast.building.liaison, actor=cast.security_admin, now=at(3, 1))
    assert (taken.account, taken.unit, taken.role) == (cast.building.liaison, cast.labour.unit, Role.LIAISON)
    assert not is_liaison(fresh(cast.labour.liaison), cast.labour.unit)
    assert is_liaison(fresh(cast.building.liaison), cast.labour.unit)


def test_a_handover_that_cannot_be_leaves_the_role_where_it_was(cast: Cast) -> None:
    membership = cast.labour.liaison.memberships.get()
    lock_account(account=cast.leader, reason="调离", actor=cast.security_admin, now=at(3, 1))
    for to in (cast.labour.liaison, cast.auditor, fresh(cast.leader)):
        with pytest.raises(InvalidInput):
            hand_over(membership=membership, to=to, actor=cast.security_admin, now=at(3, 1))
    assert is_liaison(fresh(cast.labour.liaison), cast.labour.unit)


def test_a_deputy_may_do_the_same_and_is_named_so(cast: Cast) -> None:
    account = person("deputy", Role.LEADER, cast.city)
    give(cast, account, Role.LIAISON, is_deputy=True)
    assert is_liaison(fresh(account), cast.labour.unit)
    assert [m.role_label for m in fresh(account).current_memberships] == ["市领导", "副联络员"]
    with pytest.raises(InvalidInput, match="副职"):
        give(cast, account, Role.OFFICE_STAFF, is_deputy=True)


def test_a_locked_account_signs_nobody_in_until_it_is_unlocked(cast: Cast, client: Client) -> None:
    someone = cast.labour.liaison
    client.force_login(someone)
    lock_account(account=someone, reason="离岗", actor=cast.security_admin, now=at(3, 1))
    assert client.get("/register/").status_code == 302
    assert not client.login(username=someone.username, password=PASSWORD)
    unlock_account(account=someone, actor=cast.security_admin, now=at(3, 1))
    assert client.login(username=someone.username, password=PASSWORD)


def test_locking_is_for_others_and_says_why(cast: Cast) -> None:
    locking = {"account": cast.labour.liaison, "now": at(3, 1)}
    with pytest.raises(InvalidInput):
        lock_account(**locking, reason=" ", actor=cast.security_admin)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        lock_account(account=cast.security_admin, reason="试", actor=cast.security_admin, now=at(3, 1))
    county = person("county-security", Role.SECURITY_ADMIN, cast.county_government)
    with pytest.raises(NotAllowed):
        lock_account(**locking, reason="试", actor=county)  # type: ignore[arg-type]


def test_new_passwords_are_random_and_must_be_changed(cast: Cast) -> None:
    people = [cast.labour.liaison, cast.labour.head]
    given = reset_passwords(accounts=people, actor=cast.security_admin, now=at(3, 1))
    assert len(set(given.values())) == 2
    for someone in people:
        kept = fresh(someone)
        assert kept.check_password(given[someone.pk])
        assert kept.must_change_password
        assert given[someone.pk] not in kept.password
    with pytest.raises(NotAllowed):
        reset_passwords(accounts=[cast.leader, cast.outsider], actor=cast.security_admin, now=at(3, 1))
    assert fresh(cast.leader).check_password(PASSWORD)


def test_a_random_password_is_hashed_anew_at_the_first_login(cast: Cast, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    given = reset_passwords(accounts=[cast.leader], actor=cast.security_admin, now=at(3, 1))[cast.leader.pk]
    kept = fresh(cast.leader)
    assert f"${ROUNDS_FOR_RANDOM}$" in kept.password
    assert kept.check_password(given)
    assert f"${PBKDF2PasswordHasher.iterations}$" in fresh(cast.leader).password
