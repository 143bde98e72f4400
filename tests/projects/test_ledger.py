"""The ledger: entered by the office, told of by its people, seen by whom it concerns; every act in the trail."""

from datetime import date
from decimal import Decimal

import pytest

from duixian.audit.command import InvalidInput, NotAllowed, WrongState
from duixian.audit.models import AuditEntry
from duixian.audit.trail import verify
from duixian.projects.commands import (
    bind_measure,
    change_project,
    drop_project,
    enter_project,
    link_projects,
    link_tasks,
    mark_milestone_done,
    record_progress,
    set_milestones,
)
from duixian.projects.entries import ProjectEntry
from duixian.projects.enums import Horizon, Measure, ProjectKind, ProjectStage
from duixian.projects.models import Project
from duixian.projects.queries import (
    facts_of,
    measures_of,
    offers_for,
    proposed_measure,
    stale_projects,
    with_year,
)
from tests.cast import Cast, at
from tests.factories.play import Stage
from tests.projects.conftest import NOW, Enter

JUNE = date(2026, 6, 30)


def tell(project: Project, cast: Cast, day: date = JUNE, **said: object) -> None:
    record_progress(project=project, on=day, actor=cast.building.liaison, now=NOW, **said)  # type: ignore[arg-type]


def test_a_project_is_entered_once(cast: Cast, enter: Enter) -> None:
    project = enter("云溪机场")
    assert project.years.get().planned_investment == 1000
    with pytest.raises(InvalidInput, match="已有同名项目"):
        enter("云溪机场")
    assert verify().broken_number is None


@pytest.mark.parametrize(
    ("said", "where", "words"),
    [
        ({"name": " "}, "name", "请填项目名称"),
        ({"total_investment": Decimal(-1)}, "total_investment", "不小于0"),
        ({"planned_investment": Decimal("1e16")}, "planned_investment", "不小于0"),
        ({"started_on": date(2026, 12, 1)}, "started_on", "还没有到"),
        ({"started_on": date(2026, 3, 1), "completed_on": date(2026, 1, 1)}, "completed_on", "早于开工日期"),
        ({"owner": "长" * 101}, "owner", "最多100字"),
    ],
)
def test_what_cannot_be_is_told_by_field(enter: Enter, said: dict[str, object], where: str, words: str) -> None:
    with pytest.raises(InvalidInput) as told:
        enter(**({"name": "云溪机场"} | said))
    assert words in told.value.fields[where]
    assert not Project.objects.exists()


def test_blanks_change_nothing(cast: Cast, enter: Enter) -> None:
    project = enter("云溪机场", owner="机场集团", total_investment=Decimal(90000))
    entry = ProjectEntry("云溪机场", stage=ProjectStage.STARTED)
    change_project(project=project, entry=entry, year=2026, actor=cast.office_staff, now=NOW)
    project.refresh_from_db()
    assert (project.owner, project.total_investment, project.stage) == ("机场集团", 90000, ProjectStage.STARTED)
    assert project.years.get().planned_investment == 1000


def test_progress_moves_the_stage_and_dates_it(cast: Cast, enter: Enter) -> None:
    project = enter("云溪机场", started_on=None, stage=ProjectStage.PREPARATION)
    tell(project, cast, date(2026, 4, 10), stage=ProjectStage.STARTED, invested=Decimal(50))
    tell(project, cast, JUNE, stage=ProjectStage.UNDER_WAY, invested=Decimal(400), words="主体封顶")
    project.refresh_from_db()
    assert (project.stage, project.started_on, project.last_told_on) == (
        ProjectStage.UNDER_WAY,
        date(2026, 4, 10),
        date(2026, 7, 6),
    )
    given = with_year(Project.objects.all(), 2026, JUNE).get()
    assert facts_of(given).invested == 400
    assert facts_of(with_year(Project.objects.all(), 2026, date(2026, 5, 1)).get()).invested == 50


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"stage": ProjectStage.SIGNED}, "stage"),
        ({"invested": Decimal(10)}, "invested"),
        ({"invested": Decimal(-1)}, "invested"),
        ({"day": date(2026, 8, 1)}, "on"),
        ({"words": "长" * 2001}, "words"),
    ],
)
def test_progress_that_cannot_be_is_told_by_field(
    cast: Cast, enter: Enter, said: dict[str, object], where: str
) -> None:
    project = enter("云溪机场", stage=ProjectStage.STARTED)
    tell(project, cast, date(2026, 5, 1), invested=Decimal(20))
    with pytest.raises(InvalidInput) as told:
        tell(project, cast, **said)  # type: ignore[arg-type]
    assert where in told.value.fields


def test_works_resume_every_spring(cast: Cast, enter: Enter) -> None:
    project = enter("老路", kind=ProjectKind.CONTINUED, stage=ProjectStage.UNDER_WAY, resumed_on=date(2025, 3, 3))
    found = measures_of(Project.objects.all(), [Measure.RESUMPTION_RATE], year=2026, on=JUNE)
    assert found[Measure.RESUMPTION_RATE].value == 0
    tell(project, cast, date(2026, 3, 9), stage=ProjectStage.RESUMED)
    found = measures_of(Project.objects.all(), [Measure.RESUMPTION_RATE], year=2026, on=JUNE)
    assert found[Measure.RESUMPTION_RATE].value == 100


def test_who_sees_and_tells(cast: Cast, enter: Enter) -> None:
    project = enter("云溪机场")
    seeing = {name for name, person in cast.everybody.items() if Project.objects.visible_to(person).exists()}
    assert seeing == {
        "office_head", "office_staff", "leader", "auditor", "other_liaison", "other_head", "county_liaison",
        "county_head",
    }  # fmt: skip
    telling = set()
    for name, person in cast.everybody.items():
        try:
            record_progress(project=project, on=JUNE, actor=person, now=NOW, words="进展")
        except NotAllowed:
            continue
        telling.add(name)
    assert telling == {"office_head", "office_staff", "other_liaison", "other_head", "county_liaison", "county_head"}


def test_only_the_office_keeps_the_ledger(cast: Cast, enter: Enter, stage: Stage) -> None:
    project = enter("云溪机场")
    for name, person in cast.everybody.items():
        if name in ("office_head", "office_staff"):
            continue
        with pytest.raises(NotAllowed):
            enter_project(government=cast.city, entry=ProjectEntry("别的"), year=2026, actor=person, now=NOW)
        with pytest.raises(NotAllowed):
            change_project(project=project, entry=ProjectEntry("别的"), year=2026, actor=person, now=NOW)
        with pytest.raises(NotAllowed):
            link_tasks(project=project, tasks=[], actor=person, now=NOW)
        with pytest.raises(NotAllowed):
            drop_project(project=project, reason="终止", actor=person, now=NOW)
        with pytest.raises(NotAllowed):
            bind_measure(target=stage.target("resuming"), measure=Measure.RESUMPTION_RATE, actor=person, now=NOW)


def test_a_dropped_project_counts_no_more(cast: Cast, enter: Enter) -> None:
    project = enter("云溪机场")
    with pytest.raises(InvalidInput, match="原因"):
        drop_project(project=project, reason=" ", actor=cast.office_staff, now=NOW)
    drop_project(project=project, reason="并入二期", actor=cast.office_staff, now=NOW)
    found = measures_of(Project.objects.all(), [Measure.START_RATE], year=2026, on=JUNE)
    assert found[Measure.START_RATE].value is None
    with pytest.raises(WrongState, match="移出台账"):
        tell(project, cast, words="还在干")
    enter("云溪机场")


def test_the_silent_are_found_longest_first(cast: Cast, enter: Enter) -> None:
    for name, day in (("甲", date(2026, 5, 1)), ("乙", date(2026, 3, 1)), ("丙", JUNE)):
        project = enter(name, stage=ProjectStage.UNDER_WAY)
        tell(project, cast, day, words="进展")
        Project.objects.filter(pk=project.pk).update(last_told_on=day)
    enter("储备", kind=ProjectKind.RESERVE, started_on=None, planned_investment=None)
    found = stale_projects(Project.objects.all(), date(2026, 7, 6), weeks=4)
    assert [p.name for p in found] == ["乙", "甲"]


def test_the_pipeline_by_horizon(enter: Enter) -> None:
    said = {"kind": ProjectKind.RESERVE, "started_on": None, "planned_investment": None}
    near = enter("近", planned_start_on=date(2027, 5, 1), **said)
    long = enter("远", planned_start_on=date(2028, 5, 1), **said)
    past = enter("过时", planned_start_on=date(2025, 5, 1), **said)
    open_end = enter("未定", **said)
    assert [p.horizon_on(NOW.date()) for p in (near, long, past, open_end)] == [
        Horizon.NEAR,
        Horizon.LONG,
        Horizon.TO_ROLL,
        Horizon.TO_ROLL,
    ]
    assert enter("在建", stage=ProjectStage.UNDER_WAY).horizon_on(NOW.date()) is None
    assert not near.years.exists()


def test_nodes_are_set_and_reached(cast: Cast, enter: Enter) -> None:
    project = enter("云溪机场")
    liaison = cast.building.liaison
    first, second = set_milestones(
        project=project, nodes=[("主体封顶", JUNE), ("试飞", date(2026, 11, 1))], actor=liaison, now=NOW
    )
    mark_milestone_done(milestone=first, on=date(2026, 6, 20), actor=liaison, now=NOW)
    with pytest.raises(InvalidInput, match="还没有到"):
        mark_milestone_done(milestone=second, on=date(2026, 9, 1), actor=liaison, now=NOW)
    set_milestones(project=project, nodes=[("通航", date(2026, 12, 1))], actor=liaison, now=NOW)
    assert [m.name for m in project.milestones.all()] == ["主体封顶", "通航"]


def test_a_promise_is_offered_its_rate(cast: Cast, stage: Stage, enter: Enter) -> None:
    target = stage.target("resuming")
    assert proposed_measure(target) is Measure.RESUMPTION_RATE
    assert proposed_measure(stage.target("jobs")) is None
    bind_measure(target=target, measure=Measure.RESUMPTION_RATE, actor=cast.office_staff, now=NOW)
    assert offers_for([target], month=date(2026, 6, 1), today=NOW.date()) == {}
    linked = enter("老路", kind=ProjectKind.CONTINUED, resumed_on=date(2026, 3, 1))
    enter("旧桥", kind=ProjectKind.CONTINUED)
    third = enter("旧渠", kind=ProjectKind.CONTINUED)
    offer = offers_for([target], month=date(2026, 6, 1), today=NOW.date())[target.pk]
    assert (offer.value, offer.words) == (Decimal("33.33"), "1/3个")
    link_tasks(project=third, tasks=[target.task], actor=cast.office_staff, now=NOW)
    link_projects(task=target.task, projects=[linked, third], actor=cast.office_staff, now=NOW)
    offer = offers_for([target], month=date(2026, 6, 1), today=NOW.date())[target.pk]
    assert (offer.value, offer.words, list(offer.missing)) == (50, "1/2个", ["旧渠"])
    assert offers_for([target], month=date(2026, 2, 1), today=NOW.date())[target.pk].value == 0


def test_a_measure_in_another_unit_is_refused(cast: Cast, stage: Stage) -> None:
    with pytest.raises(InvalidInput, match="计量单位是万人"):
        bind_measure(target=stage.target("jobs"), measure=Measure.START_RATE, actor=cast.office_staff, now=NOW)


def test_links_stay_within_the_government(cast: Cast, stage: Stage, enter: Enter) -> None:
    project = enter("云溪机场")
    foreign = enter_project(
        government=cast.elsewhere, entry=ProjectEntry("外市项目"), year=2026, actor=cast.outsider, now=NOW
    )
    with pytest.raises(InvalidInput, match="本级清单"):
        link_tasks(project=foreign, tasks=[stage.task("roads")], actor=cast.outsider, now=NOW)
    entry = ProjectEntry("外市又一项目", county=cast.county.unit)
    with pytest.raises(InvalidInput, match="不是白川市的单位"):
        enter_project(government=cast.elsewhere, entry=entry, year=2026, actor=cast.outsider, now=NOW)
    assert not project.tasks.exists()


def test_every_act_is_in_the_trail(cast: Cast, enter: Enter) -> None:
    project = enter("云溪机场")
    tell(project, cast, words="进展", invested=Decimal(3))
    entry = AuditEntry.objects.order_by("number").last()
    assert entry is not None
    assert (entry.action, entry.object_label) == ("record_progress", "云溪机场")
    assert '"invested":"3"' in entry.after
    assert at(7, 6) == entry.at
