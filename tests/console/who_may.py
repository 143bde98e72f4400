"""The table of who may: every address, by role, an object of one's own unit and of another's; and the stage for it.

"own" is 市人社局's (liaison, head), "other" is 市住建局's (other_liaison, other_head). The table itself is who_may.csv:
one row for address, object and method, in its cells the answer each role gets.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.urls import URLPattern, reverse

from duixian.bulletins.commands import draw_up_bulletin
from duixian.console.urls import urlpatterns
from duixian.periods import Quarter
from duixian.projects.commands import enter_project, stage_sheet
from duixian.projects.entries import ProjectEntry
from duixian.projects.sheet import LedgerRow
from duixian.register.commands import Attachment, ask_adjustment, ask_extension, save_view
from duixian.reporting.commands import propose_correction, send_up_report, sign_off_report
from duixian.reporting.commands.evidence import add_evidence
from duixian.reporting.commands.exceptions import grant_exception
from duixian.reporting.commands.proposals import keep_proposal
from duixian.reporting.enums import JobKind, JobState, ProposalKind
from duixian.reporting.models import JobRun
from duixian.units.commands.delegating import delegate_signing
from tests.audit import county_cases, unit_cases
from tests.cast import FOUNDER, SET_UP
from tests.console.conftest import NOW
from tests.factories.importing import put_under_review
from tests.factories.list import EVERY_KIND
from tests.factories.play import Stage, content_for
from tests.factories.readings import reading_of

TABLE = Path(__file__).parent / "who_may.csv"
SIDES = ("own", "other")
Arguments = dict[str, Any]


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


def wanted() -> Iterator[tuple[str, str, str]]:
    """Address, side and method of every row the table must have."""
    for pattern in urlpatterns:
        name = pattern.name or ""
        for side in SIDES if pattern.pattern.converters else ("",):
            for method in ("GET", "POST"):
                yield name, side, method


def address(name: str, side: str, things: dict[str, dict[str, Arguments]]) -> str:
    """The address of that side's object."""
    return reverse(name, kwargs=things[name][side] if side else {})


def patterns_with_objects() -> list[URLPattern]:
    """Addresses that name an object."""
    return [p for p in urlpatterns if p.pattern.converters]


def set_things(stage: Stage) -> dict[str, dict[str, Arguments]]:
    """Address -> side -> what it is called with. Every object is there, made by commands."""
    makers: dict[str, Callable[[Stage], dict[str, Arguments]]] = {
        **dict.fromkeys(("task", "ask-amendment", "divide-task", "task-nodes", "override-grade"), _tasks),
        **dict.fromkeys(("define-target", "monthly-plan", "breakdown", "breakdown-sheet"), _targets),
        **dict.fromkeys(("unit", "unit-merge"), _units),
        **dict.fromkeys(("stocktake-unit", "month-sheet", "month-upload"), _months),
        "register-export": lambda s: {"own": {"form": "xlsx"}, "other": {"form": "csv"}},
        "list": lambda s: {"own": {"name": "tasks"}, "other": {"name": "nodes"}},
    }
    things = {name: make(stage) for name, make in makers.items()}
    things |= _amended(stage) | _reported(stage) | _office_things(stage) | _imported(stage) | _projects(stage)
    return things


def _pair(own: Any, other: Any) -> dict[str, Arguments]:
    return {"own": {"pk": own.pk}, "other": {"pk": other.pk}}


def _tasks(stage: Stage) -> dict[str, Arguments]:
    return _pair(stage.task("jobs"), stage.task("roads"))


def _targets(stage: Stage) -> dict[str, Arguments]:
    return _pair(stage.target("jobs"), stage.target("canteens"))


def _units(stage: Stage) -> dict[str, Arguments]:
    return _pair(stage.cast.labour.unit, stage.cast.building.unit)


def _months(stage: Stage) -> dict[str, Arguments]:
    return {side: {"unit_id": unit["pk"]} for side, unit in _units(stage).items()}


def _amended(stage: Stage) -> dict[str, dict[str, Arguments]]:
    """Adjustments and extensions, each with a file."""
    file = Attachment("说明.pdf", b"%PDF-1.4\n%%EOF\n")
    why: dict[str, Any] = {"reason": "企业搬迁。", "file": file, "actor": FOUNDER, "now": SET_UP}
    adjusted = [ask_adjustment(target=stage.target(n), value=Decimal(3), **why) for n in ("jobs", "canteens")]
    extended = [ask_extension(task=stage.task(n), due_on=date(2027, 3, 31), **why) for n in ("jobs", "roads")]
    return {"adjustment-file": _pair(*adjusted), "extension-file": _pair(*extended)}


def _office_things(stage: Stage) -> dict[str, dict[str, Arguments]]:
    """What belongs to the office or to the administrators and to no unit: "other" is the same once more."""
    bulletin = draw_up_bulletin(plan=stage.plan, quarter=Quarter(2026, 2), actor=FOUNDER, now=NOW)
    link = county_cases.proposed(stage)["link"]
    force, people = unit_cases.force(stage), unit_cases.people_return(stage)
    source = stage.plan.source
    mine: dict[str, Any] = {
        "plan": stage.plan,
        "name": "红灯",
        "address": "light=RED",
        "is_shared": False,
        "now": SET_UP,
    }
    views = [save_view(**mine, actor=crew.liaison) for crew in (stage.cast.labour, stage.cast.building)]
    return {
        "bulletin": _pair(bulletin, bulletin),
        "county-link": _pair(link, link),
        "force": _pair(force, force),
        "people-return": _pair(people, people),
        "source": _pair(source, source),
        "account": _pair(stage.cast.labour.liaison, stage.cast.building.liaison),
        "register-view-delete": _pair(*views),
    }


def _imported(stage: Stage) -> dict[str, dict[str, Arguments]]:
    reading = reading_of(EVERY_KIND["jobs"], EVERY_KIND["canteens"])
    draft = put_under_review(stage.cast, reading, content="一、市人社局".encode())
    first = draft.items.order_by("pk").first()
    assert first is not None
    item = {"pk": draft.pk, "item_id": first.pk}
    names = ("import-review", "import-act", "import-file")
    return {name: _pair(draft, draft) for name in names} | {"import-item": {"own": item, "other": item}}


def _reported(stage: Stage) -> dict[str, dict[str, Arguments]]:
    """A submitted report of each side with evidence, one with a correction that waits; proposals and delegations."""
    crews = (stage.cast.labour, stage.cast.building)
    may = stage.lock(stage.open(5))
    june = stage.open(6)
    let_in: dict[str, Any] = {"reason": "系统故障。", "expires_on": date(2026, 7, 10), "actor": FOUNDER, "now": NOW}
    exceptions = [grant_exception(round=may, unit=crew.unit, **let_in) for crew in crews]
    failed = JobRun.objects.create(
        key="export:x", kind=JobKind.EXPORT, label="导出", state=JobState.FAILED, due_at=NOW, started_at=NOW
    )
    reports, files, proposals, delegations = [], [], [], []
    for name, crew in zip(("jobs", "canteens"), crews, strict=True):
        by: dict[str, Any] = {"actor": crew.liaison, "now": NOW}
        draft = stage.save(june, stage.task(name), content_for(stage.task(name), "2"))
        files.append(add_evidence(report=draft, name="台账.pdf", data=b"%PDF-1.4\n%%EOF\n", **by))
        sent = send_up_report(report=draft, **by)
        reports.append(sign_off_report(report=sent, actor=crew.head, now=NOW))
        about: dict[str, Any] = {"kind": ProposalKind.SHEET, "file_name": "填报表.xlsx", "data": b"x", "rows": []}
        proposals.append(keep_proposal(round=june, unit=crew.unit, **about, **by))
        days: dict[str, Any] = {"from_on": NOW.date(), "until_on": date(2026, 7, 10), "reason": "出差。"}
        delegations.append(delegate_signing(unit=crew.unit, deputy=crew.liaison, **days, actor=crew.head, now=NOW))
    series = stage.target("jobs").indicator
    more: dict[str, Any] = {"indicator": series, "value": Decimal(1), "reason": "核减。"}
    propose_correction(report=reports[0], **more, actor=stage.cast.office_staff, now=NOW)
    return {
        "check-report": _pair(*reports),
        "report-versions": _pair(*reports),
        "evidence": _pair(*files),
        "month-proposal": _pair(*proposals),
        "delegation-revoke": _pair(*delegations),
        **dict.fromkeys(("remind-round", "grant-exception"), _pair(june, may)),
        "revoke-exception": _pair(*exceptions),
        "month-table": {"own": {"month": "2026-06"}, "other": {"month": "2026-05"}},
        "job-retry": _pair(failed, failed),
    }


def _projects(stage: Stage) -> dict[str, dict[str, Arguments]]:
    made = []
    for name, unit in (("技工学校", stage.cast.labour.unit), ("幸福桥", stage.cast.building.unit)):
        entry = ProjectEntry(name, lead_unit=unit)
        made.append(enter_project(government=stage.cast.city, entry=entry, year=2026, actor=FOUNDER, now=SET_UP))
    rows = [LedgerRow(3, ProjectEntry("云溪机场"), Decimal(10), "开工")]
    about: dict[str, Any] = {"government": stage.cast.city, "file_name": "台账.xlsx", "year": 2026, "rows": rows}
    sheet = stage_sheet(**about, actor=stage.cast.office_staff, now=SET_UP)
    return {
        "project": _pair(*made),
        "project-change": _pair(*made),
        "project-sheet": _pair(sheet, sheet),
    }
