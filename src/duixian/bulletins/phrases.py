"""Turns of phrase the text and the annex share."""

from decimal import Decimal

from duixian.assessing.wording import figure
from duixian.bulletins.figures import TaskFigures
from duixian.reading import Comparator
from duixian.register.models import Target

LONGEST_NAME = 26
# one clause that cannot be parted is named whole up to this length
LONGEST_CLAUSE = 40
MARKS = "，。；、,;"


def task_name(t: TaskFigures) -> str:
    """What the task is about, short enough for a heading: the deciding target's words, else the first clause."""
    target = t.deciding_target
    words = target.text if target else t.task.text
    for mark in "。；;":
        words = words.split(mark)[0]
    if len(words) > LONGEST_NAME:
        cut = max(words.rfind(mark, 0, LONGEST_NAME) for mark in MARKS)
        if cut > LONGEST_NAME // 3:
            words = words[:cut]
        elif len(words) > LONGEST_CLAUSE:
            words = words[: LONGEST_CLAUSE - 1] + "…"
    return words.strip(MARKS)


def reason_of(t: TaskFigures) -> str:
    """Why, in words and figures. The part's own sentence: its name already stands in the heading."""
    if t.standing.is_overridden:
        return t.standing.reason
    target = t.deciding_target
    named = f"其中{target.indicator.name}" if target and target.shares_its_words else ""
    return f"{named}{t.deciding_part.reason}"


def ended(sentence: str) -> str:
    """One full stop at the end, no line breaks."""
    return "".join(sentence.split()).rstrip("。；，,;.") + "。"


def in_force(target: Target) -> str:
    """The target as a table cell: ≥400亿元, 2%左右, 1—2个; the other series' name for a relation.

    Where another value was promised first, it stands beside: ≥380亿元（原定≥400亿元）.
    """
    now = _cell(target, target.current_value, target.current_value_max)
    if target.amended_value is None:
        return now
    return f"{now}（原定{_cell(target, target.original_value, target.original_value_max)}）"


def _cell(target: Target, value: Decimal | None, value_max: Decimal | None) -> str:
    if value is None:
        return f"对照{target.against.name}" if target.against else "—"
    unit = target.unit_of_measure
    if value_max is not None:
        return f"{figure(value)}—{figure(value_max)}{unit}"
    sign = {Comparator.AT_LEAST: "≥", Comparator.AT_MOST: "≤", Comparator.ABOVE: ">"}.get(
        Comparator(target.comparator), ""
    )
    about = "左右" if target.comparator == Comparator.ABOUT else ""
    return f"{sign}{figure(value)}{unit}{about}"
