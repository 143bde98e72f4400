"""The table of who may: every address, by role, an object of each side; who_may.csv is the table itself.

One row for address, side and method; in its cells the answer each role gets. A side says whose the object is:
"own" is 市人社局's and "other" 市住建局's (in whose tasks 市农业农村局 and 云东区政府 cooperate), "county" of the plan
云东区 keeps itself, "city" of the office of 云溪市, and "abroad" of 白川市, somebody else's government.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.urls import URLPattern

from duixian.console.urls import urlpatterns

TABLE = Path(__file__).parent / "who_may.csv"
# the columns of the table; who they are is who_may_scene.people
ROLES = (
    *("office_staff", "office_head", "leader", "auditor", "system_admin", "security_admin"),
    *("liaison", "head", "deputy", "partner_liaison", "partner_head"),
    *("county_liaison", "county_head", "county_office", "elsewhere", "locked", "anonymous"),
)

UNITS = ("own", "other", "abroad")
PLANS = ("own", "other", "county", "abroad")
OFFICES = ("city", "abroad")
LISTS = ("city", "county", "abroad")
SIDES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("task", "ask-amendment", "divide-task", "task-nodes", "override-grade"), PLANS),
    **dict.fromkeys(("define-target", "monthly-plan", "breakdown", "breakdown-sheet"), PLANS),
    **dict.fromkeys(("unit", "unit-merge"), PLANS),
    **dict.fromkeys(("stocktake-unit", "month-sheet", "month-upload"), UNITS),
    **dict.fromkeys(("check-report", "report-versions", "evidence", "month-proposal", "delegation-revoke"), UNITS),
    **dict.fromkeys(("adjustment-file", "extension-file", "project", "project-change", "account"), UNITS),
    "register-view-delete": ("own", "other", "shared", "abroad"),
    **dict.fromkeys(("source", "import-review", "import-act", "import-item", "import-file"), LISTS),
    **dict.fromkeys(("bulletin", "force", "people-return", "project-sheet", "job-retry"), OFFICES),
    **dict.fromkeys(("remind-round", "grant-exception", "revoke-exception"), OFFICES),
    "county-link": ("own-county", "other-county"),
    "month-table": ("june",),
    "register-export": ("xlsx", "csv"),
    "list": ("tasks", "duties", "nodes"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: who gets which answer."""

    name: str
    side: str
    method: str
    answers: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.name}{' ' + self.side if self.side else ''}"


def rows() -> list[Row]:
    """The table as it stands in the file."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [Row(r.pop("address"), r.pop("object"), r.pop("method"), r) for r in csv.DictReader(file)]


def sides_of(pattern: URLPattern) -> tuple[str, ...]:
    """Whose objects an address is tried with; one that names none has a single, nameless side."""
    return SIDES[pattern.name or ""] if pattern.pattern.converters else ("",)


def wanted() -> Iterator[tuple[str, str, str]]:
    """Address, side and method of every row the table must have."""
    for pattern in urlpatterns:
        for side in sides_of(pattern):
            for method in ("GET", "POST"):
                yield pattern.name or "", side, method
