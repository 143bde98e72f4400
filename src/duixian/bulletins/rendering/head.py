"""The head: red head, number and rule, title, addressees (GB/T 9704-2012, 7.2, 7.3.1-2)."""

from __future__ import annotations

from collections.abc import Sequence

from duixian.bulletins.content import BulletinContent
from duixian.bulletins.rendering import measures as m
from duixian.bulletins.rendering.looks import paragraph_looks
from duixian.bulletins.rendering.oxml import Element, mark, paragraph, run, val
from duixian.bulletins.rendering.text import clean, closed, joined


def head(content: BulletinContent) -> list[Element]:
    """Everything above the text. Without a red head the title opens the page and a number, if any, stands above it."""
    parts: list[Element] = []
    if content.red_head:
        parts.append(_red_head(clean(content.red_head)))
        # The rule belongs to this paragraph, so it is written even while no number has been given.
        parts.append(paragraph("发文字号", content.doc_number or ""))
    elif content.doc_number:
        parts.append(paragraph("发文字号（无红头）", content.doc_number))
    title_style = "公文标题" if content.red_head else "公文标题（无红头）"
    parts.append(broken_lines(title_style, content.title_lines))
    if clean(content.addressees):
        parts.append(paragraph("主送机关", closed(content.addressees, "：", ":，。,;；")))
    return parts


def broken_lines(style: str, lines: Sequence[str]) -> Element:
    """One paragraph whose lines are broken by hand, by meaning."""
    runs: list[Element] = []
    for line in joined(lines):
        runs.extend([mark("br")] if runs else [])
        runs.append(run(line))
    return paragraph(style, *runs)


def _red_head(words: str) -> Element:
    """One line at any length: names too long for 72 % are set narrower still."""
    look = next(look for look in paragraph_looks() if look.name == "发文机关标志")
    natural = round((look.size or 0) * 20) * len(words)
    fitting = m.TYPE_WIDTH * 100 // max(natural, 1)
    narrower = (val("w", fitting),) if fitting < (look.stretch or 100) else ()
    return paragraph("发文机关标志", run(words, None, *narrower))
