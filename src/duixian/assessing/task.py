"""A task shows its worst part and says which (docs/rules/task.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from duixian.periods import month_label

from .model import Assessment, Grade, Light, OtherReason, Thresholds
from .ranking import is_done, worst_index
from .wording import OTHER_WORDS


def worst(parts: Sequence[tuple[str, Assessment]], thresholds: Thresholds) -> tuple[int | None, Assessment]:
    """The task's assessment from its named parts: the index of the part that decides, and its assessment.

    The reason names the part where there is more than one. A task without any part is 其它 with index None.
    `thresholds` is part of every rule's call; lights are already set by it in the parts.
    """
    if not parts:
        return None, _nothing_measurable()
    assessments = [assessment for _, assessment in parts]
    index = worst_index(assessments)
    name, chosen = parts[index]
    if len(parts) == 1:
        return index, chosen
    reason = f"{name.rstrip('。；')}：{chosen.reason}"
    done = sum(is_done(assessment) for assessment in assessments)
    if chosen.grade is Grade.COMPLETED:
        reason = f"{len(parts)}个部分全部完成，{reason}"
    elif done:
        reason = f"{reason}；{len(parts)}个部分中{done}个完成"
    return index, replace(chosen, reason=reason)


def not_reported(round_label: str, thresholds: Thresholds, *, days_late: int | None = None) -> Assessment:
    """缺报: the round is locked and holds no approved report of the task. `round_label` names it (6月盘点)."""
    light = Light.RED if thresholds.not_reported_counts_as_red else Light.GREY
    late = f"，逾期{days_late}天" if days_late else ""
    return Assessment(Grade.NOT_REPORTED, light, f"{round_label}未报{late}", days_late=days_late or None)


def carried_over(assessment: Assessment, month: date) -> Assessment:
    """The last approved assessment, marked with its month: shown while the round is open and none of its own is."""
    words = f"沿用{month_label(month)}审核结果"
    return replace(
        assessment, reason=f"{assessment.reason}（{words}）", details={**assessment.details, "carried_over": words}
    )


def _nothing_measurable() -> Assessment:
    reason = f"{OTHER_WORDS[OtherReason.NO_PLAN]}，未列数量和成果，待明确考核内容"
    return Assessment(Grade.OTHER, None, reason, other=OtherReason.NO_PLAN)
