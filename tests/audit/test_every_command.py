"""Every command of the product: who may call it, and the entry it leaves."""

import contextlib
import json

import pytest
from django.db import connection, transaction

from duixian.audit.command import NotAllowed
from duixian.audit.models import AuditEntry
from duixian.audit.origin import acting_from
from duixian.audit.trail import verify
from duixian.units.models import Account
from tests.audit.examples import EXAMPLES, NOW, every_command
from tests.cast import FOUNDER, PASSWORD
from tests.factories.play import Stage

COMMANDS = every_command()
# what was there before is part of what happened: these change something that stands
CHANGES = {
    "report_part",
    "change_project",
    "link_tasks",
    "link_projects",
    "record_progress",
    "set_milestones",
    "confirm_link",
    "refuse_link",
    "count_link",
    "change_unit",
    "rename_unit",
    "merge_units",
    "hand_over",
    "change_person",
    "end_leadership",
    "change_task_force",
    "set_force_tasks",
    "set_sponsors",
    "set_publication",
    "record_value",
    "approve_monthly_plan",
    "send_back_monthly_plan",
    "set_threshold",
    "name_light",
    "set_assessment",
    "override_grade",
    "lift_override",
    "expire_override",
    "acknowledge_duties",
    "object_to_duty",
    "release_duty",
    "define_target",
    "endorse_amendment",
    "approve_amendment",
    "refuse_amendment",
    "withdraw_amendment",
    "reassign_task",
    "save_report",
    "send_up_report",
    "return_report",
    "sign_off_report",
    "approve_report",
    "send_back_report",
    "reopen_report",
    "agree_to_correction",
    "note_consent",
    "refuse_correction",
    "withdraw_correction",
    "set_round_calendar",
    "clear_round_calendar",
}
# these are made of other commands, each of which leaves its own entry
OF_OTHERS = {"start_plan", "adopt_import", "entrust_tasks", "sponsor_tasks", "reassign_tasks"}
# these only take something away, or keep to themselves what they changed
WITHOUT_AFTER = {
    "remove_evidence",
    "unbind_measure",
    "delete_view",
    "clear_breakdown",
    "remove_alias",
    "deactivate_unit",
    "unlock_account",
    "end_membership",
    "withdraw_value",
    "change_password",
    "revoke_exception",
    "expire_exception",
}


def test_every_command_has_its_example() -> None:
    assert set(EXAMPLES) == set(COMMANDS)


# on a second database one of each kind is enough: the office, a unit, a county, another government
TWICE = {"office_staff", "liaison", "county_liaison", "outsider"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_who_may_call_it(stage: Stage, name: str) -> None:
    """Whoever may not, is refused and leaves nothing, not even an entry."""
    arguments = EXAMPLES[name].prepare(stage)
    everybody = stage.cast.everybody
    asked = everybody if connection.vendor == "sqlite" else everybody.keys() & TWICE
    allowed = set()
    for role in asked:
        entries = AuditEntry.objects.count()
        point = transaction.savepoint()
        with contextlib.suppress(NotAllowed):
            COMMANDS[name](**arguments, actor=everybody[role], now=NOW)
            allowed.add(role)
        assert (AuditEntry.objects.count() > entries) == (role in allowed)
        transaction.savepoint_rollback(point)
    assert allowed == EXAMPLES[name].may & set(asked)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_entry_it_leaves(stage: Stage, name: str) -> None:
    """Who, when, from where, what, before and after; and the chain goes on."""
    example = EXAMPLES[name]
    arguments = example.prepare(stage)
    actor = stage.cast.everybody[min(example.may)] if example.may else FOUNDER
    known = AuditEntry.objects.count()
    with acting_from("网页 10.1.2.3"):
        COMMANDS[name](**arguments, actor=actor, now=NOW)
    left = list(AuditEntry.objects.filter(number__gt=known))
    assert left
    for entry in left:
        assert (entry.actor_id, entry.actor_name) == (actor.audit_id, actor.audit_name)
        assert entry.actor_unit == actor.audit_unit
        assert not isinstance(actor, Account) or entry.actor_unit
        assert (entry.at, entry.origin) == (NOW, "网页 10.1.2.3")
        assert entry.object_label
        assert entry.object_id not in ("", "None")
    own = [entry for entry in left if entry.action == name]
    assert len(own) == 1 or name in OF_OTHERS
    for entry in own:
        assert bool(entry.before) == (name in CHANGES or name in WITHOUT_AFTER - {"change_password"})
        assert bool(entry.after) == (name not in WITHOUT_AFTER)
        for side in filter(None, (entry.before, entry.after)):
            assert json.loads(side)
    assert not any(PASSWORD in entry.after or "另一个-口令" in entry.after for entry in left)
    assert verify().broken_number is None
