"""Acts of the trail and the office's common notes in Chinese; the words are data (lexicon/)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "lexicon"


@dataclass(frozen=True, slots=True)
class CommonNote:
    """A word on a button, and the sentence it writes."""

    word: str
    text: str


@cache
def act_words() -> dict[str, str]:
    """Command name -> words. An act without words is shown under its own name."""
    return {str(k): str(v) for k, v in tomllib.loads((FOLDER / "acts.toml").read_text("utf-8"))["acts"].items()}


@cache
def common_notes() -> list[CommonNote]:
    """What is said most often when a report goes back."""
    return [CommonNote(**note) for note in tomllib.loads((FOLDER / "notes.toml").read_text("utf-8"))["note"]]
