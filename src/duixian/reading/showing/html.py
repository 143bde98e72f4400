"""One self-contained page: the original with highlights, the reading beside it, what needs a person first.

Nothing is fetched from anywhere (the page forbids it itself), and without its script it reads the same: the small
numbers are links between the two sides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from string import Template

from ..model import Reading, ReadTask, Span
from .fields import Line, lines_of
from .layout import Row, rows_of
from .marks import marked, safe
from .words import field_in_words, rule_means, word

_PAGE = Template("""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>
$css</style>
</head>
<body>
<header><span class="seal">兑<br>现</span><div><h1>$title</h1><p>$subtitle</p></div></header>
<main>
<div class="title"><h2>读出核对</h2><p>$summary</p></div>
<div class="top">
$claims
$asked
</div>
<div class="cols colhead">
<div><b>原文</b><span class="legend"><span class="amount">数量</span><span class="outcome">事项</span>
<span class="limit">期限</span><span class="unit">项目</span><span class="doubt">存疑</span></span></div>
<div class="line"><b>读出</b><span>比较</span><span class="num">目标</span><span>单位</span>
<span>期限</span><span>怎么算</span></div>
</div>
$rows
<footer>来源：$source · SHA-256 $sha256</footer>
</main>
<script>
$script</script>
</body>
</html>
""")

#: More notes than this are folded away, so that the reading stays in sight.
_MANY = 12


@cache
def _asset(name: str) -> str:
    return files(__package__).joinpath("assets", name).read_text("utf-8")


def as_html(reading: Reading) -> str:
    """The page for a reading."""
    head = reading.document
    rows = list(rows_of(reading))
    subtitle = [head.issuer or head.government, head.doc_number, f"{head.year}年" if head.year else None]
    return _PAGE.substitute(
        title=safe(head.title or head.source or "未命名文件"),
        subtitle=safe(" · ".join(part for part in subtitle if part)),
        summary=safe(_summary(reading)),
        css=_asset("page.css"),
        script=_asset("page.js"),
        claims=_claims(reading),
        asked=_asked(reading, rows),
        rows="\n".join(_row(reading, i, row) for i, row in enumerate(rows)),
        source=safe(head.source or "—"),
        sha256=safe(head.sha256 or "—"),
    )


def _summary(reading: Reading) -> str:
    tasks = reading.tasks
    parts = [
        f"{word('kinds_of_document', reading.document.kind)}：{len(tasks)}项",
        f"数量{sum(len(t.quantities) for t in tasks)}个",
        f"事项{sum(len(t.outcomes) for t in tasks)}件",
        f"期限{sum(len(t.deadlines) for t in tasks)}处",
    ]
    return " · ".join(parts + ([f"结果{len(reading.results)}条"] if reading.results else []))


# --- what the document claims, what needs a person -------------------------------------------------------------------


def _claims(reading: Reading) -> str:
    """文件自己的数: each count the document states beside what was read."""
    declared, units = reading.declared, len({t.section or (t.leads or ("",))[0] for t in reading.tasks})
    rows = []
    if declared and declared.tasks is not None:
        rows.append(
            ("具体任务", f"{declared.tasks}项", f"{len(reading.tasks)}项", declared.tasks == len(reading.tasks))
        )
    if declared and declared.lead_units is not None:
        wrong = any(w.code == "declared_lead_units" for w in reading.warnings)
        rows.append(
            ("牵头单位", f"{declared.lead_units}个", f"{units}个" if wrong else f"{declared.lead_units}个", not wrong)
        )
    stated = [section for section in reading.sections if section.declared is not None]
    if stated:
        wrong_ones = sum(1 for w in reading.warnings if w.code == "declared_section")
        rows.append(("各标题小计", f"{len(stated)}处", f"{len(stated) - wrong_ones}处", not wrong_ones))
    if not rows:
        rows.append(("任务", "未写", f"{len(reading.tasks)}项", True))
    body = "".join(
        f'<tr><td>{name}</td><td class="num">{said}</td><td class="num">{found}</td>'
        f"<td{'' if fits else ' class=bad'}>{('相符' if fits else '不符') if said != '未写' else ''}</td></tr>"
        for name, said, found, fits in rows
    )
    return (
        '<section><h3>文件自己的数</h3><table><tr><th>文件说</th><th class="num">写的</th>'
        f'<th class="num">读出</th><th></th></tr>{body}</table></section>'
    )


def _asked(reading: Reading, rows: Sequence[Row]) -> str:
    """须核: the warnings, then what each task asks a person to look at, each with a link to its place."""
    starts = [row.span.start for row in rows]

    def place(span: Span | None) -> int | None:
        return None if span is None or not starts else max(bisect_right(starts, span.start) - 1, 0)

    notes = [("全文" if w.span is None else "原文", place(w.span), w.message) for w in reading.warnings]
    notes += [
        (f"第{t.number}项", place(t.span), f"{field_in_words(note.field)}：{note.why}")
        for t in reading.tasks
        for note in t.review
    ]
    if not notes:
        return "<section><h3>须核 0处</h3><table><tr><td>没有要人核对的地方。</td></tr></table></section>"
    made = [_note(*note) for note in notes]
    first = f"<table>{''.join(made[:_MANY])}</table>"
    rest = made[_MANY:]
    more = (
        f'<details class="more"><summary>其余{len(rest)}处</summary><table>{"".join(rest)}</table></details>'
        if rest
        else ""
    )
    return f'<section><h3 class="ask">须核 {len(notes)}处</h3>{first}{more}</section>'


def _note(label: str, row: int | None, message: str) -> str:
    where = safe(label) if row is None else f'<a href="#r{row}">{safe(label)}</a>'
    return f'<tr><td class="where">{where}</td><td>{safe(message)}</td></tr>'


# --- rows -----------------------------------------------------------------------------------------------------------

#: Words outside commitments longer than this (a notice before the list) are folded: one click, or print, shows them.
_LONG = 240


def _row(reading: Reading, index: int, row: Row) -> str:
    if row.task is not None:
        return _task(reading, index, row, row.task)
    words = marked(reading.text, row.span.start, row.span.end, ())
    if row.section:
        return _frame("group", index, f"<div>{words}</div>", _section(reading, row))
    length = row.span.end - row.span.start
    if length > _LONG and reading.document.kind == "task_list":
        words = f"<details><summary>不是任务的文字，{length}字</summary>{words}</details>"
    return _frame("plain", index, f"<div>{words}</div>", "")


def _frame(kind: str, index: int, left: str, right: str) -> str:
    """Two cells in a row, with the anchor notes link to."""
    return (
        f'<div class="cols row {kind}" id="r{index}"><div class="src">{left}</div><div class="got">{right}</div></div>'
    )


def _task(reading: Reading, index: int, row: Row, task: ReadTask) -> str:
    lines = lines_of(str(index), task)
    words = f'<span class="aside">{safe(row.lead_in)}</span> ' if row.lead_in else ""
    words += marked(reading.text, row.span.start, row.span.end, lines)
    if row.tail and row.tail.start < row.tail.end:
        words += f'<span class="aside">{marked(reading.text, row.tail.start, row.tail.end, lines)}</span>'
    left = f'<span class="no">{safe(row.number)}</span><div>{words}</div>'
    return _frame("task", index, left, "".join(_got(task, lines, row.is_result)))


def _section(reading: Reading, row: Row) -> str:
    section = row.section
    assert section is not None
    held = [task for task in reading.tasks if task.section == section.name]
    leads = any(section.name in task.leads for task in held)
    name = f"牵头 <b>{safe(section.name)}</b>" if leads else safe(section.name)
    if section.declared is None:
        return name
    wrong = any(w.code == "declared_section" and w.span == section.span for w in reading.warnings)
    verdict = '<b class="bad">不符</b>' if wrong else "相符"
    return f"{name} · 写{section.declared}项，读出{len(held)}项，{verdict}"


def _got(task: ReadTask, lines: list[Line], is_result: bool) -> Iterator[str]:
    """The right side of a commitment: who, then its lines, then what to look at."""
    for line in lines:
        yield _line(line)
    if task.full:
        yield _cells("", ("全", task.full.object, "全量", "100", "%", "", safe(task.full.text)))
    # the heading's row names its lead once for all
    leads = () if task.leads == (task.section,) else task.leads
    who = [f"牵头 <b>{safe('、'.join(leads))}</b>"] if leads else []
    who += [f"配合 {safe('、'.join(task.cooperating))}"] if task.cooperating else []
    who += [f"包联 {safe('、'.join(task.sponsors))}"] if task.sponsors else []
    if is_result:
        who.insert(0, '<span class="result">已有结果，不是承诺</span>')
    if who:
        yield f'<div class="who">{" · ".join(who)}</div>'
    for note in task.review:
        yield f'<div class="note">{safe(field_in_words(note.field))}：{safe(note.why)}</div>'


def _line(line: Line) -> str:
    soft = " soft" if line.mark in ("limit", "unit") else ""
    sign = f'<a href="#s{line.id}">{line.sign}</a>' if not soft else line.sign
    attributes = f' id="f{line.id}" data-f="{line.id}" title="{safe(rule_means(line.rule))}"'
    return _cells(attributes, (sign, *(safe(cell) for cell in line.cells)), soft)


def _cells(attributes: str, cells: Sequence[str], soft: str = "") -> str:
    sign, name, compare, figure, unit, by, how = cells
    return (
        f'<div class="line{soft}"{attributes}><span>{sign}</span><span>{name}</span><span>{compare}</span>'
        f'<span class="num">{figure}</span><span>{unit}</span><span>{by}</span><span class="soft">{how}</span></div>'
    )
