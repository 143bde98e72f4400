"""Amounts of a passage: which figures are promises, of what, how many of them share one predicate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from .. import lexicon
from ..clauses import Clause, Layout, parts
from ..model import Comparator, QuantityKind
from ..times import Time
from . import indicators as name
from .kinds import kind_of
from .mentions import Mention, scan
from .refusals import Scene, refusal

_SEPARATORS = "、和及与并且或暨,;。"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount by local offsets, before its links to limits and stages are made.

    `start` to `end` is its text, `lead` the words of its part before the figure, `clause` the clause it stands in.
    """

    start: int
    end: int
    indicator: str
    mention: Mention
    kind: QuantityKind
    direction: str | None
    strive: bool
    per: str | None
    clause: Clause
    lead: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Slot:
    """One figure with the stretch of clause that is its own."""

    mention: Mention
    left: int
    right: int


def read_amounts(layout: Layout, times: Sequence[Time], year: int | None, *, is_result: bool = False) -> list[Amount]:
    """All amounts a passage commits to (or, in a review, reports)."""
    mentions = tuple(scan(layout.folded))
    made: list[Amount] = []
    for clause in layout.clauses:
        own = tuple(m for m in mentions if clause.start <= m.start < clause.end)
        if own:
            scene = Scene(layout, clause, tuple(times), own, year, is_result)
            made += _of_clause(scene, made)
    return made


def _of_clause(scene: Scene, earlier: list[Amount]) -> list[Amount]:
    kept = [m for m in scene.mentions if refusal(m, scene) is None]
    if not kept:
        return []
    shared = _shared(scene, kept, earlier)
    if shared:
        return shared
    made: list[Amount] = []
    for slot in _slots(scene, kept):
        amount = _amount(scene, slot, [*earlier, *made])
        if amount:
            made.append(amount)
    return _restore_nouns(scene, made)


# --- one predicate for several indicators -------------------------------------------------------------------------


@cache
def _marker() -> re.Pattern[str]:
    return re.compile(lexicon.any_of("frames", "shared.each", "shared.respectively"))


def _shared(scene: Scene, kept: list[Mention], earlier: list[Amount]) -> list[Amount]:
    """产业链、专业镇营收均增长12%: two amounts with one text; A、B分别增长8%、9%: paired in order."""
    first = kept[0]
    left = scene.clause.start
    marker = None
    for match in _marker().finditer(scene.folded, left, first.start):
        if (
            (match.start() > left or match.group() == "分别")
            and scene.layout.is_plain(match.start())
            and _governs(scene, match, first)
        ):
            marker = match
    printed = _subjects(scene, left, marker.start() if marker else _before_change(scene, left, first))
    if marker and "分别" in marker.group():
        return _paired(scene, _for_each(scene, printed, len(kept)) or _before_comma(scene, earlier, len(kept)), kept)
    if len(printed) < 2:
        return []
    subjects = complete(printed)
    percent = first.group in ("percent", "points")
    # without 均 or 都 only measures that stand by themselves share a growth rate: 工业投资、民间投资增长10%
    alone = all(name.ends_with_measure(s) for s in printed)
    if len(kept) == 1 and ((marker and (percent or alone)) or (percent and alone)):
        return [_share(scene, subject, first, first, "shared.each") for subject in subjects]
    return []


def _governs(scene: Scene, marker: re.Match[str], first: Mention) -> bool:
    """Whether a marker stands in the predicate, with only words of change up to the figure (平均浓度 has none)."""
    between = scene.folded[marker.end() : first.frame]
    return "分别" in marker.group() or not between or bool(_all_predicate().fullmatch(between))


def _for_each(scene: Scene, printed: list[str], count: int) -> list[str]:
    """One subject for each figure after 分别, as far as the words go.

    城乡居民收入 are two; 产值分别达到 takes its two owners from the clause before (新能源汽车、新材料两大产业).
    """
    if len(printed) == count:
        return complete(printed)
    if len(printed) != 1:
        return []
    subject = printed[0]
    if subject.startswith("城乡") and count == 2:
        return ["城镇" + subject[2:], "农村" + subject[2:]]
    owners = _owners(scene, count) if name.is_bare_measure(subject) else []
    return [owner + subject for owner in owners] or [subject] * count


def _before_comma(scene: Scene, earlier: list[Amount], count: int) -> list[str]:
    """接待游客3000万人次、旅游总收入280亿元,分别增长10%、12%: the amounts before are what grows."""
    same = [a.indicator for a in earlier if a.clause.sentence == scene.clause.sentence]
    return same[-count:] if len(same) >= count else []


def _owners(scene: Scene, count: int) -> list[str]:
    """The things named one by one in the clause before."""
    sentence = scene.layout.sentence_of(scene.clause)
    at = sentence.index(scene.clause)
    if at == 0:
        return []
    before = sentence[at - 1]
    end = re.search(r"等?(?:[两二三四五六七八九十]|\d+)(?:大|个|类|条)", scene.folded[before.start : before.end])
    stop = before.start + end.start() if end else before.end
    start = name.phrase_start(scene.folded, before.start, stop)
    names = [scene.layout.printed[a:b] for a, b in parts(scene.layout, start, stop, "、和")]
    return names if len(names) == count else []


def _before_change(scene: Scene, left: int, first: Mention) -> int:
    return name.phrase_end(scene.folded, left, first.frame)


def _subjects(scene: Scene, left: int, right: int) -> list[str]:
    """The indicators named before a shared predicate, as printed."""
    start = name.phrase_start(scene.folded, left, name.phrase_end(scene.folded, left, right))
    end = name.phrase_end(scene.folded, start, right)
    stretches = parts(scene.layout, start, end, "、和与及")
    subjects = [scene.layout.printed[a:b] for a, b in stretches]
    return [] if any(len(s) < 2 for s in subjects) else subjects


def complete(subjects: list[str]) -> list[str]:
    """产业链、专业镇营收 -> 产业链营收, 专业镇营收; 事故起数、死亡人数 -> 事故起数, 事故死亡人数."""
    ending = name.measure_at_end(subjects[-1])
    head = name.subject_of(subjects[0])
    made = []
    for i, subject in enumerate(subjects):
        if i and name.is_bare_measure(subject) and head != subject:
            subject = head + subject
        elif ending and not name.ends_with_measure(subject):
            # names of a series are mostly of one length: 城镇、农村|居民收入
            rest = subjects[-1][len(subject) :]
            subject += rest if name.ends_with_measure(rest) else ending
        made.append(subject)
    return made


def _paired(scene: Scene, subjects: list[str], kept: list[Mention]) -> list[Amount]:
    if len(subjects) != len(kept):
        return []
    # 分别增长8%、9%左右: the qualifier after the last holds for all
    return [_share(scene, s, m, kept[-1], "shared.respectively", kept[0]) for s, m in zip(subjects, kept, strict=True)]


def _share(
    scene: Scene, subject: str, mention: Mention, last: Mention, rule: str, first: Mention | None = None
) -> Amount:
    start = name.phrase_start(scene.folded, scene.clause.start, mention.frame)
    lead = scene.folded[scene.clause.start : (first or mention).frame]
    kind, direction = kind_of(mention if first is None else first, lead)
    if mention is not last and not mention.after and last.after:
        mention = _qualified(mention, last)
    return Amount(
        start, last.end, subject, mention, kind, direction, _strives(scene, start), None, scene.clause, lead, rule, 0.93
    )


def _qualified(mention: Mention, last: Mention) -> Mention:
    """The figure with the qualifier of the last of its series."""
    return replace(mention, after=last.after)


# --- one figure -----------------------------------------------------------------------------------------------------


def _slots(scene: Scene, kept: list[Mention]) -> list[_Slot]:
    """The stretch each figure may draw its name from: up to the mark that parts it from its neighbours."""
    slots = []
    left = scene.clause.start
    for i, mention in enumerate(kept):
        following = kept[i + 1] if i + 1 < len(kept) else None
        right = scene.clause.end if following is None else _mark_between(scene, mention.end, following.frame)
        slots.append(_Slot(mention, left, right))
        left = right
    return slots


def _mark_between(scene: Scene, start: int, end: int) -> int:
    """Where two figures part: the first 、 after the earlier one's noun, or 和 right before the later one's words."""
    folded = scene.folded
    for at in range(start, end):
        if folded[at] == "、" and scene.layout.is_plain(at):
            return at
    for at in range(end - 1, start - 1, -1):
        if folded[at] in "和及与并" and scene.layout.is_plain(at) and folded[at : at + 2] not in ("参与", "与会"):
            return at
    return end


def _amount(scene: Scene, slot: _Slot, earlier: list[Amount]) -> Amount | None:
    m, folded = _at_least_before_verb(slot, scene), scene.folded
    slot = replace(slot, mention=m)
    rest_start = _past_brackets(scene, m.end, slot.right)
    rest = folded[rest_start : slot.right]
    lead = folded[slot.left : m.frame].lstrip(_SEPARATORS)
    kind, direction = kind_of(m, lead)
    follows = bool(rest.strip()) and rest[0] not in _SEPARATORS and not _starts_anew().match(rest)
    if follows and (m.group not in ("percent", "points", "times_more") or rest[0] == "的"):
        start, end, indicator, rule, sure = _named_after(scene, slot, rest_start)
    else:
        start, end, indicator, rule, sure = _named_before(scene, slot, earlier)
    if not indicator:
        return None
    strive, per = _strives(scene, m.frame), _per(scene, m.frame)
    return Amount(start, end, indicator, m, kind, direction, strive, per, scene.clause, lead, rule, sure)


@cache
def _starts_anew() -> re.Pattern[str]:
    return re.compile(lexicon.any_of("frames", "marks.nouns", "marks.verbs"))


_AT_LEAST = re.compile(r"(?:至少|最少|不少于|不低于)[^,、\d]{0,8}$")


def _at_least_before_verb(slot: _Slot, scene: Scene) -> Mention:
    """至少建成1处: the qualifier stands before the verb."""
    m = slot.mention
    if m.comparator is Comparator.EQUAL and _AT_LEAST.search(scene.folded, slot.left, m.frame):
        return replace(m, before="至少")
    return m


def _past_brackets(scene: Scene, at: int, end: int) -> int:
    """A bracket right after the figure is a remark: 3座(含改造1座)."""
    while at < end and at in scene.layout.bracketed:
        at += 1
    return at


# Words after a counted thing that say what becomes of it; they are the outcome, not the thing.
@cache
def _state() -> re.Pattern[str]:
    return re.compile(lexicon.any_of("stages", "tail.words") + "$")


_PLACES = re.compile(r"^(?:行政村|自然村|村|镇|乡|县|社区|小区|村庄|乡镇|街道|点位|学校)$")


def _named_after(scene: Scene, slot: _Slot, start: int) -> tuple[int, int, str, str, float]:
    """100家以上纳统服务业调查单位: the noun follows its classifier."""
    m, folded = slot.mention, scene.folded
    if folded[start : start + 1] == "的":
        start += 1
    end = _noun_end(scene, start, slot.right)
    noun_end = end
    while match := _state().search(folded, start, noun_end):
        if match.start() - start < 2:
            break
        noun_end = match.start()
    indicator = scene.layout.printed[start:noun_end].strip(" 的、")
    before = _phrase_before(scene, slot)
    if _PLACES.match(indicator) and before:
        return m.start, noun_end, before + indicator, "amount.noun-around", 0.85
    given = re.match(r"(.{2,20}?)(?:提供|实施|开展|发放|办理)(.{2,})$", folded[start:end])
    if (given and folded[max(0, m.frame - 1) : m.frame] in ("为", "对", "给")) or (given and m.before == "为"):
        indicator = given.group(1) + given.group(2)
    return m.start, noun_end, indicator, "amount.noun-after", 0.93 if len(indicator) > 1 else 0.6


# 为6.2万名适龄女性提供“两癌”免费筛查: whom and what together are the indicator
_GIVEN = re.compile(r"(?P<whom>.{2,20}?)(?:提供|实施|开展|发放|办理)(?P<what>.{2,})")


def _noun_end(scene: Scene, start: int, right: int) -> int:
    """A noun runs to the next enumeration comma; one inside its own words (A、B等产业) belongs to it."""
    folded = scene.folded
    for at in range(start, right):
        if folded[at] == "、" and scene.layout.is_plain(at):
            return at
    return right


def _phrase_before(scene: Scene, slot: _Slot) -> str:
    """The noun before the figure, if more stands there than manner and a verb."""
    folded, m = scene.folded, slot.mention
    start = name.phrase_start(folded, slot.left, m.frame)
    end = name.phrase_end(folded, start, m.frame)
    text = scene.layout.printed[start:end]
    is_verb = bool(re.fullmatch(lexicon.any_of("phrases", "opening.work", "opening.manner") + "+", text))
    return "" if is_verb or len(text) < 3 else text


def _named_before(scene: Scene, slot: _Slot, earlier: list[Amount]) -> tuple[int, int, str, str, float]:
    """地区生产总值增长6%: the noun leads, a predicate follows."""
    m, folded, layout = slot.mention, scene.folded, scene.layout
    left = slot.left
    while left < m.frame and folded[left] in _SEPARATORS:
        left += 1
    end = name.phrase_end(folded, left, m.frame)
    if old := _OLD_LEVEL.search(folded, left, end):
        end = name.phrase_end(folded, left, old.start())
    start = name.phrase_start(folded, left, end)
    text_start = _text_start(folded, left, m.frame)
    inner = name.inner_start(layout, start, end)
    start = name.phrase_start(folded, inner, end) if inner > start else start
    start = name.after_examples(layout, start, end)
    indicator = layout.printed[start:end].strip(" 、的")
    given = _GIVEN.fullmatch(indicator[1:]) if indicator[:1] in ("为", "对", "给") else None
    if given:
        indicator = given["whom"] + given["what"]
    previous = earlier[-1] if earlier and earlier[-1].clause.sentence >= scene.clause.sentence - 1 else None
    if not indicator or ((indicator in _EMPTY or _is_predicate(indicator)) and previous):
        if previous is None:
            return text_start, m.end, folded[left : m.frame] or folded[m.start : m.end], "amount.no-noun", 0.4
        return text_start, m.end, previous.indicator, "amount.same-noun", 0.75
    if previous and _STAGE_ONLY.fullmatch(indicator):
        return text_start, m.end, previous.indicator, "amount.same-noun", 0.8
    if previous and _LEVEL_ONLY.fullmatch(indicator) and _LEVEL_ONLY.match(previous.indicator):
        noun = indicator + _LEVEL_ONLY.sub("", previous.indicator, count=1)
        return text_start, m.end, noun, "amount.noun-shared", 0.85
    if previous and (name.is_bare_measure(indicator) or name.is_spending(indicator, previous.indicator)):
        plain = re.sub("^全[市县区省]", "", indicator)
        return text_start, m.end, name.subject_of(previous.indicator) + plain, "amount.subject-restored", 0.8
    return text_start, m.end, indicator, "amount.noun-before", 0.95 if len(indicator) > 1 else 0.6


# 年内开工120个、竣工90个, 改造提升10万亩: only the work is named, its object stands before
_STAGE_ONLY = re.compile(
    "(?:开工|竣工|投产|复工|投用|投运|签约|落地|入库|建成|完工|新开工|改造|改造提升|提升|新建|扩建|更新|完成|建设|修复|治理)+"
)
# 省级和美乡村40个、市级100个
_LEVEL_ONLY = re.compile("(?:国家|省|市|县|区|部|世界)级")
# 占比由6.8%提高到7.5%: the old level is no part of the name
_OLD_LEVEL = re.compile(r"(?:由|从)[^,、]{0,8}\d[^,、]{0,6}$")

# what is left of a predicate when its subject is left out: 力争增长8%, 其中…
_EMPTY = {"增长", "下降", "达到", "其中", "新增", "增速", "完成", "提高", "比重", "实现", "更高", "同比"}


@cache
def _all_predicate() -> re.Pattern[str]:
    return re.compile(lexicon.any_of("phrases", "opening.manner", "ending.predicate") + "+")


def _is_predicate(text: str) -> bool:
    """Whether nothing but manner and predicate words is left."""
    return bool(_all_predicate().fullmatch(text))


def _text_start(folded: str, left: int, right: int) -> int:
    """Where the amount's own words begin: past manner and time, but with its verb."""
    manner = re.compile(lexicon.any_of("phrases", "opening.manner"))
    start = left
    while start < right and not name.is_whole(folded, start):
        match = manner.match(folded, start, right)
        step = (
            match.end()
            if match and match.group() not in ("完成", "新", "保持", "稳定", "提供", "推动", "带动")
            else start
        )
        step = max(step, name._time(folded, start, right))
        if step <= start or step >= right:
            break
        start = step
    return start


def _restore_nouns(scene: Scene, made: list[Amount]) -> list[Amount]:
    """1个国家级、2个省级临床重点专科; 27条72公里道路: the noun of the last is the noun of all."""
    for i in range(len(made) - 2, -1, -1):
        mine, other = made[i], made[i + 1]
        if mine.mention.end == other.mention.start and other.rule == "amount.noun-after":
            made[i] = replace(mine, end=other.end, indicator=other.indicator, rule="amount.noun-shared")
        elif re.fullmatch(r"(?:国家|省|市|县|部|世界|区域|自治区)级", mine.indicator) and other.rule.startswith(
            "amount.noun"
        ):
            noun = re.sub(r"^(?:国家|省|市|县|部|世界|区域|自治区)级", "", other.indicator)
            made[i] = replace(mine, indicator=mine.indicator + noun, rule="amount.noun-shared")
    return made


# --- what governs an amount ------------------------------------------------------------------------------------------


@cache
def _strive() -> re.Pattern[str]:
    return re.compile(lexicon.any_of("frames", "strive.words"))


def _strives(scene: Scene, at: int) -> bool:
    """Whether 力争 governs an amount: in its own clause, or, where it opens the sentence, the bare clauses after it."""
    folded, clause = scene.folded, scene.clause
    if _strive().search(folded, clause.start, at):
        return True
    wide = lexicon.words("frames")["strive"]["wide"]
    sentence = scene.layout.sentence_of(clause)
    for before in sentence[: sentence.index(clause)]:
        opens = folded[before.start : before.end].lstrip().startswith(tuple(wide))
        if opens and before == sentence[0] and not _has_own_verb(folded, clause):
            return True
    return False


def _has_own_verb(folded: str, clause: Clause) -> bool:
    """A clause with a verb of its own at its head is no longer under the verb before it."""
    return name.phrase_start(folded, clause.start, clause.end) > clause.start


@cache
def _each() -> re.Pattern[str]:
    return re.compile("每(?:个|座|所|家|条|户|名)?(" + lexicon.any_of("frames", "each.members") + ")")


def _per(scene: Scene, at: int) -> str | None:
    """每个县区 -> 县区: the amount is what each of them owes."""
    match = _each().search(scene.folded, scene.clause.start, at)
    return match.group(1) if match else None
