"""By when: words that are no limit, starts without a date beside dated ones, an empty limit in a list of limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..fold import fold
from ..model import Outcome, Reading, ReadTask, Span, Stage
from .model import Finding, any_of, finding, numbered

#: From this share on a list is one that gives limits, and an item without one is a gap.
_MOST = 0.6
#: A shorter list says nothing about its drafter's habit.
_FEW = 4
_STARTS = (Stage.START, Stage.RESUME)


def tasks_without_limit(reading: Reading) -> Iterator[Finding]:
    """Items of a yearly list whose limit is missing where it matters.

    A yearly list means the year's end where it says nothing, so silence alone is no fault. It is one where a word
    only sounds like a limit, where most other items have one, and where a start has no date though others have.
    """
    if reading.document.kind != "task_list":
        return
    dated = sum(1 for task in reading.tasks if task.deadlines)
    gives_limits = len(reading.tasks) >= _FEW and dated >= _MOST * len(reading.tasks)
    example = _dated_start(reading)
    for i, task in enumerate(reading.tasks):
        vague = list(_vague(reading, task))
        yield from vague
        if vague or task.deadlines:
            continue
        if gives_limits and not _is_endless(reading, i):
            share = f"{dated}/{len(reading.tasks)}项"
            yield finding("limit_missing", task, task.text, task.span, which=numbered(task), share=share)
        elif example:
            yield from _undated_start(task, example)


@cache
def _vague_words() -> re.Pattern[str]:
    return re.compile(any_of("limits", "vague"))


def _vague(reading: Reading, task: ReadTask) -> Iterator[Finding]:
    """尽快, 适时: one finding for a task. In quotes it is a name; a clause with a real limit has one."""
    folded = fold(reading.text[task.span.start : task.span.end])
    for match in _vague_words().finditer(folded):
        start, end = _clause(folded, match.start())
        before = folded[:start].rsplit("。", 1)[-1] + folded[start : match.start()]
        if before.count("“") > before.count("”") or folded[match.start() - 1 : match.start()] in ("最", "越"):
            continue
        inside = Span(task.span.start + start, task.span.start + end)
        if any(inside.start <= d.span.start < inside.end for d in task.deadlines):
            continue
        yield finding(
            "limit_missing",
            task,
            reading.text[inside.start : inside.end].strip(),
            inside,
            "_vague",
            word=match.group(),
        )
        return


def _clause(folded: str, at: int) -> tuple[int, int]:
    start = max(folded.rfind(mark, 0, at) for mark in ",;。\n") + 1
    ends = [end for mark in ",;。" if (end := folded.find(mark, at)) >= 0]
    return start, min(ends, default=len(folded))


def _is_endless(reading: Reading, index: int) -> bool:
    """Whether an item's words, bracket, line or cell says that it has no end (持续推进)."""
    task = reading.tasks[index]
    following = reading.tasks[index + 1].span.start if index + 1 < len(reading.tasks) else task.span.end + 80
    return bool(re.search(any_of("limits", "endless"), fold(reading.text[task.span.start : following])))


def _dated_start(reading: Reading) -> str:
    """The first task that dates a start, as an example: 第9项(上半年)."""
    for task in reading.tasks:
        for outcome in task.outcomes:
            if outcome.stage in _STARTS and not outcome.implied and task.deadlines:
                return f"{numbered(task)}（“{task.deadlines[0].text}”）"
    return ""


def _undated_start(task: ReadTask, example: str) -> Iterator[Finding]:
    """开工建设X without a month: a start in March and one in December are not the same promise."""
    start = next((o for o in task.outcomes if o.stage in _STARTS and o.implied), None)
    if start is not None:
        yield finding("limit_missing", task, start.text, start.span, "_start", example=example, verb=_start_verb(start))


def _start_verb(start: Outcome) -> str:
    if start.stage is Stage.RESUME:
        return "复工"
    return "启动" if "启动" in start.text and "开工" not in start.text else "开工"
