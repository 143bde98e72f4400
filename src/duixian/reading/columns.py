"""Which column of a table holds what, by the words of its header."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from . import lexicon
from .fold import fold
from .head import field_of
from .patterns import lazy
from .quantities.mentions import scan
from .source import Cell, Table

_HEADER_ROWS = 8


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table by what they hold; `quarters` maps a column to the month its milestone ends in, `measures`
    one to the unit its header states: 2026年目标(万人)."""

    roles: dict[int, str]
    quarters: dict[int, int]
    first_row: int
    measures: dict[int, str] = field(default_factory=dict)

    def of(self, role: str) -> list[int]:
        """The columns with a role, from the left."""
        return [column for column, held in sorted(self.roles.items()) if held == role]


@cache
def _roles() -> dict[str, str]:
    return {word: role for role, words in lexicon.words("columns")["roles"].items() for word in words}


@cache
def _roles_by_ending() -> tuple[tuple[str, str], ...]:
    """Words long enough to be known at the end of a longer header, with their roles, longest first."""
    words = sorted(_roles(), key=len, reverse=True)
    return tuple((word, _roles()[word]) for word in words if len(word) >= 2)


@cache
def _quarters() -> dict[str, int]:
    return {word: int(month) for month, words in lexicon.words("columns")["quarters"].items() for word in words}


def header_words(cell: Cell | None) -> str:
    """A header without spaces and without what it says in brackets: 责任单位(第一个为牵头单位)."""
    if cell is None:
        return ""
    words = re.sub(r"\s", "", fold(cell.text))
    return re.sub(r"\(.*?\)", "", words).strip("()") or words.strip("()")


# 第一季度工作目标, 1—6月, 截至9月底进度; 一季度完成情况 tells how things stand
_QUARTER = lazy(
    r"(?:第?(?P<quarter>[一二三四1-4])季度末?|(?:1|4|7|10)月?(?:-|—|~|至|到)+(?P<to>3|6|9|12)月|(?:截至)?(?P<month>3|6|9|12)月底前?)"
    r"(?:工作|推进|形象|计划)*(?:目标|计划|安排|节点|进度|任务|目标任务)?(?:安排|计划)?"
)


def quarter_of(words: str) -> int | None:
    """The month a milestone column ends in; None where a header names no quarter."""
    if words in _quarters() or not any(mark in words for mark in ("季度", "月")):
        return _quarters().get(words)
    if (found := _QUARTER.fullmatch(words)) is None:
        return None
    if found["quarter"]:
        return 3 * ("一二三四".find(found["quarter"]) + 1 or int(found["quarter"]))
    return int(found["to"] or found["month"])


def role_of(words: str) -> str | None:
    """What a header's words say; a longer header is known by how it ends (县级牵头单位)."""
    if words in _roles():
        return _roles()[words]
    if words in lexicon.words("columns")["exact"]:
        return str(lexicon.words("columns")["exact"][words])
    for word, role in _roles_by_ending():
        if word in words and (words.endswith(word) or words.startswith(word)) and len(words) <= len(word) + 8:
            return role
    return None


def find_columns(table: Table) -> Columns | None:
    """The header of a table: the row in which most cells say what they hold; a second header row refines it."""
    grid = table.grid()
    for r, row in enumerate(grid[:_HEADER_ROWS]):
        if not _is_header(row):
            continue
        roles = {c: role for c, cell in enumerate(row) if (role := role_of(header_words(cell)))}
        quarters = {c: month for c, cell in enumerate(row) if (month := quarter_of(header_words(cell)))}
        first = r + 1
        while first < table.height and _is_header_row(grid[first], row):
            for c, cell in enumerate(grid[first]):
                words = header_words(cell)
                if (month := quarter_of(words)) is not None:
                    quarters[c] = month
                    roles.pop(c, None)
                elif cell is not row[c] and (role := role_of(words)):
                    roles[c] = role
            first += 1
        kept = _one_task(table, {c: r for c, r in roles.items() if c not in quarters}, first)
        return Columns(kept, quarters, first, _measures(row, kept))
    return None


# 目标值(万人), 目标(单位:万元)
_STATED = lazy(r"[(（]\s*(?:单位\s*[:：]\s*)?(?P<unit>[^()（）]{1,6})\s*[)）]")


def _measures(row: list[Cell | None], roles: dict[int, str]) -> dict[int, str]:
    """The units that headers of the commitment state in brackets."""
    found: dict[int, str] = {}
    for c, cell in enumerate(row):
        if cell is None or roles.get(c) not in ("task", "more"):
            continue
        for line in cell.lines:
            stated = _STATED.search(line.text)
            if stated and any(True for _ in scan("1" + fold(stated["unit"]))):
                found[c] = stated["unit"]
    return found


def _is_header(row: list[Cell | None]) -> bool:
    """A row whose cells name at least two sorts of columns, one of them the commitment."""
    own = {id(cell): role_of(header_words(cell)) for cell in row if cell is not None}
    roles = {role for role in own.values() if role}
    return len(roles) >= 2 and "task" in roles


def _is_header_row(row: list[Cell | None], above: list[Cell | None]) -> bool:
    """A row that is partly the header above it, and else only says what columns hold."""
    if not any(cell is not None and cell is up for cell, up in zip(row, above, strict=True)):
        return False
    own = [header_words(cell) for cell, up in zip(row, above, strict=True) if cell is not up]
    return bool(own) and all(words == "" or role_of(words) or quarter_of(words) for words in own)


def _one_task(table: Table, roles: dict[int, str], first: int) -> dict[int, str]:
    """Of several columns that may hold the commitment the longest does; merged or short ones before it are sections."""
    tasks = [c for c, role in roles.items() if role == "task"]
    if len(tasks) < 2:
        return roles
    grid = table.grid()[first:]
    length = {c: sum(len(cell.text) for row in grid if (cell := row[c])) for c in tasks}
    longest = max(tasks, key=lambda c: length[c])
    for c in tasks:
        if c == longest:
            continue
        merged = any(cell is not None and cell.rows > 1 for row in grid if (cell := row[c]))
        if c < longest and (merged or 3 * length[c] < length[longest]) and "section" not in roles.values():
            roles = {**roles, c: "section"}
        else:
            roles = {**roles, c: "more"}
    return roles


def fields_in(table: Table) -> dict[str, str]:
    """The labelled fields of a table at the top of a web page: 索引号 | 0001."""
    found: dict[str, str] = {}
    for row in table.grid():
        for cell, after in pairwise(row):
            if cell is None or after is None or cell is after:
                continue
            key = field_of(cell.text)
            if key and after.text.strip():
                found.setdefault(key, after.text.replace("\n", "").strip())
    return found
