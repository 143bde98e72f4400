"""The noun phrase an amount is of: as printed, without the words that only say how, when or by which predicate."""

from __future__ import annotations

import re
from functools import cache

from .. import lexicon
from ..clauses import Layout
from ..lexicon.matching import Words
from ..times import scan as scan_times

_EDGE = " 、,;:。的"


@cache
def _opening() -> Words:
    return lexicon.matching("phrases", "opening.manner")


@cache
def _work() -> Words:
    return lexicon.matching("phrases", "opening.work")


@cache
def _whole() -> Words:
    return lexicon.matching("phrases", "opening.whole")


@cache
def _inner() -> re.Pattern[str]:
    return re.compile(lexicon.any_of("phrases", "opening.inner"))


@cache
def _predicate() -> Words:
    return lexicon.matching("phrases", "ending.predicate")


def phrase_start(folded: str, start: int, end: int) -> int:
    """Where the name begins: past manner, time and verbs of work. A name that begins with a verb stays whole."""
    while start < end:
        if folded[start] in _EDGE:
            start += 1
            continue
        if _whole().end(folded, start, end) > start:
            break
        step = max(_opening().end(folded, start, end), _work().end(folded, start, end), time_end(folded, start, end))
        if step <= start or step >= end or describes(folded, start, step, end):
            break
        # 新建和改造提升高标准农田, 新增或改扩建卫生室: two verbs joined
        if folded[step : step + 1] in "和及与或、" and _work().end(folded, step + 1, end) > step + 1:
            step += 1
        start = step
    return start


def describes(folded: str, start: int, step: int, end: int) -> bool:
    """重点企业, 高效节水灌溉: a word of manner before a noun is part of the name; before a verb it is manner."""
    if folded[start:step] not in lexicon.words("phrases")["opening"]["adjective"]:
        return False
    return _work().end(folded, step, end) == step == _opening().end(folded, step, end)


def time_end(folded: str, start: int, end: int) -> int:
    """Past a time expression that begins here: 上半年新建项目."""
    if folded[start] not in "0123456789一二三四上下前年全今本“第":
        return start
    found = scan_times(folded[start : min(end, start + 14)])
    return start + found[0].end if found and found[0].start == 0 else start


def phrase_end(folded: str, start: int, end: int) -> int:
    """Where the name ends: before the predicate words that lead over to the figure."""
    while end > start:
        if folded[end - 1] in _EDGE:
            end -= 1
            continue
        begin = _predicate().begin(folded, max(start, end - 4), end)
        if begin == end or _ends_word(folded, begin, end):
            break
        # a name needs something to stand on: 总额 after a word of its own is the name's end (进出口总额)
        if folded[begin:end] in lexicon.words("phrases")["ending"]["keep"] or begin <= start:
            break
        end = begin
    return end


def _ends_word(folded: str, start: int, end: int) -> bool:
    """更新, 高中, 首都: a single character that ends another word is no predicate."""
    before = folded[start - 1 : start]
    return before in lexicon.words("phrases")["ending"]["trap"].get(folded[start:end], ())


# In a rate's own name verbs stand as nouns (存量资产盘活处置率): only these part subject and object there.
_OF_RATES = ("完成", "实现", "确保", "力争", "累计完成")


def inner_start(layout: Layout, start: int, end: int, *, is_rate: bool = False) -> int:
    """Past a verb of work that has its subject before it: “雪亮工程”新增高清探头 -> 高清探头."""
    best = start
    for match in _inner().finditer(layout.folded, start, end):
        if not layout.is_plain(match.start()) or match.end() >= end or match.start() == start:
            continue
        if is_whole(layout.folded, match.start()) or layout.folded[match.end()] in "率额量的度项数":
            continue
        if is_rate and match.group() not in _OF_RATES:
            continue
        # 可再生能源新增装机: a bare measure says nothing without what stands before the verb
        if end - match.end() > 2 or layout.folded[match.start() - 1] == "、":
            best = match.end()
    return best


def after_examples(layout: Layout, start: int, end: int) -> int:
    """Past 等, which closes examples: 云山路、育才路等断头路 -> 断头路."""
    at = end
    while (at := layout.folded.rfind("等", start, at)) >= 0:
        # 三级甲等, 初等, 中等, 高等, 等级, 均等 are words of their own
        if (
            layout.is_plain(at)
            and at + 1 < end
            and layout.folded[at - 1] not in "甲乙初中高平优均特一二三差劣同相对"
            and layout.folded[at + 1 : at + 2] not in ("级", "")
        ):
            return at + 1
    return start


def ends_with_measure(text: str) -> bool:
    """Whether a phrase ends in a noun that measures, so that it is an indicator by itself."""
    return text.endswith(lexicon.group("phrases", "measure.nouns"))


def measure_at_end(text: str) -> str:
    """The measuring noun at a phrase's end, or nothing."""
    if not ends_with_measure(text):
        return ""
    return next(
        (noun for noun in lexicon.group("phrases", "measure.nouns") if text.endswith(noun) and noun != text), ""
    )


def subject_of(indicator: str) -> str:
    """What remains of an indicator when its measure is taken off: 粮食播种面积 -> 粮食."""
    lost = lexicon.group("phrases", "measure.lost")
    if indicator.endswith(lost):
        for noun in lost:
            if indicator.endswith(noun) and indicator != noun:
                return indicator[: -len(noun)]
    return indicator


def is_bare_measure(text: str) -> bool:
    """Whether a phrase is a measure that lacks its subject: 总产量, 增速."""
    return text in lexicon.words("phrases")["measure"]["bare"]


def is_spending(text: str, before: str) -> bool:
    """Whether a phrase is money spent on the projects named before it."""
    return text in lexicon.words("phrases")["measure"]["spent"] and before.endswith(("项目", "工程", "园", "改造"))


def is_whole(folded: str, at: int) -> bool:
    """Whether a name that begins like manner or a verb begins here: 高标准农田."""
    return _whole().end(folded, at, len(folded)) > at


def is_predicate(text: str) -> bool:
    """Whether a text is nothing but manner and words of a predicate."""
    return lexicon.matching("phrases", "opening.manner", "ending.predicate").make_up(text)


def is_work(text: str) -> bool:
    """Whether a text is nothing but manner and verbs of work."""
    return lexicon.matching("phrases", "opening.work", "opening.manner").make_up(text)


def is_time(text: str) -> bool:
    """Whether a text is a time expression and nothing else: 一季度达到45%、上半年达到80%."""
    return time_end(text, 0, len(text)) == len(text) if text else False
