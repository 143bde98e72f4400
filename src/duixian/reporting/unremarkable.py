"""What about a submitted report an officer should look at before approving it: pure; docs/rules/unremarkable.md.

A report without a remark is unremarkable: it may be approved together with others, and `why_unremarkable` says why.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum

from duixian.assessing import Light
from duixian.assessing.wording import USUAL_LIGHTS

# how bad a light is; what cannot be compared stands beside green
SEVERITY = {Light.RED: 3, Light.GREY: 3, Light.YELLOW: 2, Light.GREEN: 1, None: 1, Light.BLUE: 0}
# the same figure in so many reports running is asked about
SAME_FIGURE_MONTHS = 3
NONE = "暂不可比"


class Rank(IntEnum):
    """Where a report stands in the queue, the worst first."""

    DOUBT = 0
    LIGHT = 1
    LATE = 2
    PLAIN = 3


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at, in words."""

    rank: Rank
    words: str


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """What is known of a submitted report. `after` is the light it would give the task; None: it has none."""

    before: Light | None = None
    after: Light | None = None
    # questions its figures raise, also those the unit answered
    doubts: tuple[str, ...] = ()
    # figures left blank, each with the unit's reason
    unavailable: tuple[str, ...] = ()
    # the newest figure and those before it, newest first, of a series that is not finished
    figures: tuple[Decimal, ...] = ()
    # 1 for the first time it was submitted
    times_submitted: int = 1
    is_correction_open: bool = False
    # verified values of this month that differ from the reported ones
    differences: int = 0
    account: str = ""
    last_account: str = ""
    blocker: str = ""
    last_blocker: str = ""
    is_late: bool = False
    # light -> what the plan calls it
    light_words: Mapping[str, str] = field(default_factory=lambda: USUAL_LIGHTS)

    def word(self, light: Light | None) -> str:
        """A light as the plan calls it."""
        return self.light_words[light] if light else NONE


def remarks_on(facts: ReviewFacts) -> list[Remark]:
    """Everything worth a look, the worst first; empty for a report that may be approved unseen."""
    found = [*_doubts(facts), *_lights(facts)]
    if facts.is_late:
        found.append(Remark(Rank.LATE, "迟报"))
    return sorted(found, key=lambda remark: remark.rank)


def rank_of(remarks: list[Remark]) -> Rank:
    """Of the worst remark."""
    return min((remark.rank for remark in remarks), default=Rank.PLAIN)


def why_unremarkable(facts: ReviewFacts) -> str:
    """Why a report without remarks may be approved with others, in words."""
    light = facts.word(facts.after)
    course = f"{light}灯不变" if facts.before == facts.after else f"{facts.word(facts.before)}转{light}，没有变差"
    if facts.after is None and facts.before is None:
        course = f"仍{NONE}"
    return f"数值无疑点；{course.replace(f'{NONE}灯', NONE)}；按时上报；没有新的堵点"


def _doubts(facts: ReviewFacts) -> list[Remark]:
    words = list(facts.doubts)
    words += [f"没有数：{reason}" for reason in facts.unavailable]
    if facts.is_correction_open:
        words.append("更正待单位同意")
    if facts.differences:
        words.append(f"核查与所报不符{facts.differences}处")
    if facts.times_submitted > 1:
        words.append(f"第{facts.times_submitted}次上报，请看上次意见是否落实")
    months = _same_figure(facts.figures)
    if months >= SAME_FIGURE_MONTHS:
        words.append(f"连续{months}个月同一个数")
    if facts.account.strip() and facts.account.strip() == facts.last_account.strip():
        words.append("情况与上月一字不差")
    return [Remark(Rank.DOUBT, word) for word in words]


def _lights(facts: ReviewFacts) -> list[Remark]:
    words = []
    if facts.after is Light.BLUE and facts.before is not Light.BLUE:
        words.append(f"通过后转{facts.word(Light.BLUE)}，等于认定完成")
    elif SEVERITY[facts.after] > SEVERITY[facts.before]:
        words.append(f"通过后转{facts.word(facts.after)}")
    elif facts.after is Light.RED:
        words.append(f"仍为{facts.word(Light.RED)}灯")
    elif SEVERITY[facts.before] - SEVERITY[facts.after] > 1:
        words.append(f"由{facts.word(facts.before)}直接转{facts.word(facts.after)}")
    if facts.blocker.strip() and facts.blocker.strip() != facts.last_blocker.strip():
        words.append("写有新的堵点")
    return [Remark(Rank.LIGHT, word) for word in words]


def _same_figure(figures: tuple[Decimal, ...]) -> int:
    """How many months running the newest figure has been the same."""
    months = 0
    for figure in figures:
        if figure != figures[0]:
            break
        months += 1
    return months
