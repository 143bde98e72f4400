"""Tables that hold one commitment as a form: 任务内容 | … in the first row, 牵头单位 | … in the next."""

from __future__ import annotations

from itertools import pairwise

from .columns import header_words, role_of
from .source import Cell, Line, Table

_WHO_OR_WHEN = ("lead", "responsible", "limit")


def rows_of_cards(table: Table) -> Table | None:
    """A form, or several below one another, as a table with one row each; None where it is no form."""
    records: list[dict[str, Cell]] = [{}]
    labels: dict[str, Cell] = {}
    for row in table.grid():
        own = list({id(cell): cell for cell in row if cell is not None}.values())
        if len(own) < 2:
            # the form's title
            continue
        if role_of(header_words(own[0])) is None:
            return None
        for label, held in pairwise(own):
            words = header_words(label)
            if role_of(words) is None or role_of(header_words(held)) is not None:
                continue
            if words in records[-1]:
                records.append({})
            labels.setdefault(words, label)
            records[-1][words] = held
    roles = {role_of(words) for words in labels}
    if "task" not in roles or not roles.intersection(_WHO_OR_WHEN) or len(records[0]) < len(labels):
        return None
    return _table(list(labels.items()), records)


def _table(labels: list[tuple[str, Cell]], records: list[dict[str, Cell]]) -> Table:
    cells = [Cell(0, c, 1, 1, label.lines) for c, (_, label) in enumerate(labels)]
    for r, record in enumerate(records, 1):
        for c, (words, label) in enumerate(labels):
            held = record.get(words)
            cells.append(Cell(r, c, 1, 1, held.lines if held else (Line("", label.lines[0].start),)))
    return Table(tuple(cells), len(records) + 1, len(labels))
