"""The words an amount is named by: the noun before its figure, or the one after it."""

from __future__ import annotations

import re
from functools import cache

from .. import lexicon
from ..fold import HAN
from ..lexicon.matching import Words
from ..patterns import lazy
from ..values import value
from . import indicators as name
from .amounts import SEPARATORS, Amount, Slot
from .mentions import Mention
from .scene import Scene


@value(frozen=True, slots=True)
class Named:
    """An amount's text by local offsets, its indicator, and how it was found."""

    start: int
    end: int
    indicator: str
    rule: str
    confidence: float


# --- 100家以上企业: the noun follows ------------------------------------------------------------


@cache
def _state() -> Words:
    """Words after a counted thing that say what becomes of it: they are the outcome, not the thing."""
    return lexicon.matching("stages", "tail.words")


# 完成2个小区改造|并推进…
_AND_DOES = lazy("并(?:推进|实施|完成|启动|投入|带动|开展|全部|通过|建成)")
# 帮助农村富余劳动力25万人转移就业: who they are stands before their number
_WHO = lazy("(?:劳动力|人员|人口|群众|毕业生|居民|农民|职工|儿童|老年人|妇女|青年|残疾人|农民工|家庭)中?$")
_PLACES = lazy(r"(?:项目|片区|区块|地块|点段|行政村|自然村|村|镇|乡|县|社区|小区|村庄|乡镇|街道|点位|学校)")
# 24个事项已提前完成全年任务: what is told of the things
_TOLD = lazy("(?:均|都|全部)?已(?:经|提前|全部|基本|累计|完成|建成|开工|投产|投用)|(?:超|按)序时|得到(?:有效|全面)")
# 42万群众喝上放心水: what becomes of the people is not their name
_ENJOY = lazy(
    "[喝用住吃坐走过]上|受益|增收|就业(?!问题|困难)|饮水(?!安全|问题|困难)|出行|入住|搬迁|提供|从中|共享|享受"
)
# 为6.2万名适龄女性提供“两癌”免费筛查: whom and what together are the indicator
_GIVEN = lazy(r"(?P<whom>.{2,20}?|)(?:提供|实施|开展|进行|发放|办理|更换|安装|加装|配备)(?P<what>.{2,})")
_FOR = ("为", "对", "给", "向")
# 为全区2.3万名老人, 对义务教育阶段4500名学生: who stands between
_FOR_THOSE = lazy(r"^[、和]?(?:拟|免费|计划|全年|继续)?[为对给向][^,、]{1,10}$")


def named_after(scene: Scene, slot: Slot, start: int) -> Named:
    """The noun that follows a figure's classifier: 100家以上纳统服务业调查单位."""
    m, folded, printed = slot.mention, scene.folded, scene.layout.printed
    if folded[start : start + 1] == "的":
        start += 1
    whole = noun_end = _noun_end(scene, start, slot.right)
    while start + 2 <= (at := _state().begin(folded, start, noun_end)) < noun_end:
        noun_end = at
    if told := _TOLD.search(folded, start + 2, noun_end):
        noun_end = told.start()
    if m.group == "bare" and (fed := _ENJOY.search(folded, start + 2, noun_end)):
        noun_end = fed.start() - (folded[fed.start() - 1] == "的")
    given = _GIVEN.fullmatch(printed[start:whole])
    if given and (
        m.before in (*_FOR, "在")
        or folded[max(0, m.frame - 1) : m.frame] in _FOR
        or _FOR_THOSE.match(folded[slot.left : m.frame])
    ):
        return Named(m.start, whole, given["whom"] + given["what"], "amount.noun-after", 0.9)
    # 3个项目6月中旬交付: the noun ends where its limit begins
    limits = [t.start for t in scene.times if start + 1 < t.start < noun_end]
    noun_end = min(limits, default=noun_end)
    if noun_end in scene.layout.bracketed:
        # 2606个村通公路(2013—2017年): years in a bracket are no part of the name
        noun_end = max(start, folded.rfind("(", start, noun_end))
    if noun_end - start > 2 and folded[noun_end - 1] in "已共并":
        # 124个新建项目已开工122个
        noun_end -= 1
    if "并" in folded[start:noun_end] and (joined := _AND_DOES.search(folded, start + 2, noun_end)):
        noun_end = joined.start()
    indicator = printed[start:noun_end].strip(" 的、")
    whose = m.group == "people" and _WHO.search(folded, slot.left, m.frame)
    before = (
        _phrase_before(scene, slot)
        if (whose or _PLACES.fullmatch(indicator)) and not folded.endswith("等", 0, m.frame)
        else ""
    )
    if before:
        return Named(m.start, noun_end, before + indicator, "amount.noun-around", 0.85)
    return Named(m.start, noun_end, indicator, "amount.noun-after", 0.93 if len(indicator) > 1 else 0.6)


def _noun_end(scene: Scene, start: int, right: int) -> int:
    """A noun runs to the next enumeration comma; past it if examples or a shared noun follow (演出、展览等活动)."""
    for at in range(start, right):
        if scene.folded[at] == "、" and scene.layout.is_plain(at):
            if scene.folded[at - 1] in "型式" and _KINDS.match(scene.folded, at + 1, right):
                # 180个都市型、楼宇型体育场地
                continue
            return scene.clause.end if _goes_on(scene, at) else at
    return right


_KINDS = lazy("[^、,;\\d]{1,5}[型式][^、,;\\d]{2,}")
_CLOSES = lazy(r"[^,;]{1,14}等[^,;、]{2,8}$")


def _goes_on(scene: Scene, at: int) -> bool:
    """500场讲座、展览等活动: what follows the last figure up to 等 are examples of one thing."""
    end = scene.clause.end
    if any(x.start > at for x in scene.mentions) or not _CLOSES.match(scene.folded, at + 1, end):
        return False
    return name.phrase_start(scene.folded, at + 1, end) == at + 1


def _phrase_before(scene: Scene, slot: Slot) -> str:
    """The noun before the figure, if more stands there than manner and a verb."""
    folded, m = scene.folded, slot.mention
    start = name.phrase_start(folded, slot.left, m.frame)
    text = scene.layout.printed[start : name.phrase_end(folded, start, m.frame)]
    return "" if len(text) < 3 or name.is_work(text) else text


# --- 地区生产总值增长6%: the noun leads ------------------------------------------------------------

# 年内开工120个、竣工90个, 改造提升10万亩: only the work is named, its object stands before
_STAGE_ONLY = lazy(
    "(?:基本|全面|全部|累计|集中)?(?:开工|竣工|投产|复工|投用|投运|签约|落地|入库|建成|完工|新开工|改造|改造提升|提升|新建|扩建|更新|完成|建设|修复|治理|通车|开通|贯通|通航)+"
)
# 省级和美乡村40个、市级100个
LEVEL_ONLY = lazy("(?:国家|省|市|县|区|旗|盟|州|部|世界|区域|自治区)级")
# 占比由6.8%提高到7.5%: the old level is no part of the name
_OLD_LEVEL = lazy(r"(?:由|从)[^,、]{0,8}\d[^,、]{0,6}$")
# 地区生产总值|从2017年的111亿元提高至2021年的160亿元
_SINCE_YEAR = lazy(r"(?<=..)(?:由|从)(?:20\d\d年|“十.五”|五年前|上年)[^,、]{0,28}$")
# what is left of a predicate when its subject is left out: 力争增长8%, 其中…
_EMPTY = {
    "增产",
    "减产",
    "增收",
    "增长",
    "下降",
    "达到",
    "其中",
    "新增",
    "增速",
    "完成",
    "提高",
    "比重",
    "实现",
    "更高",
    "同比",
}
_WHOLE_PLACE = lazy("^全[市县区省]")


def named_before(scene: Scene, slot: Slot, earlier: list[Amount]) -> Named:
    """The noun before a figure and its predicate; what it leaves out is taken from the amount before it."""
    m, folded = slot.mention, scene.folded
    left = slot.left
    while left < m.frame and folded[left] in SEPARATORS:
        left += 1
    start = _text_start(folded, left, m.frame)
    indicator = _printed_name(scene, left, m)
    previous = earlier[-1] if earlier and earlier[-1].clause.sentence >= scene.clause.sentence - 1 else None
    if (
        previous
        and name.is_spending(indicator, previous.indicator)
        and previous.clause.sentence != scene.clause.sentence
    ):
        # 投资800万元,建设…工程;投资500万元,…: a new thought
        previous = None
    found = _of_clause_before(scene, indicator, previous) or (_elided(indicator, previous) if previous else None)
    if found is None and not indicator:
        found = (folded[left : m.frame] or folded[m.start : m.end], "amount.no-noun", 0.4)
    if found is None:
        found = (indicator, "amount.noun-before", 0.95 if len(indicator) > 1 else 0.6)
    return Named(start, m.end, *found)


_BUILDS = lazy("实施|建设|新建|建成|改建|改造|扩建|推进|启动|开工|打造")


def _of_clause_before(scene: Scene, indicator: str, previous: Amount | None) -> tuple[str, str, float] | None:
    """What a name leaves out because the clause before, which has no figure, has said it.

    实施滨河路改造工程,总里程6公里: the length is the works'. 生产总值连上台阶,年均增长6%: the value is what grows.
    """
    at = scene.layout.place_of(scene.clause)
    before = scene.layout.clauses[at - 1] if at else None
    if before is None or before.sentence != scene.clause.sentence:
        return None
    if previous is not None and previous.clause in (before, scene.clause):
        return None
    start = name.phrase_start(scene.folded, before.start, before.end)
    said = scene.layout.printed[start : before.end].strip()
    if _WORK_NOUN.search(said) and indicator and (name.is_work(indicator) or _STAGE_ONLY.fullmatch(indicator)):
        # 实施背街小巷整治工程,完成治理20条: what is worked on is named by the works
        thing = _WORK_DONE.sub("", _WORK_NOUN.sub("", said))
        return (thing, "amount.subject-restored", 0.7) if 2 <= len(thing) <= _LONGEST_NAME else None
    owed = _OWED.match(said)
    if owed is None and "计划" in scene.folded[before.start : before.end]:
        owed = _PLANNED.search(scene.folded, before.start, before.end)
    done = indicator.removeprefix("实际")
    if owed and (not done or name.is_predicate(done) or name.is_work(done)):
        return owed["what"], "amount.subject-restored", 0.7
    if name.is_bare_measure(indicator) and _BUILDS.search(scene.folded, before.start, start):
        thing = said if said.endswith(lexicon.group("stages", "things.physical")) else ""
        return (thing + _WHOLE_PLACE.sub("", indicator), "amount.subject-restored", 0.7) if thing else None
    if indicator in lexicon.words("phrases")["measure"]["of_clause"]:
        thing = _WORK_DONE.sub("", said)
        found = 2 <= len(thing) <= _LONGEST_OWNER and "、" not in thing and not _FINITE.search(thing)
        return (thing + indicator, "amount.subject-restored", 0.7) if found else None
    if previous is None and (not indicator or name.is_predicate(indicator)):
        measured = re.match(".{2,}?" + lexicon.any_of("phrases", "measure.nouns"), said)
        return (measured.group(), "amount.same-noun", 0.6) if measured else None
    return None


# 标准厂房|建设: what is done to it is no part of the thing
_WORK_DONE = lazy("(?:(?:提档|扩容|升级)?(?:建设|改造|提升|升级|布局|工作|推广|行动|工程|整治|治理|养护|维修))+$")
# 农村改厕任务380座,完成386座
_OWED = lazy(r"(?!超)(?P<what>.{2,}?)(?:建设)?(?:目标)?(?:任务|考核指标|计划数|任务数)\d")
# 计划二季度完成演出活动20场,实际完成27场
_PLANNED = lazy(r"计划[^,]*?(?:完成|开展|新建|建设|举办|实施|改造|新增)(?P<what>[^,\d]{2,}?)(?:不少于|达到?|约)?\d")
_WORK_NOUN = lazy("(?:工程|项目|行动|工作|建设|改造|整治|治理|计划)$")
_LONGEST_OWNER, _LONGEST_NAME = 12, 20
_FINITE = lazy(rf"实现|推动|促进|提高|以|为|将|让|并|{HAN}化$|全面|持续")

# 围绕重点群体开展职业技能培训30万人次: for whom or where stands before the verb, what is counted after it
_AROUND = lazy(
    r"(?:围绕|聚焦|针对|面向|依托|利用|在)[^,]{2,24}?(?=开展|实施|建设|建成|打造|新建|举办|布局|新增|培育|发放|组织|安装|配备|设置|投放|种植)"
)


_TOTAL = lazy("(?:全覆盖|清零|全部[^、,]{2,4}|应[^、,]尽[^、,])$")


def _printed_name(scene: Scene, left: int, m: Mention) -> str:
    """The name as printed: without manner, verbs of work, examples and the words of its predicate."""
    folded, layout = scene.folded, scene.layout
    if around := _AROUND.match(folded, left, m.frame):
        left = around.end()
    if (total := folded.rfind("、", left, m.frame)) > 0 and _TOTAL.search(folded, left, total):
        # 实现乡镇全覆盖、行政村通达率90%: a total without digits stands before the name
        left = total + 1
    end = name.phrase_end(folded, left, m.frame)
    if old := _OLD_LEVEL.search(folded, left, end) or (
        "年" in folded[left:end] and _SINCE_YEAR.search(folded, left, end)
    ):
        end = name.phrase_end(folded, left, old.start())
    start = name.phrase_start(folded, left, end)
    inner = name.inner_start(layout, start, end, is_rate=m.group in ("percent", "points"))
    if inner > start:
        spent = name.phrase_start(folded, inner, end)
        if layout.printed[spent:end] in _SPENDING and (owner := _OWNER.match(folded, start, inner)):
            # 普通公路力争完成投资970亿元: whose investment stands before the verb
            return layout.printed[start : owner.end()] + layout.printed[spent:end]
        start = spent
    if "除" in folded[start:end] and (without := _WITHOUT.search(folded, start, end)):
        end = without.start()
    start = name.after_examples(layout, start, end)
    if folded[start].isdigit() and (whole := _OUT_OF.match(folded, start, end)):
        start = whole.end()
    if folded.startswith(_MEANS, start):
        # 通过企业投资等方式筹集资金: by which means stands before the verb
        start = name.phrase_start(folded, start + 2, end)
    if folded[end - 1] == "年" and (compared := _COMPARED_YEAR.search(folded, start, end)):
        end = compared.start()
    if folded[end - 1] in "年来" and (lasting := _LASTING.search(folded, start, end)):
        end = lasting.start()
    text = layout.printed[start:end].strip(" 、的").removesuffix("等")
    given = _GIVEN.fullmatch(text[1:]) if text[:1] in _FOR else None
    return given["whom"] + given["what"] if given else _FOR_ALL.sub("", text)


# 为全市60周岁以上老年人免费体检15万人
_FOR_ALL = lazy("^[为给](?:全[市县区省]|辖区)?(?=.{4})")


_SPENDING = ("投资", "总投资")
_OWNER = lazy(f"{HAN}{{2,8}}?(?=(?:计划|预计|累计|力争|确保|要|将|共|已)*(?:完成|实现)?$)")
# 生产总值剔除煤矿关闭等不可比因素|增长8%
_WITHOUT = lazy("(?<=..)(?:剔除|扣除)[^,]{2,24}(?:因素|影响)后?$")
# 303个重点项目中|开工项目数
_OUT_OF = lazy(r"\d+[个项家户][^,、\d]{1,14}中(?=..)")
_MEANS = ("方式", "形式", "途径", "渠道", "手段", "措施", "举措")
# 进出口总额|连续两年|超过4万亿元, 使用外资|五年|累计达到
_LASTING = lazy("(?<=..)(?:连续[两三四五六七八九十\\d]+年|连年|[近这过]?[三五十]年(?:来|间)?)$")
# PM2.5平均浓度比2013年|下降34%
_COMPARED_YEAR = lazy(r"(?<=[^,、])(?:比|较)20\d\d年$")
# 比上年年初预算增加1800亿元: only what it is compared with is named
_SINCE = lazy("(?:比|较|同)(?:上年|去年|上一年|20\\d\\d年|同期|年初|往年)[^,、]{0,6}")


# 五年增加70%, 是“十五”期末的2倍
_PER_EACH = ("人均", "户均", "亩均")
_YEARS = lazy(
    r"[近过这]?[两三五十]年[来间]?|(?:比|较)上个?(?:五年)?|“十.五”以来|(?:是|比|较)(?:20\d\d年|上年|去年|“十.?五”)[^,]{0,8}"
)
# 新增就业4500人,完成年度任务的118%
_OF_TASK = lazy(
    r"(?:完成|占|达到?|为)?(?:全年|年度|年初|省定|市定|下达|目标|计划|任务|年(?=任务))+(?:任务|目标|计划)?(?P<base>[(（][^()（）]*[)）])?"
)
_OF_PLAN = lazy("(?<=..)占(?:全年|年度?|年初)?(?:投资|目标)?(?:计划|预算|任务|目标)(?:任务|投资)?$")
_OF_WHOLE = lazy("占(?!比|[地用道]|补|林)")


# 工业投资118亿元、占比37.8%: the share is of the whole name
_SHARES = ("占比", "比重")


def _elided(indicator: str, previous: Amount) -> tuple[str, str, float] | None:
    """What a name leaves out because the amount before it has said it: (indicator, rule, confidence)."""
    before = previous.indicator
    if "占" in before and previous.mention.group == "percent" and _OF_PLAN.search(before):
        # 完成投资28亿元,占年计划的39%,同比下降24%: what fell was named before its share
        before = _OF_PLAN.sub("", before)
    if (
        not indicator
        or indicator in _EMPTY
        or name.is_predicate(indicator)
        or name.is_work(indicator)
        or name.is_time(indicator)
        or _SINCE.fullmatch(indicator)
        or _YEARS.fullmatch(indicator)
    ):
        return before, "amount.same-noun", 0.75
    if indicator in _PER_EACH and not before.startswith(_PER_EACH):
        return indicator + before, "amount.subject-restored", 0.75
    if of_task := _OF_TASK.fullmatch(indicator):
        return before + indicator.removesuffix(of_task["base"] or ""), "amount.subject-restored", 0.7
    if _OF_WHOLE.match(indicator):
        # 生产总值增长5%,占全国比重提高到3%: what has the share was named before
        return re.sub("占.*", "", before) + indicator, "amount.subject-restored", 0.75
    if _STAGE_ONLY.fullmatch(indicator):
        return before, "amount.same-noun", 0.8
    if LEVEL_ONLY.fullmatch(indicator) and before.startswith("国家") and not LEVEL_ONLY.match(before):
        # 国家森林康养基地1处、省级3处
        return indicator + before[2:], "amount.noun-shared", 0.8
    if LEVEL_ONLY.fullmatch(indicator) and LEVEL_ONLY.match(before):
        return indicator + LEVEL_ONLY.sub("", before, count=1), "amount.noun-shared", 0.85
    if indicator in _SHARES and not before.endswith(_SHARES):
        return before + indicator, "amount.subject-restored", 0.8
    if name.is_bare_measure(indicator) or name.is_spending(indicator, before):
        return name.subject_of(before) + _WHOLE_PLACE.sub("", indicator), "amount.subject-restored", 0.8
    return None


# Manner that is also the amount's own verb.
_VERBS = ("完成", "新", "保持", "稳定", "提供", "推动", "带动")


def _text_start(folded: str, left: int, right: int) -> int:
    """Where the amount's own words begin: past manner and time, but with its verb."""
    start = left
    while start < right and not name.is_whole(folded, start):
        step = lexicon.matching("phrases", "opening.manner").end(folded, start, right)
        step = start if folded[start:step] in _VERBS else step
        step = max(step, name.time_end(folded, start, right))
        if step <= start or step >= right or name.describes(folded, start, step, right):
            break
        start = step
    return start
