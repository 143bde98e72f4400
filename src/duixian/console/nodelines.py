"""Nodes as lines of text, one a line: 2026-06-30 主体封顶. What a person can paste from a table."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Protocol

LINE = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})[日号]?[\s　，,：:]+(.+)")


class NodeLinesError(ValueError):
    """A line is no node; the message says which, and how to write it."""


class Node(Protocol):
    """Whatever has a name and a day."""

    name: str
    due_on: date


def lines_of(nodes: Iterable[Node]) -> str:
    """As lines to edit."""
    return "\n".join(f"{node.due_on} {node.name}" for node in nodes)


def nodes_from(text: str, year: int) -> list[tuple[str, date]]:
    """Name and day of each line; a day without its year is of `year`. Raises NodeLinesError."""
    nodes = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        found = LINE.fullmatch(line.strip())
        try:
            if found is None:
                raise ValueError
            due = date(int(found[1] or year), int(found[2]), int(found[3]))
        except ValueError as error:
            raise NodeLinesError(f"第{number}行“{line.strip()[:30]}”请写成“2026-06-30 节点名称”。") from error
        nodes.append((found[4].strip(), due))
    return nodes
