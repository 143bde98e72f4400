"""导入: nothing enters the register before it is accepted, what people mend is kept, two clerks do not overwrite."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.test import override_settings

from duixian.audit.command import Conflict, InvalidInput, NotAllowed, WrongState
from duixian.reading import Comparator, Declared, ReadTask, Stage
from duixian.register.commands import (
    _measures,
    accept_items,
    adopt_reading,
    correct_item,
    join_items,
    leave_out_item,
    settle_import,
    settle_item,
    split_item,
    start_import,
    take_back_item,
    withdraw_import,
)
from duixian.register.commands.accepting import Accepted
from duixian.register.enums import ImportState, ItemState
from duixian.register.models import Correction, ImportDraft, ImportItem, Plan, SourceDocument, Target, Task
from duixian.register.reviews import Review, review_of
from tests.cast import Cast, at
from tests.factories import list as wanted
from tests.factories.importing import IMPORTED_AT, item_of, printed_list, put_under_review
from tests.factories.readings import quantity, reading_of

NOW = at(2, 19)


def accept(draft: ImportDraft, cast: Cast, *items: ImportItem) -> Accepted:
    chosen = {one.pk: one.revision for one in items} or None
    return accept_items(draft=draft, chosen=chosen, actor=cast.office_staff, now=NOW)


def again(draft: ImportDraft) -> Review:
    return review_of(ImportDraft.objects.get(pk=draft.pk))


# before anything is accepted


def test_a_document_under_review_is_not_in_the_register(cast: Cast) -> None:
    draft = put_under_review(cast)
    assert draft.items.count() == 12
    assert not Plan.objects.exists()
    assert not Task.objects.exists()
    assert {i.state for i in draft.items.all()} == {ItemState.TO_SEE}


def test_the_file_is_kept_once_under_its_hash(cast: Cast, tmp_path: object) -> None:
    with override_settings(MEDIA_ROOT=tmp_path):
        reading = replace(
            printed_list(), document=replace(printed_list().document, source="清单.docx", sha256="ab" * 32)
        )
        draft = put_under_review(cast, reading, content=b"the file")
        assert draft.stored_as == f"imports/ab/{'ab' * 32}.docx"
        with default_storage.open(draft.stored_as) as kept:
            assert kept.read() == b"the file"


def test_the_same_file_is_not_reviewed_twice_at_once(cast: Cast) -> None:
    draft = put_under_review(cast)
    with pytest.raises(InvalidInput, match="正在核对"):
        put_under_review(cast)
    withdraw_import(draft=draft, actor=cast.office_staff, now=NOW)
    assert put_under_review(cast).pk != draft.pk


def test_a_document_without_items_is_refused(cast: Cast) -> None:
    with pytest.raises(InvalidInput, match="没有读出任务"):
        put_under_review(cast, reading_of())
    assert not ImportDraft.objects.exists()


@pytest.mark.parametrize("who", ["leader", "liaison", "head", "auditor", "system_admin", "county_liaison", "outsider"])
def test_imports_are_the_offices_alone(cast: Cast, who: str) -> None:
    """The auditor reads them, and changes nothing."""
    put_under_review(cast)
    person = cast.everybody[who]
    assert ImportDraft.objects.visible_to(person).exists() == (who == "auditor")
    with pytest.raises(NotAllowed):
        start_import(reading=printed_list(), government=cast.city, year=2028, actor=person, now=NOW)


# accepting


def test_some_now_and_the_rest_later_are_one_plan(cast: Cast) -> None:
    draft = put_under_review(cast)
    first = accept(draft, cast, item_of(draft, "jobs"), item_of(draft, "air"))
    assert [t.number for t in first.made] == ["5", "12"]
    review = again(draft)
    assert (review.counted(ItemState.ADOPTED), review.left) == (2, 10)
    for row in review.waiting:
        for question in row.open_questions:
            answer = question.answers[0].code
            row.item = settle_item(
                item=row.item,
                revision=row.item.revision,
                key=question.key,
                answer=answer,
                actor=cast.office_staff,
                now=NOW,
            )
    rest = accept(draft, cast)
    assert rest.plan == first.plan
    plan = Plan.objects.get()
    assert [t.number for t in plan.tasks.all()] == [str(n) for n in range(1, 13)]
    assert [s.name for s in plan.sections.all()] == ["市发改委", "市人社局", "市住建局", "市农业农村局", "市生态环境局"]
    draft.refresh_from_db()
    assert draft.state == ImportState.ADOPTED


def test_accepted_at_once_or_adopted_without_review_is_the_same_register(cast: Cast) -> None:
    reading = reading_of(wanted.GDP, wanted.INCOME, wanted.JOBS, wanted.COVERAGE, wanted.PARKS)
    accept(put_under_review(cast, reading), cast)
    adopt_reading(reading=reading, government=cast.city, year=2026, actor=cast.office_staff, now=NOW)

    def told(year: int) -> list[object]:
        targets = Target.objects.filter(task__plan__year=year).order_by("task__order", "order")
        return [(t.task.number, t.text, t.value, t.unit_of_measure, t.accrual, t.indicator.name) for t in targets]

    assert told(2027) == told(2026)
    assert len(told(2026)) == 5


def test_an_acceptance_that_fails_half_way_leaves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = put_under_review(cast, reading_of(wanted.JOBS, wanted.GDP, replace(wanted.STARTING, cooperating=())))

    def fail(_full: object) -> object:
        assert Task.objects.exists()
        raise RuntimeError("in the middle")

    monkeypatch.setattr(_measures, "full_series", fail)
    with pytest.raises(RuntimeError, match="in the middle"):
        accept(draft, cast)
    assert not Plan.objects.exists()
    assert not SourceDocument.objects.exists()
    assert {i.state for i in draft.items.all()} == {ItemState.TO_SEE}
    draft.refresh_from_db()
    assert draft.plan is None


def test_an_item_with_an_open_question_is_not_accepted(cast: Cast) -> None:
    draft = put_under_review(cast)
    canteens = item_of(draft, "canteens")
    with pytest.raises(InvalidInput, match="第10项还有1处须定"):
        accept(draft, cast, canteens)
    assert canteens.pk not in {i.pk for i in again(draft).ready}
    key = again(draft).row_of(canteens).open_questions[0].key
    settled = settle_item(item=canteens, revision=1, key=key, answer="total", actor=cast.office_staff, now=NOW)
    made = accept(draft, cast, settled).made[0]
    assert made.targets.get().members is None


def test_an_accepted_item_is_accepted_once(cast: Cast) -> None:
    draft = put_under_review(cast)
    jobs = item_of(draft, "jobs")
    accept(draft, cast, jobs)
    with pytest.raises(WrongState, match="已采纳"):
        accept(draft, cast, item_of(draft, "jobs"))
    with pytest.raises(Conflict):
        accept(draft, cast, jobs)


def test_another_document_that_became_the_plan_meanwhile_is_told(cast: Cast) -> None:
    draft = put_under_review(cast)
    adopt_reading(reading=reading_of(wanted.GDP), government=cast.city, year=2027, actor=cast.office_staff, now=NOW)
    with pytest.raises(WrongState, match="已由另一份文件立项"):
        accept(draft, cast, item_of(draft, "jobs"))


def test_whoever_promises_a_figure_answers_for_it_though_a_comparison_was_accepted_first(cast: Cast) -> None:
    draft = put_under_review(cast)
    accept(draft, cast, item_of(draft, "income"))
    growth = Target.objects.get().against
    assert growth is not None
    assert growth.responsible_unit == cast.labour.unit
    accept(draft, cast, item_of(draft, "gdp"))
    growth.refresh_from_db()
    assert growth.responsible_unit == cast.units["市发改委"]


# mending


def mend(cast: Cast, one: ImportItem, read: ReadTask, revision: int | None = None) -> ImportItem:
    return correct_item(
        item=one,
        revision=revision if revision is not None else one.revision,
        corrected=read,
        actor=cast.office_staff,
        now=NOW,
    )


def test_what_was_mended_is_adopted_and_kept_with_who_and_when(cast: Cast) -> None:
    draft = put_under_review(cast)
    jobs = item_of(draft, "jobs")
    amount = replace(jobs.read.quantities[0], value=Decimal("5"), comparator=Comparator.EQUAL, by=date(2027, 9, 30))
    jobs = mend(cast, jobs, replace(jobs.read, quantities=(amount,), leads=("市住建局",)))
    assert (jobs.state, jobs.revision) == (ItemState.READY, 2)
    kept = {c.field: (c.before, c.after, c.by, c.at) for c in Correction.objects.all()}
    who = ("office", NOW)
    assert kept == {
        "牵头单位": ("市人社局", "市住建局", *who),
        "目标“城镇新增就业”的比较": ("不低于", "等于", *who),
        "目标“城镇新增就业”的数值": ("4.8", "5", *who),
        "目标“城镇新增就业”的期限": ("", "2027-09-30", *who),
    }
    # it differs from its words now: a person says that it is meant
    for question in again(draft).row_of(jobs).open_questions:
        jobs = settle_item(
            item=jobs, revision=jobs.revision, key=question.key, answer="kept", actor=cast.office_staff, now=NOW
        )
    task = accept(draft, cast, jobs).made[0]
    target = task.targets.get()
    assert (target.value, target.comparator, target.due_on) == (Decimal("5"), "=", date(2027, 9, 30))
    assert task.reporting_unit.name == "市住建局"


def test_the_reading_itself_never_changes(cast: Cast) -> None:
    draft = put_under_review(cast)
    before = draft.reading
    jobs = item_of(draft, "jobs")
    mend(cast, jobs, replace(jobs.read, quantities=()))
    assert ImportDraft.objects.get().reading == before
    assert ImportDraft.objects.get().original.tasks[4].quantities[0].value == Decimal("4.8")


def test_of_two_clerks_the_second_is_told_and_overwrites_nothing(cast: Cast) -> None:
    draft = put_under_review(cast)
    seen_by_both = item_of(draft, "jobs")
    mend(cast, seen_by_both, replace(seen_by_both.read, leads=("市住建局",)))
    with pytest.raises(Conflict, match="第5项刚刚被别人改过"):
        mend(cast, seen_by_both, replace(seen_by_both.read, leads=("市发改委",)), revision=1)
    assert item_of(draft, "jobs").read.leads == ("市住建局",)
    with pytest.raises(Conflict):
        accept(draft, cast, seen_by_both)


def test_a_half_finished_review_is_there_another_day(cast: Cast) -> None:
    """Nothing of it hangs on a session: it is read from the database alone."""
    draft = put_under_review(cast)
    jobs = item_of(draft, "jobs")
    mend(cast, jobs, replace(jobs.read, leads=("市住建局",)))
    accept(draft, cast, item_of(draft, "air"))
    leave_out_item(item=item_of(draft, "spirit"), revision=1, actor=cast.office_staff, now=NOW)
    review = again(draft)
    assert (review.counted(ItemState.ADOPTED), review.counted(ItemState.LEFT_OUT), review.left) == (1, 1, 10)
    assert item_of(draft, "jobs").read.leads == ("市住建局",)


def test_an_item_is_split_and_what_was_read_goes_with_its_words(cast: Cast) -> None:
    draft = put_under_review(cast)
    roads = item_of(draft, "roads")
    at_comma = roads.read.span.start + roads.read.text.index("英雄路")
    first, second = split_item(item=roads, revision=1, at=at_comma, actor=cast.office_staff, now=NOW)
    assert (first.read.text, second.read.text) == ("幸福桥上半年建成,", "英雄路改扩建开工。")
    assert [o.object for o in first.read.outcomes] == ["幸福桥"]
    assert [(o.object, o.stage) for o in second.read.outcomes] == [("英雄路改扩建", Stage.START)]
    assert second.read.deadlines == ()
    numbers = [i.fields["number"] for i in draft.items.order_by("order")]
    assert numbers[7:9] == [8, "8-2"]
    assert draft.text[slice(*second.fields["span"])] == second.read.text


@pytest.mark.parametrize("place", [0, 1])
def test_an_item_is_not_split_at_its_edges(cast: Cast, place: int) -> None:
    draft = put_under_review(cast)
    span = item_of(draft, "roads").read.span
    with pytest.raises(InvalidInput, match="中间"):
        split_item(
            item=item_of(draft, "roads"),
            revision=1,
            at=(span.start, span.end)[place],
            actor=cast.office_staff,
            now=NOW,
        )


def test_two_items_are_joined_with_all_they_hold(cast: Cast) -> None:
    draft = put_under_review(cast)
    joined = join_items(item=item_of(draft, "jobs"), revision=1, actor=cast.office_staff, now=NOW)
    assert draft.items.count() == 11
    assert len(joined.read.quantities) == 1
    assert len(joined.read.relations) == 1
    assert "城镇新增就业" in joined.read.text
    assert "与经济增长同步" in joined.read.text


def test_split_and_joined_again_is_as_before(cast: Cast) -> None:
    draft = put_under_review(cast)
    before = item_of(draft, "roads").read
    first, _ = split_item(
        item=item_of(draft, "roads"),
        revision=1,
        at=before.span.start + before.text.index("英雄路"),
        actor=cast.office_staff,
        now=NOW,
    )
    joined = join_items(item=first, revision=first.revision, actor=cast.office_staff, now=NOW)
    assert joined.read == before


def test_what_is_no_commitment_stays_out_until_taken_back(cast: Cast) -> None:
    draft = put_under_review(cast, reading_of(wanted.JOBS, wanted.SPIRIT))
    spirit = draft.items.get(fields__number=2)
    spirit = leave_out_item(item=spirit, revision=1, actor=cast.office_staff, now=NOW)
    spirit = take_back_item(item=spirit, revision=spirit.revision, actor=cast.office_staff, now=NOW)
    leave_out_item(item=spirit, revision=spirit.revision, actor=cast.office_staff, now=NOW)
    accept(draft, cast)
    assert [t.number for t in Plan.objects.get().tasks.all()] == ["1"]
    draft.refresh_from_db()
    assert draft.state == ImportState.ADOPTED


# the document's own counts


def test_the_documents_counts_stand_beside_what_was_read(cast: Cast) -> None:
    draft = put_under_review(cast, reading_of(wanted.JOBS, wanted.AIR, declared=Declared(3, 2)))
    counts = {c.name: (c.declared, c.found, c.fits) for c in again(draft).counts()}
    assert counts["具体任务"] == ("3项", "2项", False)
    assert counts["牵头部门"] == ("2个", "2个", True)


def test_a_repeated_item_is_left_out_by_its_answer(cast: Cast) -> None:
    from duixian.reading import read_text

    words = "城镇新增就业4.8万人以上,做好服务。"
    text = f"云溪市2026年重点任务清单\n一、市人社局牵头工作\n1.{words}\n2.{words}\n"
    draft = put_under_review(cast, read_text(text, year=2026), year=2026)
    question = next(q for q in again(draft).about_document() if "相同" in q.why)
    settle_import(draft=draft, key=question.key, answer="one", actor=cast.office_staff, now=IMPORTED_AT)
    assert [i.state for i in draft.items.all()] == [ItemState.TO_SEE, ItemState.LEFT_OUT]
    assert question.key not in {q.key for q in again(draft).about_document()}


def test_an_amount_added_by_hand_is_a_target(cast: Cast) -> None:
    draft = put_under_review(cast)
    spirit = item_of(draft, "spirit")
    amount = replace(quantity("弘扬企业家精神", "宣讲", "10", "场"), span=spirit.read.span)
    spirit = mend(cast, spirit, replace(spirit.read, quantities=(amount,)))
    added = Correction.objects.get()
    assert (added.before, added.after) == ("", "弘扬企业家精神（不低于10场）")
    task = accept(draft, cast, spirit).made[0]
    assert (task.kind, task.targets.get().value) == ("QUANTITATIVE", Decimal(10))
