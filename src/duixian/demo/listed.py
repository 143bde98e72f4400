"""A real list, alive: adopted with nameless accounts, its reports invented and marked as such everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import cycle

from duixian.audit.command import CommandError
from duixian.demo.cast import Cast
from duixian.demo.chance import Chance
from duixian.demo.city import load_story
from duixian.demo.counties import CountyPlans, county_units
from duixian.demo.errors import DemoError
from duixian.demo.founding import add_unit_accounts, found_listed
from duixian.demo.moments import WorkingTime, at, standing_moment
from duixian.demo.script import Script
from duixian.demo.simulating.habits import add_habits
from duixian.demo.simulating.year import Simulation
from duixian.demo.staging import Say, Stage, knowledge_at_start
from duixian.demo.stocktake import (
    LEFT_APPROVED,
    LEFT_DRAFT,
    LEFT_SENT_BACK,
    LEFT_SENT_UP,
    LEFT_SUBMITTED,
    LEFT_UNTOUCHED,
)
from duixian.periods import add_months, add_working_days, month_end, month_of, months_between
from duixian.reading import Reading
from duixian.register.commands import Adoption
from duixian.register.models import Plan, Task
from duixian.register.queries import tasks_with_parts
from duixian.reporting.commands import start_plan
from duixian.reporting.days import RoundDays
from duixian.units.models import Unit
from duixian.units.queries import calendar_exceptions

ADOPTED_AT_HOUR = 10
# plans and nodes are to be filed so many days after the list was handed out
FILING_DAYS = 26
USUAL_DAY = (2, 2)
NAMELESS = "示例政府"
LEFT_OF_THE_SHOWN_UNIT = (
    LEFT_APPROVED, LEFT_SUBMITTED, LEFT_SENT_UP, LEFT_DRAFT, LEFT_UNTOUCHED, LEFT_SENT_BACK,
)  # fmt: skip


def build_listed(reading: Reading, year: int, last_month: date, say: Say, counties: Sequence[Reading] = ()) -> Plan:
    """Adopt a real list and invent its reports up to the 6th of the month after `last_month`.

    `counties` are the plans of its counties, held against it. Raises DemoError where the list cannot be adopted, or
    `last_month` ends before the list was out.
    """
    adopted_on = _adopted_on(reading, year)
    if at(adopted_on, ADOPTED_AT_HOUR) >= standing_moment(last_month):
        raise DemoError(f"清单{adopted_on}才印发，模拟到{last_month:%Y-%m}时还没有可填报的月份；请把 --until 往后写。")
    now = at(adopted_on, ADOPTED_AT_HOUR)
    cast = found_listed(reading.document.government or NAMELESS, now)
    adoption = _adopt(reading, cast, year, now)
    plan = adoption.plan
    say(f"立项：{plan.tasks.count()}项任务，登记单位{len(adoption.new_units)}个")
    reporting = list(Unit.objects.filter(tasks_to_report__plan=plan).distinct().order_by("order"))
    plans = county_units(counties, cast, now)
    own = [unit for unit in Unit.objects.filter(pk__in=plans) if unit not in reporting]
    add_unit_accounts(cast, [*reporting, *own], now)
    first_month = _first_month(adopted_on, year)
    chance = Chance(reading.document.sha256 or plan.title)
    months = months_between(first_month, last_month)
    script = _write_script(plan, cast, chance, months, adopted_on, reporting)
    handed_out_on = WorkingTime(calendar_exceptions()).later(adopted_on, 1)
    Stage(
        plan=plan,
        cast=cast,
        script=script,
        chance=chance,
        words=load_story().words,
        adopted_on=adopted_on,
        handed_out_on=handed_out_on,
        first_month=first_month,
        last_month=last_month,
        bulletins={},
        say=say,
        more=(CountyPlans(plan, cast, plans).adding_after(handed_out_on),),
    ).play()
    return plan


def _adopt(reading: Reading, cast: Cast, year: int, now: datetime) -> Adoption:
    try:
        return start_plan(
            reading=reading,
            government=cast.government,
            year=year,
            actor=cast.office_head,
            now=now,
            create_missing_units=True,
        )
    except CommandError as error:
        raise DemoError(error.message) from error


def _adopted_on(reading: Reading, year: int) -> date:
    """The day the document gives for itself, as a working day of the plan's year; the usual day where it gives none."""
    day = reading.document.published_on or reading.document.written_on or date(year, *USUAL_DAY)
    day = day if day.year == year else date(year, *USUAL_DAY)
    return WorkingTime(calendar_exceptions()).first_day(day)


def _first_month(adopted_on: date, year: int) -> date:
    """The first month whose round is still due after the list was handed out."""
    month = max(add_months(month_of(adopted_on), -1), date(year, 1, 1))
    due_on = add_working_days(month_end(month), RoundDays().due, calendar_exceptions())
    return month if adopted_on <= due_on else add_months(month, 1)


def _write_script(
    plan: Plan, cast: Cast, chance: Chance, months: Sequence[date], adopted_on: date, units: Sequence[Unit]
) -> Script:
    script = Script()
    tasks = list(tasks_with_parts(plan.tasks.all()))
    known = knowledge_at_start(tasks, plan.year)
    filed_by = adopted_on + timedelta(days=FILING_DAYS)
    simulation = Simulation(script, chance, known, filed_by, load_story().words["delay"])
    for task in tasks:
        simulation.add_task(task)
    add_habits(script, units, months, chance)
    simulation.add_mishaps(tasks, months)
    _leave_work_for_everybody(script, tasks)
    return script


def _leave_work_for_everybody(script: Script, tasks: Sequence[Task]) -> None:
    """The unit with most tasks, whose accounts are printed, has reports of the last month in every state."""
    by_unit: dict[int, list[Task]] = {}
    for task in tasks:
        by_unit.setdefault(task.reporting_unit_id, []).append(task)
    unit_id, own = max(by_unit.items(), key=lambda item: len(item[1]))
    script.silent = {(pk, month) for pk, month in script.silent if pk != unit_id}
    script.standing |= {task.pk: state for task, state in zip(own, cycle(LEFT_OF_THE_SHOWN_UNIT), strict=False)}
