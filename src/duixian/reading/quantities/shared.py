"""One predicate for several indicators: 均增长12%, 分别增长8%、9%."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

from .. import lexicon
from ..clauses import parts
from ..model import Comparator, QuantityKind
from ..patterns import lazy
from . import indicators as name
from .amounts import Amount
from .governing import strives
from .kinds import kind_of
from .mentions import Mention
from .scene import Scene

# Without any of these before a single figure nothing is shared: neither several names nor a word that says each.
_JOINED = lazy("[、和与及均各都]|分别|全部|双双|同步")


@cache
def _marker() -> re.Pattern[str]:
    return re.compile(lexicon.any_of("frames", "shared.each", "shared.respectively"))


def read_shared(scene: Scene, kept: list[Mention], earlier: list[Amount]) -> list[Amount]:
    """产业链、专业镇营收均增长12%: two amounts with one text; A、B分别增长8%、9%: paired in order."""
    first = kept[0]
    left = scene.clause.start
    if len(kept) == 1 and not _JOINED.search(scene.folded, left, first.start):
        return []
    markers = [m for m in _marker().finditer(scene.folded, left, first.start) if _governs(scene, m, first)]
    marker = markers[-1] if markers else None
    end = marker.start() if marker else name.phrase_end(scene.folded, left, first.frame)
    if marker and (old := _OLD_LEVELS.search(scene.folded, left, end)):
        end = old.start()
    printed = _subjects(scene, left, end)
    if marker and "分别" in marker.group() and len(kept) == 1 and len(printed) > 1:
        # 二氧化硫、氮氧化物排放量分别下降3%: both by the same
        return [_share(scene, subject, first, first, "shared.each") for subject in complete(printed)]
    if (marker and "分别" in marker.group()) or _is_bare_series(scene, kept) or _answers(scene, kept, printed):
        return _paired(
            scene,
            _for_each(scene, printed, kept, earlier, end) or _before_comma(scene, earlier, len(kept)),
            kept,
        )
    if marker and marker.start() == left and len(kept) == 1:
        return [_share(scene, named, first, first, "shared.each") for named in _of_clause_before(scene, earlier)]
    if len(printed) < 2 or any(len(s) < 2 for s in printed):
        return []
    subjects = complete(printed)
    percent = first.group in ("percent", "points")
    if scene.folded[left : first.frame].count("与") and _RATIO.search(printed[-1]):
        return []
    # without 均 or 都 only measures that stand by themselves share a growth rate: 工业投资、民间投资增长10%
    alone = all(name.ends_with_measure(s) for s in printed)
    if len(kept) == 1 and _each_owes(scene, marker, first):
        return [_share(scene, subject, first, first, "shared.each") for subject in subjects]
    # 化肥、农药使用量下降2%: two nouns of a measure that only the last names
    alone = alone or (percent and not marker and _lack_measure(scene, left, first, printed))
    if len(kept) == 1 and ((marker and (percent or alone)) or (percent and alone)):
        return [_share(scene, subject, first, first, "shared.each") for subject in subjects]
    return []


# 补差水平从574元、271元|分别提高到: the old levels are no part of the names
_OLD_LEVELS = lazy(r"(?:由|从)[^,;]{0,8}\d[^,;]*$")
_SHORT_NOUN = 5


def _lack_measure(scene: Scene, left: int, first: Mention, printed: list[str]) -> bool:
    """Whether short nouns stand before the last, set off by 、 alone, and only the last says what is measured."""
    lead = scene.folded[left : first.frame]
    joined = re.search("[和与及等]", lead) or kind_of(first, lead)[0] is QuantityKind.RATE
    short = all(2 <= len(s) <= _SHORT_NOUN and not name.ends_with_measure(s) for s in printed[:-1])
    return not joined and short and name.ends_with_measure(printed[-1])


def _each_owes(scene: Scene, marker: re.Match[str] | None, first: Mention) -> bool:
    """甲基地、乙基地各9000亩, 书店、影院各2家: right before a count 各 gives it to each."""
    if marker is None or marker.group() != "各" or marker.end() != first.frame:
        return False
    # 各1个省级园区: a noun after the figure is what is counted
    return scene.folded[first.end : first.end + 1] in ("", "、", ",", "。", ";", "(")


# 物流费用与地区生产总值的比率: a ratio of the two is one
_RATIO = lazy("(?:的|之)?比[率例值重]$")


def _is_bare_series(scene: Scene, kept: list[Mention]) -> bool:
    """增长5.2%、6.8%: figures of one unit one after the other share the predicate of the first, 分别 or not."""
    if len(kept) < 2 or any(m.unit != kept[0].unit or m.group not in ("percent", "points") for m in kept):
        return False
    return all(scene.folded[a.end : b.start] in ("、", "和") for a, b in pairwise(kept))


def _answers(scene: Scene, kept: list[Mention], printed: list[str]) -> bool:
    """城镇和农村居民收入达到29092元、17191元: as many figures of one unit as subjects, 分别 or not."""
    if len(kept) < 2 or len(kept) != (2 if _both(printed) else len(printed)) or any(len(s) < 2 for s in printed):
        return False
    same = all(m.unit == kept[0].unit and m.group in ("money", "percent", "points") for m in kept)
    joined = all(scene.folded[a.end : b.start] in ("、", "和") for a, b in pairwise(kept))
    return same and joined and name.ends_with_measure(printed[-1])


def _both(printed: list[str]) -> bool:
    """城乡居民收入 are two."""
    return len(printed) == 1 and printed[0].startswith("城乡")


def _governs(scene: Scene, marker: re.Match[str], first: Mention) -> bool:
    """Whether a marker stands in the predicate, with only words of change up to the figure (平均浓度 has none)."""
    if not scene.layout.is_plain(marker.start()):
        return False
    if "分别" in marker.group():
        return True
    if marker.group() == "均" and (
        scene.folded[marker.start() - 1 : marker.start()] in ("年", "平") or scene.folded[marker.end()] in "价值衡线"
    ):
        # 年均增长 is one predicate of one name, 均价 is a name
        return False
    between = scene.folded[marker.end() : first.frame]
    return not between or name.is_predicate(between)


def _for_each(scene: Scene, printed: list[str], kept: list[Mention], earlier: list[Amount], right: int) -> list[str]:
    """One subject for each figure after 分别, as far as the words go.

    城乡居民收入 are two; 产值分别达到 takes its two owners from the clause before (新能源汽车、新材料两大产业).
    """
    count, left = len(kept), scene.clause.start
    if printed and all(name.is_time(s) for s in printed):
        return _by_times(scene, kept, earlier)
    if len(printed) == 1 and name.is_predicate(printed[0]):
        # 分别为4万元、2万元,增长5%、6%: nothing is named anew
        return []
    if len(printed) == count:
        return complete(_ordinals(printed))
    if len(printed) > count and len(whole := _subjects(scene, left, right, "、")) == count:
        # 软件和信息服务业、租赁和商务服务业增加值分别…: 和 stands inside the names
        return complete(whole)
    if len(printed) != 1:
        return []
    subject = printed[0]
    if _both(printed) and count == 2:
        return ["城镇" + subject[2:], "农村" + subject[2:]]
    owners = _owners(scene, count) if name.is_bare_measure(subject) else []
    return [owner + subject for owner in owners] or [subject] * count


def _by_times(scene: Scene, kept: list[Mention], earlier: list[Amount]) -> list[str]:
    """一季度、上半年分别完成投资20%、50%: what stands there are limits; what is reached stands behind 分别."""
    first = kept[0]
    start = scene.folded.rfind("分别", scene.clause.start, first.frame) + 2
    start = name.phrase_start(scene.folded, start, first.frame)
    reached = scene.layout.printed[start : first.frame].strip()
    if len(reached) < 2:
        # 6月底、12月底分别完成60%、100%: of what was promised before
        same = [a.indicator for a in earlier if a.clause.sentence == scene.clause.sentence]
        reached = same[-1] if same else ""
    return [reached] * len(kept) if len(reached) > 1 else []


def _of_clause_before(scene: Scene, earlier: list[Amount]) -> list[str]:
    """接待游客280万人次、旅游收入20亿元,均增长15%: the amounts of the clause before are what grows."""
    at = scene.layout.place_of(scene.clause)
    before = scene.layout.clauses[at - 1] if at else None
    names = [a.indicator for a in earlier if a.clause == before]
    return names if len(names) > 1 else []


def _before_comma(scene: Scene, earlier: list[Amount], count: int) -> list[str]:
    """接待游客3000万人次、旅游总收入280亿元,分别增长10%、12%: the amounts before are what grows."""
    same = [a.indicator for a in earlier if a.clause.sentence == scene.clause.sentence]
    return same[-count:] if len(same) >= count else []


# 两大产业: the count that closes a series of owners
_COUNTED = lazy(r"等?(?:[两二三四五六七八九十]|\d+)(?:大|个|类|条)")


def _owners(scene: Scene, count: int) -> list[str]:
    """The things named one by one in the clause before."""
    sentence = scene.layout.sentence_of(scene.clause)
    at = sentence.index(scene.clause)
    if at == 0:
        return []
    before = sentence[at - 1]
    end = _COUNTED.search(scene.folded, before.start, before.end)
    stop = end.start() if end else before.end
    start = name.phrase_start(scene.folded, before.start, stop)
    names = [scene.layout.printed[a:b] for a, b in parts(scene.layout, start, stop, "、和")]
    return names if len(names) == count else []


# 最低收购价平均每50公斤分别提高: by what it is reckoned is no part of the name
_RECKONED = lazy(r"(?:平均)?每\d+[^\d、,]{1,4}$")


def _subjects(scene: Scene, left: int, right: int, marks: str = "、和与及") -> list[str]:
    """The indicators named before a shared predicate, as printed."""
    if reckoned := _RECKONED.search(scene.folded, left, right):
        right = reckoned.start()
    start = name.phrase_start(scene.folded, left, name.phrase_end(scene.folded, left, right))
    end = name.phrase_end(scene.folded, start, right)
    stretches = parts(scene.layout, start, end, marks)
    subjects = [scene.layout.printed[a:b] for a, b in stretches]
    # 一、二、三产业: only the last must say what it is
    return subjects if subjects and len(subjects[-1]) > 1 else []


# 项目履约率、开工率: what the rate is of
_RATE_NAME = lazy(
    "(?:履约|开工|复工|竣工|投产|签约|落地|转化|到位|入库|完成|普及|覆盖|(?:按期|按时|及时)?(?:办结|响应|回复|受理))率$"
)


# 热线按期办结率、满意率: what the second rate is of
_RATES_OF_SERVICE = ("满意率", "满意度", "办结率", "按期办结率", "及时率", "回复率", "响应率", "合格率", "优良率")


_FIRST = lazy("第[一二三]")
_NEXT = lazy("[一二三](?P<noun>.*)")


def _ordinals(subjects: list[str]) -> list[str]:
    """第一、二、三产业: the first has the 第, the last the noun."""
    last = _NEXT.fullmatch(subjects[-1])
    if not last or not _FIRST.fullmatch(subjects[0]):
        return subjects
    return [f"第{subject.lstrip('第')[0]}{last['noun']}" for subject in subjects]


def complete(subjects: list[str]) -> list[str]:
    """产业链、专业镇营收 -> 产业链营收, 专业镇营收; 事故起数、死亡人数 -> 事故起数, 事故死亡人数."""
    service = _RATE_NAME.search(subjects[0] if len(subjects) < 2 else subjects[-2])
    if subjects[-1] in _RATES_OF_SERVICE and len(subjects) > 2 and service:
        # 代表建议、政协提案办结率、满意率: two rates of what is named together
        things = "、".join(subjects[:-1]).removesuffix(service.group())
        return [things + service.group(), things + subjects[-1]]
    ending = name.measure_at_end(subjects[-1])
    head = _RATE_NAME.sub("", name.subject_of(subjects[0]))
    made = []
    for i, subject in enumerate(subjects):
        if i and (name.is_bare_measure(subject) or subject in _RATES_OF_SERVICE) and head != subject:
            subject = head + subject
        elif ending and not name.ends_with_measure(subject):
            # names of a series are mostly of one length: 城镇、农村|居民收入
            # PM10、PM2.5平均浓度: a code is not cut
            rest = _after_kind(subject, subjects[-1]) or subjects[-1][len(subject) :].lstrip("0123456789.")
            # 制造业、普惠小微贷款余额: one stray character before the measure belongs to the last name
            whole = name.ends_with_measure(rest) and len(rest) - len(ending) != 1
            # 制造业、绿色低碳优势产业增加值: the last one's own noun is no part of the first
            whole = whole and not (subject.endswith("业") and rest.startswith(("产业", "行业")))
            subject += rest if whole else ending
        made.append(subject)
    return made


def _after_kind(subject: str, last: str) -> str:
    """高技术制造业、装备制造业增加值占比: both names end in one word, what follows it in the last is shared."""
    for width in (3, 2):
        at = last.find(subject[-width:]) if len(subject) > width else -1
        rest = last[at + width :] if at > 0 else ""
        if name.ends_with_measure(rest):
            return rest
    return ""


def _paired(scene: Scene, subjects: list[str], kept: list[Mention]) -> list[Amount]:
    if len(subjects) != len(kept):
        return []
    # 分别增长8%、9%左右: the qualifier after the last holds for all
    made = [_share(scene, s, m, kept[-1], "shared.respectively", kept[0]) for s, m in zip(subjects, kept, strict=True)]
    return [replace(amount, of_series=(len(made), place)) for place, amount in enumerate(made)]


def _share(
    scene: Scene, subject: str, mention: Mention, last: Mention, rule: str, first: Mention | None = None
) -> Amount:
    start = name.phrase_start(scene.folded, scene.clause.start, mention.frame)
    lead = scene.folded[scene.clause.start : (first or mention).frame]
    # 分别上调3%和每人每月20元: each figure has its own kind, the first has the words
    kind, direction = kind_of(mention if first is None else replace(mention, before=first.before), lead)
    if mention is not last and not mention.after and last.after:
        mention = _qualified(mention, last)
    elif first is not None and mention is not first and mention.comparator is Comparator.EQUAL:
        # 分别不超过38起、24人: what stands before the first holds for all
        mention = replace(mention, before=first.before)
    return Amount(
        start, last.end, subject, mention, kind, direction, strives(scene, start), None, scene.clause, lead, rule, 0.93
    )


def _qualified(mention: Mention, last: Mention) -> Mention:
    """The figure with the qualifier of the last of its series."""
    return replace(mention, after=last.after)
