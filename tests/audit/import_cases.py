"""What the commands on documents under review need, for the examples of every command."""

from dataclasses import replace
from typing import Any

from duixian.register.commands import leave_out_item
from duixian.units.enums import UnitKind
from tests.cast import FOUNDER
from tests.factories.importing import IMPORTED_AT, item_of, put_under_review
from tests.factories.play import Stage


def under_review(stage: Stage) -> dict[str, Any]:
    """A list laid before the office."""
    return {"draft": put_under_review(stage.cast)}


def to_name(stage: Stage) -> dict[str, Any]:
    """A unit nobody knows."""
    return under_review(stage) | {"name": "市新设局", "kind": UnitKind.DEPARTMENT}


def to_register(stage: Stage) -> dict[str, Any]:
    """Several of them."""
    return under_review(stage) | {"names": ["市新设局"]}


def to_settle(stage: Stage) -> dict[str, Any]:
    """A doubt about the whole document."""
    return under_review(stage) | {"key": "warning:0:declared_tasks", "answer": "seen"}


def item(stage: Stage, name: str = "roads") -> dict[str, Any]:
    """One item as somebody sees it."""
    found = item_of(put_under_review(stage.cast), name)
    return {"item": found, "revision": found.revision}


def to_correct(stage: Stage) -> dict[str, Any]:
    """With another number."""
    seen = item(stage)
    return seen | {"corrected": replace(seen["item"].read, number="5甲")}


def to_split(stage: Stage) -> dict[str, Any]:
    """In the middle of its words."""
    seen = item(stage)
    read = seen["item"].read
    return seen | {"at": read.span.start + read.text.index("英雄路")}


def left_out(stage: Stage) -> dict[str, Any]:
    """That is no commitment."""
    out = leave_out_item(**item(stage), actor=FOUNDER, now=IMPORTED_AT)
    return {"item": out, "revision": out.revision}
