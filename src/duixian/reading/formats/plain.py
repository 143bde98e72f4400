"""Plain text and Markdown, in the encodings met in government offices."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from ..errors import NotADocumentError, TooLargeError, UnreadableTextError
from ..patterns import lazy
from ..source import Cell, Line, Source, Table, lines_of
from .plain_tables import stacked, tabbed

#: The longest text that is read. The longest work report has 30,000 characters; a text beyond this is a dump.
MAX_CHARACTERS = 6_000_000
#: A list of 10 MB has some 90,000 lines; each is kept with its place.
MAX_LINES = 400_000

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Each ends a line somewhere: old Macs, a manual break copied out of Word, a new page, the line ends of Unicode.
_LINE_ENDS = dict.fromkeys(map(ord, "\r\v\f\x85\u2028\u2029"), "\n")

# First bytes of files that are no text whatever their name says.
_BINARY = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ\x90")


def load(data: bytes, name: str) -> Source:
    """A text file as a source. Raises `NotADocumentError` for a binary, `UnreadableTextError` for broken characters."""
    return source_of(decode(data, name), name)


def source_of(text: str, name: str | None) -> Source:
    """A text in memory as a source; line ends become \\n, also those of word processors and web pages."""
    if len(text) > MAX_CHARACTERS:
        raise TooLargeError(
            f"文字过长:{name or '文本'} 有 {len(text)} 字,上限 {MAX_CHARACTERS} 字。请确认选对了文件,或拆分后再读。"
        )
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").translate(_LINE_ENDS)
    if (lines := text.count("\n")) > MAX_LINES:
        raise TooLargeError(
            f"行数过多:{name or '文本'} 有 {lines} 行,上限 {MAX_LINES} 行。请确认选对了文件,或删去空行后再读。"
        )
    return Source(text=text, blocks=tuple(_with_tables(list(lines_of(text)))), name=name)


# |---|:--:| parts the header of a Markdown table from its rows
_RULE = lazy(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*$")


def _with_tables(lines: list[Line]) -> Iterator[Line | Table]:
    """The lines of a text, those of a Markdown table (| 1 | 改造 |) taken together as a table."""
    at = 0
    while at < len(lines):
        if at + 1 < len(lines) and "|" in lines[at].text and _RULE.match(lines[at + 1].text):
            end = at + 2
            while end < len(lines) and lines[end].text.lstrip().startswith("|"):
                end += 1
            yield _table([lines[at], *lines[at + 2 : end]])
            at = end
        elif (found := tabbed(lines, at) or _drawn(lines, at) or stacked(lines, at)) is not None:
            table, at = found
            yield table
        else:
            yield lines[at]
            at += 1


def _drawn(lines: list[Line], at: int) -> tuple[Table, int] | None:
    text = lines[at].text
    if "|" not in text and "─" not in text and "━" not in text:
        return None
    from .drawn_tables import framed, piped

    return piped(lines, at) if "|" in text else framed(lines, at)


def _table(rows: list[Line]) -> Table:
    cells = []
    for r, row in enumerate(rows):
        inner = row.text.strip()
        start = row.start + row.text.index(inner)
        if inner.startswith("|"):
            inner, start = inner[1:], start + 1
        for c, text in enumerate(inner.removesuffix("|").split("|")):
            cells.append(Cell(r, c, 1, 1, tuple(_cell_lines(text, start))))
            start += len(text) + 1
    return Table(tuple(cells), len(rows), max((cell.column + 1 for cell in cells), default=0))


def _cell_lines(text: str, start: int) -> Iterator[Line]:
    """A cell's lines; <br> breaks one in Markdown."""
    for part in re.split(r"(<br\s*/?>)", text):
        if not part.startswith("<br"):
            yield Line(part, start)
        start += len(part)


def decode(data: bytes, name: str) -> str:
    """The characters of a text file: UTF-8 with or without a mark, UTF-16, or GB18030."""
    if data.startswith(_BINARY):
        raise NotADocumentError(f"不是文本文件:{name} 是二进制文件。请按真实类型改正扩展名,或另存为 .txt 后重试。")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, name)
    for candidate in (_without_mark(data), "utf-8", "gb18030"):
        try:
            text = data.decode(candidate) if candidate else ""
        except UnicodeDecodeError:
            continue
        if text and _is_text(text):
            return text
    raise NotADocumentError(f"不是文本文件:{name} 的内容无法按文字读出。请另存为 UTF-8 文本后重试。")


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableTextError(
            f"文字编码有误:{name} 在第 {error.start} 字节处读不通。请另存为 UTF-8 后重试。"
        ) from error
    if not _is_text(text):
        raise NotADocumentError(f"不是文本文件:{name} 的内容无法按文字读出。请另存为 UTF-8 文本后重试。")
    return text


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without a mark shows in the zero bytes that every line break, digit and full stop brings along."""
    sample = data[:4096]
    zeros_even, zeros_odd = sample[::2].count(0), sample[1::2].count(0)
    if len(sample) < 8 or len(data) % 2 or not (zeros_even or zeros_odd):
        return None
    if zeros_odd > 4 * zeros_even:
        return "utf-16-le"
    if zeros_even > 4 * zeros_odd:
        return "utf-16-be"
    return None


def _is_text(text: str) -> bool:
    """Whether it can be a document: control characters are rare, and few characters are private or unassigned."""
    sample = text[:20_000]
    odd = sum(1 for ch in sample if (ch < " " and ch not in "\t\n\r\f\v") or "\ue000" <= ch <= "\uf8ff" or ch == "\x7f")
    return odd * 100 <= len(sample)
