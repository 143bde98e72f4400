"""Words that stand in one side's things alone, and who may come across them."""

import io
import zipfile
from urllib.parse import unquote

from django.http import HttpResponseBase

from tests.console.who_may_scene import MARKS

ALL = {word for words in MARKS.values() for word in words}
# role -> the words it may come across; 市农业农村局 and 云东区 cooperate in the canteens, whose project is not theirs
SHARED = {"社区食堂", "住建隐情"}
KNOWS = {
    "liaison": set(MARKS["own"]),
    "partner_liaison": SHARED,
    "county_liaison": SHARED | set(MARKS["county"]) | {"云东区内务"},
    "county_office": set(MARKS["county"]),
    "elsewhere": set(MARKS["abroad"]),
    "system_admin": set(MARKS["offices"]),
    "office_staff": ALL - set(MARKS["abroad"]),
}
# the office reads every word of its city: what is searched for can be found
READS_ALL = {"office_staff"}


def words_of(response: HttpResponseBase) -> str:
    """Everything a person could read of an answer: its head, its text, and what is inside a workbook or document."""
    body: bytes = response.getvalue() if response.streaming else response.content  # type: ignore[attr-defined]
    head = unquote(" ".join(f"{name}: {value}" for name, value in response.headers.items()))
    if not body.startswith(b"PK"):
        return head + body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return head + "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
