"""What a document says of itself: title, numbers, issuer, dates, year, its own count of tasks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise

from . import lexicon
from .errors import SecretDocumentError
from .fold import HAN, fold
from .model import Declared, DocumentHead
from .numerals import chinese_value
from .patterns import lazy
from .source import Line

#: How far down the head of a document is looked for: a web page carries menus, a notice three paragraphs.
HEAD_LINES = 60
_SECRECY_LINES = 40
_CLOSING_LINES = 12

_KEYS = {
    "索引号": "index_number",
    "信息索引号": "index_number",
    "索引号/文号": "index_number",
    "发文字号": "doc_number",
    "文号": "doc_number",
    "文件编号": "doc_number",
    "公文文号": "doc_number",
    "发布机构": "issuer",
    "发文机关": "issuer",
    "发文机构": "issuer",
    "发文单位": "issuer",
    "制发机关": "issuer",
    "公开主体": "issuer",
    "信息来源": "source_note",
    "成文时间": "written_on",
    "成文日期": "written_on",
    "生成日期": "written_on",
    "发文日期": "written_on",
    "印发日期": "written_on",
    "发布日期": "published_on",
    "发布时间": "published_on",
    "公开日期": "published_on",
    "公开时间": "published_on",
    "标题": "title",
    "名称": "title",
    "信息名称": "title",
    "文件名称": "title",
    "主题词": "subject",
    "主题分类": "subject",
    "有效性": "validity",
    "公开方式": "way",
    "公开范围": "way",
    "来源": "source_note",
}
# a key may be spread with spaces to the width of its column: 索 引 号
_KEY = lazy(
    rf"(?<!{HAN})(" + "|".join(r"\s*".join(key) for key in sorted(_KEYS, key=len, reverse=True)) + r")\s*[:|]\s*"
)
_DATE = lazy(r"(\d{4})\s*[年\-./]\s*(\d{1,2})\s*[月\-./]\s*(\d{1,2})")
_NUMBER = lazy(HAN + r"{1,12}[〔\[(]\s*20\d\d\s*[〕\])]\s*(?:第\s*)?\d+\s*号")
_ISSUER = lazy(rf"^{HAN}{{2,20}}(?:人民政府(?:办公室|办公厅)?|委员会(?:办公室)?|政府督查室|办公室|局|管委会)$")
_DISCLOSURE = lazy(
    r"\(?(此件(?:主动|依申请|不予)?公开(?:发布)?|此件公开发布|此件删减后公开|公开方式[::]?\s*(?:主动公开|依申请公开|不予公开))\)?"
)
_SECRECY = lazy(r"^(?:密\s*级\s*[::]?\s*)?(绝\s*密|机\s*密|秘\s*密)\s*(?:[★☆*].{0,8}|级?(?:\s*\d+\s*年)?)?$")
_TITLE_END = lazy(
    r"(?:的通知|的意见|的决定|的函|的公告|的报告|的批复|工作报告|计划报告|任务清单|责任分解表?|分工方案|任务分解表?|实施方案|工作要点|工作方案|行动计划|责任清单|任务台账|目标任务|台账|推进表|计划表|任务表|责任表|一览表|安排表|进度表|明细表|项目表)$"
)


@dataclass(frozen=True, slots=True)
class Meta:
    """The fields of the head before they are put together."""

    fields: dict[str, str]
    last_line: int


def refuse_secret(lines: list[Line]) -> None:
    """Raise `SecretDocumentError` where a marking stands in the head; the word in prose (做好保密工作) is none."""
    for line in [x for x in lines if x.text.strip()][:_SECRECY_LINES]:
        match = _SECRECY.match(fold(line.text).strip())
        if match:
            level = re.sub(r"\s", "", match.group(1))
            raise SecretDocumentError(f"文件标有密级“{level}”(第一页上方),按规定不得读入。请改用可公开的版本。")


def read_meta(lines: list[Line]) -> Meta:
    """Labelled fields at the top: 索引号, 成文日期 and the like, one or several a line."""
    fields: dict[str, str] = {}
    last = -1
    for i, line in enumerate(lines[:HEAD_LINES]):
        folded = fold(line.text)
        keys = list(_KEY.finditer(folded)) or _spaced_keys(folded)
        if not keys or keys[0].start() > 6:
            continue
        for k, key in enumerate(keys):
            end = keys[k + 1].start() if k + 1 < len(keys) else len(folded)
            # a table's row set as text: 索引号 | 0001 | 公开目录: | 工作报告
            value = line.text[key.end() : end].strip(" 　\t|-").split("|")[0].strip()
            name = _KEYS.get(re.sub(r"\s", "", key.group(1)))
            if value and name:
                fields.setdefault(name, value)
        last = i
    return Meta(fields, last)


@cache
def _spaced() -> re.Pattern[str]:
    return re.compile(r"(?:^|(?<=\s))(" + lexicon.any_of("web", "head.labels") + r")(?:\s+|$)")


def _spaced_keys(folded: str) -> list[re.Match[str]]:
    """Fields set side by side without colons: 索引号 0001 主题分类 民生 发文日期 2026-01-30."""
    keys = list(_spaced().finditer(folded.strip()))
    return keys if len(keys) > 1 and keys[0].start() == 0 else []


def _is_fields(folded: str) -> bool:
    """Whether a line holds the document's own fields and is no title."""
    return bool(_KEY.match(folded) or _spaced_keys(folded))


# Markdown sets fields in bold, quotes or lists: > **文号**:…, - 成文日期:…
_EMPHASIS = lazy(r"\*+|__|^\s*(?:>\s*)+|`")


def field_of(label: str) -> str | None:
    """The field a label stands for: 索 引 号 -> index_number."""
    return _KEYS.get(re.sub(r"[\s:]", "", fold(label)))


def read_head(lines: list[Line], body_start: int, year: int | None, labelled: dict[str, str]) -> DocumentHead:
    """The document's own fields; `body_start` is the line where its list or report begins, `labelled` what a table at
    its top says."""
    lines = [Line(_EMPHASIS.sub("", line.text), line.start, line.level) for line in lines]
    meta = read_meta(lines)
    fields = {**labelled, **meta.fields}
    top = [line for line in lines[: max(body_start, 0) or HEAD_LINES] if line.text.strip()]
    title = fields.get("title") or _title(top, meta)
    signed_by, signed_on = _signature(top)
    if signed_by is None:
        # a list without a notice is signed at its end
        closing = [line for line in lines[-_CLOSING_LINES:] if line.text.strip()]
        signed_by, signed_on = _signature(closing) if _signature(closing)[0] else (None, signed_on)
    issuer = fields.get("issuer") or signed_by or _issuer_in(title)
    head = DocumentHead(
        title=title,
        doc_number=fields.get("doc_number") or _first(_NUMBER, top[:25]),
        index_number=fields.get("index_number"),
        issuer=issuer,
        written_on=date_of(fields.get("written_on")) or signed_on,
        published_on=date_of(fields.get("published_on")) or _posted_on(top),
        disclosure=_disclosure(lines),
        government=_government(issuer) or _government(_issuer_in(title)) or _government_titled(title),
    )
    horizon = _horizon(title)
    return replace(head, year=None if horizon else _year(head, top, year), horizon=horizon)


_CHINESE_DATE = lazy(r"(\d{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日")


def date_of(text: str | None) -> date | None:
    """The first date of a text: 2026-01-30, 2026年1月30日, 二〇二六年一月三十日."""
    folded = fold(text) if text else ""
    if match := _DATE.search(folded):
        numbers = [int(part) for part in match.groups()]
    elif match := _CHINESE_DATE.search(folded):
        numbers = [
            int(match.group(1)),
            int(chinese_value(match.group(2)) or 0),
            int(chinese_value(match.group(3)) or 0),
        ]
    else:
        return None
    try:
        return date(*numbers)
    except ValueError:
        return None


# under a web page's title: 时间:2026-02-02 16:40 来源:县政府办
_POSTED = lazy(r"^(?:.{0,12}[\s|])?(?:时间|日期)\s*:\s*(?=20\d\d\s*[-./年])")
_POSTED_LINES = 12


def _posted_on(top: list[Line]) -> date | None:
    for line in top[:_POSTED_LINES]:
        if (match := _POSTED.match(fold(line.text).strip())) is not None:
            return date_of(fold(line.text).strip()[match.end() :])
    return None


def _first(pattern: re.Pattern[str], lines: list[Line]) -> str | None:
    for line in lines:
        match = pattern.search(fold(line.text))
        if match:
            return line.text[match.start() : match.end()].strip()
    return None


# 附件:1.任务清单 and the lines below it name what is attached
_LISTED = lazy(r"附\s*件|\d{1,2}\s*[.、]|[一二三四五六七八九十]{1,3}、|[▶►●■◆◇★☆◎]")


def _title(top: list[Line], meta: Meta) -> str | None:
    """The line that reads like a title; one that goes on from an issuer's line is joined to it."""
    texts = [line.text.strip().lstrip("#").strip() for line in top]
    for i, text in enumerate(texts):
        bare = fold(text).strip("《》")
        if " " in bare and _LETTERED.match(bare):
            # 政 府 工 作 报 告
            text = bare = bare.replace(" ", "")
        if (
            not 6 <= len(bare) <= 90
            or not _TITLE_END.search(bare)
            or _KEY.search(bare)
            or "。" in bare
            or _is_fields(bare)
            or _LISTED.match(bare)
        ):
            continue
        if bare.startswith(("关于", "印发")) and i and _ISSUER.match(fold(texts[i - 1])):
            return texts[i - 1] + text
        above = texts[i - 1] if i else ""
        if (bare.startswith("执行情况") and above.endswith("计划")) or (
            bare.startswith(("与20", "和20", "及20")) and above.endswith("情况")
        ):
            # 青禾县2025年国民经济和社会发展计划 stands on a line of its own
            return above + text
        return text
    return _title_of_article(top)


_LETTERED = lazy(rf"(?:{HAN} ){{3,}}{HAN}$")
# ——2025年1月10日在东川市第七届人民代表大会第五次会议上, 东川市人民政府市长 张三
_OCCASION = lazy(
    r"[^,。]{0,40}(?:会议上\)?$|(?:省|自治区|市|县|区|州|旗)(?:人民政府)?(?:副|代理|代)?[省市县区州旗]长[ ]"
    r"|发展和改革(?:局|委|委员会)$)"
)


_BEGINS = lazy("[▶►●■◆◇★☆◎]|[一二三四五六七八九十]{1,3}、")
# 北江日报 2025年01月17日, 2025-01-19 10:47:47 来源:…
_DATED = lazy(r"[^\d,。]{0,8}20\d\d(?:年\d{1,2}月\d{1,2}日|(?P<by>[-/.])\d{1,2}(?P=by)\d{1,2}(?!\d))(?:$|[ :\d])")
_COUNTS = lazy(r"\d+(?:个|张|户|家|项|条|所|台|场|套|名|人|公里|亩)")
_FIGURES = lazy(r"\d(?:%|[万亿]+[元吨斤人户])")


# 填表单位:… is a field of a form, no title (赐山县:实字当头谱新篇 is one)
_FORM_FIELD = lazy(
    r"(?:填表|填报|编制|编稿|发表|发布|信息|稿源|制表|报送|联系|单位|日期|时间|作者|来源|记者)[^:]{0,6}:"
)


def _title_of_article(top: list[Line]) -> str | None:
    """Without a formal title: the longest of the highest headings, else of the short lines before the first paragraph.

    A newspaper page sets its slogans (谋好篇 布好局) above the title and shorter than it.
    """
    marked = [line.text.strip() for line in top if re.match(r"#{1,2}\s", line.text)]
    short: list[str] = []
    for line in top:
        text = line.text.strip()
        if len(text) > 60 or text.endswith(("。", ";", "；")) or (short and _BEGINS.match(text)):
            break
        if text.startswith(("—", "-")) or _FORM_FIELD.match(fold(text)) or _is_fields(fold(text)):
            continue
        if _OCCASION.match(fold(text)) or _DATED.match(fold(text)) or text.endswith((":", "：")):
            continue
        if _COUNTS.search(fold(text)) or (short and _FIGURES.search(fold(text))):
            # 新增养老床位300张: a line of a list is no title
            continue
        short.append(text)
    candidates = [text.lstrip("#").strip() for text in marked or short]
    return max((text for text in candidates if len(text) >= 6), key=len, default=None)


def _issuer_in(title: str | None) -> str | None:
    match = re.match(rf"({HAN}{{2,20}}?(?:人民政府办公[室厅]|人民政府|委员会办公室|委员会|办公室))关于", title or "")
    return match.group(1) if match else None


_SIGNED = lazy(r"20\d\d\s*年\s*[\d一二三四五六七八九十]{1,2}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日(?:印发?)?")


def _signature(lines: list[Line]) -> tuple[str | None, date | None]:
    """A line with the issuer's name above a line with nothing but a date."""
    for line in lines:
        folded = fold(line.text).strip(" ()")
        if (
            (found := _SIGNED.search(folded))
            and found.end() == len(folded)
            and _ISSUER.match(folded[: found.start()].strip(" ,、"))
        ):
            return folded[: found.start()].strip(" ,、"), date_of(found.group())
    for above, below in pairwise(lines):
        signed = fold(below.text).strip()
        if _SIGNED.fullmatch(signed) and _ISSUER.match(fold(above.text).strip()):
            return above.text.strip(), date_of(signed)
    for line in lines:
        if _SIGNED.fullmatch(fold(line.text).strip(" ()")):
            return None, date_of(fold(line.text))
    return None, None


def _disclosure(lines: list[Line]) -> str | None:
    found = _first(_DISCLOSURE, lines[: HEAD_LINES * 2])
    return found.strip("()（）") if found else None


_PLACE = lazy(
    rf"^({HAN}{{2,8}}?(?:省|自治区)|(?:{HAN}{{2,8}}?(?:省|自治区))?{HAN}{{1,10}}?(?:自治州|自治县|市|县|区|州|旗|盟|镇|乡))"
    r"(?=人民政府|政府|委员会|委|办公|发|$)"
)


# 2025年济南市政府工作报告, 汉滨区2025年政府工作报告, 关于印发《青石县2026年民生实事》的通知
@cache
def _titled() -> re.Pattern[str]:
    return re.compile(
        r"^(?:关于)?(?:印发)?《?(?:20\d\d年度?)?"
        rf"(?P<place>{HAN}{{1,10}}?(?:省|自治区|自治州|自治县|市|县|区|州|旗|盟|镇|乡))"
        r"(?:人民政府)?(?:20\d\d年|政府|人民政府|国民经济|经济社会|民生|十[件大]|重点|为民|关于)"
    )


# 全市2026年重点工作: whose it is, is not said
_NO_PLACE = ("全", "各", "我", "本")


def _government_titled(title: str | None) -> str | None:
    """The government a title names."""
    found = _titled().match(re.sub(r"\s", "", fold(title or "")))
    return None if found is None or found["place"].startswith(_NO_PLACE) or "我" in found["place"] else found["place"]


def _government(issuer: str | None) -> str | None:
    match = _PLACE.match((issuer or "").removeprefix("中共"))
    return match.group(1) if match else None


def _year(head: DocumentHead, top: list[Line], given: int | None) -> int | None:
    """The planning year: in the title, else in a title-like line below it, else given, else when it was written.

    Where no day is stated the year of the document's number stands for it (政办发〔2025〕1号).
    """
    for text in [head.title or "", *(line.text for line in top if _TITLE_END.search(fold(line.text).strip()))]:
        match = re.search(r"(20\d\d)\s*年", fold(text))
        if match:
            return int(match.group(1))
    dated = head.written_on or head.published_on
    numbered = re.search(r"[(\[](20\d\d)[)\]]", fold(head.doc_number or ""))
    return given or (dated.year if dated else int(numbered.group(1)) if numbered else None)


def _horizon(title: str | None) -> tuple[int, int] | None:
    """A plan of several years (2024—2027年) has a horizon and no year."""
    match = re.search(r"(20\d\d)\s*年?\s*[-—~至到]+\s*(20\d\d)\s*年", fold(title or ""))
    return (int(match.group(1)), int(match.group(2))) if match and match.group(1) < match.group(2) else None


_NUMBER_WORD = r"(\d+|[一二三四五六七八九十百]{2,})"
_TASKS_CLAIM = lazy(
    r"(?:共计?|合计|总计|分解?为|细化为|形成|明确|梳理|确定|包括|涉及|安排|列出|下达|[、,;。(《》大个类面了出府])\s*"
    + _NUMBER_WORD
    + r"\s*(?:项|条|件)(?:具体|重点|主要|目标|工作|年度|民生)*(?:任务|工作|事项|目标|举措|措施|实事|[)。,;])"
)
_UNITS_CLAIM = lazy(r"涉及\s*(\d+)\s*[个家]?(?:牵头|责任|主要)?(?:部门|单位)|(\d+)\s*[个家](?:牵头|责任)(?:部门|单位)")


def _count(printed: str) -> int | None:
    value = Decimal(printed) if printed.isdigit() else chinese_value(printed)
    return None if value is None else int(value)


def read_declared(preface: str) -> Declared | None:
    """What the document claims to hold: 共计177项具体任务,涉及42个牵头部门; 6大类30项."""
    folded = fold(preface)
    tasks, leads = _TASKS_CLAIM.search(folded), _UNITS_CLAIM.search(folded)
    if not tasks and not leads:
        return None
    return Declared(_count(tasks.group(1)) if tasks else None, int(leads.group(1) or leads.group(2)) if leads else None)
