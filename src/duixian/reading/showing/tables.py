"""A reading as tables for a spreadsheet: one row a task as .csv, and a workbook with tasks, amounts, limits, warnings.

No cell is ever run as a formula: in .csv a quote is put before it, in .xlsx its type is text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ..errors import MissingSupportError
from ..model import Reading, ReadTask
from ..patterns import lazy
from .words import kind_in_words, promise_in_words, word

Cell = str | int | Decimal | date | None

#: A .csv cell that begins with one of these is run as a formula by a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
#: What a workbook cannot hold.
_ILLEGAL = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONGEST_CELL = 32_767

TASK_COLUMNS = (
    "文件",
    "编号",
    "章节",
    "任务",
    "牵头单位",
    "配合单位",
    "包联领导",
    "量化目标",
    "时限",
    "事项与阶段",
    "待核",
)
_AMOUNT_COLUMNS = (
    "文件", "编号", "章节", "牵头单位", "指标", "比较", "目标值", "上限", "计量单位", "基本单位值", "基本单位",
    "类别", "怎么算", "方向", "力争", "每个", "期限", "阶段", "原文", "把握", "规则",
)  # fmt: skip
_LIMIT_COLUMNS = ("文件", "编号", "章节", "牵头单位", "事项", "阶段", "期限", "是否写明", "原文")
_WARNING_COLUMNS = ("文件", "位置", "提示")


def as_csv(readings: Iterable[Reading]) -> str:
    """All tasks of some readings, a row each."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(TASK_COLUMNS)
    for row in _tasks(readings):
        writer.writerow([neutralised("" if cell is None else str(cell)) for cell in row])
    return out.getvalue()


def neutralised(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.lstrip(" ").startswith(_FORMULA) else cell


def as_xlsx(readings: Sequence[Reading]) -> bytes:
    """A workbook: 任务, 量化目标 with figures as numbers, 事项, 提示. Raises `MissingSupportError` without openpyxl."""
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise MissingSupportError("写 .xlsx 需要 openpyxl：请安装 duixian[office]，或改用 --csv。") from error
    book = Workbook(write_only=True)
    for title, columns, rows in (
        ("任务", TASK_COLUMNS, _tasks(readings)),
        ("量化目标", _AMOUNT_COLUMNS, _amounts(readings)),
        ("事项", _LIMIT_COLUMNS, _outcomes(readings)),
        ("提示", _WARNING_COLUMNS, _warnings(readings)),
    ):
        _fill(book.create_sheet(title), columns, rows)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Any, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    sheet.freeze_panes = "A2"
    for i, column in enumerate(columns):
        width = 60 if column in ("任务", "原文", "提示") else 26 if column in ("指标", "事项", "量化目标") else 14
        sheet.column_dimensions["ABCDEFGHIJKLMNOPQRSTUVWXYZ"[i]].width = width

    def cell(value: Cell, bold: bool = False) -> WriteOnlyCell:
        made = WriteOnlyCell(
            sheet, value=_ILLEGAL.sub("\ufffd", value)[:_LONGEST_CELL] if isinstance(value, str) else value
        )
        if isinstance(value, str):
            made.data_type = "s"  # never a formula, whatever it begins with
            made.alignment = Alignment(wrap_text=True, vertical="top")
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(column, bold=True) for column in columns])
    for row in rows:
        sheet.append([cell(value) for value in row])


def _place(reading: Reading, task: ReadTask) -> tuple[str, int | str, str]:
    return reading.document.source or "", task.number, task.section or ""


def _tasks(readings: Iterable[Reading]) -> Iterator[Sequence[Cell]]:
    for reading in readings:
        for task in reading.tasks:
            yield (
                *_place(reading, task),
                task.text,
                "、".join(task.leads),
                "、".join(task.cooperating),
                "、".join(task.sponsors),
                "；".join(f"{q.indicator} {kind_in_words(q)} {promise_in_words(q)}" for q in task.quantities),
                "；".join(f"{d.date.isoformat()} {d.action}".strip() for d in task.deadlines),
                "；".join(f"{o.object}：{word('stage', o.stage.value)}" for o in task.outcomes),
                "；".join(note.why for note in task.review),
            )


def _amounts(readings: Iterable[Reading]) -> Iterator[Sequence[Cell]]:
    for reading in readings:
        for task in reading.tasks:
            for q in task.quantities:
                yield (
                    *_place(reading, task), "、".join(task.leads), q.indicator, word("comparator", q.comparator.value),
                    q.value, q.value_max, q.unit, q.base_value, q.base_unit, kind_in_words(q),
                    word("accrual", q.accrual.value), word("polarity", q.polarity.value), "力争" if q.strive else None,
                    q.per, q.by, word("stage", q.stage.value) if q.stage else None, q.text,
                    Decimal(str(q.confidence)), q.rule,
                )  # fmt: skip


def _outcomes(readings: Iterable[Reading]) -> Iterator[Sequence[Cell]]:
    for reading in readings:
        for task in reading.tasks:
            for o in task.outcomes:
                yield (
                    *_place(reading, task), "、".join(task.leads), o.object, word("stage", o.stage.value),
                    o.by, "未写，按年底" if o.implied else "写明", o.text,
                )  # fmt: skip


def _warnings(readings: Iterable[Reading]) -> Iterator[Sequence[Cell]]:
    for reading in readings:
        for warning in reading.warnings:
            yield reading.document.source or "", warning.span.start if warning.span else None, warning.message
