"""A government site's page: its document with the fields above it, without menus, buttons and footers."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from ..errors import MissingSupportError, TooLargeError
from ..patterns import lazy
from ..source import Source
from .builder import Builder
from .guard import broken
from .html_furniture import clean, split_at_document
from .html_words import Words
from .plain import decode as decode_text
from .plain import source_of

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CHARSET = lazy(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
_FIELD_METAS = (("ArticleTitle", "标题"), ("PubDate", "发布日期"))


def load(data: bytes, name: str) -> Source:
    """A web page as a source. Scripts are not run and nothing it refers to is fetched."""
    page = _decode(data, name)
    if "<" not in page:
        # a text saved under a page's name keeps its lines
        return source_of(page, name)
    root = _parse(page, name)
    metas = _metas(root)
    clean(root)
    before, document = split_at_document(root)
    builder = Builder()
    lines = Words(builder)
    for element in before:
        lines.head(element)
    lines.document(document)
    found = lines.found_labels
    head = [f"{label}:{metas[key]}" for key, label in _FIELD_METAS if metas.get(key) and label not in found]
    if lines.has_words and head and "标题" not in found:
        return _with_head(head, lines, name)
    return builder.source(name)


def _with_head(head: list[str], lines: Words, name: str) -> Source:
    """The page's own field tags stand for fields that its text does not print."""
    builder = Builder()
    for text in head:
        builder.line(text)
    lines.replay(builder)
    return builder.source(name)


def _decode(data: bytes, name: str) -> str:
    """The page's characters: by its mark, its own declaration, else as a text file's."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    with suppress(UnicodeDecodeError):
        # whatever a page declares: no other encoding's Chinese happens to be sound UTF-8
        return data.decode("utf-8")
    declared = _CHARSET.search(data[:4096])
    if declared:
        named = declared.group(1).decode("ascii").lower()
        # pages that say gb2312 use characters of its successors
        encoding = "gb18030" if named in ("gb2312", "gbk", "gb_2312-80", "x-gbk") else named
        try:
            text = data.decode(encoding, "replace")
        except LookupError:
            return decode_text(data, name)
        if text.count("�") * 200 <= len(text):
            return text
    return decode_text(data, name)


def _parse(text: str, name: str) -> Any:
    try:
        from lxml import etree
    except ImportError as error:
        raise MissingSupportError(f"读网页需要 lxml:{name}。请安装:pip install lxml。") from error
    parser = etree.HTMLParser(
        huge_tree=True, remove_comments=True, remove_pis=True, no_network=True, encoding="utf-8", recover=True
    )
    # an XML declaration would contradict the encoding that has been settled already
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\x00", "")
    try:
        root = etree.fromstring(text.encode("utf-8", "ignore") or b"<html/>", parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken(name) from error
    if root is None:
        raise broken(name)
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise TooLargeError(f"网页嵌套过深:{name} 超过 2000 层。请在浏览器中打开,把正文另存为文本后再试。")
    return root


def _metas(root: Any) -> dict[str, str]:
    """The named fields that the guidelines for government sites prescribe in a page's head."""
    return {
        meta.get("name"): " ".join(meta.get("content", "").split())
        for meta in root.iter("meta")
        if meta.get("name") and meta.get("content")
    }
