"""The story fits the list: every name finds its target; what is not told is known and simulated."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from duixian.demo.binding import Binding, untold
from duixian.demo.chance import Chance
from duixian.demo.city import list_path, load_city, load_story
from duixian.demo.founding import found_city
from duixian.demo.moments import at
from duixian.demo.sample import write_script
from duixian.reading import read
from duixian.register.models import Plan
from duixian.register.queries import tasks_with_parts
from duixian.reporting.commands import start_plan
from duixian.units.queries import directory_of

from .building import rolled_back

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(scope="module")
def plan(django_db_setup: None, django_db_blocker: Any) -> Iterator[Plan]:
    with rolled_back(django_db_blocker):
        now = at(date(2026, 2, 2), 9)
        cast = found_city(load_city(), now)
        yield start_plan(
            reading=read(list_path()), government=cast.government, year=2026, actor=cast.office_head, now=now
        ).plan


def bound(plan: Plan) -> Binding:
    binding = Binding(load_story(), plan, directory_of(plan.government))
    binding.bind(read(list_path()))
    return binding


def test_everything_told_finds_its_place(plan: Plan) -> None:
    assert bound(plan).mismatches == []


def test_every_figure_is_told_and_few_outcomes_are_left_to_chance(plan: Plan) -> None:
    figures, outcomes = untold(bound(plan).script, tasks_with_parts(plan.tasks.all()))
    assert figures == []
    assert len(outcomes) <= 45, outcomes


def test_a_story_that_fits_nothing_is_refused(plan: Plan) -> None:
    story = load_story()
    strange = replace(story.figures[0], indicator="从未有过的数")
    other = replace(story, figures=(strange, *story.figures[1:], replace(strange, task=2)))
    with pytest.raises(ValueError, match="第2项“从未有过的数”"):
        write_script(plan, other, read(list_path()), Chance("x"))


def test_the_script_runs_to_december(plan: Plan) -> None:
    script = write_script(plan, load_story(), read(list_path()), Chance("x"))
    december = date(2026, 12, 1)
    short = [
        pk
        for pk, course in script.courses.items()
        for values in (course.members.values() or [course.values])
        if december not in values
    ]
    assert short == []
    assert all(node.done_on is not None for course in script.outcomes.values() for node in course.nodes)
