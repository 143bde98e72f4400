"""The field's words as data: one .toml file per phenomenon, read on first use."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from .matching import Words


@cache
def words(name: str) -> dict[str, Any]:
    """The groups of lexicon/NAME.toml."""
    return tomli.loads(Path(__file__).with_name(f"{name}.toml").read_text("utf-8"))


@cache
def group(name: str, key: str) -> tuple[str, ...]:
    """One group of words, longest first, so that the longest match wins."""
    value: Any = words(name)
    for part in key.split("."):
        value = value[part]
    return tuple(sorted(value, key=lambda word: (-len(word), word)))


@cache
def matching(name: str, *keys: str) -> Words:
    """All words of the groups, to be looked for at a known place."""
    return Words(word for key in keys for word in group(name, key))


@cache
def any_of(name: str, *keys: str) -> str:
    """A pattern that matches any word of the groups, longest first."""
    found = {word for key in keys for word in group(name, key)}
    return "(?:" + "|".join(re.escape(w) for w in sorted(found, key=lambda w: (-len(w), w))) + ")"
