"""Who leads: nobody, two at once, or a county that is counted as a department."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..fold import fold
from ..model import Reading, ReadTask, Span
from ..patterns import lazy
from .model import Finding, any_of, finding, numbered, shown


def tasks_without_lead(reading: Reading) -> Iterator[Finding]:
    """Items of a list that no heading, bracket, line or cell gives a lead. Prose names no leads and is left alone."""
    if reading.document.kind != "task_list":
        return
    for task in reading.tasks:
        if not task.leads:
            yield finding("lead_missing", task, task.text, task.span, which=numbered(task))


# --- a county counted as a department --------------------------------------------------------------------------------

# 42个牵头部门, 36个市直部门; 牵头单位 may be anybody and is never wrong
_DEPARTMENTS = lazy(r"(?<!\d)(\d+)\s*个(?:[市县区州省]直)?(?:牵头|责任|主责|责任牵头)?部门")


def counties_as_departments(reading: Reading) -> Iterator[Finding]:
    """The preface counts departments (涉及42个牵头部门) and some of them are counties."""
    declared = reading.declared
    if declared is None or declared.lead_units is None:
        return
    claim = next((m for m in _DEPARTMENTS.finditer(fold(reading.text)) if int(m[1]) == declared.lead_units), None)
    units = list(dict.fromkeys([task.leads[0] for task in reading.tasks if task.leads]))
    counties = [unit for unit in units if _ends(unit, "counties")]
    if claim is None or not counties:
        return
    firms = [unit for unit in units if _ends(unit, "firms")]
    also = f"，另有{len(firms)}个企业或银行（{shown(firms)}）" if firms else ""
    yield finding(
        "county_as_department",
        None,
        reading.text[claim.start() : claim.end()],
        Span(claim.start(), claim.end()),
        count=len(counties),
        names=shown(counties),
        firms=also,
        total=declared.lead_units,
    )


def _ends(unit: str, key: str) -> bool:
    return bool(re.search(any_of("units", key) + "$", fold(unit)))


# --- one object under two leads --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Named:
    """A thing a task names: its name as printed, its place, and the bracket behind it (太岳大街—南环街).
    A project is known by its name alone; of a class of things (规上工业企业) `state` says what is promised of it."""

    name: str
    task: ReadTask
    span: Span
    segment: str
    state: str


_SHORTEST_NAME = 5
_ENDINGS = lazy(r"(?:项目|工程|建设|工作)+$")
_SEGMENT = lazy(r"\s*[((]([^()()\n]{2,30})[))]")


def objects_under_two_leads(reading: Reading) -> Iterator[Finding]:
    """The same project, matter or figure by name in two tasks whose leads share no unit."""
    seen: dict[str, _Named] = {}
    for task in reading.tasks:
        if not task.leads:
            continue
        for named in _names(reading, task):
            key = _ENDINGS.sub("", re.sub(r"[“”\s]", "", fold(named.name)))
            if len(key) < _SHORTEST_NAME:
                continue
            first = seen.setdefault(key + named.state, named)
            if first.task is not task and not set(first.task.leads) & set(task.leads):
                yield _two_leads(first, named)


def _two_leads(first: _Named, second: _Named) -> Finding:
    is_parted = bool(first.segment and second.segment and first.segment != second.segment)
    return finding(
        "object_two_leads",
        second.task,
        second.name,
        second.span,
        "_parts" if is_parted else "",
        first=numbered(first.task),
        lead="、".join(first.task.leads),
        second=numbered(second.task),
        other="、".join(second.task.leads),
        segment=first.segment,
        segment2=second.segment,
    )


def _names(reading: Reading, task: ReadTask) -> Iterator[_Named]:
    """What a task names, each once. A county's own growth is another figure than the city's, so the figures of counties
    are left out."""
    found: dict[str, tuple[Span, str]] = {project.name: (project.span, "") for project in task.projects}
    for outcome in task.outcomes:
        found.setdefault(outcome.object, (outcome.span, outcome.stage.value))
    if not any(_ends(lead, "counties") for lead in task.leads):
        for quantity in task.quantities:
            found.setdefault(quantity.indicator, (quantity.span, quantity.kind.value))
    for name, (span, state) in found.items():
        at = reading.text.find(name, span.start, task.span.end)
        place = Span(at, at + len(name)) if at >= 0 else span
        behind = _SEGMENT.match(reading.text, place.end)
        yield _Named(name, task, place, behind[1] if behind else "", state)
