"""Outcomes of a passage: clause by clause, the innermost action word decides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from .. import lexicon
from ..clauses import Clause, Layout
from ..model import Stage
from ..quantities.reader import Amount
from . import verbs
from .objects import Thing, is_general, is_physical, strip_nominal, things_of


@dataclass(frozen=True, slots=True)
class State:
    """A promised state by local offsets; `amounts` are those whose object it is."""

    thing: Thing
    stage: Stage
    start: int
    end: int
    clause: Clause
    rule: str
    confidence: float
    amounts: tuple[Amount, ...] = ()


def read_states(layout: Layout, amounts: Sequence[Amount]) -> list[State]:
    """All promised states of a passage, in reading order, each object and stage once."""
    made: list[State] = []
    for clause in layout.clauses:
        own = [a for a in amounts if a.clause == clause]
        made += _of_clause(layout, clause, own, made)
    once: dict[tuple[str, Stage], State] = {}
    for state in made:
        once.setdefault((state.thing.name, state.stage), state)
    return list(once.values())


def _of_clause(layout: Layout, clause: Clause, amounts: list[Amount], earlier: list[State]) -> list[State]:
    folded = layout.folded
    start, end = clause.start, clause.end
    while end > start and folded[end - 1] in " .":
        end -= 1
    start = verbs.opening(folded, start, end)
    if start >= end or verbs.is_means(folded, start, end):
        return []
    chain = verbs.leading(folded, start, end)
    if not chain and (at := verbs.far(folded, start, end)) < end and not verbs.closing(folded, start, end):
        start, chain = at, verbs.leading(folded, at, end)
    if amounts:
        return _counted(layout, replace(clause, start=start, end=end), chain, amounts, earlier)
    if _is_relation(folded[start:end]):
        return []
    at = chain[-1].end if chain else start
    acting = verbs.closing(folded, at, end)
    pushed = not chain or verbs.is_generic(chain[-1].word)
    if acting and pushed and acting.start - at >= 2:
        return _closed(layout, replace(clause, start=start, end=end), at, acting)
    if not chain:
        return []
    inner = verbs.inner(folded, at, end) if pushed else None
    if inner and inner.start > at:
        things = things_of(layout, at, inner.start)
        return [State(t, s, start, end, clause, "outcome.inner", 0.8) for t in things for s in inner.stages]
    return _led(layout, replace(clause, start=start, end=end), chain)


_RELATION = re.compile(
    r"(?:高于|快于|优于|好于|不低于|不高于|低于|领先|同步|持平).{0,12}(?:水平|增长|增速|平均|同步|标准)?$|与.{2,16}同步"
)


def _is_relation(text: str) -> bool:
    return bool(_RELATION.search(text)) and bool(re.search(r"增速|增长|收入|平均|水平", text))


def _closed(layout: Layout, clause: Clause, at: int, acting: verbs.Action) -> list[State]:
    """X项目上半年开工, 推动X投运: the words after the object decide."""
    end = verbs.object_end(layout.folded, at, acting.start)
    if acting.stages[0] in (Stage.APPROVE, Stage.START) and layout.folded.endswith("项目", at, end) and end - at > 4:
        end -= 2
    things = things_of(layout, at, end)
    return [
        State(t, s, clause.start, clause.end, clause, "outcome.closing", 0.85) for t in things for s in acting.stages
    ]


def _led(layout: Layout, clause: Clause, chain: list[verbs.Action]) -> list[State]:
    """开工建设X, 加快建设X: the verb nearest to the object decides."""
    folded, at = layout.folded, chain[-1].end
    stages = _stages(chain, folded[at : clause.end])
    end = strip_nominal(folded, at, clause.end)
    things = [
        t
        for t in things_of(layout, at, end)
        if not (stages == (Stage.COMPLETE,) and layout.folded[t.start] == "“" and t.name.endswith("”"))
    ]
    return [
        State(t, s, clause.start, clause.end, clause, "outcome.leading", 0.8) for t in things for s in stages if t.name
    ]


_MECHANISM = re.compile(r"(?:机制|体系|制度|办法|规则|标准)$")
_CURE = re.compile(r"(?:整治|排查|打击|治理|整改|化解|攻坚|清理)(?:行动|工作|攻坚)?$")


def _stages(chain: list[verbs.Action], rest: str) -> tuple[Stage, ...]:
    """The stages of the innermost verb, turned by what its object is (实施…机制, 开展…整治行动)."""
    last = chain[-1]
    word = last.word
    if len(chain) > 1 and last.stages == (Stage.ADVANCE,) and not verbs.is_generic(chain[-2].word):
        last = chain[-2]
    if word in ("实施", "完善", "构建", "推行", "落实") and _MECHANISM.search(rest):
        return (Stage.ESTABLISH,)
    if word in (
        "开展",
        "深入开展",
        "实施",
        "推进",
        "抓好",
        "做好",
        "深化",
        "持续开展",
        "统筹推进",
        "加强",
    ) and _CURE.search(rest):
        return (Stage.RECTIFY,)
    if word == "实施" and rest.endswith(("行动", "活动")):
        return (Stage.HOLD,)
    return last.stages


# --- clauses with amounts ---------------------------------------------------------------------------------------------


@cache
def _measure_verb() -> re.Pattern[str]:
    return re.compile("(?:" + lexicon.any_of("stages", "words.measure_verbs") + ")$")


_COUNTED = ("count", "area", "length", "people", "capacity")
_BUILT = (
    "建设",
    "改造",
    "新建",
    "新改建",
    "打造",
    "更新改造",
    "改造提升",
    "更新",
    "修复",
    "提供",
    "改造新建",
    "建",
    "实施改造",
)


def _counted(
    layout: Layout, clause: Clause, chain: list[verbs.Action], amounts: list[Amount], earlier: list[State]
) -> list[State]:
    """推进44个项目, 110个重点工程开工建设: the things counted are the objects."""
    folded = layout.folded
    counted = [a for a in amounts if a.mention.group in _COUNTED and a.kind.value == "amount"]
    if not counted:
        return []
    acting = verbs.closing(folded, max(a.mention.end for a in counted), clause.end)
    pushed = not chain or verbs.is_generic(chain[-1].word)
    if acting and pushed:
        stages, rule = acting.stages, "outcome.counted-closing"
    elif chain and not _measures(chain, folded):
        stages, rule = _counted_stages(chain, folded, clause), "outcome.counted"
    elif not chain and "其中" in folded[clause.start - 2 : clause.start + 2] and earlier and earlier[-1].amounts:
        stages, rule = (earlier[-1].stage,), "outcome.of-which"
    else:
        return []
    return [
        State(Thing(a.indicator, a.start, a.end), s, clause.start, clause.end, clause, rule, 0.8, (a,))
        for a in counted
        for s in stages
    ]


def _measures(chain: list[verbs.Action], folded: str) -> bool:
    return any(_measure_verb().search(action.word) for action in chain) or folded.startswith("新增", chain[0].start - 2)


def _counted_stages(chain: list[verbs.Action], folded: str, clause: Clause) -> tuple[Stage, ...]:
    """A counted 建设N个 is done within the year: COMPLETE, unless it is only planned, started or pushed on."""
    word = chain[-1].word
    if (
        word in _BUILT
        and (len(chain) == 1 or chain[0].word in _BUILT)
        and not folded.endswith(("前期", "前期工作"), clause.start, clause.end)
    ):
        return (Stage.COMPLETE,)
    return _stages(chain, folded[chain[-1].end : clause.end])


# --- names ------------------------------------------------------------------------------------------------------------


def named_projects(layout: Layout, states: Sequence[State], amounts: Sequence[Amount]) -> list[Thing]:
    """Projects called by name: the examples before 等N个项目, and single things that are begun, built or opened."""
    made: list[Thing] = []
    for amount in amounts:
        made += _examples(layout, amount)
    for state in states:
        if state.amounts or state.stage in (Stage.HOLD, Stage.ESTABLISH, Stage.RECTIFY, Stage.SUSTAIN, Stage.OBTAIN):
            continue
        thing = state.thing
        if thing.name.startswith(lexicon.group("stages", "things.kinds")) or _is_aim(layout, state):
            continue
        if (
            thing.named
            and is_physical(thing.name)
            and not is_general(thing.name)
            and not thing.name.endswith(_NO_PROJECT)
        ) or (thing.named and not is_general(thing.name) and state.rule == "outcome.closing"):
            made.append(thing)
    return list({t.name: t for t in reversed(made)}.values())[::-1]


def _is_aim(layout: Layout, state: State) -> bool:
    """打造一批基地, 建设…集群: raised over years, unless it is planned (规划建设) or pushed on (加快建设)."""
    chain = verbs.leading(layout.folded, state.start, state.end)
    return bool(chain) and chain[-1].word in lexicon.words("stages")["words"]["raising"] and len(chain) == 1


_NO_PROJECT = ("体系", "机制", "制度", "行动", "村", "大赛", "赛事", "集群")


def _examples(layout: Layout, amount: Amount) -> list[Thing]:
    folded, figure = layout.folded, amount.mention.start
    if not folded[amount.clause.start : figure].endswith("等") or amount.mention.group != "count":
        return []
    start = verbs.opening(folded, amount.clause.start, figure)
    chain = verbs.leading(folded, start, figure)
    things = things_of(layout, chain[-1].end if chain else start, figure)
    return [t for t in things if t.named and len(t.name) > 2]
