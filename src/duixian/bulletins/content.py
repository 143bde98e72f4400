"""What a bulletin says, apart from how it looks: plain frozen dataclasses that go to JSON and come back unchanged.

Everything here is finished text: figures are already formatted by whoever built the content (Decimal in, text out,
"—" for what is not due), so that a stored snapshot renders the same document years later. The renderer adds only
form: numbering of headings (一、 / （一） / 1. / （1）), the colon after the addressees, the full stop after a run-in
heading, 附件1 tags, dates as 2026年7月28日. Rules of form: GB/T 9704-2012.

BulletinContent
├── red_head, doc_number          发文机关标志, 发文字号 (both None when simulated)
├── title_lines                   标题, one string per printed line
├── addressees, opening           主送机关, the paragraphs before 一、
├── body: Paragraph | Heading | Table
├── attachments: Attachment       each a name and blocks of its own
├── signature: Signature          署名, 成文日期
├── remark                        附注
├── imprint: Imprint              版记
└── properties: Properties        hashes that travel in the file's properties
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from duixian.bulletins.plain import SnapshotError, from_plain, to_plain

__all__ = [
    "Align",
    "Attachment",
    "Block",
    "BulletinContent",
    "Column",
    "Heading",
    "Imprint",
    "Paragraph",
    "Properties",
    "Row",
    "RowKind",
    "Signature",
    "SnapshotError",
    "Table",
    "TableSize",
]

# 发文字号 by GB/T 9704-2012, 7.2.5: 〔〕 with the full year, no 第, no leading zero.
_DOC_NUMBER = re.compile(r"\S+〔\d{4}〕[1-9]\d*号")


class Align(StrEnum):
    """Where a column's cells stand."""

    LEFT = "LEFT"
    CENTER = "CENTER"
    RIGHT = "RIGHT"


class RowKind(StrEnum):
    """ITEM: a line of figures. GROUP: one cell across the table (a lead unit). TOTAL: 合计, set in 黑体."""

    ITEM = "ITEM"
    GROUP = "GROUP"
    TOTAL = "TOTAL"


class TableSize(StrEnum):
    """COMPACT: 9 pt, for long annex tables. REGULAR: 12 pt, for a short table inside the text."""

    COMPACT = "COMPACT"
    REGULAR = "REGULAR"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of running text (公文正文)."""

    text: str
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4. Its number is added by the renderer and starts again under each higher heading.

    `text`: when given, the heading is run in: number and title in the heading's face, then the text in the same
    paragraph. When empty, the heading stands alone on its line.
    """

    level: int
    title: str
    text: str = ""
    kind: Literal["heading"] = "heading"

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 4:
            raise ValueError(f"标题“{self.title}”的级别是{self.level}，公文标题只有1至4级")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header cell, its width in millimetres (a table's widths are scaled to 156 mm in all)."""

    title: str
    width_mm: Decimal
    align: Align = Align.CENTER

    def __post_init__(self) -> None:
        if self.width_mm <= 0:
            raise ValueError(f"列“{self.title}”的宽度应大于0毫米")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: as many cells as the table has columns, or exactly one for a GROUP."""

    cells: tuple[str, ...]
    kind: RowKind = RowKind.ITEM


@dataclass(frozen=True, slots=True)
class Table:
    """An official table: header row on every page, rows never split, a GROUP kept with the row after it.

    `notes` stand under the table in its small size, the first one usually beginning with 注：.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    notes: tuple[str, ...] = ()
    size: TableSize = TableSize.COMPACT
    kind: Literal["table"] = "table"

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError("表格至少要有一列")
        for number, row in enumerate(self.rows, start=1):
            due = 1 if row.kind is RowKind.GROUP else len(self.columns)
            if len(row.cells) != due:
                raise ValueError(f"表格第{number}行有{len(row.cells)}格，应为{due}格")


Block = Paragraph | Heading | Table


@dataclass(frozen=True, slots=True)
class Attachment:
    """One 附件: the lines of its title (together they are the name in 附件说明, word for word) and what it holds."""

    title_lines: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def name(self) -> str:
        """The name as 附件说明 gives it: the title in one line."""
        return "".join(self.title_lines)


@dataclass(frozen=True, slots=True)
class Signature:
    """署名 and 成文日期. `is_sealed`: room is left for a seal (GB/T 9704-2012, 7.3.5.1), else 7.3.5.2 applies."""

    name: str
    signed_on: date
    is_sealed: bool = True


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记: 抄送 (may be empty), the office that printed it and the day of printing."""

    printed_by: str
    printed_on: date
    copies_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Properties:
    """Hashes kept in the file's custom properties, hexadecimal; empty while the bulletin is a draft."""

    audit_head: str = ""
    snapshot_hash: str = ""


@dataclass(frozen=True, slots=True)
class BulletinContent:
    """A whole bulletin. Raises ValueError (in Chinese) when the parts contradict one another.

    `issuer`: 发文机关, the author in the file's properties. `red_head`: the words in red (X市人民政府办公室文件);
    None for a bulletin without red head. `doc_number`: 发文字号, None until one is given. `is_simulated`: marked
    "模拟数据 / simulated" across every page; such a bulletin has neither red head nor number.
    """

    issuer: str
    title_lines: tuple[str, ...]
    addressees: str
    opening: tuple[str, ...]
    body: tuple[Block, ...]
    signature: Signature
    red_head: str | None = None
    doc_number: str | None = None
    attachments: tuple[Attachment, ...] = ()
    imprint: Imprint | None = None
    remark: str = ""
    is_simulated: bool = False
    properties: Properties = field(default_factory=Properties)

    def __post_init__(self) -> None:
        if not "".join(self.title_lines).strip():
            raise ValueError("通报没有标题，请填写标题")
        if self.is_simulated and (self.red_head or self.doc_number):
            raise ValueError("模拟数据的通报不得带红头和发文字号，请去掉后再生成")
        if self.doc_number is not None and not _DOC_NUMBER.fullmatch(self.doc_number):
            raise ValueError(f"发文字号“{self.doc_number}”不合规范，应形如：云政办发〔2026〕31号")

    @property
    def title(self) -> str:
        """The title in one line."""
        return "".join(self.title_lines)

    def to_dict(self) -> dict[str, Any]:
        """Only dicts, lists, strings, integers, booleans and None: ready for JSON. Nothing is lost."""
        return dict(to_plain(self))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> BulletinContent:
        """The inverse of `to_dict`. Raises SnapshotError, naming the place, when the data do not fit."""
        return from_plain(cls, data, "通报")

    def digest(self) -> str:
        """SHA-256 (hexadecimal) of all that is said, the properties left out: what `snapshot_hash` should hold."""
        plain = replace(self, properties=Properties()).to_dict()
        canonical = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
