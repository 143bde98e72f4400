"""What a liaison fills in, as one value: from the form to the report, and from the report to a kept version."""

import re
import unicodedata
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from duixian.audit.command import InvalidInput
from duixian.indicators.limits import DECIMALS, DIGITS, LARGEST, is_keepable


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """One figure of one series; `value` None is blank."""

    indicator_id: int
    value: Decimal | None
    member_id: int | None = None
    is_confirmed: bool = False
    unavailable_reason: str = ""

    @property
    def field(self) -> str:
        """The form field's name, under which errors are told."""
        return figure_field(self.indicator_id, self.member_id)


@dataclass(frozen=True, slots=True)
class NodeEntry:
    """How far an outcome or a milestone has come."""

    progress: str
    outcome_id: int | None = None
    milestone_id: int | None = None
    done_on: date | None = None
    will_be_met: bool = False

    @property
    def field(self) -> str:
        """The form field's name, under which errors are told."""
        if self.outcome_id is not None:
            return f"node-outcome-{self.outcome_id}"
        return f"node-milestone-{self.milestone_id}"


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A whole report: figures, nodes and words."""

    figures: tuple[FigureEntry, ...] = ()
    nodes: tuple[NodeEntry, ...] = ()
    account: str = ""
    next_step: str = ""
    blocker: str = ""

    def to_dict(self) -> dict[str, Any]:
        """As kept with each submitted version: figures as exact text."""
        kept = asdict(self)
        for entry in kept["figures"]:
            entry["value"] = None if entry["value"] is None else format(entry["value"], "f")
        for entry in kept["nodes"]:
            entry["done_on"] = entry["done_on"].isoformat() if entry["done_on"] else None
        return kept

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> "ReportContent":
        """The inverse of `to_dict`."""
        figures = [{**f, "value": None if f["value"] is None else Decimal(f["value"])} for f in kept["figures"]]
        words = {name: kept[name] for name in ("account", "next_step", "blocker")}
        return cls(tuple(FigureEntry(**f) for f in figures), kept_nodes(kept), **words)


def kept_nodes(kept: dict[str, Any]) -> tuple[NodeEntry, ...]:
    """The nodes alone of what was kept."""
    return tuple(
        NodeEntry(**{**n, "done_on": date.fromisoformat(n["done_on"]) if n["done_on"] else None}) for n in kept["nodes"]
    )


def kept_reasons(kept: dict[str, Any]) -> dict[int, str]:
    """Series -> why its figure was left blank, of what was kept."""
    blank = [f for f in kept["figures"] if f["value"] is None]
    return {f["indicator_id"]: f["unavailable_reason"] for f in blank if f["unavailable_reason"]}


def figure_field(indicator_id: int, member_id: int | None = None) -> str:
    """The form field's name of a figure."""
    return f"figure-{indicator_id}" if member_id is None else f"figure-{indicator_id}-{member_id}"


def parse_figure(text: str) -> Decimal | None:
    """The figure a person typed: full-width digits and separators of thousands are taken, blank is None.

    Raises InvalidInput for anything that is not one plain number.
    """
    plain = unicodedata.normalize("NFKC", text).strip().replace("−", "-")
    if not plain:
        return None
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    if not re.fullmatch(r"-?\d+(\.\d+)?", plain):
        raise InvalidInput(f"“{text.strip()[:20]}”不是数字。请只填一个数，不带单位和文字，如 12.5。")
    try:
        value = Decimal(plain)
    except InvalidOperation as error:  # pragma: no cover - the pattern above admits only numbers
        raise InvalidInput("不是数字。") from error
    if abs(value) >= LARGEST:
        raise InvalidInput("数太大，请核对计量单位。")
    if -int(value.as_tuple().exponent) > DECIMALS:
        raise InvalidInput(f"小数最多{DECIMALS}位。")
    if not is_keepable(value):
        raise InvalidInput(f"这个数超过{DIGITS}位，请核对或换大一级的计量单位。")
    return value
