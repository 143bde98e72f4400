"""Documents into commitments: `read(path)` and `read_text(text)` return a `Reading`.

Pure: no database, no network, no clock. Importing this package is cheap; word lists and parsers are loaded by the
first call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import (
    BrokenDocumentError,
    EmptyDocumentError,
    FileError,
    FileMissingError,
    MissingSupportError,
    NotADocumentError,
    ReadingError,
    SecretDocumentError,
    TooLargeError,
    UnreadableTextError,
)
from .model import (
    Accrual,
    Comparator,
    Deadline,
    Declared,
    DocumentHead,
    Full,
    NamedProject,
    Outcome,
    Polarity,
    Quantity,
    QuantityKind,
    Reading,
    ReadSection,
    ReadTask,
    Relation,
    ReviewNote,
    Span,
    Stage,
)
from .model import Warning as ReadingWarning

if TYPE_CHECKING:
    from os import PathLike

__all__ = [
    "Accrual",
    "BrokenDocumentError",
    "Comparator",
    "Deadline",
    "Declared",
    "DocumentHead",
    "EmptyDocumentError",
    "FileError",
    "FileMissingError",
    "Full",
    "MissingSupportError",
    "NamedProject",
    "NotADocumentError",
    "Outcome",
    "Polarity",
    "Quantity",
    "QuantityKind",
    "ReadSection",
    "ReadTask",
    "Reading",
    "ReadingError",
    "ReadingWarning",
    "Relation",
    "ReviewNote",
    "SecretDocumentError",
    "Span",
    "Stage",
    "TooLargeError",
    "UnreadableTextError",
    "read",
    "read_text",
]


def read(path: str | PathLike[str], *, year: int | None = None) -> Reading:
    """Read a file into what it commits to.

    `year` is the planning year, used only where the document does not say. Raises a `ReadingError` whose text is one
    Chinese line for people.
    """
    from .pipeline import read_file

    return read_file(path, year=year)


def read_text(text: str, *, year: int | None = None, name: str | None = None) -> Reading:
    """Read a text already in memory; `name` is its source, for messages. Raises `ReadingError` as `read` does."""
    from .pipeline import read_string

    return read_string(text, year=year, name=name)
