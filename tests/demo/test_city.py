"""The shipped city holds together: its list, its people and its story name the same units, tasks and figures."""

import re
import string
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest

from duixian.demo.city import City, CityGroup, CityUnit, Story, list_path, load_city, load_story
from duixian.demo.city.people import CityRole, CityUnitKind
from duixian.demo.city.story import Figure, FullFigure
from duixian.demo.moments import standing_moment
from duixian.periods import month_end

# what a sentence of the story may ask for; described at the head of words.toml
PLACEHOLDERS = re.compile(
    r"indicator|object|actual|unit|target|share|expected|delta|gap|rest|month|last_month|next_month|next_expected"
    r"|node|node_date|done_node|done_date|county|counties|partner|days|change|so_far"
)
# kind of event -> what it must say
EVENT_KEYS = {
    "SILENT": {"unit", "months", "note"},
    "LATE": {"unit", "month", "days"},
    "SENT_BACK": {"task", "month", "note", "account"},
    "TYPO": {"task", "indicator", "month", "wrong", "right", "noticed_by", "note"},
    "CORRECTED": {"task", "indicator", "month", "wrong", "right", "later", "note"},
    "BLOCKED": {"task", "month", "text", "needs", "until", "reason"},
    "CATCH_UP": {"task", "months", "back"},
}
HEADING = re.compile(r"^[一二三四五六七八九十]+、(?P<unit>.+?)牵头工作（(?P<count>\d+)项）$", re.MULTILINE)
ITEM = re.compile(r"^(?P<number>\d+)\.(?P<text>.+)$", re.MULTILINE)
TAIL = re.compile(r"（配合单位：(?P<names>[^）]+)）")
OWN_LEAD = re.compile(r"（(?P<lead>[^（），]+)牵头，(?P<group>[^（）]+)配合）")
COUNTIES = 6


@pytest.fixture(scope="module")
def city() -> City:
    return load_city()


@pytest.fixture(scope="module")
def story() -> Story:
    return load_story()


@pytest.fixture(scope="module")
def text() -> str:
    return list_path().read_text(encoding="utf-8")


def lead_units(text: str) -> list[str]:
    """The units that head a section, and those an item names itself."""
    named = [match["lead"] for match in OWN_LEAD.finditer(text)]
    return [match["unit"] for match in HEADING.finditer(text)] + list(dict.fromkeys(named))


def reporting_units(text: str, city: City) -> set[str]:
    """Every lead by its short name, and every county, which owes its share of what each county owes."""
    names = {city.resolve(name) for name in lead_units(text)}
    return {unit.short_name for unit in names if isinstance(unit, CityUnit)} | set(county_names(city))


def county_names(city: City) -> list[str]:
    return [unit.short_name for unit in city.units if unit.kind is CityUnitKind.COUNTY]


# the list


def test_list_numbers_its_tasks_without_a_gap(text: str) -> None:
    numbers = [int(match["number"]) for match in ITEM.finditer(text)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 84


def test_list_holds_what_it_declares(text: str) -> None:
    declared = re.search(r"共计(\d+)项具体任务，涉及(\d+)个牵头部门", text)
    assert declared is not None
    headings = list(HEADING.finditer(text))
    assert int(declared[1]) == len(ITEM.findall(text))
    assert int(declared[2]) == len(headings) >= 22
    ends = [match.start() for match in headings[1:]] + [len(text)]
    for heading, end in zip(headings, ends, strict=True):
        assert int(heading["count"]) == len(ITEM.findall(text, heading.end(), end)), heading.group()


def test_every_printed_unit_is_known(text: str, city: City) -> None:
    tails = [name for match in TAIL.finditer(text) for name in match["names"].split("、")]
    groups = [match["group"] for match in OWN_LEAD.finditer(text)]
    assert [name for name in lead_units(text) + tails + groups if city.resolve(name) is None] == []
    assert all(isinstance(city.resolve(name), CityGroup) for name in [*groups, "各县区政府"])


def test_some_units_are_printed_in_two_ways(text: str, city: City) -> None:
    printed = lead_units(text) + [name for match in TAIL.finditer(text) for name in match["names"].split("、")]
    forms = Counter(city.resolve(name) for name in set(printed))
    twice = {unit.short_name for unit, count in forms.items() if isinstance(unit, CityUnit) and count > 1}
    assert {"市市场监督管理局", "市交通局", "市自然资源和规划局", "高新区管委会"} <= twice


def test_no_task_is_written_twice(text: str) -> None:
    assert [task for task, count in Counter(match["text"] for match in ITEM.finditer(text)).items() if count > 1] == []


# who is in it


def test_no_name_means_two_units(city: City) -> None:
    names = [name for unit in city.units for name in set(unit.names)]
    names += [name for group in city.groups for name in (group.name, *group.aliases)]
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_kinds_of_units(city: City) -> None:
    kinds = Counter(unit.kind for unit in city.units)
    assert kinds[CityUnitKind.COUNTY] == COUNTIES
    assert set(kinds) == set(CityUnitKind)
    assert all(unit.hosted_by is None or isinstance(city.resolve(unit.hosted_by), CityUnit) for unit in city.units)


def test_group_members_are_units(city: City) -> None:
    for group in city.groups:
        assert all(isinstance(city.resolve(name), CityUnit) for name in group.members)
    counties = city.resolve("各县区政府")
    assert isinstance(counties, CityGroup)
    assert list(counties.members) == county_names(city)


def test_every_reporting_unit_has_a_liaison_and_a_head(text: str, city: City) -> None:
    for unit in sorted(reporting_units(text, city)):
        assert len(city.people_of(unit, CityRole.LIAISON)) == 1, unit
        assert len(city.people_of(unit, CityRole.UNIT_HEAD)) == 1, unit


def test_accounts_are_distinct_and_belong_somewhere(city: City) -> None:
    assert len({person.username for person in city.people}) == len(city.people)
    assert len({person.name for person in city.people}) == len(city.people)
    assert all(re.fullmatch(r"[a-z]{5,24}", person.username) for person in city.people)
    units = {unit.short_name for unit in city.units}
    assert all(person.unit in units and units.issuperset(person.field) for person in city.people)


def test_one_account_of_every_role_is_shown(city: City) -> None:
    roles = Counter(person.role for person in city.people)
    assert {person.role for person in city.people if person.shown} == set(CityRole)
    assert roles[CityRole.OFFICE_HEAD] == 1
    assert roles[CityRole.OFFICE_STAFF] == 2


def test_each_unit_is_in_one_leaders_charge(text: str, city: City) -> None:
    charges = Counter(name for person in city.people if person.role is CityRole.LEADER for name in person.field)
    # counties answer to the whole government
    departments = reporting_units(text, city) - set(county_names(city))
    assert {name: charges[name] for name in departments if charges[name] != 1} == {}


# what happens in it


def test_months_follow_one_another_and_quarters_are_told(story: Story) -> None:
    calendar = story.calendar
    assert list(calendar.months) == [date(2026, month, 1) for month in range(1, 7)]
    assert calendar.adopted_on < calendar.assigned_on < calendar.plans_due_on
    assert calendar.bulletins["2026Q1"] > month_end(calendar.months[2])
    assert calendar.bulletins["2026Q2"] > month_end(calendar.months[5])


def test_statistics_are_out_when_the_story_says(story: Story, city: City) -> None:
    last_told = date(2026, 7, 24)
    step = {"MONTHLY": 1, "QUARTERLY": 3, "HALF_YEARLY": 6, "YEARLY": 12}
    for series in story.series:
        assert isinstance(city.resolve(series.owner), CityUnit), series.key
        due = [
            month
            for month in range(max(series.first_month, step[series.frequency]), 7, step[series.frequency])
            if month_end(date(2026, month, 1)) + timedelta(days=series.lag_days) <= last_told
        ]
        assert sorted(series.values) == due, series.key
    assert len({series.key for series in story.series}) == len(story.series)


def test_series_set_against_another_name_one(story: Story) -> None:
    keys = {series.key for series in story.series}
    assert {series.against for series in story.series if series.against} == {"gdp_growth"} & keys


def test_figures_cover_six_months_and_plans_a_year(story: Story, city: City) -> None:
    every: list[Figure | FullFigure] = [*story.figures, *story.fulls]
    for figure in every:
        name = f"{figure.task} {figure.indicator if isinstance(figure, Figure) else figure.object}"
        assert len(figure.plan) in (0, 12), name
        assert bool(figure.plan) == (figure.plan_on is not None), name
        assert list(figure.plan) == sorted(value for value in figure.plan if value is not None), name
    for each in story.figures:
        lines = [each.values] if each.members is None else list(each.members.values())
        assert all(len(line) == 6 for line in lines), each.indicator
        assert len(each.last_year) in (0, 12), each.indicator
        if each.members is not None:
            assert list(each.members) == county_names(city)


def test_what_adds_up_never_falls(story: Story) -> None:
    for figure in story.figures:
        is_share = figure.plan and figure.baseline is not None
        if figure.last_year or (figure.plan and not is_share):
            known = [value for value in figure.values if value is not None]
            assert known == sorted(known), figure.indicator


def test_nodes_come_in_order_and_are_done_in_time_of_the_story(story: Story) -> None:
    end = standing_moment(story.calendar.months[-1]).date()
    for outcome in story.outcomes:
        days = [node.due_on for node in outcome.nodes]
        assert days == sorted(days), outcome.object
        assert bool(days) == (outcome.filed_on is not None), outcome.object
        assert all(node.done_on is None or node.done_on <= end for node in outcome.nodes), outcome.object
        if outcome.reached_on is not None:
            assert max(node.done_on or date.max for node in outcome.nodes) == outcome.reached_on, outcome.object


def test_events_name_tasks_units_and_months_that_exist(story: Story, city: City, text: str) -> None:
    units = {unit.short_name for unit in city.units}
    numbers = {int(match["number"]) for match in ITEM.finditer(text)}
    months = {each.isoformat()[:7] for each in story.calendar.months}
    for event in story.events:
        said = event.details
        assert EVENT_KEYS[event.kind] <= set(said), event
        assert units.issuperset({said[key] for key in ("unit", "needs") if key in said}), event
        assert "task" not in said or said["task"] in numbers, event
        named = {said[key] for key in ("month", "later", "closed", "back") if key in said} | set(said.get("months", ()))
        assert named <= months, event
    assert {event.kind for event in story.events} == set(EVENT_KEYS)


def test_corrected_figures_end_at_what_the_story_says(story: Story) -> None:
    figures = {(figure.task, figure.indicator): figure for figure in story.figures}
    for event in story.events:
        if event.kind in ("TYPO", "CORRECTED"):
            figure = figures[event.details["task"], event.details["indicator"]]
            month = int(event.details["month"][5:])
            assert figure.values[month - 1] == Decimal(event.details["right"]) != Decimal(event.details["wrong"])


def test_units_have_a_habit(story: Story, city: City) -> None:
    units = {unit.short_name for unit in city.units}
    assert units.issuperset(story.unit_character)
    assert all(story.character_of(name).days[0] <= story.character_of(name).days[1] for name in units)


def test_sentences_ask_only_for_what_can_be_known(story: Story) -> None:
    sentences = [sentence for groups in story.words.values() for group in groups.values() for sentence in group]
    assert len(set(filter(None, sentences))) >= 40
    for sentence in sentences:
        asked = [name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None]
        assert all(PLACEHOLDERS.fullmatch(name) for name in asked), sentence
        assert not re.search(r"[,;:!?！]", sentence), sentence


def test_every_reason_is_in_words(story: Story) -> None:
    reasons = set(story.delay_of_task.values())
    reasons |= {outcome.late for outcome in story.outcomes if outcome.late}
    reasons |= {event.details["reason"] for event in story.events if event.kind == "BLOCKED"}
    assert reasons <= set(story.words["delay"])


def test_every_task_has_something_to_report(story: Story, text: str) -> None:
    told = {number for series in story.series for number, _ in series.serves}
    told |= {figure.task for figure in story.figures} | {full.task for full in story.fulls}
    told |= {outcome.task for outcome in story.outcomes}
    assert told == {int(match["number"]) for match in ITEM.finditer(text)}


def test_full_figures_stay_within_a_hundred(story: Story) -> None:
    for figure in story.fulls:
        assert all(value is None or 0 <= value <= 100 for value in (*figure.values, *figure.plan)), figure.object
