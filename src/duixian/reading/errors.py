"""What can go wrong while reading, each with one line for people: what, where, what to do.

ReadingError
├── FileProblem          the file cannot be used at all
│   ├── FileMissing      no such file, or no right to read it
│   ├── EmptyDocument    nothing in it
│   ├── NotADocument     a binary, or a file type the reader does not know
│   ├── BrokenDocument   the right type, but damaged
│   ├── UnreadableText   no known character encoding fits
│   ├── TooLarge         beyond the stated limit
│   └── MissingSupport   needs a library or program that is not installed
└── SecretDocument       carries a secrecy marking; it is never read
"""

from __future__ import annotations


class ReadingError(Exception):
    """The document cannot be read. `str(error)` is one Chinese line for people."""


class FileProblem(ReadingError):
    """The file cannot be used at all."""


class FileMissing(FileProblem):
    """No such file, or no right to read it."""


class EmptyDocument(FileProblem):
    """There is nothing in it."""


class NotADocument(FileProblem):
    """A binary, or a file type the reader does not know."""


class BrokenDocument(FileProblem):
    """The right type of file, but damaged."""


class UnreadableText(FileProblem):
    """No known character encoding fits the bytes."""


class TooLarge(FileProblem):
    """Beyond the stated limit."""


class MissingSupport(FileProblem):
    """Needs a library or a program that is not installed."""


class SecretDocument(ReadingError):
    """Marked 秘密, 机密 or 绝密: such a file is refused and never read."""
