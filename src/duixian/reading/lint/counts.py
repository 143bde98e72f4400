"""The document's own counts: what the reader has already held against the items, said to the drafter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..fold import fold
from ..model import Reading, Span
from .model import Finding, finding, words

# how a preface states its counts: 共计177项具体任务,涉及42个牵头部门
_CLAIMS = {
    "declared_tasks": r"{n}\s*(?:项|条|件)[^,。;\n]{{0,8}}",
    "declared_lead_units": r"{n}\s*个[^,。;\n]{{0,4}}(?:部门|单位)",
}


def counts_that_do_not_add_up(reading: Reading) -> Iterator[Finding]:
    """Declared numbers of tasks and units, 标题(22项), numbers missing or given twice."""
    by_span = {task.span: task for task in reading.tasks}
    for warning in reading.warnings:
        if warning.code not in words()["findings"] or warning.code in ("lead_missing", "task_twice"):
            continue
        span = warning.span or _claim(reading, warning.code)
        text = reading.text[span.start : span.end].strip() if span else ""
        task = by_span.get(span) if span else None
        yield finding(warning.code, task, text, span, said=warning.message)


def _claim(reading: Reading, code: str) -> Span | None:
    """Where the preface makes the claim."""
    declared = reading.declared
    if declared is None or code not in _CLAIMS:
        return None
    claimed = declared.tasks if code == "declared_tasks" else declared.lead_units
    if claimed is None:
        return None
    match = re.search(rf"(?<!\d){_CLAIMS[code].format(n=claimed)}", fold(reading.text))
    return Span(match.start(), match.end()) if match else None
