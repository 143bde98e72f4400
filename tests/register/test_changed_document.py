"""A changed document against the register: what differs is shown field by field, and only what is accepted applies."""

from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

import pytest

from duixian.audit.models import AuditEntry
from duixian.reading import Reading, ReadTask, Stage
from duixian.register.commands import (
    accept_items,
    approve_amendment,
    ask_adjustment,
    endorse_amendment,
    leave_out_item,
)
from duixian.register.enums import ImportState, ItemChange, ItemState
from duixian.register.finding import tasks_found
from duixian.register.matching import Told, matched
from duixian.register.models import Correction, ImportDraft, TargetAdjustment, Task
from duixian.register.reviews import review_of
from tests.cast import Cast, at
from tests.factories import list as wanted
from tests.factories.importing import put_under_review
from tests.factories.play import Stage as Play
from tests.factories.play import content_for, set_stage
from tests.factories.readings import deadline, growth, item, outcome, quantity, reading_of

NOW = at(6, 2)
SPIRIT_NOW = replace(wanted.SPIRIT, text="大力弘扬企业家精神，办好企业家大会。")
JOBS_NOW = item(
    "城镇新增就业5万人以上。", ["市人社局"], quantities=[quantity("城镇新增就业5万人以上", "城镇新增就业", "5", "万人")]
)
GDP, JOBS, ROADS, SPIRIT = wanted.GDP, wanted.JOBS, replace(wanted.ROADS, cooperating=()), wanted.SPIRIT
HOSPITAL = item("建成市第二医院。", ["市住建局"], outcomes=[outcome("建成市第二医院", "市第二医院", Stage.COMPLETE)])


@pytest.fixture
def play(cast: Cast) -> Play:
    return set_stage(cast, reading_of(GDP, JOBS, ROADS, SPIRIT))


def changed(*items: ReadTask) -> Reading:
    reading = reading_of(*items)
    return replace(reading, document=replace(reading.document, sha256=sha256(reading.text.encode()).hexdigest()))


def second(play: Play, *items: ReadTask) -> ImportDraft:
    return put_under_review(play.cast, changed(*items), year=2026, now=NOW)


def accept(draft: ImportDraft, play: Play, *numbers: int) -> None:
    chosen = {i.pk: i.revision for i in draft.items.filter(fields__number__in=numbers)} or None
    accept_items(draft=draft, chosen=chosen, actor=play.cast.office_staff, now=NOW)


def changes(draft: ImportDraft) -> dict[object, str]:
    return {i.fields["number"]: i.change for i in draft.items.all()}


def test_the_same_document_again_changes_nothing(play: Play) -> None:
    draft = second(play, GDP, JOBS, ROADS, SPIRIT)
    assert set(changes(draft).values()) == {ItemChange.SAME}
    assert review_of(draft).left == 0


def test_numbers_that_shift_are_a_change_of_number_alone(play: Play) -> None:
    draft = second(play, GDP, HOSPITAL, JOBS, ROADS, SPIRIT)
    assert changes(draft) == {1: "SAME", 2: "NEW", 3: "CHANGED", 4: "CHANGED", 5: "CHANGED"}
    jobs = draft.items.get(fields__number=3)
    assert jobs.differences == [{"field": "编号", "before": "2", "after": "3"}]


def test_what_changed_is_told_field_by_field_with_the_words_before_and_after(play: Play) -> None:
    draft = second(play, GDP, JOBS_NOW, ROADS, SPIRIT_NOW)
    told = {d["field"]: (d["before"], d["after"]) for d in draft.items.get(fields__number=2).differences}
    assert told == {
        "文字": ("城镇新增就业4.8万人以上。", "城镇新增就业5万人以上。"),
        "目标“城镇新增就业”的数值": ("4.8", "5"),
    }
    assert draft.items.get(fields__number=4).change == ItemChange.CHANGED


def test_only_what_is_accepted_applies(play: Play) -> None:
    draft = second(play, GDP, JOBS_NOW, ROADS, SPIRIT_NOW)
    accept(draft, play, 2)
    jobs, spirit = Task.objects.get(number="2"), Task.objects.get(number="4")
    target = jobs.targets.get()
    assert (target.original_value, target.current_value) == (Decimal("4.8"), Decimal(5))
    assert spirit.text == "大力弘扬企业家精神。"
    kept = Correction.objects.get(field="目标“城镇新增就业”的数值")
    assert (kept.task, kept.before, kept.after, kept.by, kept.at) == (jobs, "4.8", "5", "office", NOW)
    assert "4.8" in AuditEntry.objects.get(action="accept_items").after
    assert draft.items.get(fields__number=4).state == ItemState.TO_SEE


def test_a_target_goes_on_with_its_series_and_what_was_reported_for_it(play: Play) -> None:
    jobs = play.plan.tasks.get(number="2")
    round = play.open(5)
    play.approve(round, jobs, content_for(jobs, "2"))
    before = jobs.targets.get()
    accept(second(play, GDP, JOBS_NOW, ROADS, SPIRIT), play, 2)
    after = Task.objects.get(number="2").targets.get()
    assert (after.pk, after.indicator_id) == (before.pk, before.indicator_id)
    assert after.indicator.values.filter(value=2).exists()


def test_the_changed_words_stand_in_the_changed_document(play: Play) -> None:
    draft = second(play, GDP, JOBS_NOW, ROADS, SPIRIT)
    accept(draft, play, 2)
    jobs = Task.objects.get(number="2")
    assert jobs.source is not None
    assert jobs.source.text[jobs.span_start : jobs.span_end] == jobs.text == "城镇新增就业5万人以上。"
    target = jobs.targets.get()
    assert jobs.source.text[target.span_start : target.span_end] == target.text
    assert Task.objects.get(number="1").document_id == play.plan.source_id


def test_the_promise_stays_beside_what_the_changed_document_says_with_the_document_as_the_reason(play: Play) -> None:
    draft = second(play, GDP, JOBS_NOW, ROADS, SPIRIT)
    accept(draft, play, 2)
    adjustment = TargetAdjustment.objects.get()
    draft.refresh_from_db()
    assert adjustment.document == draft.source
    assert (adjustment.value_before, adjustment.value, adjustment.state) == (Decimal("4.8"), Decimal(5), "APPROVED")
    assert adjustment.reason.startswith("文件改版：《")
    assert AuditEntry.objects.filter(action="amend_by_document").exists()


def test_the_changed_document_again_changes_nothing_and_the_first_one_goes_back_to_the_promise(play: Play) -> None:
    accept(second(play, GDP, JOBS_NOW, ROADS, SPIRIT), play, 2)
    again = second(play, GDP, JOBS_NOW, ROADS, SPIRIT)
    assert set(changes(again).values()) == {ItemChange.SAME}
    back = second(play, GDP, JOBS, ROADS, SPIRIT)
    told = {d["field"]: (d["before"], d["after"]) for d in back.items.get(fields__number=2).differences}
    assert told["目标“城镇新增就业”的数值"] == ("5", "4.8")
    accept(back, play, 2)
    target = Task.objects.get(number="2").targets.get()
    assert (target.is_amended, target.current_value) == (False, Decimal("4.8"))
    assert [a.state for a in target.adjustments.all()] == ["REPLACED", "APPROVED"]


def test_an_adjustment_that_was_asked_for_is_no_change_of_the_document(play: Play) -> None:
    target = Task.objects.get(number="2").targets.get()
    cast = play.cast
    asked = ask_adjustment(target=target, value=Decimal(4), reason="用工减少", actor=cast.labour.liaison, now=NOW)
    endorse_amendment(amendment=asked, actor=cast.office_staff, now=NOW)
    approve_amendment(amendment=asked, actor=cast.leader, now=NOW)
    assert set(changes(second(play, GDP, JOBS, ROADS, SPIRIT)).values()) == {ItemChange.SAME}


def test_it_is_found_by_its_new_words_and_no_longer_by_the_old(play: Play) -> None:
    accept(second(play, GDP, JOBS, ROADS, SPIRIT_NOW), play, 4)
    spirit = Task.objects.filter(number="4")
    assert tasks_found(spirit, "企业家大会").exists()
    accept(second(play, GDP, JOBS, ROADS, SPIRIT), play, 4)
    assert not tasks_found(spirit, "企业家大会").exists()


def test_what_is_new_joins_the_plan(play: Play) -> None:
    draft = second(play, GDP, JOBS, ROADS, SPIRIT, HOSPITAL)
    accept(draft, play)
    assert [t.text for t in play.plan.tasks.order_by("order")][-1] == "建成市第二医院。"
    draft.refresh_from_db()
    assert draft.state == ImportState.ADOPTED


def test_what_is_new_stands_where_the_document_has_it(play: Play) -> None:
    draft = second(play, HOSPITAL, GDP, replace(SPIRIT, text="弘扬劳模精神。"), JOBS, ROADS, SPIRIT)
    accept(draft, play, 3)
    accept(draft, play, 1)
    texts = [t.text for t in play.plan.tasks.order_by("order")]
    assert texts == [HOSPITAL.text, GDP.text, "弘扬劳模精神。", JOBS.text, ROADS.text, SPIRIT.text]
    sections = list(dict.fromkeys(t.section.name for t in play.plan.tasks.order_by("order")))
    assert [s.name for s in play.plan.sections.order_by("order")] == sections


def test_what_is_gone_leaves_only_when_it_is_chosen_by_itself(play: Play) -> None:
    draft = second(play, GDP, JOBS_NOW, ROADS)
    gone = draft.items.get(change=ItemChange.GONE)
    assert gone.task == play.plan.tasks.get(number="4")
    accept(draft, play)
    assert Task.objects.visible_to(play.cast.leader).filter(number="4").exists()
    accept_items(draft=draft, chosen={gone.pk: gone.revision}, actor=play.cast.office_staff, now=NOW)
    assert not Task.objects.visible_to(play.cast.leader).filter(number="4").exists()
    assert play.plan.tasks.filter(number="4").exists()


def test_what_is_gone_may_be_kept(play: Play) -> None:
    draft = second(play, GDP, JOBS, ROADS)
    gone = draft.items.get(change=ItemChange.GONE)
    leave_out_item(item=gone, revision=gone.revision, actor=play.cast.office_staff, now=NOW)
    assert Task.objects.visible_to(play.cast.leader).filter(number="4").exists()


def test_outcomes_units_and_limits_follow(play: Play) -> None:
    moved = item(
        "幸福桥9月底前建成,英雄路改扩建建成。",
        ["市发改委"],
        section="市住建局",
        outcomes=[
            outcome("幸福桥9月底前建成", "幸福桥", Stage.COMPLETE, at(9, 30).date()),
            outcome("英雄路改扩建建成", "英雄路改扩建", Stage.COMPLETE),
        ],
        deadlines=[deadline("9月底前", at(9, 30).date(), "建成")],
    )
    before = {o.object: o.pk for o in play.plan.tasks.get(number="3").outcomes.all()}
    accept(second(play, GDP, JOBS, moved, SPIRIT), play, 3)
    roads = Task.objects.get(number="3")
    assert roads.reporting_unit.name == "市发改委"
    assert (roads.due_on, roads.current_due_on) == (at(6, 30).date(), at(9, 30).date())
    assert {o.object: o.pk for o in roads.outcomes.all()} == before
    assert roads.outcomes.get(object="英雄路改扩建").stage == Stage.COMPLETE


def test_an_amount_that_is_new_in_an_item_becomes_a_target(play: Play) -> None:
    both = item(
        "城镇新增就业4.8万人以上,居民收入增长6%。",
        ["市人社局"],
        quantities=[
            quantity("城镇新增就业4.8万人以上", "城镇新增就业", "4.8", "万人"),
            growth("居民收入增长6%", "居民收入", "6"),
        ],
    )
    accept(second(play, GDP, both, ROADS, SPIRIT), play, 2)
    targets = Task.objects.get(number="2").targets.all()
    assert [(t.indicator.name, t.value) for t in targets] == [("城镇新增就业", Decimal("4.8")), ("居民收入增速", 6)]


@pytest.mark.parametrize(
    ("new", "old", "pairs"),
    [
        ([("2", "新建学校三所。")], [("1", "新建学校三所。")], {0: 0}),
        ([("1", "新建学校四所，设施齐全。")], [("1", "新建学校三所，设施配套。")], {0: 0}),
        ([("1", "完全不同的另一件事情。")], [("1", "新建学校三所，设施配套。")], {}),
        ([("1", "办好甲事项。"), ("2", "办好乙事项。")], [("1", "办好乙事项。"), ("2", "办好甲事项。")], {0: 1, 1: 0}),
        ([("1", "相同的话。"), ("2", "相同的话。")], [("1", "相同的话。")], {0: 0}),
    ],
)
def test_items_are_matched_by_words_then_by_number(
    new: list[tuple[str, str]], old: list[tuple[str, str]], pairs: dict[int, int]
) -> None:
    assert matched([Told(*one) for one in new], [Told(*one) for one in old]) == pairs
