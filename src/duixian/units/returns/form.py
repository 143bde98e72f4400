"""The form itself: its columns, words and blank workbook; all of them data (lexicon/return_form.toml)."""

import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from duixian.sheets import Choice, Column, SheetSpec, workbook_bytes
from duixian.units.enums import Role, UnitKind

LEXICON = Path(__file__).parent.parent / "lexicon" / "return_form.toml"
NAME = "联络员回执表"


@cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads(LEXICON.read_text("utf-8"))


@cache
def columns() -> tuple[Column, ...]:
    """The columns in the form's order."""
    return tuple(
        Column(c["key"], c["label"], tuple(c.get("synonyms", ())), c.get("required", False))
        for c in _lexicon()["columns"]
    )


def even(text: str) -> str:
    """A word as it is compared: full-width forms and spaces do not tell two apart."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


@cache
def _roles() -> dict[str, tuple[Role, bool]]:
    return {
        even(word): (Role(row["role"]), row.get("deputy", False))
        for row in _lexicon()["roles"]
        for word in row["words"]
    }


def role_of(text: str) -> tuple[Role, bool] | None:
    """The role a word means, and whether as a deputy; None for a word nobody knows."""
    return _roles().get(even(text))


def role_words() -> list[str]:
    """What the form offers for 角色."""
    return [row["words"][0] for row in _lexicon()["roles"]]


def word_of(role: Role, *, is_deputy: bool = False) -> str:
    """What the form writes for a role."""
    return next(
        str(row["words"][0])
        for row in _lexicon()["roles"]
        if row["role"] == role and row.get("deputy", False) == is_deputy
    )


def kind_of(text: str) -> UnitKind | None:
    """The kind a word means."""
    wanted = even(text)
    return next((UnitKind(kind) for kind, words in _lexicon()["kinds"].items() if wanted in map(even, words)), None)


def kind_words() -> list[str]:
    """What the form offers for 单位类别."""
    return [words[0] for words in _lexicon()["kinds"].values()]


def template(rows: Iterable[Sequence[str]] = (), *, government: str = "") -> bytes:
    """A workbook to fill in, with lists for 角色 and 单位类别; `rows` in the form's order are filled in already."""
    listed = _lexicon()["columns"]
    keys = [c["key"] for c in listed]
    sheet = SheetSpec(
        name=NAME,
        title=f"{government}{NAME}",
        notes=_lexicon()["notes"]["lines"],
        header=[c["label"] for c in listed],
        rows=rows,
        widths=[c["width"] for c in listed],
        choices=[
            Choice(keys.index("role"), tuple(role_words())),
            Choice(keys.index("kind"), tuple(kind_words())),
        ],
    )
    return workbook_bytes([sheet])


def row_of(values: dict[str, str]) -> list[str]:
    """A line of the form from its values by key."""
    return [values.get(column.key, "") for column in columns()]
