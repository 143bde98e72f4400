"""From a source to a reading: refuse what is secret, find the head, choose list or article, read every item."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import replace

from .checks import check
from .columns import fields_in
from .errors import EmptyDocumentError
from .exact_spans import with_exact_spans
from .fold import fold
from .formats import load
from .formats.plain import source_of
from .head import read_declared, read_head, refuse_secret
from .items import read_item
from .model import Reading
from .outline import Outline, read_outline
from .patterns import lazy
from .repair import as_printed, repaired, repairs_of
from .responsible import NO_DUTIES, convention_of
from .review import within_budget
from .source import Line, Source, Table
from .table_headings import headings_of_tables
from .tables import items_of_tables


def read_file(path: str | os.PathLike[str], *, year: int | None) -> Reading:
    """Read a file; see `duixian.reading.read`."""
    return read_source(load(path), year=year)


def read_string(text: str, *, year: int | None, name: str | None) -> Reading:
    """Read a text in memory; see `duixian.reading.read_text`."""
    if not text.strip():
        raise EmptyDocumentError(f"没有文字可读:{name or '文本'}。请确认内容不为空。")
    return read_source(source_of(text, name), year=year)


def read_source(source: Source, *, year: int | None) -> Reading:
    """Read what a format has made of a file, characters that a scanner took for others put right first."""
    repairs = repairs_of(source.text)
    if not repairs:
        return _read(source, year)
    return as_printed(_read(repaired(source, repairs), year), source, repairs)


def _read(source: Source, year: int | None) -> Reading:
    lines = source.lines
    refuse_secret(lines)
    outline = read_outline(lines)
    tables = source.tables
    in_tables = items_of_tables(tables, headings_of_tables(source)) if tables else items_of_tables(())
    if in_tables.items and outline.items and 2 * _with_units(outline) > len(outline.items):
        outline = _joined(outline, in_tables)
    elif len(in_tables.items) >= max(1, len(outline.items)):
        outline = replace(in_tables, start=_lines_before_table(source))
    if is_list(source, outline):
        return _read_list(source, outline, year)
    return _read_article(source, year)


def _with_units(outline: Outline) -> int:
    """How many items say who answers for them."""
    return sum(1 for item in outline.items if item.heading_lead or item.duties != NO_DUTIES)


def _joined(written: Outline, tabled: Outline) -> Outline:
    """A list that is partly written out and partly set in tables, in the order of the document."""
    offset = len(written.sections)
    moved = [replace(item, headings=tuple(at + offset for at in item.headings)) for item in tabled.items]
    items = sorted([*written.items, *moved], key=lambda item: item.passage.span(0, 1).start)
    return Outline(tuple(items), written.sections + tabled.sections, written.start)


_LIST_TITLE = lazy("清单|分解|分工|台账|责任表|任务表|一览表|立项")
# 关于2025年重点任务上半年进展情况的通报: its numbered paragraphs tell how things stand
_REPORT_TITLE = lazy("(?:进展|执行|完成|运行|落实)情况的?(?:通报|报告|汇报)\\s*$", re.MULTILINE)


#: A notice before a list is shorter than this; a report with a list at its end is longer.
_LONGEST_NOTICE = 3_000


def _is_annex(source: Source, start: int) -> bool:
    """Whether a list is only the annex of a report: most of the text is prose before it."""
    return start > _LONGEST_NOTICE and 2 * start > len(source.text)


def is_list(source: Source, outline: Outline) -> bool:
    """Whether a document is a list of tasks: numbered items most of which have a unit, or that its title calls so."""
    items = outline.items
    if items and _is_annex(source, items[0].passage.span(0, 1).start):
        return False
    if items and 2 * _with_units(outline) >= len(items):
        return True
    top = "\n".join(line.text for line in source.lines[: outline.start + 3])
    if not _with_units(outline) and _REPORT_TITLE.search(top):
        return False
    return len(items) >= 2 and bool(_LIST_TITLE.search(top)) and outline.start < len(source.blocks)


def _read_article(source: Source, year: int | None) -> Reading:
    # prose has rules of its own, which a list need not load
    from .articles.head import article_head
    from .articles.reader import read_article

    lines = source.lines
    head = article_head(lines, read_head(lines, 0, year, _labelled(source)), year)
    head = replace(head, source=source.name, sha256=source.sha256)
    made = read_article(lines, head)
    tasks = within_budget(made.tasks, is_list=False)
    return Reading(head, source.text, None, (), tasks, tuple(made.results), tuple(made.warnings))


def _labelled(source: Source) -> dict[str, str]:
    """The fields a table at the top of a web page states."""
    found: dict[str, str] = {}
    for table in source.tables[:3]:
        found = {**fields_in(table), **found}
    return found


def _lines_before_table(source: Source) -> int:
    """How many lines stand before the first table: the notice."""
    first = next((i for i, block in enumerate(source.blocks) if isinstance(block, Table)), 0)
    return sum(1 for block in source.blocks[:first] if isinstance(block, Line))


# 2026年6月底, 2026.6.30
_YEARS = lazy(r"(?<![\d.])(20[0-4]\d)(?=年|[-./](?:1[0-2]|0?[1-9])(?!\d))")


def _year_written(source: Source) -> int | None:
    """The year most limits of a list without title or date are written in; the name of its file may say it, too."""
    named = _YEARS.findall(fold(source.name or ""))
    found = Counter(named or _YEARS.findall(fold(source.text)))
    return int(found.most_common(1)[0][0]) if found else None


def _read_list(source: Source, outline: Outline, year: int | None) -> Reading:
    lines = source.lines
    head = read_head(lines, outline.start, year, _labelled(source))
    head = replace(head, kind="task_list", source=source.name, sha256=source.sha256)
    if head.year is None and head.horizon is None:
        head = replace(head, year=_year_written(source))
    preface = "\n".join(line.text for line in lines[: outline.start])
    convention = convention_of(source.text)
    read = [read_item(item, head, convention) for item in outline.items]
    tasks = within_budget(with_exact_spans(read, source.text) if source.tables else read, is_list=True)
    reading = Reading(head, source.text, read_declared(preface), outline.sections, tasks)
    return replace(reading, warnings=check(reading, outline))
