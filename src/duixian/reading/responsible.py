"""Who leads, who cooperates, who sponsors: brackets at an item's end, lines of their own, headings, cells.

What the document says decides: 牵头 marks the lead; where only 责任单位 stands, the notice's own sentence does, and
where it says nothing the first of them leads.
"""

from __future__ import annotations

import re
from functools import cache

from . import lexicon
from .fold import HAN, fold
from .lead_marks import marked_lead
from .patterns import lazy
from .source import Passage
from .times import is_endless, scan
from .unit_names import looks_like_unit, units
from .values import value


@value(frozen=True, slots=True)
class Duties:
    """The units of an item as printed, and the stretch of its passage where its limit is written."""

    leads: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    sponsors: tuple[str, ...] = ()
    limits: tuple[Passage, ...] = ()

    def joined(self, other: Duties) -> Duties:
        """Both taken together; an item's own words are joined from several brackets or lines."""
        if self is NO_DUTIES or other is NO_DUTIES:
            return other if self is NO_DUTIES else self
        return Duties(
            self.leads + other.leads,
            self.responsible + other.responsible,
            self.cooperating + other.cooperating,
            self.sponsors + other.sponsors,
            self.limits + other.limits,
        )


#: Most headings and brackets name nobody.
NO_DUTIES = Duties()


@value(frozen=True, slots=True)
class Convention:
    """What the notice says about 责任单位: by default the first of them leads."""

    all_lead: bool = False


_LABEL_KINDS = ("lead", "responsible", "cooperating", "sponsor", "person", "limit")


@cache
def _label() -> re.Pattern[str]:
    """A label with its colon or in a frame; 责任单位:A、B, 【责任单位】A、B (牵头单位 inside a sentence is none)."""
    names = "|".join(f"(?P<{kind}>{lexicon.any_of('duties', f'labels.{kind}')})" for kind in _LABEL_KINDS)
    return re.compile(rf"[【\[]?(?:{names})(?:\((?:人|部门)\))?(?:\s*:\s*|[】\]]\s*:?\s*)")


def _may_label(folded: str) -> bool:
    return ":" in folded or "】" in folded or "]" in folded


def convention_of(preface: str) -> Convention:
    """How the document itself says that responsible units are to be read."""
    all_lead = re.search(r"未明确牵头单位的[^。]{0,6}(?:均|都|全部)为牵头|责任单位均为牵头", preface)
    return Convention(all_lead=bool(all_lead))


def split_tail(passage: Passage) -> tuple[Passage, Duties]:
    """An item without the brackets at its end that only name units, leaders or limits, and what they name."""
    duties = NO_DUTIES
    while True:
        text = passage.folded.rstrip()
        found = _bracket_at_end(text)
        if found is None:
            passage, said = _without_labels(passage)
            passage, behind = _without_dashed(passage)
            return passage, behind.joined(said).joined(duties)
        if text[found[0] + 1 : found[1]].rstrip("项条件个").isdigit():
            # (22项): a count names nobody
            return passage, duties
        more = duties_of(passage.part(found[0] + 1, found[1]))
        if more is None:
            return passage, duties
        duties = more.joined(duties)
        passage = passage.part(0, len(passage.folded[: found[0]].rstrip()))


_ENDED = lazy(r"(?:[。;!)\n]|[^一-鿿\d、,:(]\s|\s{2})\s*[(\[【]?$")


def _without_labels(passage: Passage) -> tuple[Passage, Duties]:
    """An item without the labels that follow its last full stop: …300亩。牵头单位:市林业局。完成时限:全年。"""
    for label in _label().finditer(passage.folded) if _may_label(passage.folded) else ():
        at = label.start()
        ended = at and _ENDED.search(passage.folded, max(0, at - 4), at)
        if not ended and not (at and _names_units(passage, label)):
            continue
        tail = passage.part(label.start(), len(passage.folded))
        labels = list(_label().finditer(tail.folded))
        rest = passage.part(0, len(passage.folded[: label.start()].rstrip(" ([【,")))
        return rest, _labelled(tail, labels)
    return passage, NO_DUTIES


def _names_units(passage: Passage, label: re.Match[str]) -> bool:
    """新增床位500张,配合单位:区残联、各街道: behind a comma a label ends the item if only units follow."""
    if passage.folded[label.start() - 1] != ",":
        return False
    return bool(only_units(passage.text[label.end() :].rstrip("。；; "), beside=True))


# 城镇新增就业1.8万人——市人社局
_DASHED = lazy(r"(?:—{1,2}|-{2,})\s*(?P<names>[^,。;:\d—]{3,60})[。;]?$")


def _without_dashed(passage: Passage) -> tuple[Passage, Duties]:
    """An item without the units behind a dash at its end."""
    dashed = _DASHED.search(passage.folded) if "—" in passage.folded or "--" in passage.folded else None
    names = only_units(passage.text[slice(*dashed.span("names"))]) if dashed else ()
    if dashed is None or not names:
        return passage, NO_DUTIES
    return passage.part(0, len(passage.folded[: dashed.start()].rstrip())), Duties(responsible=names)


def _bracket_at_end(text: str) -> tuple[int, int] | None:
    """The offsets of the last bracket of a text that ends in one (a full stop may follow it)."""
    end = len(text.rstrip("。;. "))
    if end == 0 or text[end - 1] not in ")]】":
        return None
    depth = 0
    for at in range(end - 1, -1, -1):
        depth += (text[at] in ")]】") - (text[at] in "([【")
        if depth == 0:
            return at, end - 1
    return None


def duties_of(passage: Passage) -> Duties | None:
    """What a bracket or line of duties names; None where it is something else (长治段)."""
    labels = list(_label().finditer(passage.folded)) if _may_label(passage.folded) else []
    if labels and passage.folded[: labels[0].start()].strip(" 、,;。()") == "":
        return _labelled(passage, labels)
    return _said(passage)


_LEADS = lazy(
    r"^(?:由)?(?P<names>.+?)(?:按职责(?:分工)?|共同|分别|联合)*(?:牵头|主办)(?:负责|落实|办理|实施|抓总|组织实施)?$"
)
# 市教育局、市住建局负责: without 牵头 the first of them leads, as under 责任单位
_CHARGED = lazy(r"^(?:由)?(?P<names>.+?)(?:按职责(?:分工)?|共同|分别|具体)*(?:负责|承办|落实|组织实施)$")
_HELPS = lazy(r"^(?P<names>.+?)(?:配合|协助|协办|参与|协同)(?:落实)?$")


_EACH_BY_DUTY = "按职责"
# 市住建局会同市财政局、市审计局: one leads, the others join
_JOINTLY = lazy(r"^(?P<lead>.+?)?会同(?P<names>.+?)(?:负责|落实|办理)?$")


def _said(passage: Passage) -> Duties | None:
    """A bracket without labels: 市安委办牵头,相关成员单位配合,9月底前完成; or only 市住建局、市财政局;10月底前."""
    duties = NO_DUTIES
    for start, end in _segments(passage.folded):
        part = passage.part(start, end)
        text = part.folded.strip(" 。")
        part = part.part(begin := part.folded.index(text), begin + len(text))
        if leads := _LEADS.match(text):
            duties = duties.joined(Duties(leads=units(part.text[slice(*leads.span("names"))])))
        elif "会同" in text and (joint := _JOINTLY.match(text)):
            lead = joint["lead"] or ""
            duties = duties.joined(
                Duties(
                    leads=units(part.text[: len(lead)]),
                    cooperating=units(part.text[joint.start("names") : joint.end()]),
                )
            )
        elif helps := _HELPS.match(text):
            duties = duties.joined(Duties(cooperating=units(part.text[: helps.end("names")])))
        elif (charged := _CHARGED.match(text)) and (
            names := only_units(part.text[slice(*charged.span("names"))], beside=_EACH_BY_DUTY in text)
        ):
            duties = duties.joined(Duties(responsible=names))
        elif scan(text) or is_endless(text):
            duties = duties.joined(Duties(limits=(part,)))
        elif (marked := marked_lead(part.text)) and only_units("、".join(marked), beside=True):
            duties = duties.joined(Duties(leads=units(marked[0]), responsible=units(marked[1])))
        elif names := only_units(part.text, beside=bool(duties.leads or duties.responsible)):
            duties = duties.joined(Duties(responsible=names))
        else:
            return None
    return duties if duties.leads or duties.responsible or duties.cooperating else None


# A single name in brackets is a unit only if it says whose (a club is none: 康养基地(职工活动中心)).
_OWN_UNIT = lazy(r"(?:市|县|区|省|州|各|国家)[^级内外区城].")


# (教育局): what ends so is an office whosever it is
_OFFICE = lazy(HAN + "{2,9}(?:局|发改委|卫健委|住建委|管委会|政府办|政府办公室)")
# 市数据局、各县(市、区)
_EACH_PLACE = lazy(r"各(?:县|市|区|乡|镇|街道|园区|旗)+(?:\([县市区乡镇街道、]+\))?")


def only_units(text: str, *, beside: bool = False) -> tuple[str, ...]:
    """The units of a text that names nothing else; none where one of its parts is no unit.

    A single name says whose it is, unless it stands `beside` others (市发改委、市统计局,各区县政府).
    """
    names = units(text.strip())
    if not names or not all(looks_like_unit(name) or _EACH_PLACE.fullmatch(fold(name)) for name in names):
        return ()
    return names if beside or len(names) > 1 or _OWN_UNIT.match(names[0]) or _OFFICE.fullmatch(names[0]) else ()


def _segments(folded: str) -> list[tuple[int, int]]:
    """The stretches between commas and semicolons outside brackets."""
    made, depth, start = [], 0, 0
    for at, ch in enumerate(folded):
        depth += (ch == "(") - (ch == ")")
        if depth == 0 and ch in ",;":
            made.append((start, at))
            start = at + 1
    made.append((start, len(folded)))
    return [(a, b) for a, b in made if folded[a:b].strip(" 。")]


def starts_with_label(folded: str) -> bool:
    """Whether a line opens with 责任单位: or the like."""
    return _may_label(folded) and bool(_label().match(folded.lstrip(" (【[")))


def names_units(folded: str) -> bool:
    """Whether a line opens with a label of units: 责任单位: or 牵头单位:, not 联系人:."""
    label = _label().match(folded.lstrip(" (【[●·•-"))
    return label is not None and label.lastgroup in ("lead", "responsible", "cooperating")


def _labelled(passage: Passage, labels: list[re.Match[str]]) -> Duties:
    duties = NO_DUTIES
    for i, label in enumerate(labels):
        end = labels[i + 1].start() if i + 1 < len(labels) else len(passage.folded)
        value = passage.part(label.end(), end)
        duties = duties.joined(_valued(label.lastgroup or "", value))
    return duties


def _valued(kind: str, value: Passage) -> Duties:
    text = value.text.strip(" 　;；。,，、】]|｜")
    if kind == "limit":
        return Duties(limits=(value.part(0, len(value.folded.rstrip(" ;。,、)】]|"))),))
    if kind == "lead":
        return Duties(leads=units(text))
    if kind == "responsible":
        if "牵头" in text and (said := _said(value)) is not None and said.leads:
            # 责任单位:市教育局牵头,市财政局配合
            return said
        marked = marked_lead(text)
        return (
            Duties(leads=units(marked[0]), responsible=units(marked[1])) if marked else Duties(responsible=units(text))
        )
    if kind == "cooperating":
        return Duties(cooperating=units(text))
    if kind == "sponsor":
        return Duties(sponsors=units(text, persons=True))
    return NO_DUTIES


def settle(duties: Duties, heading_lead: str | None, convention: Convention) -> Duties:
    """Who leads and who cooperates, when an item's own words, its heading and the notice are taken together."""
    leads, cooperating = list(duties.leads), list(duties.cooperating)
    rest = [unit for unit in duties.responsible if unit not in leads]
    if leads:
        cooperating = rest + cooperating
    elif heading_lead:
        leads, cooperating = [heading_lead], rest + cooperating
    elif convention.all_lead or (rest and cooperating):
        # 责任单位 beside 配合单位 are those that lead
        leads = rest
    elif rest:
        leads, cooperating = rest[:1], rest[1:] + cooperating
    once = tuple(dict.fromkeys(leads))
    others = tuple(unit for unit in dict.fromkeys(cooperating) if unit not in once)
    if (once, (), others) == (duties.leads, duties.responsible, duties.cooperating):
        return duties
    return Duties(once, (), others, duties.sponsors, duties.limits)
