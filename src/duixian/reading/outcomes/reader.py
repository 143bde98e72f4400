"""Outcomes of a passage: clause by clause, the innermost action word decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from .. import lexicon
from ..clauses import Clause, Layout, parts
from ..model import QuantityKind, Stage
from ..patterns import lazy
from ..quantities.amounts import Amount
from ..quantities.indicators import is_bare_measure, is_work
from ..values import value
from . import verbs
from .objects import Thing, is_general, is_physical, strip_nominal, things_of


@value(frozen=True, slots=True)
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
        made += _of_clause(layout, clause, own, made) or ([] if own else _of_counted_before(layout, clause, amounts))
    once: dict[tuple[str, Stage], State] = {}
    for state in made:
        once.setdefault((state.thing.name, state.stage), state)
    return list(once.values())


def _of_counted_before(layout: Layout, clause: Clause, amounts: Sequence[Amount]) -> list[State]:
    """新增学位3600个,9月1日前投入使用: what becomes of the things counted in the clause before."""
    at = layout.place_of(clause)
    before = layout.clauses[at - 1] if at else None
    if before is None or before.sentence != clause.sentence:
        return []
    end = clause.start + len(layout.folded[clause.start : clause.end].rstrip(" ."))
    start = verbs.opening(layout.folded, clause.start, end)
    acting = verbs.closing(layout.folded, start, end)
    if acting is None or acting.start != start or not _WORKS.issuperset(acting.stages):
        return []
    counted = [a for a in amounts if a.clause == before and a.mention.group in _COUNTED]
    head = _Head(clause, start, end, [])
    things = [Thing(a.indicator, a.start, a.end) for a in counted if a.kind is QuantityKind.AMOUNT]
    return head.states(things, acting.stages, "outcome.same-object", 0.65)


def _of_clause(layout: Layout, clause: Clause, amounts: list[Amount], earlier: list[State]) -> list[State]:
    """A clause with amounts as a whole; one that closes several times (甲投产、乙开工) stretch by stretch."""
    if amounts:
        return _of_stretch(layout, clause, clause.start, clause.end, amounts, earlier)
    made: list[State] = []
    for start, end in _stretches(layout, clause):
        made += _of_stretch(layout, clause, start, end, amounts, [*earlier, *made])
    return made


_WORKS = {Stage.START, Stage.RESUME, Stage.COMPLETE, Stage.IN_USE}
#: States that end the words of one thing, so that another may begin: 分院落地、园区投用.
_ENDS_THING = {*_WORKS, Stage.OBTAIN}


def _stretches(layout: Layout, clause: Clause) -> list[tuple[int, int]]:
    """A clause cut behind each part that ends in a state of works, if its last part ends in one too."""
    if "、" not in layout.folded[clause.start : clause.end]:
        return [(clause.start, clause.end)]
    cuts = [clause.start]
    for start, end in parts(layout, clause.start, clause.end):
        acting = verbs.closing(layout.folded, start, end)
        if acting and _ENDS_THING.issuperset(acting.stages):
            cuts.append(end)
    if len(cuts) < 3 or cuts[-1] != clause.end:
        return [(clause.start, clause.end)]
    return list(pairwise(cuts))


def _of_stretch(
    layout: Layout, clause: Clause, start: int, end: int, amounts: list[Amount], earlier: list[State]
) -> list[State]:
    folded = layout.folded
    end = start + len(folded[start:end].rstrip(" ."))
    start = verbs.opening(folded, start, end)
    if start >= end or verbs.is_means(folded, start, end) or _FORBIDS.search(folded, start, end):
        return []
    chain = verbs.leading(folded, start, end)
    if not chain and (at := verbs.far(folded, start, end)) < end and not verbs.closing(folded, start, end):
        start, chain = at, verbs.leading(folded, at, end)
    head = _Head(clause, start, end, chain)
    if amounts:
        return _counted(layout, head, amounts, earlier)
    return [] if _is_relation(folded[start:end]) else _uncounted(layout, head, earlier)


# 清单之外一律不得违法实施许可: what is forbidden is no state
_FORBIDS = lazy("不得|严禁|禁止")


@value(frozen=True, slots=True)
class _Head:
    """A clause opened: where its words of action begin and end, and the verbs at its head, outermost first."""

    clause: Clause
    start: int
    end: int
    chain: list[verbs.Action]

    @property
    def at(self) -> int:
        """Where the object begins."""
        return self.chain[-1].end if self.chain else self.start

    @property
    def pushes(self) -> bool:
        """Whether its verbs only push, so that the words after the object decide."""
        return not self.chain or verbs.is_generic(self.chain[-1].word)

    def states(self, things: Iterable[Thing], stages: Iterable[Stage], rule: str, sure: float) -> list[State]:
        """Every thing in every stage."""
        return [State(t, s, self.start, self.end, self.clause, rule, sure) for t in things for s in stages if t.name]


def _uncounted(layout: Layout, head: _Head, earlier: list[State]) -> list[State]:
    """A clause without amounts: the words after the object, an action inside, or the verb before it."""
    folded = layout.folded
    acting = verbs.closing(folded, head.start, head.end)
    is_alone = acting is not None and acting.start == head.start
    if not is_alone:
        acting = verbs.closing(folded, head.start if not head.chain else head.at, head.end)
    if acting and (head.pushes or is_alone):
        end = verbs.object_end(folded, head.at, acting.start)
        if not is_alone and end - head.at >= 2 and not verbs.is_manner(folded, head.at, end):
            return _closed(layout, head, acting)
        before = [s.thing for s in earlier if s.clause.sentence == head.clause.sentence]
        if before:
            # 工程上半年开工,年底前主体完工: the object stands in the clause before
            last = [s.thing for s in earlier if s.clause == earlier[-1].clause]
            return head.states(dict.fromkeys(last), acting.stages, "outcome.same-object", 0.7)
    if not head.chain:
        return []
    if acting and acting.stages == (Stage.IN_USE,) and folded.endswith("并", head.at, acting.start):
        # 建成物流园并投入运行: two states of one thing
        built = _stages(head.chain, folded[head.at : acting.start - 1])
        things = things_of(layout, head.at, acting.start - 1)
        return head.states(things, (*built, Stage.IN_USE), "outcome.leading", 0.8)
    inner = verbs.inner(folded, head.at, head.end) if head.pushes else None
    if inner and inner.start > head.at:
        return head.states(things_of(layout, head.at, inner.start), inner.stages, "outcome.inner", 0.8)
    return _led(layout, head)


_RELATION = lazy(
    r"(?:高于|快于|优于|好于|不低于|不高于|低于|领先|同步|持平).{0,12}(?:水平|增长|增速|平均|同步|标准)?$|与.{2,16}同步"
)


_MEASURED = lazy("增速|增长|收入|平均|水平")


def _is_relation(text: str) -> bool:
    return bool(_MEASURED.search(text)) and bool(_RELATION.search(text))


def _closed(layout: Layout, head: _Head, acting: verbs.Action) -> list[State]:
    """X项目上半年开工, 推动X投运: the words after the object decide; 保持X动态清零 keeps what is reached."""
    end = verbs.object_end(layout.folded, head.at, acting.start)
    stages = (Stage.SUSTAIN,) if head.chain and head.chain[-1].word == "保持" else acting.stages
    if stages[0] in (Stage.APPROVE, Stage.START) and layout.folded.endswith("项目", head.at, end) and end - head.at > 4:
        # 新开工项目 is no project called 新开工
        end -= 0 if is_work(layout.folded[head.at : end - 2]) else 2
    return head.states(things_of(layout, head.at, end), stages, "outcome.closing", 0.85)


def _led(layout: Layout, head: _Head) -> list[State]:
    """开工建设X, 加快建设X: the verb nearest to the object decides. 实现“长气长用” is a slogan."""
    stages = _stages(head.chain, layout.folded[head.at : head.end])
    end = strip_nominal(layout.folded, head.at, head.end)
    things = things_of(layout, head.at, end)
    if stages == (Stage.COMPLETE,):
        things = [t for t in things if not (t.name.startswith("“") and t.name.endswith("”")) and not _is_total(t.name)]
    return head.states(things, stages, "outcome.leading", 0.8)


def _is_total(name: str) -> bool:
    """应保尽保、应救尽救 names no thing."""
    return all(part in lexicon.words("stages")["words"]["full"] for part in name.split("、"))


_MECHANISM = lazy(r"(?:机制|体系|制度|办法|规则|标准)$")
_CURE = lazy(r"(?:整治|排查|打击|治理|整改|化解|攻坚|清理)(?:行动|工作|攻坚)?$")


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
    "升级",
)


def _counted(layout: Layout, head: _Head, amounts: list[Amount], earlier: list[State]) -> list[State]:
    """推进44个项目, 110个重点工程开工建设: the things counted are the objects."""
    folded, chain, clause = layout.folded, head.chain, head.clause
    counted = [a for a in amounts if a.mention.group in _COUNTED and a.kind is QuantityKind.AMOUNT]
    # 办好10件民生实事: the deeds are read one by one, their number is no state
    counted = [a for a in counted if not a.indicator.endswith("实事") and not (a != counted[0] and _for_whom(a))]
    if not counted:
        return []
    if head.pushes and (each := _closed_each(folded, head, counted)):
        return each
    acting = verbs.closing(folded, max(a.mention.end for a in counted), head.end)
    if acting and head.pushes:
        stages, rule = acting.stages, "outcome.counted-closing"
    elif chain and not _measures(chain, folded):
        stages, rule = _counted_stages(head, folded), "outcome.counted"
    elif not chain and "其中" in folded[clause.start : clause.start + 3] and _just_counted(layout, clause, earlier):
        stages, rule = (earlier[-1].stage,), "outcome.of-which"
    else:
        return []
    if chain and chain[-1].word == "完成" and stages == (Stage.COMPLETE,):
        return [_done(head, rule, a) for a in counted if not is_bare_measure(a.indicator)]
    return [
        State(Thing(a.indicator, a.start, a.end), s, head.start, head.end, clause, rule, 0.8, (a,))
        for a in counted
        for s in stages
    ]


_FOR_WHOM = ("惠及", "受益", "覆盖", "服务居民", "服务群众", "带动", "涉及")


def _for_whom(amount: Amount) -> bool:
    """改造老旧小区24个、惠及居民3200户: whom it serves is not what is built."""
    return amount.lead.startswith(_FOR_WHOM)


def _closed_each(folded: str, head: _Head, counted: list[Amount]) -> list[State]:
    """20个项目开工、30个项目投产: each count has its own closing words; nothing where one has none."""
    ends = [len(folded[head.start : b.start].rstrip(" 、,和")) + head.start for b in counted[1:]] + [head.end]
    made: list[State] = []
    for amount, end in zip(counted, ends, strict=True):
        acting = verbs.closing(folded, min(amount.mention.end, end), end) if len(counted) > 1 else None
        if acting is None:
            return []
        thing = Thing(amount.indicator, amount.start, amount.end)
        made += [
            State(thing, s, head.start, end, head.clause, "outcome.counted-closing", 0.8, (amount,))
            for s in acting.stages
        ]
    return made


def _just_counted(layout: Layout, clause: Clause, earlier: list[State]) -> bool:
    """Whether the clause right before counted things whose state 其中 shares."""
    if not earlier or not earlier[-1].amounts:
        return False
    at = layout.place_of(clause)
    return at > 0 and earlier[-1].clause == layout.clauses[at - 1]


def _done(head: _Head, rule: str, amount: Amount) -> State:
    """完成入河排污口整治260个: what is done away with is put right, everything else complete."""
    cure = _CURE.search(amount.indicator)
    whole = Thing(amount.indicator, amount.start, amount.end)
    if cure and cure.start() >= 2:
        whole = Thing(amount.indicator[: cure.start()], amount.start, amount.end)
    stage = Stage.RECTIFY if cure else Stage.COMPLETE
    return State(whole, stage, head.start, head.end, head.clause, rule, 0.8, (amount,))


def _measures(chain: list[verbs.Action], folded: str) -> bool:
    verbs_of_measure = lexicon.group("stages", "words.measure_verbs")
    measures = any(action.word.endswith(verbs_of_measure) for action in chain)
    return measures or folded.startswith("新增", chain[0].start - 2)


def _counted_stages(head: _Head, folded: str) -> tuple[Stage, ...]:
    """A counted 建设N个 is done within the year: COMPLETE, unless it is only planned, started or pushed on."""
    chain = head.chain
    built = chain[-1].word in _BUILT and (len(chain) == 1 or chain[0].word in _BUILT)
    if built and not folded.endswith(("前期", "前期工作"), head.start, head.end):
        return (Stage.COMPLETE,)
    return _stages(chain, folded[head.at : head.end])


# --- names ------------------------------------------------------------------------------------------------------------


def named_projects(layout: Layout, states: Sequence[State], amounts: Sequence[Amount]) -> list[Thing]:
    """Projects called by name: the examples before 等N个项目, and single things that are begun, built or opened."""
    made: list[Thing] = []
    for amount in amounts:
        made += _examples(layout, amount)
    for state in states:
        thing = state.thing
        if state.amounts or not thing.named or is_general(thing.name) or state.stage in _NO_WORKS:
            continue
        if thing.name.startswith(lexicon.group("stages", "things.kinds")) or _is_aim(layout, state):
            continue
        built = is_physical(thing.name) and not thing.name.endswith(_NO_PROJECT)
        if built or state.rule == "outcome.closing":
            made.append(thing)
    return list({t.name: t for t in reversed(made)}.values())[::-1]


def _is_aim(layout: Layout, state: State) -> bool:
    """打造一批基地, 建设…集群: raised over years, unless it is planned (规划建设) or pushed on (加快建设)."""
    chain = verbs.leading(layout.folded, state.start, state.end)
    return bool(chain) and chain[-1].word in lexicon.words("stages")["words"]["raising"] and len(chain) == 1


_NO_WORKS = (Stage.HOLD, Stage.ESTABLISH, Stage.RECTIFY, Stage.SUSTAIN, Stage.OBTAIN)
_NO_PROJECT = ("体系", "机制", "制度", "行动", "村", "大赛", "赛事", "集群")


def _examples(layout: Layout, amount: Amount) -> list[Thing]:
    folded, figure = layout.folded, amount.mention.start
    if not folded[amount.clause.start : figure].endswith("等") or amount.mention.group != "count":
        return []
    start = verbs.opening(folded, amount.clause.start, figure)
    chain = verbs.leading(folded, start, figure)
    start = chain[-1].end if chain else start
    # 对人民路等3条道路进行改造
    things = things_of(layout, start + (folded[start] in "对将在"), figure)
    return [t for t in things if t.named and len(t.name) > 2]
