"""A finding, and the words it is said in."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import tomli

from ..model import ReadTask, Span


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend. `task` is the number as printed, None for the document as a whole; `text` its own words there;
    `span` code-point offsets as `duixian text` counts them, None where no words stand for it."""

    code: str
    task: int | str | None
    text: str
    span: tuple[int, int] | None
    message: str
    proposal: str

    @property
    def title(self) -> str:
        """The kind of finding in Chinese, for headings."""
        return str(words()["findings"][self.code]["title"])

    def to_dict(self) -> dict[str, Any]:
        """The object `duixian lint --json` prints."""
        made = asdict(self)
        return {**made, "span": None if self.span is None else list(self.span)}


@cache
def words() -> dict[str, Any]:
    """words.toml."""
    return tomli.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))


@cache
def any_of(group: str, key: str) -> str:
    """A pattern that matches any word of a group, longest first."""
    ordered = sorted(words()[group][key], key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(re.escape, ordered)) + ")"


def finding(
    code: str,
    task: ReadTask | None,
    text: str,
    span: Span | None,
    variant: str = "",
    **values: object,
) -> Finding:
    """A finding said in the words of its code; `variant` chooses among several proposals."""
    said = words()["findings"][code]
    message, proposal = said["message" + variant], said["proposal" + variant]
    return Finding(
        code,
        None if task is None else task.number,
        text,
        None if span is None else (span.start, span.end),
        message.format(text=text, **values),
        proposal.format(text=text, **values),
    )


def shown(names: list[str], most: int = 6) -> str:
    """Some names in one line: 甲、乙、丙等9个."""
    return "、".join(names[:most]) + (f"等{len(names)}个" if len(names) > most else "")


def numbered(task: ReadTask) -> str:
    """How a task is called in a sentence: 第13项."""
    return f"第{task.number}项" if isinstance(task.number, int) else str(task.number)
