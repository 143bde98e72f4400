"""The document's own claims held against what was read; what is odd in its numbering."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from .model import Reading, ReadTask, Span
from .model import Warning as ReadingWarning
from .outline import Item, Outline


def check(reading: Reading, outline: Outline) -> tuple[ReadingWarning, ...]:
    """Warnings about the document as a whole, in the order of its text."""
    found = [*_declared(reading), *_sections(outline), *_numbers(outline), *_repeats(reading), *_leads(reading)]
    return tuple(found)


def _declared(reading: Reading) -> Iterator[ReadingWarning]:
    declared = reading.declared
    if declared is None:
        return
    if declared.tasks is not None and declared.tasks != len(reading.tasks):
        yield ReadingWarning(
            "declared_tasks",
            f"文件称共 {declared.tasks} 项任务,读出 {len(reading.tasks)} 项。请对照原文查找缺漏或多出的条目。",
        )
    units = _lead_units(reading)
    if declared.lead_units is not None and declared.lead_units != units:
        yield ReadingWarning(
            "declared_lead_units", f"文件称涉及 {declared.lead_units} 个牵头单位,读出 {units} 个。请对照各级标题。"
        )


def _lead_units(reading: Reading) -> int:
    """Headings that stand for a unit, where the list is grouped so; else the units that lead."""
    headings = {task.section for task in reading.tasks if task.section}
    led = {task.leads[0] for task in reading.tasks if task.leads}
    return len(headings) if headings & led else len(led)


def _sections(outline: Outline) -> Iterator[ReadingWarning]:
    held = Counter(heading for item in outline.items for heading in item.headings)
    for index, section in enumerate(outline.sections):
        if section.declared is not None and section.declared != held[index]:
            yield ReadingWarning(
                "declared_section", f"“{section.name}”标明 {section.declared} 项,读出 {held[index]} 项。", section.span
            )


def _numbers(outline: Outline) -> Iterator[ReadingWarning]:
    """Numbers missing or given twice. A list may count anew under each heading; then each run is checked by itself."""
    for run in _runs(outline.items):
        numbers = [item.number for item in run if isinstance(item.number, int)]
        for number, times in Counter(numbers).items():
            if times > 1:
                last = [item for item in run if item.number == number][-1]
                yield ReadingWarning("number_twice", f"编号 {number} 出现了 {times} 次。请核对原文编号。", _span(last))
        missing = sorted(set(range(min(numbers, default=1), max(numbers, default=0) + 1)) - set(numbers))
        if missing and len(missing) <= len(numbers):
            shown = "、".join(map(str, missing[:12])) + (" 等" if len(missing) > 12 else "")
            message = f"编号不连续,缺第 {shown} 项。请核对原文是否有缺页或漏号。"
            yield ReadingWarning("number_missing", message, _after(run, missing[0]))


def _runs(items: Sequence[Item]) -> list[list[Item]]:
    """Stretches of one kind of number that run on; a new 1 begins a new one, so does a deeper kind in between."""
    runs: list[list[Item]] = []
    current: dict[str, list[Item]] = {}
    for item in items:
        run = current.get(item.kind)
        last = run[-1] if run else None
        if last is None or (item.number == 1 and (last.number != 1 or last.headings != item.headings)):
            run = current[item.kind] = []
            runs.append(run)
        current[item.kind].append(item)
    return runs


def _span(item: Item) -> Span:
    return item.passage.span(0, len(item.passage.text))


def _after(run: Sequence[Item], number: int) -> Span | None:
    before = [item for item in run if isinstance(item.number, int) and item.number < number]
    return _span(before[-1]) if before else None


_SHORTEST_REPEAT = 12


def _repeats(reading: Reading) -> Iterator[ReadingWarning]:
    """The same words under two numbers."""
    seen: dict[str, ReadTask] = {}
    for task in reading.tasks:
        key = task.text.strip("。;；. ")
        if len(key) < _SHORTEST_REPEAT:
            continue
        if key in seen and seen[key].leads == task.leads:
            yield ReadingWarning(
                "task_twice", f"第 {task.number} 项与第 {seen[key].number} 项文字相同。请确认是否重复。", task.span
            )
        seen.setdefault(key, task)


def _leads(reading: Reading) -> Iterator[ReadingWarning]:
    if reading.document.kind != "task_list":
        return
    for task in reading.tasks:
        if not task.leads:
            yield ReadingWarning("lead_missing", f"第 {task.number} 项没有读到牵头单位。", task.span)
