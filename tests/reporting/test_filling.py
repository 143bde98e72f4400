"""What may stand in a report: blank is not zero, strange figures are asked about, what is owed is not left out."""

import contextlib
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.audit.command import InvalidInput
from duixian.indicators.commands import record_value, set_publication
from duixian.indicators.enums import Frequency, ValueStatus
from duixian.indicators.models import IndicatorValue
from duixian.register.commands import adopt_reading
from duixian.reporting.commands import save_report, send_up_report
from duixian.reporting.content import FigureEntry, NodeEntry, ReportContent, figure_field, parse_figure
from duixian.reporting.enums import Progress
from duixian.reporting.models import Report
from duixian.reporting.queries import doubts_of, missing_of
from tests.factories.list import AIR
from tests.factories.play import Stage, after, content_for, month
from tests.factories.readings import reading_of


def faults(stage: Stage, name: str, content: ReportContent, number: int = 3) -> dict[str, str]:
    """The fields a liaison is told about when saving or sending up."""
    task = stage.task(name)
    round = stage.plan.rounds.filter(month=month(number)).first() or stage.open(number)
    with pytest.raises(InvalidInput) as told:
        stage.send_up(round, task, content)
    assert told.value.fields
    return told.value.fields


def series(stage: Stage, name: str) -> int:
    return stage.target(name).indicator_id


# figures as typed


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("", None),
        ("  ", None),
        ("0", "0"),
        ("12.5", "12.5"),
        ("１２．５", "12.5"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("1,234,567.5", "1234567.5"),
        ("１，２３４", "1234"),
        ("0.000001", "0.000001"),
        ("999999999999999", "999999999999999"),
    ],
)
def test_a_figure_as_people_type_it(typed: str, value: str | None) -> None:
    assert parse_figure(typed) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    "typed",
    [
        "abc",
        "12万",
        "12.5%",
        "1,23",
        "1 2",
        "1e5",
        "NaN",
        "Infinity",
        "--1",
        "1.",
        ".5",
        "一百",
        "12，5",
        "1000000000000000",
        "999999999999999999",
        "123456789012.1234",
        "0.0000001",
    ],
)
def test_what_is_not_one_plain_number_is_told(typed: str) -> None:
    with pytest.raises(InvalidInput) as told:
        parse_figure(typed)
    assert told.value.message


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12))
def test_every_plain_number_is_taken_exactly(value: Decimal) -> None:
    assert parse_figure(format(value, "f")) == value
    assert parse_figure(f" {value:,f} ") == value


@given(st.text(max_size=8))
def test_any_text_is_a_number_or_a_message(typed: str) -> None:
    with contextlib.suppress(InvalidInput):
        value = parse_figure(typed)
        assert value is None or value.is_finite()


def test_the_largest_figure_comes_back_as_it_went_in_and_breaks_no_page(stage: Stage) -> None:
    """Eighteen nines came back from SQLite as a number its column cannot hold, and every list with it failed."""
    jobs, round = stage.task("jobs"), stage.open(3)
    content = content_for(jobs, "999999999999999")
    report = stage.approve(
        round, jobs, replace(content, figures=tuple(replace(f, is_confirmed=True) for f in content.figures))
    )
    assert report.figures.get().value == Decimal("999999999999999")
    jobs.refresh_from_db()
    assert jobs.grade


# doubts


@pytest.mark.parametrize(
    ("name", "last", "value", "words"),
    [
        ("jobs", "1.2", "12", "10倍"),
        ("jobs", "1.2", "120", "100倍"),
        ("jobs", "1.2", "11.9", ""),
        ("jobs", "1.2", "1.1", "少"),
        ("jobs", "1.2", "0", "少"),
        ("jobs", "1.2", "1.2", ""),
        ("coverage", "60", "59", ""),
        ("coverage", "60", "6", "九成"),
        ("coverage", "60", "0", "九成"),
        ("coverage", "60", "6.1", ""),
        ("gdp", "6", "-1", ""),
        ("gdp", "0.5", "5", "10倍"),
        ("gdp", "-1", "5", ""),
        ("gdp", "0", "5", ""),
    ],
)
def test_figures_out_of_the_ordinary_are_asked_about(
    stage: Stage, name: str, last: str, value: str, words: str
) -> None:
    task = stage.task(name)
    stage.approve(stage.open(3), task, content_for(task, last))
    round = stage.open(4)
    report = stage.save(round, task, content_for(task, value))
    told = doubts_of(report)
    if not words:
        assert told == {}
        return
    assert list(told) == [figure_field(series(stage, name))]
    assert words in told[figure_field(series(stage, name))]
    assert "3月" in told[figure_field(series(stage, name))]
    with pytest.raises(InvalidInput) as refused:
        stage_send_up(stage, report)
    assert refused.value.fields == told
    confirmed = stage.save(round, task, content_for(task, value, is_confirmed=True), revision=report.revision)
    assert stage_send_up(stage, confirmed).state == "SENT_UP"


def stage_send_up(stage: Stage, report: Report) -> Report:
    liaison = stage.cast.crew(report.unit).liaison
    return send_up_report(report=report, actor=liaison, now=after(report.round.month, 3))


def test_a_year_begins_anew(stage: Stage) -> None:
    """December's cumulative figure is no measure for January's."""
    record_value(
        indicator=stage.target("jobs").indicator,
        month=month(12, 2025),
        value=Decimal("4.5"),
        status=ValueStatus.FINAL,
        source="统计公报",
        actor=stage.cast.office_staff,
        now=after(month(12, 2025), 20),
    )
    task = stage.task("jobs")
    assert doubts_of(stage.save(stage.open(2), task, content_for(task, "0.4"))) == {}


# what is owed


def test_blank_is_not_zero(stage: Stage) -> None:
    task = stage.task("jobs")
    field = figure_field(series(stage, "jobs"))
    assert list(faults(stage, "jobs", content_for(task, None))) == [field]
    assert not IndicatorValue.objects.exists()


def test_a_blank_with_its_reason_goes_up_and_enters_nothing(stage: Stage) -> None:
    task = stage.task("jobs")
    stage.approve(stage.open(3), task, content_for(task, None, unavailable_reason="统计部门下月反馈"))
    assert not IndicatorValue.objects.exists()
    told = stage.task("jobs")
    assert (told.grade, told.light) == ("OTHER", "")
    assert "统计部门下月反馈" in told.reason


def test_a_zero_is_a_figure(stage: Stage) -> None:
    task = stage.task("jobs")
    stage.approve(stage.open(3), task, content_for(task, "0"))
    assert IndicatorValue.objects.get().value == 0
    assert stage.task("jobs").light == "RED"


def test_every_outcome_and_the_account_are_asked_for(stage: Stage) -> None:
    task = stage.task("roads")
    empty = replace(content_for(task), nodes=(), account=" ")
    outcomes = task.outcomes.values_list("pk", flat=True)
    assert set(faults(stage, "roads", empty)) == {"account", *(f"node-outcome-{pk}" for pk in outcomes)}


def test_what_an_amount_already_measures_is_not_asked_twice(stage: Stage) -> None:
    task = stage.task("parks")
    report = stage.save(stage.open(3), task, content_for(task))
    assert missing_of(report, today=date(2026, 4, 3)) == {}


def test_each_member_owes_a_figure_of_its_own(stage: Stage) -> None:
    task, indicator = stage.task("canteens"), series(stage, "canteens")
    both = content_for(task, "1")
    assert {f.member_id for f in both.figures} == {stage.cast.units[n].pk for n in ("云东区政府", "青石县政府")}
    stone = stage.cast.units["青石县政府"].pk
    one = replace(both, figures=tuple(f for f in both.figures if f.member_id != stone))
    assert list(faults(stage, "canteens", one)) == [figure_field(indicator, stone)]


def test_a_figure_that_is_not_out_yet_is_not_asked_for(stage: Stage) -> None:
    """Quarterly, and four weeks after: in early April the first quarter is not known."""
    set_publication(
        indicator=stage.target("gdp").indicator,
        frequency=Frequency.QUARTERLY,
        publication_lag_days=28,
        actor=stage.cast.office_staff,
        now=after(month(1), 1),
    )
    task = stage.task("gdp")
    for number, today, is_owed in (
        (2, date(2026, 3, 5), False),
        (3, date(2026, 4, 5), False),
        (3, date(2026, 4, 28), True),
    ):
        round = stage.plan.rounds.filter(month=month(number)).first() or stage.open(number)
        report = Report.objects.filter(round=round).first() or stage.save(round, task, content_for(task, None))
        assert bool(missing_of(report, today=today)) == is_owed, (number, today)


# what cannot be


@pytest.mark.parametrize(
    ("name", "value", "is_told"), [("jobs", "-1", True), ("air", "-1", True), ("gdp", "-1", False)]
)
def test_a_count_is_not_negative_a_growth_may_be(stage: Stage, name: str, value: str, is_told: bool) -> None:
    task = stage.task(name)
    content = content_for(task, value)
    if is_told:
        assert "负数" in faults(stage, name, content)[figure_field(series(stage, name))]
        assert not Report.objects.exists()
    else:
        stage.send_up(stage.open(3), task, content)


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), Decimal(10) ** 18])
def test_a_figure_that_cannot_be_kept_is_told(stage: Stage, value: Decimal) -> None:
    content = ReportContent(figures=(FigureEntry(series(stage, "jobs"), value),), account="进展。")
    assert list(faults(stage, "jobs", content)) == [figure_field(series(stage, "jobs"))]


def test_words_too_long_to_be_kept_are_told_at_their_field(stage: Stage) -> None:
    task = stage.task("jobs")
    long = replace(content_for(task, None, unavailable_reason="因" * 201), account="长" * 4001)
    assert set(faults(stage, "jobs", long)) == {"account", figure_field(series(stage, "jobs"))}


def test_a_date_belongs_to_what_is_reached_and_has_passed(stage: Stage) -> None:
    task = stage.task("roads")
    today = after(month(3), 2).date()
    bridge, road = task.outcomes.values_list("pk", flat=True)
    content = replace(
        content_for(task),
        nodes=(
            NodeEntry(Progress.UNDER_WAY, bridge, done_on=today),
            NodeEntry(Progress.REACHED, road, done_on=today + timedelta(days=1)),
        ),
    )
    assert set(faults(stage, "roads", content)) == {f"node-outcome-{bridge}", f"node-outcome-{road}"}
    nonsense = replace(content_for(task), nodes=(NodeEntry("SOON", bridge),))
    assert list(faults(stage, "roads", nonsense)) == [f"node-outcome-{bridge}"]


def strangers(stage: Stage) -> dict[str, tuple[str, ReportContent]]:
    """Contents that belong to another task, another member, another unit, or come twice."""
    jobs, roads = stage.task("jobs"), stage.task("roads")
    own, foreign = series(stage, "jobs"), series(stage, "air")
    first = roads.outcomes.values_list("pk", flat=True)[0]
    county = stage.cast.county.unit.pk
    return {
        "another task's figure": ("jobs", replace(content_for(jobs), figures=(FigureEntry(foreign, Decimal(1)),))),
        "another unit's series": (
            "income",
            replace(content_for(stage.task("income")), figures=(FigureEntry(series(stage, "gdp"), Decimal(9)),)),
        ),
        "a member where none owes": (
            "jobs",
            replace(content_for(jobs), figures=(FigureEntry(own, Decimal(1), county),)),
        ),
        "no member where each owes": (
            "canteens",
            replace(content_for(stage.task("canteens")), figures=(FigureEntry(series(stage, "canteens"), Decimal(1)),)),
        ),
        "a member that is none": (
            "canteens",
            replace(
                content_for(stage.task("canteens")),
                figures=(FigureEntry(series(stage, "canteens"), Decimal(1), stage.cast.labour.unit.pk),),
            ),
        ),
        "a figure twice": (
            "jobs",
            replace(content_for(jobs), figures=(FigureEntry(own, Decimal(1)), FigureEntry(own, Decimal(2)))),
        ),
        "another task's outcome": ("jobs", replace(content_for(jobs), nodes=(NodeEntry("UNDER_WAY", first),))),
        "an outcome twice": (
            "roads",
            replace(content_for(roads), nodes=(NodeEntry("UNDER_WAY", first), NodeEntry("REACHED", first))),
        ),
        "neither outcome nor node": ("roads", replace(content_for(roads), nodes=(NodeEntry("UNDER_WAY"),))),
        "a node that is none": ("roads", replace(content_for(roads), nodes=(NodeEntry("UNDER_WAY", None, 999999),))),
    }


@pytest.mark.parametrize(
    "which",
    [
        "another task's figure",
        "another unit's series",
        "a member where none owes",
        "no member where each owes",
        "a member that is none",
        "a figure twice",
        "another task's outcome",
        "an outcome twice",
        "neither outcome nor node",
        "a node that is none",
    ],
)
def test_what_does_not_belong_to_the_task_is_refused(stage: Stage, which: str) -> None:
    name, content = strangers(stage)[which]
    with pytest.raises(InvalidInput):
        stage.save(stage.open(3), stage.task(name), content)
    assert not Report.objects.exists()


def test_one_figure_is_reported_once_by_whoever_answers_for_it(stage: Stage) -> None:
    """与经济增长同步: the labour office fills in incomes, and is told who reports the economy's growth."""
    task = stage.task("income")
    assert [f.indicator_id for f in content_for(task).figures] == [series(stage, "income")]
    _, content = strangers(stage)["another unit's series"]
    with pytest.raises(InvalidInput, match="市发改委"):
        stage.save(stage.open(3), task, content)


def test_a_round_is_of_its_own_plan(stage: Stage) -> None:
    other = adopt_reading(
        reading=reading_of(AIR),
        government=stage.cast.city,
        year=2027,
        actor=stage.cast.office_staff,
        now=after(month(1), 1),
    ).plan
    task = other.tasks.get()
    with pytest.raises(InvalidInput, match="不在这次盘点"):
        save_report(
            round=stage.open(3),
            task=task,
            content=content_for(task),
            revision=0,
            actor=stage.cast.crew(task.reporting_unit).liaison,
            now=after(month(3), 2),
        )
