"""What the commands of a unit's month need, for the examples of every command: (prepare, who may)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from duixian.register.commands import acknowledge_duties, divide_task
from duixian.reporting.commands import Proposed, add_evidence, keep_proposal
from duixian.reporting.content import ReportContent
from duixian.reporting.enums import ProposalKind
from duixian.reporting.models import MonthProposal, Report
from duixian.units.commands import delegate_signing
from tests.cast import at
from tests.factories.play import Stage

UNIT = frozenset({"liaison", "head"})
HEAD = frozenset({"head"})
COUNTY = frozenset({"county_liaison", "county_head"})
Case = tuple[Callable[[Stage], dict[str, Any]], frozenset[str]]
PDF = b"%PDF-1.4\n%%EOF\n"
WORDS = ReportContent(account="按计划推进。")
READ_AT = at(4, 5)


def _report(stage: Stage) -> Report:
    return stage.save(stage.open(3), stage.task("jobs"), WORDS)


def _file(stage: Stage) -> dict[str, Any]:
    return {"report": _report(stage), "name": "验收.pdf", "data": PDF}


def _read(stage: Stage) -> dict[str, Any]:
    about: dict[str, Any] = {"unit": stage.cast.labour.unit, "kind": ProposalKind.SHEET, "file_name": "填报.xlsx"}
    return about | {"round": stage.open(3), "data": b"PK", "rows": [Proposed(stage.task("jobs"), WORDS)]}


def _kept(stage: Stage) -> MonthProposal:
    return keep_proposal(**_read(stage), actor=stage.cast.labour.liaison, now=READ_AT)


def _part(stage: Stage) -> dict[str, Any]:
    lead, county = stage.cast.building.liaison, stage.cast.county
    about: dict[str, Any] = {"task": stage.task("roads"), "unit": county.unit, "due_on": date(2026, 5, 31)}
    part = divide_task(**about, text="征地拆迁", actor=lead, now=at(3, 2))
    names: dict[str, Any] = {"accountable_person": "王建国", "liaison_name": "李梅"}
    acknowledge_duties(duties=[part], **names, actor=county.liaison, now=at(3, 2))
    return {"round": stage.open(3), "part": part, "progress": "UNDER_WAY", "account": "拆完八成。", "revision": 0}


def _delegation(stage: Stage) -> dict[str, Any]:
    days: dict[str, Any] = {"from_on": date(2026, 4, 10), "until_on": date(2026, 4, 15)}
    return days | {"unit": stage.cast.labour.unit, "deputy": stage.cast.labour.liaison, "reason": "出差"}


CASES: dict[str, Case] = {
    "add_evidence": (_file, UNIT),
    "remove_evidence": (
        lambda stage: {"evidence": add_evidence(**_file(stage), actor=stage.cast.labour.liaison, now=READ_AT)},
        UNIT,
    ),
    "keep_proposal": (_read, UNIT),
    "apply_proposal": (lambda stage: {"proposal": _kept(stage), "revisions": {}}, UNIT),
    "close_proposal": (lambda stage: {"proposal": _kept(stage)}, UNIT),
    "report_part": (_part, COUNTY),
    "delegate_signing": (_delegation, HEAD),
    "revoke_delegation": (
        lambda stage: {"delegation": delegate_signing(**_delegation(stage), actor=stage.cast.labour.head, now=READ_AT)},
        HEAD,
    ),
}
