"""The style and font tables, read once from the toml files beside this module."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Font:
    """A face as named in the file, its kind (roman, swiss, modern) and what replaces it where it is missing."""

    name: str
    family: str
    fallback: tuple[str, ...]
    bold: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """One named style. Lengths in twips, `size` in points, `first_chars` in hundredths of a character.

    None means "as in the style it rests on".
    """

    id: str
    name: str
    based_on: str = "Normal"
    next: str | None = None
    font: str | None = None
    size: float | None = None
    bold: bool = False
    color: str | None = None
    stretch: int | None = None
    spacing: int | None = None
    line: int | None = None
    before: int | None = None
    after: int | None = None
    first_chars: int | None = None
    first_line: int | None = None
    left: int | None = None
    right: int | None = None
    hanging: int | None = None
    align: str | None = None
    outline: int | None = None
    keep_next: bool = False
    page_break_before: bool = False
    rule_below: str | None = None


@cache
def fonts() -> dict[str, Font]:
    """Fonts by the short name the style table uses."""
    return {
        key: Font(row["name"], row["family"], tuple(row["fallback"]), tuple(row["bold"]))
        for key, row in _toml("fonts.toml").items()
    }


@cache
def paragraph_looks() -> tuple[Look, ...]:
    """Paragraph styles, in the order of the table; the first is Normal."""
    return tuple(Look(**row) for row in _toml("styles.toml")["paragraph"])


@cache
def character_looks() -> tuple[Look, ...]:
    """Character styles: the run-in headings."""
    return tuple(Look(**row) for row in _toml("styles.toml")["character"])


@cache
def style_id(name: str) -> str:
    """The id of a style by its Chinese name. Raises KeyError for a name the table does not hold."""
    return {look.name: look.id for look in (*paragraph_looks(), *character_looks())}[name]


def _toml(name: str) -> dict[str, dict]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
