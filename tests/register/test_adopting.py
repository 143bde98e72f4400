"""立项: whole or not at all, units found under every printed name, spans that cut exactly the printed words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from duixian.audit.command import InvalidInput, NotAllowed
from duixian.audit.models import AuditEntry
from duixian.indicators.models import Indicator
from duixian.reading import Accrual, Declared, Full, Reading, Stage
from duixian.register.commands import _measures, adopt_reading
from duixian.register.commands.adopt import Adoption
from duixian.register.enums import PartyRole, TaskKind
from duixian.register.models import Outcome, Plan, Section, SourceDocument, Target, Task, TaskParty
from duixian.units.models import Unit, UnitGroup
from tests.cast import Cast
from tests.factories import list as wanted
from tests.factories.play import ADOPTED_AT
from tests.factories.play import Stage as Play
from tests.factories.readings import deadline, growth, item, outcome, quantity, reading_of, relation


def adopt(cast: Cast, reading: Reading, **more: object) -> Adoption:
    return adopt_reading(
        **{  # type: ignore[arg-type]
            "reading": reading,
            "government": cast.city,
            "year": 2026,
            "actor": cast.office_staff,
            "now": ADOPTED_AT,
            **more,
        }
    )


def nothing_of_the_list() -> bool:
    models = (Plan, SourceDocument, Section, Task, TaskParty, Target, Outcome, Indicator, UnitGroup)
    return not any(model.objects.exists() for model in models)  # type: ignore[attr-defined]


# whole or not at all


def test_a_failure_in_the_middle_leaves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """No plan, no unit, no audit entry, though half the list had been written."""
    entries, units = AuditEntry.objects.count(), Unit.objects.count()
    real, calls = _measures.full_series, []

    def fail(full: Full) -> object:
        calls.append(full)
        assert Task.objects.exists()
        raise RuntimeError("in the middle")

    monkeypatch.setattr(_measures, "full_series", fail)
    strangers = reading_of(item("先做这一项。", ["市新设局"]), wanted.STARTING)
    with pytest.raises(RuntimeError, match="in the middle"):
        adopt(cast, strangers, create_missing_units=True)
    assert calls
    assert real is not fail
    assert nothing_of_the_list()
    assert AuditEntry.objects.count() == entries
    assert Unit.objects.count() == units


def test_unknown_units_are_refused_by_name_and_nothing_is_kept(cast: Cast) -> None:
    reading = reading_of(
        item("事项一。", ["市人社局"], cooperating=["市无名局", "各县区政府"]), item("事项二。", ["市生疏办"])
    )
    with pytest.raises(InvalidInput) as refused:
        adopt(cast, reading)
    assert "市无名局" in refused.value.message
    assert "市生疏办" in refused.value.message
    assert "市人社局" not in refused.value.message
    assert nothing_of_the_list()


def test_units_that_are_missing_are_made_once_if_wanted(cast: Cast) -> None:
    reading = reading_of(
        item("事项一。", ["市规划和自然资源局"], cooperating=["高新区管委会"]),
        item("事项二。", ["市人社局"], cooperating=["市规自局", "高新区", "国运公司"]),
        item("事项三。", ["市国运公司"], cooperating=["市人力资源和社会保障局"]),
    )
    adoption = adopt(cast, reading, create_missing_units=True)
    assert adoption.new_units == ["市规划和自然资源局", "市国运公司", "高新区管委会"]
    parties = TaskParty.objects.filter(task__plan=adoption.plan)
    assert {p.printed: str(p.unit) for p in parties if p.role == PartyRole.COOPERATING} == {
        "高新区管委会": "高新区管委会",
        "市规自局": "市规划和自然资源局",
        "高新区": "高新区管委会",
        "国运公司": "市国运公司",
        "市人力资源和社会保障局": "市人社局",
    }


def test_a_name_that_runs_several_units_together_is_refused_in_words(cast: Cast) -> None:
    with pytest.raises(InvalidInput, match="过长"):
        adopt(cast, reading_of(item("事项。", ["市某某局和" * 20])), create_missing_units=True)
    assert nothing_of_the_list()


def test_a_year_is_adopted_once(cast: Cast) -> None:
    adopt(cast, reading_of(wanted.JOBS))
    with pytest.raises(InvalidInput, match="云溪市2026年"):
        adopt(cast, reading_of(wanted.GDP))
    assert Task.objects.count() == 1
    adopt(cast, reading_of(wanted.JOBS), year=2027)
    assert Plan.objects.count() == 2


def test_a_document_without_tasks_is_refused(cast: Cast) -> None:
    with pytest.raises(InvalidInput, match="没有读出任务"):
        adopt(cast, reading_of())


@pytest.mark.parametrize("leads", [[], ["各县区政府"], ["相关成员单位", "各县区政府"]])
def test_an_item_nobody_answers_for_is_refused_with_its_number(cast: Cast, leads: list[str]) -> None:
    with pytest.raises(InvalidInput, match="第2项"):
        adopt(cast, reading_of(wanted.JOBS, item("没有人牵头。", leads)))
    assert nothing_of_the_list()


@pytest.mark.parametrize("who", ["leader", "liaison", "head", "auditor", "system_admin", "security_admin", "outsider"])
def test_only_the_office_adopts(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        adopt(cast, reading_of(wanted.JOBS), actor=cast.everybody[who])
    assert nothing_of_the_list()


# what is kept


def test_the_source_is_kept_with_its_text_and_reading(cast: Cast) -> None:
    reading = reading_of(wanted.JOBS, declared=Declared(177, 42))
    plan = adopt(cast, reading).plan
    assert plan.source.text == reading.text
    assert plan.source.reading["tasks"][0]["number"] == 1
    assert (plan.source.doc_number, plan.source.sha256) == ("云政办〔2026〕1号", "0" * 64)
    assert (plan.declared_tasks, plan.declared_lead_units) == (177, 42)
    assert AuditEntry.objects.filter(action="adopt_reading", object_id=str(plan.pk)).exists()


def test_every_span_cuts_exactly_the_printed_words(stage: Play) -> None:
    text = stage.plan.source.text
    for task in stage.plan.tasks.all():
        assert text[task.span_start : task.span_end] == task.text
        for part in (*task.targets.all(), *task.outcomes.all()):
            assert task.span_start <= part.span_start < part.span_end <= task.span_end
            if not part.text.endswith("全部开工"):
                assert text[part.span_start : part.span_end] == part.text
        for project in task.projects:
            assert text[slice(*project["span"])] == project["name"]


def test_tasks_stand_in_printed_order_under_their_headings(stage: Play) -> None:
    sections = list(stage.plan.sections.values_list("order", "name"))
    assert sections == [(1, "市发改委"), (2, "市人社局"), (3, "市住建局"), (4, "市农业农村局"), (5, "市生态环境局")]
    assert [t.number for t in stage.plan.tasks.all()] == [str(n) for n in range(1, 13)]
    assert all(t.section.unit == t.reporting_unit for t in stage.plan.tasks.all())


def test_the_lead_an_item_names_answers_for_it_under_anothers_heading(cast: Cast) -> None:
    plan = adopt(cast, reading_of(item("安全事项。", ["市住建局", "市人社局"], section="市发改委"))).plan
    task = plan.tasks.get()
    assert (task.section.name, task.reporting_unit.name) == ("市发改委", "市住建局")
    assert [p.printed for p in task.leads] == ["市住建局", "市人社局"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("jobs", TaskKind.QUANTITATIVE),
        ("income", TaskKind.QUANTITATIVE),
        ("starting", TaskKind.QUANTITATIVE),
        ("roads", TaskKind.NODE),
        ("spirit", TaskKind.QUALITATIVE),
    ],
)
def test_what_a_task_can_be_measured_by(stage: Play, name: str, kind: TaskKind) -> None:
    assert stage.task(name).kind == kind


def test_a_task_that_is_only_pushed_ahead_is_qualitative(cast: Cast) -> None:
    pushing = item("推进老城更新。", ["市住建局"], outcomes=[outcome("推进老城更新", "老城更新", Stage.ADVANCE)])
    assert adopt(cast, reading_of(pushing)).plan.tasks.get().kind == TaskKind.QUALITATIVE


def test_the_last_stated_limit_is_the_tasks_and_the_years_end_is_understood(cast: Cast) -> None:
    two = item(
        "上半年开工,9月底前建成。",
        ["市住建局"],
        deadlines=[deadline("9月底前", date(2026, 9, 30)), deadline("上半年", date(2026, 6, 30))],
    )
    tasks = list(adopt(cast, reading_of(two, wanted.SPIRIT)).plan.tasks.all())
    assert [(t.due_on, t.limit_text) for t in tasks] == [(date(2026, 9, 30), "9月底前"), (date(2026, 12, 31), "")]


def test_figures_stay_exact(cast: Cast) -> None:
    exact = quantity("投资123456789.123456亿元", "投资", "123456789.123456", "亿元")
    plan = adopt(cast, reading_of(item("投资123456789.123456亿元。", ["市发改委"], quantities=[exact]))).plan
    assert plan.tasks.get().targets.get().value == Decimal("123456789.123456")


# series


def test_economic_growth_is_one_series_for_target_and_relation(stage: Play) -> None:
    gdp, income = stage.target("gdp"), stage.target("income")
    assert income.against == gdp.indicator
    assert gdp.indicator.name == "地区生产总值增速"
    assert income.indicator.name == "居民收入增速"
    assert income.value is None


def test_whoever_has_the_figure_as_a_target_answers_for_it_though_a_relation_is_printed_first(cast: Cast) -> None:
    plan = adopt(cast, reading_of(wanted.INCOME, wanted.GDP)).plan
    gdp = Indicator.objects.get(name="地区生产总值增速")
    assert gdp.responsible_unit == cast.units["市发改委"]
    assert plan.tasks.get(number="1").targets.get().against == gdp
    assert Indicator.objects.get(name="居民收入增速").responsible_unit == cast.labour.unit


def test_a_counterpart_nobody_promises_is_filled_in_by_whoever_is_compared(cast: Cast) -> None:
    above = item(
        "人均收入增速高于全国平均水平。",
        ["市人社局"],
        relations=[relation("高于全国平均水平", "人均收入增速", "全国平均水平")],
    )
    adopt(cast, reading_of(above))
    assert {i.responsible_unit for i in Indicator.objects.all()} == {cast.labour.unit}


def test_averages_of_a_province_are_of_the_thing_compared(cast: Cast) -> None:
    """高于全省平均水平 is said of incomes and of investment: those are two series of the province."""
    income = item(
        "收入高于全省平均水平。", ["市人社局"], relations=[relation("高于全省平均水平", "居民收入", "全省平均水平")]
    )
    investment = item(
        "投资高于全省平均。", ["市发改委"], relations=[relation("高于全省平均", "固定资产投资", "全省平均")]
    )
    adopt(cast, reading_of(income, investment))
    against = {t.indicator.name: t.against.name for t in Target.objects.all() if t.against}
    assert against == {"居民收入增速": "全省居民收入增速", "固定资产投资增速": "全省固定资产投资增速"}


def test_counts_belong_to_their_own_task(cast: Cast) -> None:
    two = [
        item("新建学校3所。", [unit], quantities=[quantity("新建学校3所", "新建学校", "3", "所")])
        for unit in ("市住建局", "市发改委")
    ]
    adopt(cast, reading_of(*two))
    assert Indicator.objects.filter(name="新建学校").count() == 2


def test_growth_of_one_thing_is_one_series_in_one_government(cast: Cast) -> None:
    one = item("规上工业增加值增长8%。", ["市发改委"], quantities=[growth("增长8%", "规上工业增加值", "8")])
    two = item("规模以上工业增加值增速8%。", ["市人社局"], quantities=[growth("增速8%", "规模以上工业增加值增速", "8")])
    adopt(cast, reading_of(one, two))
    assert Indicator.objects.get().name == "规上工业增加值增速"


# totals, members, states that an amount already measures


def test_a_total_without_digits_is_a_share_of_a_hundred(stage: Play) -> None:
    target = stage.target("starting")
    assert (target.value, target.unit_of_measure, target.accrual) == (Decimal(100), "%", Accrual.DATED)
    assert target.due_on == date(2026, 12, 31)


def test_a_total_is_due_with_its_outcome(cast: Cast) -> None:
    limit = date(2026, 9, 30)
    early = replace(
        wanted.STARTING, outcomes=(outcome("新建项目全部开工", "新建项目", Stage.START, limit),), cooperating=()
    )
    assert adopt(cast, reading_of(early)).plan.tasks.get().targets.get().due_on == limit


def test_a_total_that_always_holds_is_owed_in_every_period(cast: Cast) -> None:
    always = item("零就业家庭动态清零。", ["市人社局"], full=Full("动态清零", "零就业家庭"))
    target = adopt(cast, reading_of(always)).plan.tasks.get().targets.get()
    assert target.is_at_all_times
    assert target.accrual == Accrual.STOCK


def test_what_an_amount_measures_is_not_graded_twice(stage: Play) -> None:
    parks, starting = stage.task("parks"), stage.task("starting")
    assert parks.outcomes.get().covered_by == parks.targets.get()
    assert starting.outcomes.get().covered_by == starting.targets.get()
    assert not stage.task("roads").outcomes.exclude(covered_by=None).exists()


def test_an_amount_of_another_stage_covers_nothing(cast: Cast) -> None:
    both = replace(wanted.PARKS, outcomes=(outcome("新建农业产业园", "农业产业园", Stage.IN_USE),))
    assert adopt(cast, reading_of(both)).plan.tasks.get().outcomes.get().covered_by is None


def test_every_county_means_the_group_of_all_counties(stage: Play) -> None:
    target = stage.target("canteens")
    assert target.members is not None
    assert target.members.is_all_counties
    assert [m.name for m in target.members.members] == ["云东区政府", "青石县政府"]
    assert UnitGroup.objects.filter(is_all_counties=True).count() == 1
    assert not target.indicator.is_shared


@pytest.mark.parametrize("value", ["99999999999999999999", "123456789012.12345", "0.0000001"])
def test_a_figure_no_register_can_keep_is_refused_in_words(cast: Cast, value: str) -> None:
    slip = quantity("新增就业太多人", "新增就业", value, "人")
    with pytest.raises(InvalidInput, match="第1项“新增就业太多人”") as told:
        adopt(cast, reading_of(item("新增就业太多人。", ["市人社局"], quantities=[slip])))
    assert "核对原文" in told.value.message
    assert not Plan.objects.exists()
