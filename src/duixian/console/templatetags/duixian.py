"""What templates say in one word: a light, a figure, a link that changes one filter."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from duixian.console import wording
from duixian.console.county_matrix import share_words
from duixian.console.county_words import shortfall_words
from duixian.console.marks import circled as circled_number
from duixian.periods import month_label

register = template.Library()


@register.simple_tag
def light(code: str, css: str = "") -> SafeString:
    """Shape and word."""
    return format_html(
        '<span class="light light-{0} {3}"><svg aria-hidden="true"><use href="#light-{1}"/></svg>{2}</span>',
        code or "NONE",
        code or "NONE",
        wording.light_word(code),
        css,
    )


@register.simple_tag
def light_shape(code: str) -> SafeString:
    """The shape, its word only for those who listen."""
    return format_html(
        '<span class="light light-only light-{0}"><svg aria-hidden="true"><use href="#light-{0}"/></svg>'
        '<span class="unseen">{1}</span></span>',
        code or "NONE",
        wording.light_word(code),
    )


@register.filter
def grade_word(code: str) -> str:
    """The grade in words."""
    return wording.grade_word(code) if code else ""


@register.filter
def light_word(code: str) -> str:
    """The light in words."""
    return wording.light_word(code)


@register.filter
def reward_mark(code: str) -> str:
    """表扬, beside a light that commends."""
    return wording.reward_mark(code)


@register.filter
def month(value: date | None) -> str:
    """6月."""
    return month_label(value) if value else ""


@register.filter
def figure(value: Decimal | None) -> str:
    """A figure as entered, without idle zeros."""
    return wording.exact(value).replace("-", "−")


@register.filter
def short(text: str, limit: int) -> str:
    """As many whole clauses as fit."""
    return wording.short(text, limit)


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """A value by a key that is not known to the template."""
    return mapping.get(key, "")


@register.filter
def dot(count: int) -> str:
    """In a matrix zero is a dot."""
    return str(count) if count else "·"


@register.filter
def circled(number: int) -> str:
    """①."""
    return circled_number(number)


@register.filter
def elided(page: Page) -> list[int | str]:
    """Page numbers around this one; … for the rest."""
    return list(page.paginator.get_elided_page_range(page.number))


@register.filter
def share(value: Decimal | None) -> str:
    """12%, below ten 4.4%."""
    return share_words(value)


@register.filter
def shortfalls(codes: list[str]) -> str:
    """Where a county says less than its city, in words."""
    return shortfall_words(codes)


@register.simple_tag
def invalid(form: Any, prefix: str, name: str) -> SafeString:
    """The mark of a field in which something has to be mended."""
    return mark_safe(' aria-invalid="true"') if f"{prefix}{name}" in form.errors else mark_safe("")


@register.filter
def promised_mark(graded: Any) -> str:
    """原定红: what a task or standing would be by the promise first made; "" where nothing was amended."""
    return wording.promised_mark(graded.promised_light, graded.promised_grade)


@register.simple_tag
def verdict(grade: str, light_code: str) -> str:
    """欠进度、红灯."""
    return wording.verdict(grade, light_code)
