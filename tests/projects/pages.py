"""The worked table of docs/rules/project-rates.md."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from duixian.projects.enums import Measure, ProjectKind
from duixian.projects.rates import ProjectFacts, measured, rounded

ON = date(2026, 6, 30)
MEASURES = {str(m.label): m for m in Measure}
KINDS = {"新建": ProjectKind.NEW, "续建": ProjectKind.CONTINUED}
DAYS = {"签约": "signed_on", "开工": "started_on", "复工": "resumed_on", "竣工": "finished_on"}
MONEY = {"计划": "planned", "完成": "invested", "金额": "contract"}


def project(number: int, text: str) -> ProjectFacts:
    """新建 签约2026-02-01 计划1000 -> its facts. Raises KeyError for a word nobody knows."""
    kind, *told = text.split(" ")
    facts: dict[str, Any] = {}
    for word in told:
        found = re.fullmatch(r"([一-鿿]+)([\d.-]+)", word)
        assert found is not None, word
        if found[1] in DAYS:
            facts[DAYS[found[1]]] = date.fromisoformat(found[2])
        else:
            facts[MONEY[found[1]]] = Decimal(found[2])
    return ProjectFacts(name=f"项目{number}", kind=KINDS[kind], **facts)


def check_rate(cells: dict[str, str]) -> None:
    """Put a row to the code."""
    group = [project(i, text) for i, text in enumerate(cells["各项目"].split("；"))]
    found = measured(MEASURES[cells["率"]], group, year=2026, on=ON)
    shown = {
        "分子": f"{found.numerator.normalize():f}",
        "分母": "—" if found.denominator is None else f"{found.denominator.normalize():f}",
        "结果": "—" if found.value is None else f"{rounded(found.value):f}",
    }
    assert shown == {name: cells[name] for name in shown}, str(cells)
