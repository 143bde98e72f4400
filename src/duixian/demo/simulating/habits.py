"""How units behave that no story tells of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from duixian.demo.chance import Chance
from duixian.demo.script import Habit, Script
from duixian.units.models import Unit

from .lexicon import lexicon

LATEST_BEFORE_LOCK = 2


def add_habits(script: Script, units: Sequence[Unit], months: Sequence[date], chance: Chance) -> None:
    """A habit for every unit; a few send nothing in a month or two, a few send late.

    One stands as 缺报 when the demonstration begins: silent in the last month but one, and slow in the last.
    """
    habits = {name: _habit(row) for name, row in lexicon()["habits"].items()}
    weights = {name: row[0] for name, row in lexicon()["habits"].items()}
    reporting = lexicon()["reporting"]
    for unit in units:
        script.habits.setdefault(unit.pk, habits[chance.weighed(weights, unit.name, "habit")])
        if chance.holds(reporting["silent_units"], unit.name, "silent"):
            first = chance.whole(0, len(months) - 1, unit.name, "silent in")
            count = chance.whole(1, 2, unit.name, "silent for")
            script.silent |= {(unit.pk, month) for month in months[first : first + count]}
        elif chance.holds(reporting["late_units"], unit.name, "late"):
            month = chance.pick(months, unit.name, "late in")
            script.late[unit.pk, month] = chance.whole(1, LATEST_BEFORE_LOCK, unit.name, "late by")
    if len(months) > 1:
        # a unit with few tasks, as those printed last are
        silent = chance.pick(units[-len(units) // 3 :], "still silent")
        script.silent.add((silent.pk, months[-2]))
        script.habits[silent.pk] = habits["last_minute"]


def _habit(row: Sequence[int]) -> Habit:
    _, first, last, keeps_draft, is_terse = row
    return Habit((first, last), bool(keeps_draft), bool(is_terse))
