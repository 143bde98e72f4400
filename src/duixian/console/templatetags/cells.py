"""A cell of the register. Built here and not in a template: a page has a thousand of them."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from django import template
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from duixian.console import wording
from duixian.console.columns import Column, Line
from duixian.console.templatetags.duixian import light
from duixian.register.searching import Piece, found_pieces

register = template.Library()
SHOWN = 52
SHOWN_OF_PART = 44


@register.simple_tag(takes_context=True)
def cell(context: template.Context, column: Column, line: Line) -> SafeString:
    """One `td` with what the column says of the line."""
    inside = DRAWN.get(column.code)
    content = inside(line, context) if inside else _words(column.value(line))
    css = f"{column.css} alarm" if column.code == "deviation" and line.part and line.part.is_bad else column.css
    return format_html('<td class="{}">{}</td>', css, content)


@register.filter
def marked_words(pieces: Iterable[Piece]) -> SafeString:
    """Words with those looked for marked."""
    marks = (format_html("<mark>{}</mark>", p.text) if p.is_found else p.text for p in pieces)
    return format_html_join("", "{}", ((piece,) for piece in marks))


def shown_words(line: Line) -> str:
    """The words of a line as far as the column has room."""
    if line.is_part and line.part:
        return wording.short(line.part.name, SHOWN_OF_PART)
    return wording.short(line.row.task.text, SHOWN)


def _words(value: str | Decimal | date) -> str:
    return wording.exact(value) if isinstance(value, Decimal) else str(value)


def _light(line: Line, _context: template.Context) -> SafeString:
    marks = format_html_join("", ' <span class="mark-beside">{}</span>', ((mark,) for mark in line.marks))
    return format_html("{}{}", light(line.light), marks)


def _what(line: Line, context: template.Context) -> SafeString:
    terms = context.get("terms", ())
    words = marked_words(found_pieces(shown_words(line), terms)) if terms else shown_words(line)
    if line.is_part:
        return format_html("{}", words)
    task = line.row.task
    link = format_html('<a href="{}" title="{}">{}</a>', reverse("task", args=[task.pk]), line.row.reason, words)
    return format_html("{}{}{}", link, _heading(line, context), _excerpts(line, context))


def _heading(line: Line, context: template.Context) -> SafeString | str:
    """The heading a task stands under, where the list is not grouped by it."""
    if context.get("is_grouped"):
        return ""
    return format_html(' <span class="faint">{}</span>', line.row.task.section.name)


def _excerpts(line: Line, context: template.Context) -> SafeString:
    found = (context.get("excerpts") or {}).get(line.row.task.pk, [])
    return format_html_join(
        "", ' <span class="faint">{}：{}</span>', ((e.where, marked_words(e.pieces)) for e in found)
    )


def _actual(line: Line, _context: template.Context) -> SafeString | str:
    part = line.part
    if part is None:
        return ""
    unit = format_html('<span class="p-only">{}</span>', part.uom) if part.actual and part.is_figure else ""
    goal = format_html('<span class="p-only goal">{}</span>', part.goal) if part.goal else ""
    return format_html("{}{}{}", part.actual, unit, goal)


def _expected(line: Line, _context: template.Context) -> str:
    return line.part.expected if line.part else ""


def _deviation(line: Line, _context: template.Context) -> SafeString | str:
    if line.part is not None and line.part.deviation:
        return line.part.deviation
    return format_html('<span class="faint">{}</span>', line.deviation)


def _course(line: Line, _context: template.Context) -> str:
    if line.part is None or line.part.spark is None:
        return ""
    return get_template("console/spark.html").render({"spark": line.part.spark})


DRAWN: dict[str, Callable[[Line, template.Context], SafeString | str]] = {
    "light": _light,
    "what": _what,
    "actual": _actual,
    "expected": _expected,
    "deviation": _deviation,
    "course": _course,
}
