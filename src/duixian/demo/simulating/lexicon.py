"""The numbers and words of simulated.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def lexicon() -> dict[str, Any]:
    """The whole file, read once."""
    return tomllib.loads(files(__package__).joinpath("simulated.toml").read_text("utf-8"))
