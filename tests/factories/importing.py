"""A document under review, for tests of the import."""

from dataclasses import replace
from datetime import datetime

from duixian.reading import Reading
from duixian.register.commands import start_import
from duixian.register.models import ImportDraft, ImportItem
from tests.cast import Cast, at
from tests.factories.list import EVERY_KIND
from tests.factories.readings import reading_of

IMPORTED_AT = at(2, 18)


def printed_list() -> Reading:
    """The list of every kind as a document prints it: nobody cooperates whose name is not in its words."""
    return reading_of(*(replace(one, cooperating=()) for one in EVERY_KIND.values()))


def put_under_review(
    cast: Cast, reading: Reading | None = None, *, year: int = 2027, now: datetime = IMPORTED_AT, content: bytes = b""
) -> ImportDraft:
    """A list (of every kind, unless one is given) laid before the office."""
    return start_import(
        reading=reading or printed_list(),
        government=cast.city,
        year=year,
        actor=cast.office_staff,
        now=now,
        content=content,
    )


def item_of(draft: ImportDraft, name: str) -> ImportItem:
    """The item of that name in the list of every kind."""
    return draft.items.get(fields__number=list(EVERY_KIND).index(name) + 1)
