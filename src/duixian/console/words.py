"""Acts of the trail in Chinese; the words are data (lexicon/acts.toml)."""

import tomllib
from functools import cache
from pathlib import Path

LEXICON = Path(__file__).parent / "lexicon" / "acts.toml"


@cache
def act_words() -> dict[str, str]:
    """Command name -> words. An act without words is shown under its own name."""
    return {str(k): str(v) for k, v in tomllib.loads(LEXICON.read_text("utf-8"))["acts"].items()}
