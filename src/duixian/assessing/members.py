"""Per member: everyone owes the figure; the worst one decides (docs/rules/per-member.md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from .case import Case, open_case, other
from .model import Assessment, Grade, OtherReason
from .ranking import is_done, worst_index


def assess_members(case: Case, assess_one: Callable[[Case], Assessment]) -> Assessment:
    """Each member by itself with `assess_one`; the worst member's assessment, with how many are done."""
    members = case.facts.members or {}
    if not members:
        return other(case, OtherReason.NO_PLAN, "未明确由谁承担")
    names = sorted(members)
    results = [assess_one(_of_member(case, name)) for name in names]
    done = sum(is_done(result) for result in results)
    index = worst_index(results)
    worst = results[index]
    counts = f"{len(names)}个{case.facts.per or '成员'}中{done}个完成"
    if worst.grade is Grade.COMPLETED:
        return replace(worst, reason=counts, members_done=done)
    return replace(
        worst,
        reason=f"{counts}，{names[index]}{worst.reason}",
        worst_member=names[index],
        members_done=done,
    )


def _of_member(case: Case, name: str) -> Case:
    facts = case.facts
    observations = (facts.members or {})[name]
    alone = replace(facts, members=None, observations=observations, name=f"{facts.name}（{name}）")
    return open_case(alone, month=case.month, today=case.today, thresholds=case.thresholds)
