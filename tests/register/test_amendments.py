"""目标调整 and 延期: before the limit, in two steps, beside the promise."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from duixian.audit.command import InvalidInput, NotAllowed, WrongState
from duixian.audit.models import AuditEntry
from duixian.register.commands import (
    Attachment,
    approve_amendment,
    ask_adjustment,
    ask_extension,
    endorse_amendment,
    refuse_amendment,
    set_threshold,
    withdraw_amendment,
)
from duixian.register.enums import AmendmentState
from duixian.register.models import ExtensionRequest, TargetAdjustment
from duixian.register.rules import Amendments
from duixian.register.wishes import amendments_in_force, amendments_of, open_amendments
from duixian.units.commands import put_in_charge
from duixian.units.enums import LeadershipKind, Role
from tests.cast import SET_UP, at, person
from tests.factories.play import Stage

NOW = at(3, 2)
AFTER_THE_LIMIT = at(7, 1)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def adjust(stage: Stage, value: str = "4.5", name: str = "jobs", **more: Any) -> TargetAdjustment:
    target = stage.target(name)
    more = {"actor": stage.cast.crew(target.task.reporting_unit).liaison, "now": NOW} | more
    return ask_adjustment(target=target, value=Decimal(value), reason="两家企业外迁。", **more)


def extend(stage: Stage, due_on: date = date(2026, 9, 30), **more: Any) -> ExtensionRequest:
    task = stage.task("roads")
    more = {"actor": stage.cast.building.head, "now": NOW, "outcome": task.outcomes.get(object="幸福桥")} | more
    return ask_extension(task=task, due_on=due_on, reason="汛期来得早。", **more)


def pass_both(stage: Stage, amendment: Amendments) -> None:
    endorse_amendment(amendment=amendment, actor=stage.cast.office_staff, now=NOW)
    approve_amendment(amendment=amendment, actor=stage.cast.leader, now=NOW, note="同意。")


def test_what_was_promised_stays_beside_what_is_in_force(stage: Stage) -> None:
    adjustment = adjust(stage)
    assert stage.target("jobs").current_value == Decimal("4.8")
    pass_both(stage, adjustment)
    target = stage.target("jobs")
    assert (target.original_value, target.current_value, target.is_amended) == (Decimal("4.8"), Decimal("4.5"), True)
    kept = TargetAdjustment.objects.get()
    assert (kept.state, kept.value_before, kept.endorsed_by, kept.decided_by, kept.decision_note) == (
        "APPROVED", Decimal("4.8"), "office", "leader", "同意。",
    )  # fmt: skip
    assert amendments_in_force([target])[target.pk].adjustment == kept


def test_a_second_adjustment_replaces_the_first_which_is_kept(stage: Stage) -> None:
    for value in ("4.5", "4.6"):
        pass_both(stage, adjust(stage, value))
    assert list(TargetAdjustment.objects.values_list("state", "value")) == [
        (AmendmentState.REPLACED, Decimal("4.5")),
        (AmendmentState.APPROVED, Decimal("4.6")),
    ]
    target = stage.target("jobs")
    assert (target.original_value, target.current_value) == (Decimal("4.8"), Decimal("4.6"))


def test_a_later_limit_for_an_outcome(stage: Stage) -> None:
    pass_both(stage, extend(stage))
    bridge = stage.task("roads").outcomes.get(object="幸福桥")
    assert (bridge.original_due_on, bridge.current_due_on) == (date(2026, 6, 30), date(2026, 9, 30))
    assert stage.task("roads").outcomes.get(object="英雄路改扩建").amended_due_on is None


def test_a_whole_task_takes_along_what_had_its_limit(stage: Stage) -> None:
    pass_both(stage, extend(stage, outcome=None))
    roads = stage.task("roads")
    assert (roads.due_on, roads.current_due_on) == (date(2026, 6, 30), date(2026, 9, 30))
    assert roads.outcomes.get(object="幸福桥").current_due_on == date(2026, 9, 30)
    assert roads.outcomes.get(object="英雄路改扩建").current_due_on == date(2026, 12, 31)


def test_after_the_limit_only_the_office_may_ask_and_it_shows(stage: Stage) -> None:
    with pytest.raises(WrongState, match="期限2026-06-30已过"):
        extend(stage, now=AFTER_THE_LIMIT)
    assert extend(stage, now=AFTER_THE_LIMIT, actor=stage.cast.office_staff).is_after_limit
    on_the_day = adjust(stage, "5", now=at(12, 31, 18))
    assert not on_the_day.is_after_limit


@pytest.mark.parametrize("due_on", [date(2026, 6, 30), date(2026, 5, 1)])
def test_an_extension_is_later(stage: Stage, due_on: date) -> None:
    with pytest.raises(InvalidInput, match="晚于"):
        extend(stage, due_on)


def test_an_adjustment_changes_something_that_can_be(stage: Stage) -> None:
    for value in ("4.8", "9999999999999999"):
        with pytest.raises(InvalidInput):
            adjust(stage, value)
    for more in ({"name": "parks"}, {"name": "jobs", "value_max": Decimal(6)}, {"name": "income"}):
        with pytest.raises(InvalidInput):
            adjust(stage, "5", **more)
    assert adjust(stage, "2", name="parks", value_max=Decimal(3)).value_max == 3


def test_no_wish_without_a_reason_nor_two_at_once(stage: Stage) -> None:
    with pytest.raises(InvalidInput):
        ask_extension(
            task=stage.task("roads"), due_on=date(2027, 1, 1), reason=" ", actor=stage.cast.building.head, now=NOW
        )
    first = adjust(stage)
    with pytest.raises(WrongState):
        adjust(stage, "4.4")
    withdraw_amendment(amendment=first, actor=stage.cast.labour.liaison, now=NOW)
    adjust(stage, "4.4")


def test_two_people_take_the_two_steps(stage: Stage) -> None:
    adjustment = adjust(stage)
    with pytest.raises(WrongState):
        approve_amendment(amendment=adjustment, actor=stage.cast.leader, now=NOW)
    with pytest.raises(NotAllowed):
        endorse_amendment(amendment=adjustment, actor=stage.cast.leader, now=NOW)
    rule = {"plan": stage.plan, "name": "leader_approves_amendments", "actor": stage.cast.office_head, "now": NOW}
    set_threshold(value=Decimal(0), **rule)
    adjustment = TargetAdjustment.objects.get()
    endorse_amendment(amendment=adjustment, actor=stage.cast.office_head, now=NOW)
    for actor in (stage.cast.office_head, stage.cast.office_staff, stage.cast.leader):
        with pytest.raises(NotAllowed):
            approve_amendment(amendment=adjustment, actor=actor, now=NOW)


def test_a_leader_approves_in_own_field(stage: Stage) -> None:
    cast = stage.cast
    other = person("leader-of-works", Role.LEADER, cast.city)
    put_in_charge(
        account=other, unit=cast.labour.unit, kind=LeadershipKind.IN_CHARGE, actor=cast.office_head, now=SET_UP
    )
    adjustment = adjust(stage)
    endorse_amendment(amendment=adjustment, actor=cast.office_staff, now=NOW)
    for act in (approve_amendment, refuse_amendment):
        with pytest.raises(NotAllowed):
            act(amendment=adjustment, actor=cast.leader, now=NOW, note="不在我的分管。")
    approve_amendment(amendment=adjustment, actor=other, now=NOW)


def test_the_offices_head_approves_where_the_city_says_so(stage: Stage) -> None:
    rule = {"plan": stage.plan, "name": "leader_approves_amendments", "actor": stage.cast.office_head, "now": NOW}
    set_threshold(value=Decimal(0), **rule)
    adjustment = adjust(stage)
    endorse_amendment(amendment=adjustment, actor=stage.cast.office_staff, now=NOW)
    approve_amendment(amendment=adjustment, actor=stage.cast.office_head, now=NOW)
    assert stage.target("jobs").current_value == Decimal("4.5")


def test_refused_and_withdrawn_wishes_are_kept_and_change_nothing(stage: Stage) -> None:
    refused = adjust(stage)
    with pytest.raises(InvalidInput):
        refuse_amendment(amendment=refused, note="", actor=stage.cast.office_staff, now=NOW)
    refuse_amendment(amendment=refused, note="目标是市人代会定的。", actor=stage.cast.office_staff, now=NOW)
    endorsed = adjust(stage, "4.7")
    endorse_amendment(amendment=endorsed, actor=stage.cast.office_staff, now=NOW)
    withdraw_amendment(amendment=endorsed, actor=stage.cast.labour.head, now=NOW, note="已有办法。")
    assert stage.target("jobs").current_value == Decimal("4.8")
    states = [a.state for a in amendments_of(stage.task("jobs"))]
    assert sorted(states) == [AmendmentState.REFUSED, AmendmentState.WITHDRAWN]
    assert open_amendments(stage.plan.tasks.all()) == []
    for act in (endorse_amendment, withdraw_amendment):
        with pytest.raises(WrongState):
            act(amendment=refused, actor=stage.cast.office_staff, now=NOW)


def test_the_queue_asks_no_more_for_more(stage: Stage, django_assert_num_queries: Any) -> None:
    adjust(stage)
    with django_assert_num_queries(4):
        open_amendments(stage.plan.tasks.all())
    extend(stage)
    adjust(stage, "7", name="gdp", actor=stage.cast.office_staff)
    with django_assert_num_queries(5):
        found = open_amendments(stage.plan.tasks.all())
    assert len(found) == 3


def office_file(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
        for name, text in parts.items():
            archive.writestr(f"word/{name}.bin", text)
    return buffer.getvalue()


def test_a_file_may_come_along(stage: Stage, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    adjustment = adjust(stage, file=Attachment("../../会议纪要.png", PNG))
    assert adjustment.file_name == "会议纪要.png"
    assert adjustment.file.read() == PNG
    assert Path(adjustment.file.path).is_relative_to(tmp_path)
    assert "sha256" in AuditEntry.objects.latest("number").after


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("说明.exe", b"MZ"),
        ("说明.pdf", PNG),
        ("说明.png", PNG + b"0" * 10 * 1024 * 1024),
        ("说明.docx", office_file(vbaProject="x")),
        ("说明.docx", office_file()[:60]),
        ("说明", PNG),
    ],
    # a name of its own for each: an archive holds the time it was made, and two workers would name it differently
    ids=["program", "picture named pdf", "too large", "with macros", "broken off", "without an ending"],
)
def test_a_file_that_is_not_plain_is_refused(stage: Stage, name: str, data: bytes) -> None:
    with pytest.raises(InvalidInput):
        adjust(stage, file=Attachment(name, data))
    assert not TargetAdjustment.objects.exists()
