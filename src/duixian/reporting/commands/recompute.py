"""Computing a plan's standings anew from what is known: figures, plans, approved words, overrides."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from duixian.audit.actors import Actor
from duixian.audit.command import command
from duixian.audit.holding import entries_so_far
from duixian.audit.trail import record
from duixian.register.models import Plan
from duixian.reporting.commands._computing import Computed, compute
from duixian.reporting.commands._standings import carry_out
from duixian.reporting.rules import may_run_rounds
from duixian.units.rules import require


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What came of it: tasks looked at, standings written because they differed, changes of grade or light.

    `entry` is the number of the (last) entry it left in the trail.
    """

    tasks: int = 0
    standings: int = 0
    changes: int = 0
    entry: int = 0

    def plus(self, other: "Recomputed") -> "Recomputed":
        """Both together."""
        return Recomputed(
            self.tasks + other.tasks,
            self.standings + other.standings,
            self.changes + other.changes,
            max(self.entry, other.entry),
        )


@command
def recompute_tasks(
    *,
    plan: Plan,
    tasks: Sequence[int],
    months: Sequence[date],
    actor: Actor,
    now: datetime,
    computed: Computed | None = None,
) -> Recomputed:
    """Grade tasks of the plan, named by their keys, anew in each month they were graded for; a fixed number of queries.

    Months are judged by the day they were judged by; what a lock found not reported stays so. `computed` is what was
    found for these tasks before the act began; where anything has happened since, it is found again.
    """
    require(may_run_rounds(actor, plan))
    if computed is None or computed.entries != entries_so_far():
        computed = compute(plan=plan, tasks=tasks, months=months, now=now)
    carry_out(computed.writing)
    numbers = computed.numbers
    result = Recomputed(len(numbers), len(computed.writing.standings), len(computed.writing.changes))
    after = {
        "tasks": numbers[:1] + numbers[-1:],
        "count": len(numbers),
        "months": [min(months), max(months)],
        "standings": result.standings,
        "changes": result.changes,
    }
    entry = record(actor=actor, now=now, action="recompute_tasks", target=plan, after=after)
    return replace(result, entry=entry.number)
