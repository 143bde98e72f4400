"""What follows the text: 附件说明, 署名 and 成文日期, 附注, the annexes (GB/T 9704-2012, 7.3.4-7.3.7)."""

from __future__ import annotations

from duixian.bulletins.content import Attachment, BulletinContent, Signature
from duixian.bulletins.rendering import measures as m
from duixian.bulletins.rendering.body import blocks_to_elements
from duixian.bulletins.rendering.head import broken_lines
from duixian.bulletins.rendering.oxml import Element, indent, mark, paragraph, run
from duixian.bulletins.rendering.text import chinese_date, clean, is_wide


def tail(content: BulletinContent) -> list[Element]:
    """Note of attachments, signature, date and remark, then each attachment on a page of its own."""
    parts = [*attachment_note(content.attachments), *_signature(content.signature)]
    if remark := clean(content.remark).strip("（）()"):
        parts.append(paragraph("附注", f"（{remark}）"))
    for number, attachment in enumerate(content.attachments, start=1):
        parts.extend(_attachment(attachment, _tag(number, len(content.attachments))))
    return parts


def attachment_note(attachments: tuple[Attachment, ...]) -> list[Element]:
    """附件：1. name …; a single attachment has no number, and no name is closed by a mark."""
    names = [_name(attachment) for attachment in attachments]
    if len(names) == 1:
        return [paragraph("附件说明（单个）", f"附件：{names[0]}")]
    notes = []
    for number, name in enumerate(names, start=1):
        style, opening = ("附件说明", "附件：") if number == 1 else ("附件说明续", "")
        notes.append(paragraph(style, f"{opening}{number}.", mark("tab"), run(name)))
    return notes


def signature_indents(name_width: int, date_width: int, *, is_sealed: bool) -> tuple[int, int]:
    """Right indents of 署名 and 成文日期 in twips, by the widths of both.

    Sealed: the date four characters in, the name centred on it (7.3.5.1). Unsealed: the name two characters in, the
    date beginning two characters right of where the name begins; a date longer than that is itself two characters
    in (7.3.5.2).
    """
    if is_sealed:
        return max(0, m.SEALED_DATE_INDENT + (date_width - name_width) // 2), m.SEALED_DATE_INDENT
    date_indent = m.UNSEALED_INDENT + name_width - 2 * m.FULL_CHAR - date_width
    if date_indent >= m.UNSEALED_INDENT or name_width >= date_width:
        return m.UNSEALED_INDENT, max(0, date_indent)
    return m.UNSEALED_INDENT + date_width + 2 * m.FULL_CHAR - name_width, m.UNSEALED_INDENT


def text_width(text: str) -> int:
    """Width in twips of text in 16 pt on the grid."""
    return sum(m.FULL_CHAR if is_wide(char) else m.HALF_CHAR for char in text)


def _signature(signature: Signature) -> list[Element]:
    name, day = clean(signature.name), chinese_date(signature.signed_on)
    style = "发文机关署名" if signature.is_sealed else "发文机关署名（不加盖印章）"
    of_name, of_date = signature_indents(text_width(name), text_width(day), is_sealed=signature.is_sealed)
    return [
        paragraph(style, name, properties=(indent(right=of_name),)),
        paragraph("成文日期", day, properties=(indent(right=of_date),)),
    ]


def _attachment(attachment: Attachment, tag: str) -> list[Element]:
    title = broken_lines("附件标题", attachment.title_lines)
    return [paragraph("附件标识", tag), title, *blocks_to_elements(attachment.blocks)]


def _tag(number: int, count: int) -> str:
    return f"附件{number}" if count > 1 else "附件"


def _name(attachment: Attachment) -> str:
    return "".join(map(clean, attachment.title_lines)).rstrip("。；;，,")
