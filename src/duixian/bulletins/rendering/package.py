"""The file itself: which parts it holds, its properties, and the same bytes for the same content."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from xml.sax.saxutils import escape

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from duixian.bulletins.content import BulletinContent
from duixian.bulletins.rendering.styles import font_table
from duixian.bulletins.rendering.text import clean

_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
# What the library's template brings along and a bulletin does not use (its theme would bring Latin fonts back).
_UNUSED = ("stylesWithEffects", "webSettings", "theme", "customXml", "numbering", "thumbnail", "extended-properties")
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def prune(document: Document) -> None:
    """Drops the template's unused parts and puts our font table in place of its own."""
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(_UNUSED)]:
            del relations[key]
    document.part.part_related_by(RT.FONT_TABLE)._blob = font_table()


def write_properties(document: Document, content: BulletinContent) -> None:
    """Core properties without any reading of a clock, and the hashes as custom properties.

    The file counts as made on the day it is dated, so that a snapshot rendered twice gives the same file.
    """
    day = content.signature.signed_on
    core = document.core_properties
    core.title, core.author, core.last_modified_by = (
        _short(content.title),
        _short(content.issuer),
        _short(content.issuer),
    )
    core.subject, core.language, core.comments = _short(content.doc_number or ""), "zh-CN", ""
    core.keywords = "模拟数据 / simulated" if content.is_simulated else ""
    core.revision = 1
    core.created = core.modified = datetime(day.year, day.month, day.day)
    _write_custom(document, _custom_values(content))


def deterministic(docx: bytes) -> bytes:
    """The same parts in the same order with a fixed time stamp, compressed alike."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            entry.external_attr = 0
            target.writestr(entry, source.read(name), compresslevel=6)
    return packed.getvalue()


def _custom_values(content: BulletinContent) -> dict[str, str]:
    values = {
        "DuixianAuditHead": content.properties.audit_head,
        "DuixianSnapshotHash": content.properties.snapshot_hash,
        "DuixianSimulated": "true" if content.is_simulated else "",
    }
    return {name: value for name, value in values.items() if value}


def _write_custom(document: Document, values: dict[str, str]) -> None:
    if not values:
        return
    entries = "".join(
        f'<property fmtid="{_PROPERTY_SET}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{escape(clean(value))}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(values.items(), start=2)
    )
    xml = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}">'
    )
    blob = f"{xml}{entries}</Properties>".encode()
    package = document.part.package
    package.relate_to(Part(PackURI("/docProps/custom.xml"), _CUSTOM_TYPE, blob, package), RT.CUSTOM_PROPERTIES)


def _short(text: str) -> str:
    """Core properties hold at most 255 characters."""
    return clean(text)[:255]
