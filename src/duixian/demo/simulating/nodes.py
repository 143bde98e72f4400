"""Nodes and ends for a promised state: what a unit would file on the way, and when it gets there. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from duixian.demo.chance import Chance
from duixian.reading import Stage

from .lexicon import lexicon
from .lives import Life

# work begins after the list is handed out
FIRST_MONTH = 3
DAYS_LATE = {Life.SLOW: (3, 12), Life.BEHIND: (25, 80), Life.CATCHING_UP: (1, 9)}
DAYS_EARLY = {Life.AHEAD: (5, 20), Life.STEADY: (0, 6)}


@dataclass(frozen=True, slots=True)
class SimulatedNode:
    """A node with the day it is reached."""

    name: str
    due_on: date
    done_on: date


def nodes_for(stage: Stage, due_on: date, life: Life, chance: Chance, name: str) -> tuple[SimulatedNode, ...]:
    """Nodes between March and the limit, by the stage that is promised; each reached as the life has it."""
    first = date(due_on.year, FIRST_MONTH, 1)
    whole = max((due_on - first).days, 1)
    nodes = []
    for title, percent in lexicon()["nodes"][stage]:
        due = first + timedelta(days=whole * percent // 100)
        nodes.append(SimulatedNode(title, due, _done(due, life, chance, f"{name}/{title}")))
    return tuple(nodes)


def reached_on(due_on: date, life: Life, chance: Chance, name: str) -> date:
    """When the promised state itself is reached."""
    return _done(due_on, life, chance, f"{name}/end")


def _done(due: date, life: Life, chance: Chance, name: str) -> date:
    # also where a task is late, some nodes are met
    if life in DAYS_LATE and chance.holds(70, name, "slips"):
        first, last = DAYS_LATE[life]
        return due + timedelta(days=chance.whole(first, last, name))
    first, last = DAYS_EARLY.get(life, (0, 4))
    return due - timedelta(days=chance.whole(first, last, name))
