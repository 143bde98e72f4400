"""The corpus: invented documents of the field, each beside its hand-made gold, and their bare text.

`seen` may be looked at while rules are written; `unseen` is only ever measured. The text is taken out here without
the reader, so that the gold can be checked against the documents alone.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Case:
    """A document and what a person says it commits to."""

    document: Path
    gold: dict[str, Any]
    outcomes: list[dict[str, Any]] | None

    @property
    def name(self) -> str:
        """seen/01_lanxi_by_unit.txt"""
        return f"{self.document.parent.name}/{self.document.name}"

    @property
    def is_list(self) -> bool:
        """Whether tasks name who leads; otherwise the document is an article."""
        return any(task["leads"] for task in self.gold["tasks"])


def cases(half: str) -> list[Case]:
    """The documents of one half (`seen` or `unseen`), in order of their names."""
    return [_case(path) for path in sorted((HERE / half).glob("*.gold.json"))]


def _case(gold: Path) -> Case:
    stem = gold.name.removesuffix(".gold.json")
    document = next(p for p in gold.parent.glob(f"{stem}.*") if p.suffix != ".json")
    outcomes = gold.with_name(f"{stem}.outcomes.json")
    stages = json.loads(outcomes.read_text("utf-8")) if outcomes.exists() else None
    return Case(document, json.loads(gold.read_text("utf-8")), stages)


def squeeze(text: str | None) -> str:
    """Without white space, full-width forms as half-width: how texts are compared throughout."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or ""))


def plain_text(path: Path) -> str:
    """Everything the document says, furniture included, in its own order."""
    readers = {".docx": _docx, ".xlsx": _xlsx, ".pdf": _pdf, ".html": _html}
    return readers.get(path.suffix, _decoded)(path)


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


def _html(path: Path) -> str:
    return unescape(re.sub(r"<[^>]+>", "", _decoded(path)))


def _docx(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def _xlsx(path: Path) -> str:
    book = openpyxl.load_workbook(path)
    return "\n".join(
        str(v) for sheet in book for row in sheet.iter_rows(values_only=True) for v in row if v is not None
    )


def _pdf(path: Path) -> str:
    pages = (page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path))
    return "\n".join(_without_running_lines(page) for page in pages)


def _without_running_lines(page: str) -> str:
    """A page without its running head and its number, which would cut a task that goes on overleaf."""
    lines = page.splitlines()
    return "\n".join(lines[1:] if not re.fullmatch(r"\W*\d+\W*", lines[-1]) else lines[1:-1])
