"""The heading a table stands under: a numbered line before it, or the name that each of several tables bears."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .fold import fold
from .headings import FRAMED, is_furniture, is_plain_heading
from .item_numbers import mark
from .patterns import lazy
from .source import Line, Source, Table

_LONGEST, _LONGEST_NAME = 45, 24
_WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".et", ".csv", ".tsv")
# 2026年重点任务分解表, 附件2, 单位:万元, (此件公开发布): the table's title and what belongs to the page
_NO_NAME = lazy(
    r"(?:清单|分解|分工|台账|[表案])(?:[(（].*)?$|^附\s*件|^[(（]|20\d\d年\d|[。,;:!?]|\d{4}[-/.]|^.{0,3}单位|通知$|办公[室厅]$|人民政府$|有限公司$"
)


def headings_of_tables(source: Source) -> Mapping[int, Line]:
    """The heading of each table by the table's place among the tables; a table without one goes on under the last."""
    numbered: dict[int, Line] = {}
    named: dict[int, Line] = {}
    place, above = 0, list[Line]()
    for block in source.blocks:
        if isinstance(block, Table):
            if (head := _numbered_above(above)) is not None:
                numbered[place] = head
            elif name := next((line for line in reversed(above) if line.level and _is_name(line)), None):
                named[place] = name
            elif above and _is_name(above[-1]):
                named[place] = above[-1]
            place, above = place + 1, []
        elif block.text.strip():
            above.append(block)
    # a single name may as well be the title of the whole; the tabs of a workbook are no headings
    of_sheets = (source.name or "").lower().endswith(_WORKBOOKS)
    several = not of_sheets and len({line.text.strip() for line in named.values()}) > 1
    return {**(named if several else {}), **numbered}


# a notice's own headings stand above its paragraphs and above the annex that holds the table
_ENDS_NOTICE = lazy(r"。|^附\s*件|20\d\d年\d{1,2}月\d{1,2}日")


def _numbered_above(above: Sequence[Line]) -> Line | None:
    """The numbered line nearest above a table, unless a sentence, a date or an annex lies between."""
    for line in reversed(above):
        if _is_numbered(line):
            return line
        if _ENDS_NOTICE.search(fold(line.text).strip()):
            return None
    return None


def _is_numbered(line: Line) -> bool:
    folded = fold(line.text).strip().lstrip("# ")
    if not folded or len(folded) > _LONGEST or "。" in folded or is_furniture(folded):
        return False
    marked = mark(0, Line(folded, 0))
    return (marked is not None and marked.kind in ("part", "cn", "cnp")) or bool(
        FRAMED.match(folded) or is_plain_heading(folded)
    )


def _is_name(line: Line) -> bool:
    """A short line that heads a table: a sheet's name, a heading of the page."""
    folded = fold(line.text).strip().lstrip("# ")
    if numbered := mark(0, Line(folded, 0)):
        folded = folded[numbered.body :]
    return 2 <= len(folded) <= _LONGEST_NAME and not _NO_NAME.search(folded) and not is_furniture(folded)
