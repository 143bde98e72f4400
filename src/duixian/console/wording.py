"""Figures, limits and lights as the pages print them. Pure: what a figure means is `assessing`'s."""

import re
from collections.abc import Collection, Mapping
from contextvars import ContextVar
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from duixian.assessing import Grade, Light
from duixian.assessing.model import OtherReason
from duixian.assessing.units import is_permille, is_points
from duixian.assessing.wording import GRADE_WORDS, OTHER_WORDS, USUAL_LIGHTS
from duixian.reading import Comparator
from duixian.register.models import Target

# finer decimals are kept in the register, and are noise in a column
MOST_PLACES = 3
# whole clauses that fill less than this share of the room say too little
SHORTEST_SHARE = 0.6
CLAUSE = re.compile(r"(?<=[，,；;。])")

# worst first, then what cannot be compared
LIGHT_ORDER = (Light.RED.value, Light.YELLOW.value, Light.GREEN.value, Light.BLUE.value, Light.GREY.value, "")
GRADE_ORDER = tuple(grade.value for grade in Grade)


# what the plan in front of the person calls its lights; set once a request
NO_REWARDS: frozenset[str] = frozenset()
_light_words: ContextVar[Mapping[str, str]] = ContextVar("light_words", default=USUAL_LIGHTS)
_rewards: ContextVar[Collection[str]] = ContextVar("rewarding_lights", default=NO_REWARDS)


def call_lights(words: Mapping[str, str] | None, rewards: Collection[str] = NO_REWARDS) -> None:
    """From now on, in this request, lights are called so, and these commend; None for the usual names."""
    _light_words.set(words or USUAL_LIGHTS)
    _rewards.set(rewards)


def reward_mark(light: str) -> str:
    """表扬, of a light that commends in the plan in front of the person; else ""."""
    return _("表扬") if light in _rewards.get() else ""


def light_words() -> Mapping[str, str]:
    """Light -> what the plan in front of the person calls it."""
    return _light_words.get()


def light_word(light: str) -> str:
    """红, 黄 ... as the plan calls them; 暂不可比 where there is none."""
    return _light_words.get()[light] if light else _("暂不可比")


def verdict(grade: str, light: str) -> str:
    """欠进度、红灯; 其它、不亮灯."""
    lit = _("%(light)s灯") % {"light": light_word(light)} if light else _("不亮灯")
    return f"{grade_word(grade)}、{lit}"


def promised_mark(light: str, grade: str) -> str:
    """What is written beside an amended light: 原定红, 原定其它; "" where nothing was amended."""
    if not grade:
        return ""
    return _("原定%(what)s") % {"what": light_word(light) if light else grade_word(grade)}


def light_meaning(light: str) -> str:
    """What the light says, in a word or two, and whether it commends: 已完成·表扬."""
    meanings = {
        Light.RED: _("滞后逾期"),
        Light.YELLOW: _("略慢"),
        Light.GREEN: _("正常"),
        Light.BLUE: _("已完成"),
        Light.GREY: _("到期未报"),
    }
    if not light:
        return ""
    return "·".join(filter(None, [meanings[Light(light)], reward_mark(light)]))


def grade_word(grade: str) -> str:
    """已完成, 超进度 ..."""
    return GRADE_WORDS[Grade(grade)]


def other_word(other: str) -> str:
    """Why there is no pace: 未定计划, 缺基期 ..."""
    return OTHER_WORDS[OtherReason(other)] if other else ""


def places_of(*values: Decimal | None) -> int:
    """How many decimals a part's figures are printed with: as many as the finest of them carries, within reason."""
    carried = [-int(v.normalize().as_tuple().exponent) for v in values if v is not None]
    return min(max([0, *carried]), MOST_PLACES)


def fixed(value: Decimal | None, places: int) -> str:
    """A figure with exactly so many decimals; the minus is −. Blank stays blank."""
    if value is None:
        return ""
    text = format(value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP), "f")
    return text.replace("-", "−") if any(c in text for c in "123456789") else text.lstrip("-")


def expected_figure(value: Decimal | None, places: int) -> str:
    """An expected figure: with the part's decimals, and one more where the pace falls between whole pieces."""
    if value is None:
        return ""
    return fixed(value, 1 if places == 0 and value != value.to_integral_value() else places)


def exact(value: Decimal | None) -> str:
    """A figure as it was entered, without idle zeros; also what stands in an input."""
    if value is None:
        return ""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def signed(value: Decimal, unit: str) -> str:
    """A deviation: −2.9点 for percentages, +12公里 for amounts."""
    places = places_of(value.quantize(Decimal("0.1")) if is_points(unit) else value)
    text = fixed(value, places)
    sign = "" if text.startswith("−") or not value else "+"
    return f"{sign}{text}{_('点') if is_points(unit) and not is_permille(unit) else unit}"


def goal(target: Target) -> str:
    """The target value with its comparator: ≥ 400, 6左右, 1—2; a relation names the other series."""
    value_now, value_max = target.current_value, target.current_value_max
    if value_now is None:
        against = target.against.name if target.against else ""
        words = {Comparator.ABOVE: _("高于"), Comparator.AT_LEAST: _("不低于")}
        return f"{words.get(Comparator(target.comparator), _('同步于'))}{against}"
    value, fall = exact(value_now).replace("-", "−"), _("降") if target.direction == "down" else ""
    if target.comparator == Comparator.RANGE:
        return f"{fall}{value}—{exact(value_max)}"
    if target.comparator == Comparator.ABOUT:
        return f"{fall}{value}{_('左右')}"
    if target.comparator == Comparator.EQUAL:
        return f"{fall}{value}"
    return f"{fall}{target.get_comparator_display()} {value}"


def short(text: str, limit: int) -> str:
    """As many whole clauses as fit, then ……; cut inside a clause where whole ones would leave too little."""
    text = " ".join(text.split()).rstrip("。；;")
    if len(text) <= limit:
        return text
    kept = ""
    for clause in CLAUSE.split(text):
        if len(kept) + len(clause) > limit:
            break
        kept += clause
    kept = kept.rstrip("，,；;。")
    return f"{kept if len(kept) > limit * SHORTEST_SHARE else text[: limit - 1]}……"


def limit_label(due_on: date, limit_text: str, year: int) -> str:
    """A limit as printed, or the plan's year where none is written."""
    return limit_text or f"{year}年"


def day(value: date, year: int) -> str:
    """6月30日, with its year where that is another."""
    text = f"{value.month}月{value.day}日"
    return text if value.year == year else f"{value.year}年{text}"


def change(now: int, before: int) -> str:
    """+4, −2, 持平."""
    if now == before:
        return _("持平")
    return f"+{now - before}" if now > before else f"−{before - now}"
