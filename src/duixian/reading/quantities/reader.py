"""Amounts of a passage: which figures are promises, of what, how many of them share one predicate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from .. import lexicon
from ..clauses import Layout, in_word
from ..lexicon.matching import Words
from ..model import Comparator, QuantityKind
from ..patterns import lazy
from ..times import Time
from ..values import value
from .amounts import SEPARATORS, Amount, Slot
from .governing import per_member, strives
from .indicators import is_work
from .kinds import kind_of
from .mentions import Mention, scan
from .naming import LEVEL_ONLY, named_after, named_before
from .refusals import refusal
from .scene import Scene
from .shared import read_shared


@value(frozen=True, slots=True)
class Found:
    """The amounts of a passage, all its figures with a unit, and those of them that were refused, with the reason."""

    amounts: list[Amount]
    mentions: tuple[Mention, ...]
    refused: list[tuple[Mention, str]]


def find_amounts(layout: Layout, times: Sequence[Time], year: int | None, *, is_result: bool = False) -> Found:
    """All amounts a passage commits to (or, in a review, reports)."""
    found = Found([], tuple(scan(layout.folded)), [])
    for clause in layout.clauses:
        own = tuple(m for m in found.mentions if clause.start <= m.start < clause.end)
        if own:
            _of_clause(Scene(layout, clause, tuple(times), own, year, is_result), found)
    return found


def _of_clause(scene: Scene, found: Found) -> None:
    """Add a clause's amounts and refusals to what was found before it."""
    reasons = [(m, refusal(m, scene)) for m in scene.mentions]
    kept = [m for m, reason in reasons if reason is None]
    found.refused.extend((m, reason) for m, reason in reasons if reason is not None)
    if not kept:
        return
    made = read_shared(scene, kept, found.amounts)
    if not made:
        for slot in _slots(scene, kept):
            amount = _amount(scene, slot, [*found.amounts, *made])
            if amount:
                made.append(amount)
        made = _restore_nouns(made)
    found.amounts.extend(made)


def _slots(scene: Scene, kept: list[Mention]) -> list[Slot]:
    """The stretch each figure may draw its name from: up to the mark that parts it from its neighbours."""
    slots = []
    left = scene.clause.start
    for i, mention in enumerate(kept):
        following = kept[i + 1] if i + 1 < len(kept) else None
        right = scene.clause.end if following is None else _parted(scene, mention, following)
        slots.append(Slot(mention, left, right))
        left = right
    return slots


# 在17个乡镇硬化道路10万平方米: where it is done, then what is done
_DONE_THERE = lazy(
    "硬化|铺设|敷设|安装|新建|改建|扩建|改造|建设|建成|新增|开展|实施|完成|推广|种植|栽植|修建|配备|设立|布设|打造"
)


_SPENT = lazy(
    "(?<=[^、和及与计划总年度,])(?:年度|计划)*(?:总投资|投资总额|投资额)(?:达到?|约|超过?|为)?$"
    "|(?<=..)(?:人均|户均|亩均)[^、,\\d]{2,8}$"
    "|(?<=[^、和及与计划预共累力,])(?:计划|预计|累计|力争|共|已)*(?:完成|实现|投入|到位)[^、,\\d]{2,10}$"
)


def _parted(scene: Scene, mention: Mention, following: Mention) -> int:
    """Where the words of one figure end and those of the next begin."""
    if following.group == "money" and (spent := _SPENT.search(scene.folded, mention.end + 1, following.frame)):
        # 25个项目计划总投资27亿元: what it costs is named by itself
        return spent.start()
    at = _mark_between(scene, mention.end, following.frame)
    if at == following.frame and mention.before == "在":
        done = _DONE_THERE.search(scene.folded, mention.end + 1, at - 1)
        return done.start() if done else at
    return at


def _mark_between(scene: Scene, start: int, end: int) -> int:
    """Where two figures part: the first 、 after the earlier one's noun, or 和 right before the later one's words."""
    folded = scene.folded
    for at in range(start, end):
        if folded[at] == "、" and scene.layout.is_plain(at):
            return at
    for at in range(end - 1, start - 1, -1):
        if folded.startswith("以及", at) and scene.layout.is_plain(at):
            return at
        if folded[at] in "和及与并" and scene.layout.is_plain(at) and not in_word(folded, at):
            return at
    # 9个项目一季度复工率100%: without a mark a time begins the next thought
    return next((t.start for t in scene.times if start < t.start < end), end)


def _amount(scene: Scene, slot: Slot, earlier: list[Amount]) -> Amount | None:
    m, folded = _at_least_before_verb(slot, scene), scene.folded
    if m.unit == "倍" and folded[m.frame - 1 : m.frame] == "的":
        m = _times_of(slot, scene)
    slot = Slot(m, slot.left, slot.right)
    rest_start = _past_brackets(scene, m.end, slot.right)
    rest = folded[rest_start : slot.right]
    lead = folded[slot.left : m.frame].lstrip(SEPARATORS)
    if m.before == "突破" and _HURDLES.search(rest):
        # 突破20项“卡脖子”技术: what is broken through is counted, not exceeded
        m = replace(m, before="")
        slot = replace(slot, mention=m)
    kind, direction = kind_of(m, lead)
    anew = (
        rest.startswith(_starts_anew())
        or _only_states().make_up(rest.rstrip(" 。"))
        or (len(lead) > _LONGEST_OPENING and _BECOMES.match(rest) and not is_work(lead))
    )
    # 6个和美乡村: 和 stands in the name
    goes_on = bool(rest.strip()) and (
        rest[0] not in SEPARATORS + "…" or (rest[0] in "和与" and in_word(folded, rest_start))
    )
    follows = goes_on and not anew
    paid = m.group == "money" and lead.endswith(_FUNDS)
    if follows and not paid and (m.group not in ("percent", "points", "times_more") or _is_share(m, lead, rest)):
        named = named_after(scene, slot, rest_start)
    else:
        named = named_before(scene, slot, earlier)
    if not named.indicator:
        return None
    if kind is QuantityKind.RATE and (change := _CHANGES.match(folded, m.end)):
        # 保持10%以上增长
        kind, direction = QuantityKind.GROWTH, "down" if change["down"] else "up"
    if named.rule == "amount.same-noun" and kind is QuantityKind.RATE and _grew(earlier, scene):
        # 增长8%,力争达到9%: the growth is what reaches nine
        kind, direction = QuantityKind.GROWTH, earlier[-1].direction
    return Amount(
        start=named.start,
        end=named.end,
        indicator=named.indicator,
        mention=m,
        kind=kind,
        direction=direction,
        strive=strives(scene, m.start),
        per=per_member(scene, m.frame),
        clause=scene.clause,
        lead=lead,
        rule=named.rule,
        confidence=named.confidence,
    )


_LONGEST_OPENING = 4
# 招引企业1家落户园区, 新增企业3家入选名单: what becomes of the things stands behind their count
_BECOMES = lazy("(?:成功|顺利)?(?:落户|落地|入驻|入选|获评|获批|进入|上榜|跻身|被|荣获|成为|晋级|晋升)")


def _is_share(m: Mention, lead: str, rest: str) -> bool:
    """90%的行政村, 40%以上营运线路: a share of what follows, unless its name stands before it."""
    if rest[0] == "的":
        return True
    bare = not lead or (len(lead) <= _LONGEST_OPENING and is_work(lead))
    return m.group == "percent" and m.after != "" and bare and len(rest) > 1


_CHANGES = lazy("的?(?:增长|增速|增幅|(?P<down>下降|降幅))(?=[、,。;]|$)")
# 筹措资金1.8亿元办好实事: the money is named before its figure, what follows says what it is for
_FUNDS = ("资金", "专项债券", "财政投入", "民生投入")


def _grew(earlier: list[Amount], scene: Scene) -> bool:
    last = earlier[-1] if earlier else None
    return last is not None and last.kind is QuantityKind.GROWTH and last.clause.sentence == scene.clause.sentence


@cache
def _starts_anew() -> tuple[str, ...]:
    return (*lexicon.group("frames", "marks.nouns"), *lexicon.group("frames", "marks.verbs"))


_HURDLES = lazy("技术|难题|瓶颈|难点|堵点|关键|核心")


@cache
def _only_states() -> Words:
    """重点项目20个开工, 3.2万户全部销号: what becomes of the things, not what they are."""
    keys = [f"tails.{stage}" for stage in lexicon.words("stages")["tails"] if stage != "BOTH"]
    return Words([*(word for key in ("tail.words", *keys) for word in lexicon.group("stages", key)), "办结"])


_AT_LEAST = lazy(r"(?:至少|最少|不少于|不低于)[^,、\d]{0,8}$")


def _at_least_before_verb(slot: Slot, scene: Scene) -> Mention:
    """至少建成1处: the qualifier stands before the verb."""
    m = slot.mention
    if m.comparator is Comparator.EQUAL and _AT_LEAST.search(scene.folded, slot.left, m.frame):
        return replace(m, before="至少")
    return m


# 不低于当地低保标准的1.6倍: what it is held against stands between
_HELD_AGAINST = lazy(r"(?P<how>不低于|不少于|不高于|不超过|达到|达|超过|高于|低于|为|是)[^,、;]{2,24}的$")


def _times_of(slot: Slot, scene: Scene) -> Mention:
    """So many times another figure: how it is held against that governs the number."""
    m = slot.mention
    held = _HELD_AGAINST.search(scene.folded, slot.left, m.frame)
    if held is None or held.start() - slot.left < _SHORTEST:
        return m
    return replace(m, before=held["how"] if m.comparator is Comparator.EQUAL else m.before, frame=held.start())


_SHORTEST = 2


def _past_brackets(scene: Scene, at: int, end: int) -> int:
    """A bracket right after the figure is a remark: 3座(含改造1座)."""
    while at < end and at in scene.layout.bracketed:
        at += 1
    return at


# a sum that sorts things out, without the things
_CLASS = lazy("[\\d.十百千万亿]+元(?:级|以上)?")
_SORTED_BY = lazy("^[\\d.十百千万亿]+元(?:级|以上)?")


def _restore_nouns(made: list[Amount]) -> list[Amount]:
    """1个国家级、2个省级临床重点专科; 27条72公里道路: the noun of the last is the noun of all."""
    for i in range(len(made) - 2, -1, -1):
        mine, other = made[i], made[i + 1]
        if mine.mention.end == other.mention.start and other.rule in ("amount.noun-after", "amount.noun-shared"):
            made[i] = replace(mine, end=other.end, indicator=other.indicator, rule="amount.noun-shared")
        elif other.rule == "amount.noun-after" and (mine.rule == "amount.no-noun" or is_work(mine.indicator)):
            # 新建5条、改造8条城市道路
            made[i] = replace(mine, indicator=other.indicator, rule="amount.noun-shared", confidence=0.8)
        elif _CLASS.fullmatch(mine.indicator) and other.rule == "amount.noun-after":
            # 12个百亿元、70个30亿元以上项目
            made[i] = replace(mine, indicator=mine.indicator + _SORTED_BY.sub("", other.indicator), confidence=0.8)
        elif LEVEL_ONLY.fullmatch(mine.indicator) and other.rule.startswith("amount.noun"):
            noun = LEVEL_ONLY.sub("", other.indicator, count=1)
            made[i] = replace(mine, indicator=mine.indicator + noun, rule="amount.noun-shared")
    return made
