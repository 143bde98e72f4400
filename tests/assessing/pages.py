"""The worked tables of docs/rules: read, put to the code, compared. A table or a cell not understood is an error."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from duixian.assessing import (
    Assessment,
    Grade,
    NodeFacts,
    Observation,
    OutcomeFacts,
    TargetFacts,
    Thresholds,
    assess_outcome,
    assess_target,
    not_reported,
    worst,
)
from duixian.assessing.wording import GRADE_WORDS, LIGHT_WORDS, OTHER_WORDS, PACE_WORDS, STAGE_WORDS, figure
from duixian.periods import month_end
from duixian.reading import Accrual, Comparator, Polarity, QuantityKind
from tests.aligning import pages as alignment

FOLDER = Path(__file__).parents[2] / "docs" / "rules"
YEAR = 2026
NONE = {"—", ""}

POLARITIES = {"越多越好": Polarity.MORE, "越少越好": Polarity.LESS, "左右": Polarity.NEAR}
KINDS = {
    "增速": QuantityKind.GROWTH,
    "比率": QuantityKind.RATE,
    "增量": QuantityKind.INCREMENT,
    "数量": QuantityKind.AMOUNT,
}
ACCRUALS = {"累计": Accrual.FLOW, "水平": Accrual.STOCK, "区间": Accrual.RUNNING, "时点": Accrual.DATED}
COMPARATORS = {"高于": Comparator.ABOVE, "同步": Comparator.EQUAL, "不低于": Comparator.AT_LEAST}
GRADES = {word: grade for grade, word in GRADE_WORDS.items()}
LIGHTS = {word: light for light, word in LIGHT_WORDS.items()}
OTHERS = {word: reason for reason, word in OTHER_WORDS.items()}
STAGES = {word: stage for stage, word in STAGE_WORDS.items()}
SOURCES = {word: source for source, word in PACE_WORDS.items()}


class NotUnderstoodError(Exception):
    """A page, table, column or cell the test does not know how to read."""


@dataclass(frozen=True)
class Row:
    """One row of a page's table."""

    page: str
    number: int
    cells: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.page}-{self.number}"


@dataclass
class Given:
    """What a row says of the case, and what it expects."""

    facts: dict[str, Any] = field(default_factory=dict)
    month: date = date(YEAR, 6, 1)
    today: date | None = None
    wanted: dict[str, str] = field(default_factory=dict)


def page_paths() -> list[Path]:
    """Every page of rules; the index is none."""
    return sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")


def rows_of(path: Path) -> list[Row]:
    """The rows of all tables of a page, numbered on."""
    rows: list[Row] = []
    header: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if not line.startswith("|"):
            header = []
        elif not header:
            header = _cells(line)
        elif not re.fullmatch(r"[|:\- ]+", line):
            cells = _cells(line)
            if len(cells) != len(header):
                raise NotUnderstoodError(f"{path.name}: {len(header)} columns, but this row has {len(cells)}: {line}")
            rows.append(Row(path.stem, len(rows) + 1, dict(zip(header, cells, strict=True))))
    if not rows:
        raise NotUnderstoodError(f"{path.name} has no table")
    return rows


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def number(text: str) -> Decimal:
    """A figure in a cell."""
    return Decimal(text.replace("−", "-"))


def amount(text: str) -> tuple[Decimal, str]:
    """19.5公里 -> 19.5, 公里."""
    found = re.fullmatch(r"([−\d.]+)(\D.*)", text)
    if found is None:
        raise NotUnderstoodError(f"not an amount: {text}")
    return number(found[1]), found[2]


def month(text: str) -> date:
    """6月 of the pages' year; 上年12月 is the December before."""
    found = re.fullmatch(r"(上年)?(\d{1,2})月", text)
    if found is None:
        raise NotUnderstoodError(f"not a month: {text}")
    return date(YEAR - bool(found[1]), int(found[2]), 1)


def series(text: str) -> dict[date, Decimal]:
    """5月 2.3；6月 2.5 -> values by month."""
    if text in NONE:
        return {}
    pairs = [entry.split(" ") for entry in text.split("；")]
    return {month(name): number(value) for name, value in pairs}


def observations(text: str) -> tuple[Observation, ...]:
    """The same as observations."""
    return tuple(Observation(m, value) for m, value in series(text).items())


def member_series(text: str) -> dict[str, tuple[Observation, ...]]:
    """甲县 6月 1；乙县 6月 0；丙县 -> observations by member."""
    members = {}
    for entry in text.split("；"):
        name, _, rest = entry.partition(" ")
        members[name] = observations(rest)
    return members


def node(text: str) -> NodeFacts:
    """方案批复 2026-03-31 2026-03-20 (name, due, done) or ... 预计按期."""
    name, due, *rest = text.split(" ")
    done = next((date.fromisoformat(part) for part in rest if part != "预计按期"), None)
    return NodeFacts(name, date.fromisoformat(due), done, "预计按期" in rest)


def _target(given: Given, text: str) -> None:
    if text in NONE:
        given.facts["value"] = None
        return
    low, is_range, high = text.partition("至")
    value, unit = amount(high if is_range else low)
    given.facts["unit"] = unit
    given.facts["value"] = number(low) if is_range else value
    if is_range:
        given.facts["value_max"] = value
        given.facts["comparator"] = Comparator.RANGE


def _fact(name: str, read: Callable[[str], Any]) -> Callable[[Given, str], None]:
    def put(given: Given, text: str) -> None:
        if text not in NONE:
            given.facts[name] = read(text)

    return put


def _attribute(name: str, read: Callable[[str], Any]) -> Callable[[Given, str], None]:
    def put(given: Given, text: str) -> None:
        if text not in NONE:
            setattr(given, name, read(text))

    return put


def _choice(words: Mapping[str, Any]) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        if text not in words:
            raise NotUnderstoodError(f"not one of {'、'.join(words)}: {text}")
        return words[text]

    return read


GIVEN: dict[str, Callable[[Given, str], None]] = {
    "目标": _target,
    "单位": _fact("unit", str),
    "取向": _fact("polarity", _choice(POLARITIES)),
    "性质": _fact("kind", _choice(KINDS)),
    "方式": _fact("accrual", _choice(ACCRUALS)),
    "要求": _fact("comparator", _choice(COMPARATORS)),
    "环节": _fact("stage", _choice(STAGES)),
    "期限": _fact("due_on", date.fromisoformat),
    "计划": _fact("monthly_plan", series),
    "上年": _fact("last_year", series),
    "基期": _fact("baseline", number),
    "数据": _fact("observations", observations),
    "对照": _fact("against", observations),
    "各成员": _fact("members", member_series),
    "可知至": _fact("available_until", month),
    "升降": _fact("direction", _choice({"下降": "down", "上升": "up"})),
    "报告": _fact("will_be_met", _choice({"预计按期": True})),
    "达成": _fact("reached_on", date.fromisoformat),
    "节点": _fact("milestones", lambda text: tuple(node(entry) for entry in text.split("；"))),
    "盘点": _attribute("month", month),
    "今天": _attribute("today", date.fromisoformat),
}
WANTED = {"应达", "完成比", "差距", "等次", "亮灯", "说明", "来源"}

PAGES: dict[str, dict[str, Any]] = {
    "flow": {"accrual": Accrual.FLOW},
    "stock": {"accrual": Accrual.STOCK},
    "running": {"accrual": Accrual.RUNNING},
    "near": {"polarity": Polarity.NEAR, "comparator": Comparator.ABOUT},
    "dated": {"accrual": Accrual.DATED},
    "floor": {"accrual": Accrual.STOCK, "at_all_times": True},
    "range": {"accrual": Accrual.FLOW, "comparator": Comparator.RANGE},
    "relation": {"accrual": Accrual.RUNNING, "kind": QuantityKind.GROWTH, "against_name": "地区生产总值增速"},
    "per-member": {"accrual": Accrual.FLOW, "per": "县区"},
    "profile": {"accrual": Accrual.FLOW},
    "missing": {"accrual": Accrual.FLOW},
}
STANDARD: dict[str, Any] = {
    "name": "指标",
    "unit": "%",
    "comparator": Comparator.AT_LEAST,
    "kind": QuantityKind.AMOUNT,
    "polarity": Polarity.MORE,
    "year": YEAR,
}


def _read(row: Row, standard: Mapping[str, Any]) -> Given:
    given = Given(facts=dict(standard))
    for column, text in row.cells.items():
        if column in WANTED:
            given.wanted[column] = text
        elif column in GIVEN:
            GIVEN[column](given, text)
        else:
            raise NotUnderstoodError(f"{row}: column {column}")
    return given


def _seen_on(given: Given) -> date:
    """Six days after the month, unless the row says another day."""
    return given.today or month_end(given.month).replace(day=1).replace(
        year=given.month.year + (given.month.month == 12), month=given.month.month % 12 + 1, day=6
    )


def check_target(row: Row) -> None:
    """Put a target's row to the code."""
    given = _read(row, STANDARD | PAGES[row.page])
    facts = TargetFacts(**given.facts)
    result = assess_target(facts, month=given.month, today=_seen_on(given), thresholds=Thresholds())
    compare(row, given.wanted, result)


def check_outcome(row: Row) -> None:
    """Put an outcome's row to the code."""
    given = _read(row, {"name": "成果"})
    facts = OutcomeFacts(**given.facts)
    result = assess_outcome(facts, month=given.month, today=_seen_on(given), thresholds=Thresholds())
    compare(row, given.wanted, result)


def compare(row: Row, wanted: Mapping[str, str], result: Assessment) -> None:
    """Every cell that states a result must be what the code says."""
    if "等次" not in wanted or "亮灯" not in wanted:
        raise NotUnderstoodError(f"{row} states no grade or no light")
    shown = {
        "等次": GRADE_WORDS[result.grade] + (f"（{OTHER_WORDS[result.other]}）" if result.other else ""),
        "亮灯": LIGHT_WORDS[result.light] if result.light else "—",
        "应达": figure(result.expected, 4) if result.expected is not None else "—",
        "完成比": f"{figure(result.ratio * 100, 1)}%" if result.ratio is not None else "—",
        "差距": figure(result.gap, 4) if result.gap is not None else "—",
        "说明": result.reason,
        "来源": PACE_WORDS[result.pace_source] if result.pace_source else "—",
    }
    assert {column: shown[column] for column in wanted} == dict(wanted), str(row)


def check_light(row: Row) -> None:
    """Ratios and gaps against the default thresholds, and 缺报."""
    cells = dict(row.cells)
    way, value = cells.pop("比较"), cells.pop("结果")
    if way == "缺报":
        result = not_reported("6月盘点", Thresholds(not_reported_counts_as_red=value == "按红灯计"))
    else:
        result = _compared(way, value)
    compare(row, cells, result)


def _compared(way: str, value: str) -> Assessment:
    ways = {
        "完成比": ("亿元", Polarity.MORE, Accrual.FLOW, Decimal(1200)),
        "上限比": ("微克", Polarity.LESS, Accrual.RUNNING, Decimal(600)),
        "百分点": ("%", Polarity.MORE, Accrual.RUNNING, Decimal(6)),
        "上限百分点": ("%", Polarity.LESS, Accrual.RUNNING, Decimal(6)),
    }
    if way not in ways:
        raise NotUnderstoodError(f"not a way of comparing: {way}")
    unit, polarity, accrual, target = ways[way]
    actual = target + number(value) if unit == "%" else number(value.rstrip("%")) * 6
    facts = TargetFacts(
        **STANDARD | {"unit": unit, "polarity": polarity, "accrual": accrual, "value": target},
        observations=[Observation(date(YEAR, 6, 1), actual)],
    )
    return assess_target(facts, month=date(YEAR, 6, 1), today=date(YEAR, 7, 6), thresholds=Thresholds())


def part(text: str) -> tuple[str, Assessment]:
    """甲：欠进度 红 / 乙：其它（未到期） -> a named assessment."""
    name, _, words = text.partition("：")
    grade, _, light = words.partition(" ")
    other = re.fullmatch(r"其它（(.+)）", grade)
    reason = _choice(OTHERS)(other[1]) if other else None
    lit = _choice(LIGHTS)(light) if light else None
    return name, Assessment(Grade.OTHER if reason else _choice(GRADES)(grade), lit, words, other=reason)


def check_task(row: Row) -> None:
    """The worst of the parts, and which one it is."""
    cells = dict(row.cells)
    text = cells.pop("各部分")
    parts = [] if text in NONE else [part(entry) for entry in text.split("；")]
    index, result = worst(parts, Thresholds())
    shown = "—" if index is None else parts[index][0]
    assert shown == cells.pop("显示"), str(row)
    compare(row, cells, result)


def check_carried(row: Row) -> None:
    """A target's shares and their sum; the whole from its children."""
    from tests.register.pages import check_breakdown, check_roll_up

    (check_breakdown if row.page == "breakdown" else check_roll_up)(row.cells)


def check_projects(row: Row) -> None:
    """A rate of the ledger of projects; the table above it says in words what is divided by what."""
    from tests.projects.pages import check_rate

    if "各项目" in row.cells:
        check_rate(dict(row.cells))


def check_review(row: Row) -> None:
    """What is worth a look in a submitted report; how far reports are from what was found."""
    from tests.reporting.pages import check_differences, check_unremarkable

    (check_unremarkable if row.page == "unremarkable" else check_differences)(row.cells)


def check_alignment(row: Row) -> None:
    """A county's phrase beside the city's, or a sum of several; read by the tests of alignment."""
    alignment.check(row.cells)


def check_special(row: Row) -> None:
    """Amended targets, statuses, parts of cooperating units, overrides."""
    from tests.reporting.rule_pages import CHECKS

    CHECKS[row.page](row)


def checker(page: str) -> Callable[[Row], None]:
    """Who reads the tables of a page."""
    special = {
        "outcome": check_outcome,
        "light": check_light,
        "task": check_task,
        "project-rates": check_projects,
        "alignment": check_alignment,
        "breakdown": check_carried,
        "roll-up": check_carried,
        # read where it is tested: tests/reporting/test_obligations.py
        "obligations": lambda row: None,
        "amended": check_special,
        "statuses": check_special,
        "cooperating": check_special,
        "override": check_special,
        "unremarkable": check_review,
        "differences": check_review,
    }
    if page in special:
        return special[page]
    if page in PAGES:
        return check_target
    raise NotUnderstoodError(f"nobody reads {page}.md; tell tests/assessing/pages.py how")
