"""Rows into logical lines: what one sentence or item says, however often the print breaks it.

A row goes on in the next one, also over a column's or a page's end, when it is filled to its column's edge and the
next neither begins an item nor is indented. Centred rows of one size are one title.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from ...patterns import lazy
from .model import Row

_ITEM = lazy(
    r"\s*(?:第[一二三四五六七八九十百零〇\d]{1,5}[章节条部篇]|[一二三四五六七八九十百]{1,4}\s*[、.．]|[(（][一二三四五六七八九十百\d]{1,4}[)）]"
    r"|\d{1,3}\s*(?:[、．)）]|\.(?!\d))|[①-⑳]|附\s*件\s*\d*\s*[:：]?\s*$|附\s*件\s*\d*\s*[:：]"
    r"|(?:责任|牵头|配合|完成时限|主办|协办|分管)[^,，。]{0,6}[:：])"
)
_SENTENCE_END = lazy(r"[。！？!?;；…][”’」』)）\]】》]*\s*$")
#: What print never parts: opening brackets, then a word, a figure or a character, then marks that never begin a row.
_UNIT = lazy(r"[“‘（《〈「『【(\[]*(?:[A-Za-z0-9.,%％‰+\-/]+|.)[，。、；：？！）》〉」』】”’％…,.;:!?)\]]*")
#: Beyond the next unit's width, a row may leave this much blank (in characters) and still be filled.
_SLACK = 0.7
#: A row that begins this far (in characters) from its column's edge is a signature or a title.
_SIGNED_INDENT = 9
_DATE_ROW = lazy(r"[\s(（]*20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日[\s)）]*")
#: Titles are at least this much larger than running text.
_TITLE = 1.12


@dataclass(frozen=True, slots=True)
class Paper:
    """What holds for a document: its running text's size, whether paragraphs are indented, the blank between rows."""

    size: float
    is_indented: bool
    leading: float = 0.0
    is_image: bool = False


def paper_of(columns: Iterable[Sequence[Row]], is_image: bool) -> Paper:
    """Measure a document's rows."""
    rows = [row for column in columns for row in column]
    sizes = [row.size for row in rows for _ in range(max(1, len(row.text) // 4))]
    starts = indented = 0
    blanks: list[float] = []
    for column in columns:
        for above, row in itertools.pairwise(column):
            blanks.append(row.box.top - above.box.bottom)
            if above.blank > 2 and len(row.text) > 8:
                starts += 1
                indented += 1.3 <= row.indent <= 4
    is_indented = starts >= 2 and indented * 2 >= starts
    return Paper(median(sizes) if sizes else 1.0, is_indented, median(blanks) if blanks else 0.0, is_image)


def joins(above: Row, row: Row, paper: Paper, *, is_break: bool) -> bool:
    """Whether a row goes on with what the row above it says. `is_break`: a column or page ends between them."""
    if not _same_size(above, row, paper, is_break) or begins_item(row.text):
        return False
    if above.indent > _SIGNED_INDENT or _DATE_ROW.fullmatch(above.text):
        # a signature and its date stand at the right edge and end there
        return _is_centred(above) and _is_centred(row) and _is_title_pair(above, row, paper, is_break)
    if is_break and abs(above.width - row.width) > 0.25 * max(above.width, row.width):
        return False  # from a headline into a column
    blank = paper.leading if is_break else row.box.top - above.box.bottom
    if blank > paper.leading + 1.6 * paper.size:
        return False
    centred = _is_centred(above), _is_centred(row)
    if all(centred):
        return _is_title_pair(above, row, paper, is_break)
    if centred[1] and above.blank < 2.2 and row.size >= _TITLE * paper.size:
        return True  # a long title's last words
    if centred[0] and above.size > _TITLE * paper.size:
        return False
    ends = bool(_SENTENCE_END.search(above.text))
    if above.blank > room_for(row.text, paper.is_image):
        return False
    if not ends:
        return row.indent < 8
    # within a paragraph the rows keep their distance
    return row.indent < 1 and blank < paper.leading + 0.35 * paper.size


def room_for(text: str, is_image: bool = False) -> float:
    """How much blank (in characters) a row may leave when what follows would not have fitted on it."""
    unit = _UNIT.match(text)
    width = sum(0.55 if ch < "\u2000" else 1.0 for ch in unit.group(0)) if unit else 1.0
    return min(width, 8.0) + (2 * _SLACK if is_image else _SLACK)


def begins_item(text: str) -> bool:
    """Whether a row begins with a number or a label of its own."""
    return bool(_ITEM.match(text))


def _same_size(above: Row, row: Row, paper: Paper, is_break: bool) -> bool:
    if not re.search("[⺀-鿿]", above.text) or not re.search("[⺀-鿿]", row.text):
        return True
    # a short line's size is measured on too few characters
    is_rough = paper.is_image and not is_break and min(len(above.text), len(row.text)) < 8
    return abs(above.size - row.size) <= (0.3 if is_rough else 0.12) * max(above.size, row.size)


def _is_centred(row: Row) -> bool:
    return row.indent > 2.2 and row.blank > 2.2 and abs(row.indent - row.blank) < 1.6


def _is_title_pair(above: Row, row: Row, paper: Paper, is_break: bool) -> bool:
    """Two centred rows of a large print; those of running size are a signature, a date, a subtitle."""
    large = _TITLE if not paper.is_image else 1.25
    return not is_break and min(above.size, row.size) >= large * paper.size and not row.text.startswith(("(", "（"))


def glue(above: str, below: str) -> str:
    """Two pieces of one line; Latin words and figures keep a space between them only where both are words."""
    return f"{above} {below}" if _is_latin(above[-1:]) and _is_latin(below[:1]) else above + below


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def logical_lines(columns: Sequence[Sequence[Row]], paper: Paper) -> list[str]:
    """The lines of consecutive columns, each put together from its rows.

    A caption under a photograph that stands in the midst of a sentence comes after the sentence.
    """
    lines: list[str] = []
    aside: list[str] = []
    last: Row | None = None
    for column in columns:
        for i, row in enumerate(column):
            if last is not None and _interrupts(row, last, column[i + 1 :], paper):
                aside.append(row.text)
            elif last is not None and joins(last, row, paper, is_break=i == 0 or bool(aside)):
                lines[-1] = glue(lines[-1], row.text)
                last = row
            else:
                lines += [*aside, row.text]
                aside = []
                last = row
    return lines + aside


def _interrupts(row: Row, last: Row, rest: Sequence[Row], paper: Paper) -> bool:
    """Whether a row in small print stands under a photograph between two parts of a sentence."""
    photograph = row.box.top - last.box.bottom - paper.leading
    if photograph < 2 * paper.size or len(row.text) < 5:
        return False
    if row.size > 0.9 * paper.size or last.size < 0.9 * paper.size or _SENTENCE_END.search(last.text):
        return False
    after = next((other for other in rest if other.size > 0.9 * paper.size), None)
    return after is not None and last.blank <= room_for(after.text, paper.is_image) and not begins_item(after.text)


def cell_lines(rows: Sequence[Row]) -> tuple[str, ...]:
    """The lines of a table's cell: a row goes on when the next character would not have fitted.

    In a cell words may be centred, so what counts is the blank on both sides together.
    """
    lines: list[str] = []
    last: Row | None = None
    for row in rows:
        blank = (last.right - last.left - last.box.width) / last.size if last else 0.0
        goes_on = last is not None and blank <= room_for(row.text)
        if goes_on and not begins_item(row.text):
            lines[-1] = glue(lines[-1], row.text)
        else:
            lines.append(row.text)
        last = row
    return tuple(lines)
