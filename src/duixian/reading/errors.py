"""What can go wrong while reading, each with one line for people: what, where, what to do.

ReadingError
├── FileError                    the file cannot be used at all
│   ├── FileMissingError         no such file, or no right to read it
│   ├── EmptyDocumentError       nothing in it
│   ├── NotADocumentError        a binary, or a file type the reader does not know
│   ├── BrokenDocumentError      the right type, but damaged
│   ├── UnreadableTextError      no known character encoding fits
│   ├── TooLargeError            beyond the stated limit
│   └── MissingSupportError      needs a library or program that is not installed
└── SecretDocumentError          carries a secrecy marking; it is never read
"""

from __future__ import annotations


class ReadingError(Exception):
    """The document cannot be read. `str(error)` is one Chinese line for people."""


class FileError(ReadingError):
    """The file cannot be used at all."""


class FileMissingError(FileError):
    """No such file, or no right to read it."""


class EmptyDocumentError(FileError):
    """There is nothing in it."""


class NotADocumentError(FileError):
    """A binary, or a file type the reader does not know."""


class BrokenDocumentError(FileError):
    """The right type of file, but damaged."""


class UnreadableTextError(FileError):
    """No known character encoding fits the bytes."""


class TooLargeError(FileError):
    """Beyond the stated limit."""


class MissingSupportError(FileError):
    """Needs a library or a program that is not installed."""


class SecretDocumentError(ReadingError):
    """Marked 秘密, 机密 or 绝密: such a file is refused and never read."""
