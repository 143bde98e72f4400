"""The shipped sample city, alive: founded, its list adopted, six months of its story played."""

from __future__ import annotations

from datetime import date

from duixian.demo.binding import Binding
from duixian.demo.cast import Cast
from duixian.demo.chance import Chance
from duixian.demo.city import Story, county_plans, list_path, load_city, load_story
from duixian.demo.continuing import continue_story
from duixian.demo.counties import CountyPlans
from duixian.demo.founding import found_city, give_task_forces_their_tasks
from duixian.demo.ledger import Ledger
from duixian.demo.moments import at
from duixian.demo.script import Script
from duixian.demo.simulating.year import Simulation
from duixian.demo.staging import Say, Stage, knowledge_at_start
from duixian.reading import Reading, read
from duixian.register.models import Plan
from duixian.register.queries import tasks_with_parts
from duixian.reporting.commands import start_plan
from duixian.units.models import Unit
from duixian.units.queries import directory_of

FOUNDED_AT_HOUR = 9
ADOPTED_AT_HOUR = 10


def build_sample(last_month: date, say: Say) -> Plan:
    """Build the sample city up to the 6th of the month after `last_month`.

    Raises ValueError where its story does not fit its list.
    """
    city, story, reading = load_city(), load_story(), read(list_path())
    say(f"建立{city.short_name}：{len(city.units)}个单位、{len(city.people)}个账号")
    cast = found_city(city, at(story.calendar.adopted_on, FOUNDED_AT_HOUR))
    plan = start_plan(
        reading=reading,
        government=cast.government,
        year=city.plan_year,
        actor=cast.office_head,
        now=at(story.calendar.adopted_on, ADOPTED_AT_HOUR),
    ).plan
    adopted_at = at(story.calendar.adopted_on, ADOPTED_AT_HOUR)
    give_task_forces_their_tasks(city, plan, cast.office_head, adopted_at)
    say(f"立项：{plan.tasks.count()}项任务")
    chance = Chance(str(story.calendar.seed))
    Stage(
        plan=plan,
        cast=cast,
        script=write_script(plan, story, reading, chance),
        chance=chance,
        words=story.words,
        adopted_on=story.calendar.adopted_on,
        handed_out_on=story.calendar.assigned_on,
        first_month=story.calendar.months[0],
        last_month=last_month,
        bulletins=story.calendar.bulletins,
        say=say,
        more=(
            lambda diary: Ledger(plan, cast, chance, story.calendar.assigned_on).add_all(diary, last_month),
            _counties(plan, cast, city.plan_year).adding_after(story.calendar.assigned_on),
        ),
    ).play()
    return plan


def _counties(plan: Plan, cast: Cast, year: int) -> CountyPlans:
    """The shipped plans of the six counties."""
    directory = directory_of(plan.government)
    readings: dict[int, Reading] = {}
    for name, path in county_plans().items():
        unit = directory.find(name)
        assert isinstance(unit, Unit), name
        readings[unit.pk] = read(path, year=year)
    return CountyPlans(plan, cast, readings)


def write_script(plan: Plan, story: Story, reading: Reading, chance: Chance) -> Script:
    """The story bound to the register; what it is silent about, and later months, are simulated."""
    binding = Binding(story, plan, directory_of(plan.government))
    script = binding.bind(reading)
    if binding.mismatches:
        raise ValueError("示例城市的故事与清单不符：" + "；".join(binding.mismatches))
    tasks = list(tasks_with_parts(plan.tasks.all()))
    known = knowledge_at_start(tasks, plan.year)
    simulation = Simulation(script, chance, known, story.calendar.plans_due_on, story.words["delay"])
    for task in tasks:
        simulation.add_missing(task)
    continue_story(script, tasks, known, story.calendar.months[-1], chance)
    return script
