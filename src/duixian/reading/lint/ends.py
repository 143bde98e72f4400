"""No measurable end: 推进, 加强 alone, or a counted set that is only pushed ahead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Outcome, Quantity, Reading, ReadTask, Stage
from ..outcomes import verbs
from ..outcomes.objects import is_physical
from .model import Finding, any_of, finding


def tasks_without_end(reading: Reading) -> Iterator[Finding]:
    """Items of a list in which nothing can be held against the words at the year's end.

    An amount, a limit, a relation, a total (全覆盖) or a state that can be seen (开工, 建成, 获评, 举办, 出台) is an
    end; one of them in a task is enough.
    """
    if reading.document.kind != "task_list":
        return
    for task in reading.tasks:
        if task.deadlines or task.relations or task.full:
            continue
        if any(not _is_only_pushed(q) or _is_raised(q, task) for q in task.quantities) or not _outcomes_are_pushed(
            task
        ):
            continue
        if task.quantities:
            yield _counted(task, task.quantities[0])
        elif task.outcomes:
            yield _uncounted(task, task.outcomes[0])


def _is_only_pushed(quantity: Quantity) -> bool:
    """推进44个项目: how many are worked on, not what becomes of them."""
    return quantity.stage in (Stage.ADVANCE, Stage.PLAN)


_RAISING = ("培育", "新培育", "孵化", "发展")
_RAISED = re.compile("(?:企业|合作社|农场|主体|品牌|人才|带头人|龙头)$")


def _is_raised(quantity: Quantity, task: ReadTask) -> bool:
    """培育企业15户: so many there are more of at the year's end; 培育项目15个 says nothing of what becomes of them."""
    if not _RAISED.search(quantity.indicator):
        return False
    return any(o.text.startswith(_RAISING) and o.span.start <= quantity.span.start < o.span.end for o in task.outcomes)


def _outcomes_are_pushed(task: ReadTask) -> bool:
    """规划建设X is PLAN and ADVANCE and has no end either; 编制X规划 is PLAN alone and has one."""
    pushed = {outcome.object for outcome in task.outcomes if outcome.stage is Stage.ADVANCE}
    return all(o.stage is Stage.ADVANCE or (o.stage is Stage.PLAN and o.object in pushed) for o in task.outcomes)


def _counted(task: ReadTask, quantity: Quantity) -> Finding:
    outcome = next((o for o in task.outcomes if o.span.start <= quantity.span.start < o.span.end), None)
    text = outcome.text if outcome else quantity.text
    number = f"{quantity.value.normalize():f}{quantity.unit}"
    return finding(
        "end_missing",
        task,
        text,
        outcome.span if outcome else quantity.span,
        "_counted",
        verb=_verb(text),
        count=f"{number}{quantity.indicator}",
    )


def _uncounted(task: ReadTask, outcome: Outcome) -> Finding:
    is_matter = not is_physical(outcome.object) or re.search(any_of("ends", "matters") + "$", outcome.object)
    variant = "_matter" if is_matter else "_project"
    return finding("end_missing", task, outcome.text, outcome.span, variant, verb=_verb(outcome.text))


def _verb(text: str) -> str:
    """The verbs at the head of a clause, as the drafter wrote them: 加快建设."""
    start = verbs.opening(text, 0, len(text))
    chain = verbs.leading(text, start, len(text))
    return text[chain[0].start : chain[-1].end] if chain else "推进"
