"""The shipped list as the reader reads it: nothing is lost, every amount has its story, every kind of pace occurs."""

from collections import Counter
from decimal import Decimal

import pytest

from duixian.demo.city import City, CityUnit, Story, list_path, load_city, load_story
from duixian.demo.city.matching import pair
from duixian.demo.city.story import Figure, Series
from duixian.reading import Accrual, Comparator, Polarity, QuantityKind, Reading, ReadTask, Stage, read

WORKS = {Stage.START, Stage.RESUME, Stage.ADVANCE, Stage.COMPLETE, Stage.IN_USE}


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(list_path())


@pytest.fixture(scope="module")
def city() -> City:
    return load_city()


@pytest.fixture(scope="module")
def story() -> Story:
    return load_story()


def stories_of(task: ReadTask, story: Story) -> dict[str, Figure | Series]:
    """The figures told of a task, by the indicator the story names."""
    found: dict[str, Figure | Series] = {each.indicator: each for each in story.figures if each.task == task.number}
    for series in story.series:
        found |= {indicator: series for number, indicator in series.serves if number == task.number}
    return found


def test_list_is_read_whole_and_in_order(reading: Reading) -> None:
    assert reading.declared is not None
    assert [task.number for task in reading.tasks] == list(range(1, (reading.declared.tasks or 0) + 1))
    assert len(reading.sections) == reading.declared.lead_units
    assert reading.warnings == ()


def test_head_is_read(reading: Reading, city: City) -> None:
    head = reading.document
    assert head.government == city.short_name
    assert head.issuer == "槐川市人民政府办公室"
    assert head.doc_number == f"{city.doc_prefix}函〔2026〕3号"
    assert head.year == city.plan_year == 2026
    assert head.kind == "task_list"


def test_every_unit_read_is_known(reading: Reading, city: City) -> None:
    unknown = {
        name for task in reading.tasks for name in (*task.leads, *task.cooperating) if city.resolve(name) is None
    }
    assert unknown == set()
    assert all(isinstance(city.resolve(task.leads[0]), CityUnit) for task in reading.tasks)


def test_tasks_led_by_another_unit_than_their_heading(reading: Reading, city: City) -> None:
    led = Counter(
        task.leads[0]
        for task in reading.tasks
        if task.section and city.resolve(task.leads[0]) != city.resolve(task.section)
    )
    assert led == {"市安委办": 2, "市防汛抗旱指挥部办公室": 1}


def test_every_amount_has_one_story_and_every_story_its_amount(reading: Reading, story: Story) -> None:
    for task in reading.tasks:
        read_names = [quantity.indicator for quantity in task.quantities]
        read_names += [relation.indicator for relation in task.relations]
        told = list(stories_of(task, story))
        assert len(read_names) == len(told) == len(pair(read_names, told)), f"{task.number} {read_names} {told}"


def test_every_outcome_told_is_read(reading: Reading, story: Story) -> None:
    tasks = {task.number: task for task in reading.tasks}
    for number in {outcome.task for outcome in story.outcomes}:
        told = [outcome.object for outcome in story.outcomes if outcome.task == number]
        objects = list(dict.fromkeys(each.object for each in tasks[number].outcomes))
        assert set(pair(told, objects)) == set(told), f"{number} {told}: {objects}"


def test_every_total_without_digits_is_read(reading: Reading, story: Story) -> None:
    assert {task.number for task in reading.tasks if task.full} == {figure.task for figure in story.fulls}


def test_every_task_can_be_graded(reading: Reading) -> None:
    bare = [
        task.number for task in reading.tasks if not (task.quantities or task.outcomes or task.relations or task.full)
    ]
    assert bare == []


def test_every_kind_of_pace_occurs(reading: Reading) -> None:
    """Each row of the table of expected pace has a task in the list."""
    every = [quantity for task in reading.tasks for quantity in task.quantities]
    rows = {
        "statistical flow": [q for q in every if q.accrual is Accrual.FLOW and q.stage not in WORKS],
        "construction flow": [q for q in every if q.accrual is Accrual.FLOW and q.stage in WORKS],
        "stock": [q for q in every if q.accrual is Accrual.STOCK and q.kind is QuantityKind.RATE],
        "growth": [q for q in every if q.accrual is Accrual.RUNNING and q.kind is QuantityKind.GROWTH],
        "ratio so far": [q for q in every if q.accrual is Accrual.RUNNING and q.kind is QuantityKind.RATE],
        "ceiling": [q for q in every if q.polarity is Polarity.LESS and q.comparator is Comparator.AT_MOST],
        "near": [q for q in every if q.polarity is Polarity.NEAR],
        "near and adding up": [q for q in every if q.polarity is Polarity.NEAR and q.accrual is Accrual.FLOW],
        "dated": [q for q in every if q.accrual is Accrual.DATED],
        "range": [q for q in every if q.comparator is Comparator.RANGE and q.value_max == Decimal(2)],
        "per member": [q for q in every if q.per],
        "strive": [q for q in every if q.strive],
        "pushed ahead": [q for q in every if q.stage is Stage.ADVANCE],
        "relation": [r for task in reading.tasks for r in task.relations],
        "full": [task for task in reading.tasks if task.full],
    }
    assert [row for row, found in rows.items() if not found] == []
    assert {r.comparator for task in reading.tasks for r in task.relations} == {Comparator.ABOVE, Comparator.EQUAL}


def test_many_kinds_of_outcomes_occur(reading: Reading) -> None:
    stages = {outcome.stage for task in reading.tasks for outcome in task.outcomes}
    assert {
        Stage.START,
        Stage.COMPLETE,
        Stage.IN_USE,
        Stage.ESTABLISH,
        Stage.OBTAIN,
        Stage.HOLD,
        Stage.ADVANCE,
    } <= stages
