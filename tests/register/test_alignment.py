"""Links between city and counties: computed, decided by people, and what people decided stands."""

from decimal import Decimal

import pytest

from duixian.audit.command import InvalidInput, WrongState
from duixian.audit.models import AuditEntry
from duixian.register.commands import confirm_link, count_link, link_by_hand, propose_links, refuse_link
from duixian.register.commitments import commitments_of_plan
from duixian.register.coverage import carried_targets, carriers_of, coverage_of, unmatched_targets
from duixian.register.enums import LinkRelation, LinkState
from duixian.register.models import AlignmentLink, NearestTask, Target, Task
from duixian.units.models import Government
from tests.cast import Cast
from tests.factories.counties import READ_AT, Counties
from tests.factories.fixtures import fresh
from tests.factories.play import set_stage
from tests.factories.readings import item, quantity, reading_of


def act(counties: Counties) -> dict:
    return {"actor": counties.cast.office_staff, "now": READ_AT}


def test_a_countys_plan_hangs_under_its_city(counties: Counties) -> None:
    qingshi = Government.objects.get(name="青石县")
    assert (qingshi.parent, counties.qingshi.governs) == (counties.cast.city, qingshi)
    led_by = {task.reporting_unit for task in Task.objects.filter(plan__government=qingshi)}
    assert [(u.name, u.government) for u in led_by] == [("青石县政府", qingshi)]


def test_links_are_proposed_with_both_wordings_and_their_share(counties: Counties) -> None:
    link = counties.link("营造林", counties.qingshi)
    assert (link.city_text, link.text, link.state) == ("完成营造林15万亩", "完成营造林40000亩", LinkState.PROPOSED)
    assert link.share == Decimal("0.2666666667")
    text = link.county_task.plan.source.text
    assert text[link.span_start : link.span_end] == link.text


def test_without_a_county_plan_there_is_nothing_to_compare(cast: Cast) -> None:
    stage = set_stage(cast)
    with pytest.raises(InvalidInput, match="还没有读进2026年的县区计划"):
        propose_links(plan=stage.plan, actor=cast.office_staff, now=READ_AT)


def test_computing_again_changes_nothing_and_keeps_what_people_decided(counties: Counties) -> None:
    confirmed, refused = counties.link("营造林", counties.qingshi), counties.link("农村公路", counties.qingshi)
    confirm_link(link=confirmed, **act(counties))
    refuse_link(link=refused, **act(counties))
    rows = set(AlignmentLink.objects.values_list("pk", "state"))
    told = counties.propose()
    assert (told.new, told.withdrawn, told.kept) == (0, 0, 2)  # type: ignore[attr-defined]
    assert set(AlignmentLink.objects.values_list("pk", "state")) == rows
    confirmed.refresh_from_db()
    assert (confirmed.decided_by, confirmed.decided_at) == ("office", READ_AT)


def test_what_was_only_proposed_follows_the_mended_register(counties: Counties) -> None:
    own = counties.county_target(counties.yundong, "营造林")
    Target.objects.filter(pk=own.pk).update(value=3)
    counties.propose()
    assert counties.link("营造林", counties.yundong).share == Decimal("0.2")
    own.indicator.name = "蜂箱"
    own.indicator.save()
    Target.objects.filter(pk=own.pk).update(unit_of_measure="箱")
    counties.propose()
    assert not AlignmentLink.objects.filter(county_target=own, relation=LinkRelation.CONTRIBUTES).exists()


def committed(counties: Counties, name: str) -> object:
    target = counties.target(name)
    [found] = coverage_of([target], carriers_of(counties.plan), counties.plan.thresholds())
    return found.committed


def test_a_refused_link_and_one_left_out_do_not_count(counties: Counties) -> None:
    link = counties.link("营造林", counties.qingshi)
    count_link(link=link, is_counted=False, **act(counties))
    assert committed(counties, "营造林") == 9
    with pytest.raises(WrongState):
        count_link(link=link, is_counted=False, **act(counties))
    count_link(link=link, is_counted=True, **act(counties))
    assert committed(counties, "营造林") == 13
    refuse_link(link=link, **act(counties))
    assert committed(counties, "营造林") == 9
    with pytest.raises(WrongState):
        count_link(link=link, is_counted=False, **act(counties))


def test_who_decided_stands_in_the_trail(counties: Counties) -> None:
    link = counties.link("营造林", counties.qingshi)
    refuse_link(link=link, **act(counties))
    entry = AuditEntry.objects.get(action="refuse_link")
    assert (entry.actor_name, entry.before, entry.after) == ("office", '{"state":"PROPOSED"}', '{"state":"REFUSED"}')


def test_a_figure_alone_is_joined_by_hand(counties: Counties) -> None:
    [alone] = unmatched_targets(carriers_of(counties.plan))
    assert alone.text == "发展蜂箱300箱"
    task = counties.target("营造林").task
    with pytest.raises(InvalidInput, match="不是同一种量"):
        link_by_hand(task=task, target=counties.target("营造林"), county_target=alone, **act(counties))
    link = link_by_hand(task=task, county_target=alone, **act(counties))
    assert (link.relation, link.state, link.is_by_hand) == (LinkRelation.SUPPORTS, LinkState.CONFIRMED, True)
    assert not unmatched_targets(carriers_of(counties.plan))
    counties.propose()
    link.refresh_from_db()
    assert link.state == LinkState.CONFIRMED


def test_by_hand_a_figure_enters_the_sum(counties: Counties) -> None:
    link = counties.link("营造林", counties.qingshi)
    refuse_link(link=link, **act(counties))
    target = counties.target("营造林")
    again = link_by_hand(
        task=target.task,
        target=target,
        county_target=counties.county_target(counties.qingshi, "营造林"),
        **act(counties),
    )
    assert (again.pk, committed(counties, "营造林")) == (link.pk, 13)


def test_a_confirmed_link_shows_the_task_to_the_county(counties: Counties) -> None:
    liaison = fresh(counties.cast.county.liaison)
    of_city = Task.objects.filter(plan__government=counties.cast.city)
    assert not of_city.visible_to(liaison).exists()
    confirm_link(link=counties.link("营造林", counties.yundong), **act(counties))
    confirm_link(link=counties.link("农村公路", counties.qingshi), **act(counties))
    seen = of_city.visible_to(fresh(liaison))
    assert [task.text for task in seen] == ["完成营造林15万亩。"]
    assert [t.indicator.name for t in carried_targets(seen)] == ["营造林"]


def test_links_go_by_the_value_in_force(counties: Counties) -> None:
    own, city = counties.county_target(counties.yundong, "营造林"), counties.target("营造林")
    Target.objects.filter(pk=own.pk).update(amended_value=6)
    Target.objects.filter(pk=city.pk).update(amended_value=12)
    counties.propose()
    assert counties.link("营造林", counties.yundong).share == Decimal("0.5")
    assert committed(counties, "营造林") == Decimal(10)


def test_a_figure_that_nothing_takes_up_shows_the_nearest_words_of_the_city(counties: Counties) -> None:
    own = counties.county_target(counties.yundong, "农村公路")
    own.indicator.name, own.text, own.unit_of_measure = "总投资", "新改建农村公路总投资4亿元", "亿元"
    own.indicator.save()
    own.save()
    own.task.text = own.text
    own.task.save()
    stale = NearestTask.objects.create(county_target=own, task=counties.target("营造林").task, text="旧的")
    counties.propose()
    assert not AlignmentLink.objects.filter(county_target=own).exists()
    assert not NearestTask.objects.filter(pk=stale.pk).exists()
    [found] = NearestTask.objects.filter(county_target=own)
    assert (found.task, found.text) == (counties.target("农村公路").task, "新改建农村公路850公里")


def test_the_document_says_whether_a_figure_is_part_of_another_or_of_several_years(cast: Cast) -> None:
    many = item(
        "完成营造林15万亩，其中人造林4万亩，到2030年累计达到90万亩。",
        ["市农业农村局"],
        quantities=[
            quantity("完成营造林15万亩", "营造林", "15", "万亩"),
            quantity("人造林4万亩", "人造林", "4", "万亩"),
            quantity("累计达到90万亩", "营造林累计", "90", "万亩"),
        ],
    )
    phrases = commitments_of_plan(set_stage(cast, reading_of(many)).plan)
    assert [(p.indicator, p.within, p.several_years) for p in phrases] == [
        ("营造林", False, False),
        ("人造林", True, False),
        ("营造林累计", False, True),
    ]
