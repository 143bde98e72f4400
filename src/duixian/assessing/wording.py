"""Figures and terms as people write them: 19.5, 62.5%, −2.9个百分点, 1—6月. Minus is −, a range is —."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from duixian.reading import Stage

from .model import Firmness, Grade, Light, OtherReason, PaceSource
from .units import is_permille, is_points

GRADE_WORDS: dict[Grade, str] = {
    Grade.COMPLETED: "已完成",
    Grade.AHEAD: "超进度",
    Grade.ON_PACE: "达进度",
    Grade.BEHIND: "欠进度",
    Grade.NOT_REPORTED: "缺报",
    Grade.OTHER: "其它",
}

LIGHT_WORDS: dict[Light, str] = {
    Light.RED: "红",
    Light.YELLOW: "黄",
    Light.GREEN: "绿",
    Light.BLUE: "蓝",
    Light.GREY: "灰",
}
# light -> what it is called where a plan has no words of its own
USUAL_LIGHTS: Mapping[str, str] = {light.value: word for light, word in LIGHT_WORDS.items()}


def verdict_words(grade: str, light: str, words: Mapping[str, str] = USUAL_LIGHTS) -> str:
    """欠进度、红灯; 其它、不亮灯. `words`: light -> what a plan calls it."""
    return f"{GRADE_WORDS[Grade(grade)]}、{words[Light(light)]}灯" if light else f"{GRADE_WORDS[Grade(grade)]}、不亮灯"


OTHER_WORDS: dict[OtherReason, str] = {
    OtherReason.NOT_DUE: "未到期",
    OtherReason.NO_PLAN: "未定计划",
    OtherReason.NO_BASELINE: "缺基期",
    OtherReason.NOT_PUBLISHED: "待发布",
    OtherReason.NO_COUNTERPART: "无对照数",
}

FIRMNESS_WORDS: dict[Firmness, str] = {
    Firmness.ESTIMATED: "预计数",
    Firmness.PRELIMINARY: "快报数",
    Firmness.SETTLED: "核定数",
}

PACE_WORDS: dict[PaceSource, str] = {
    PaceSource.MONTHLY_PLAN: "按分月计划",
    PaceSource.LAST_YEAR: "按上年同期进度",
    PaceSource.CALENDAR: "按月均进度",
}

STAGE_WORDS: dict[Stage, str] = {
    Stage.PLAN: "谋划",
    Stage.APPROVE: "获批",
    Stage.START: "开工",
    Stage.RESUME: "复工",
    Stage.ADVANCE: "推进",
    Stage.COMPLETE: "建成",
    Stage.IN_USE: "投用",
    Stage.ESTABLISH: "健全",
    Stage.OBTAIN: "获评",
    Stage.HOLD: "举办",
    Stage.RECTIFY: "整治",
    Stage.SUSTAIN: "保持",
}

# Some stages name a doing; what is due at the limit is its result.
RESULT_WORDS: dict[Stage, str] = STAGE_WORDS | {
    Stage.PLAN: "完成谋划",
    Stage.ADVANCE: "推进到位",
    Stage.ESTABLISH: "健全到位",
    Stage.RECTIFY: "整治到位",
    Stage.SUSTAIN: "保持到位",
}

STRIVE_WORD = "力争"

_TENTH = Decimal("0.1")
_HUNDRED = Decimal(100)


def figure(value: Decimal, places: int | None = None) -> str:
    """A number without trailing zeros or exponent: 4.3, 6, −2.9. `places` rounds half up first; without it, exact."""
    if places is not None:
        value = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    # copy_abs: abs() would round to the context's 28 digits
    text = format(value.copy_abs(), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"−{text}" if value < 0 and text != "0" else text


def percent(ratio: Decimal, marks: Sequence[Decimal] = (Decimal(1),)) -> str:
    """A ratio in per cent with one decimal: 0.625 is 62.5%.

    Rounding never lands on a mark (100 % and, if given, the other thresholds) the ratio has not exactly reached:
    0.9998 is 99.9%, so that the figure does not contradict the light.
    """
    shown = (ratio * _HUNDRED).quantize(_TENTH, rounding=ROUND_HALF_UP)
    if any(shown == mark * _HUNDRED and ratio != mark for mark in marks):
        shown += _TENTH if ratio * _HUNDRED > shown else -_TENTH
    return f"{shown}%".replace("-", "−")


def points(value: Decimal) -> str:
    """A difference of percentages: −2.9个百分点."""
    return f"{figure(value)}个百分点"


def amount(value: Decimal, unit: str, places: int | None = None) -> str:
    """A figure with its unit: 19.5公里."""
    return f"{figure(value, places)}{unit}"


def difference(value: Decimal, unit: str, places: int | None = None) -> str:
    """The size of a difference, without its sign: percentages differ in points, amounts in their unit."""
    if is_permille(unit):
        unit = "个千分点"
    elif is_points(unit):
        unit = "个百分点"
    return amount(value.copy_abs(), unit, places)


def months_so_far(month: date) -> str:
    """The part of the year that ends with `month`: 1—6月, or 1月."""
    return "1月" if month.month == 1 else f"1—{month.month}月"


def day_words(day: date, year: int) -> str:
    """A day: 6月30日, with its year where that is not `year`."""
    text = f"{day.month}月{day.day}日"
    return text if day.year == year else f"{day.year}年{text}"
