"""What a person says of a project, before any command: plain values, checked for what can be."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from duixian.indicators.limits import is_keepable
from duixian.projects.enums import ProjectKind, ProjectStage
from duixian.projects.models import Project
from duixian.units.models import Unit

#: the dates of a project in the order in which they must fall
DATES = ("signed_on", "started_on", "completed_on", "in_production_on")
LABELS = {
    "number": "项目编号", "name": "项目名称", "kind": "建设性质", "stage": "项目阶段", "field": "领域",
    "county": "县区", "lead_unit": "责任单位", "owner": "建设单位", "sponsor": "包联领导", "investor": "投资方",
    "total_investment": "总投资", "contract_amount": "签约金额", "planned_investment": "年度计划投资",
    "invested": "本年完成投资", "signed_on": "签约日期", "planned_start_on": "计划开工日期", "started_on": "开工日期",
    "resumed_on": "复工日期", "planned_finish_on": "计划竣工日期", "completed_on": "竣工日期",
    "in_production_on": "投产日期", "words": "进展", "note": "备注",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    """All that can be said of a project. Money in 万元. None and "" say nothing: a blank cell changes nothing."""

    name: str
    number: str = ""
    kind: ProjectKind | None = None
    stage: ProjectStage | None = None
    field: str = ""
    county: Unit | None = None
    lead_unit: Unit | None = None
    owner: str = ""
    sponsor: str = ""
    investor: str = ""
    total_investment: Decimal | None = None
    contract_amount: Decimal | None = None
    signed_on: date | None = None
    planned_start_on: date | None = None
    started_on: date | None = None
    resumed_on: date | None = None
    planned_finish_on: date | None = None
    completed_on: date | None = None
    in_production_on: date | None = None
    note: str = ""
    planned_investment: Decimal | None = None

    def said(self) -> dict[str, Any]:
        """Fields of the project itself of which anything is said."""
        own = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "planned_investment"}
        return {name: value for name, value in own.items() if value not in (None, "")}


def faults_of(entry: ProjectEntry, today: date) -> dict[str, str]:
    """Field -> what is wrong with it; empty where all can be."""
    faults: dict[str, str] = {}
    if not entry.name.strip():
        faults["name"] = "请填项目名称"
    for name, value in entry.said().items():
        limit = getattr(Project._meta.get_field(name), "max_length", None)
        if isinstance(value, str) and limit and len(value) > limit:
            faults[name] = f"最多{limit}字"
    for name in ("total_investment", "contract_amount", "planned_investment"):
        money = getattr(entry, name)
        if money is not None and (money < 0 or not is_keepable(money)):
            faults[name] = "应为不小于0的数，单位万元"
    return faults | _faults_of_dates(entry, today)


def _faults_of_dates(entry: ProjectEntry, today: date) -> dict[str, str]:
    faults = {}
    given = [(name, day) for name in DATES if (day := getattr(entry, name)) is not None]
    for (before, first), (after, second) in pairwise(given):
        if second < first:
            faults[after] = f"早于{LABELS[before]}（{first}）"
    for name in (*DATES, "resumed_on"):
        day = getattr(entry, name)
        if day is not None and day > today:
            faults[name] = f"{day}还没有到；计划的日期请填在“计划”栏"
    return faults
