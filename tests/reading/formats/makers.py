"""Small writers for file types that no library at hand writes: PDF with a text layer, OFD; and pages set like print."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
NEVER_FIRST = "，。、；：？！）》”"


def width_of(text: str, size: float) -> float:
    """Chinese characters are square, others half as wide."""
    return sum(size if ch >= "\u2000" else size / 2 for ch in text)


def wrapped(text: str, size: float, width: float, indent: float = 0.0) -> list[str]:
    """Lines as a typesetter breaks them: a full stop never begins one."""
    lines, line, room = [], "", width - indent
    for i, character in enumerate(text):
        follows = text[i + 1] if i + 1 < len(text) else ""
        needed = width_of(character + (follows if follows in NEVER_FIRST else ""), size)
        if line and width_of(line, size) + needed > room + 0.01 and character not in NEVER_FIRST:
            lines.append(line)
            line, room = "", width
        line += character
    return [*lines, line]


@dataclass
class Sheet:
    """One page of a made document: words with their place (from the upper left) and size, and drawn lines."""

    width: float = 595.0
    height: float = 842.0
    words: list[tuple[float, float, float, str]] = field(default_factory=list)
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)

    def write(self, x: float, y: float, size: float, text: str) -> None:
        """Put words with their upper left corner at a place."""
        self.words.append((x, y, size, text))

    def center(self, y: float, size: float, text: str, left: float = 0.0, right: float | None = None) -> None:
        """Put words in the middle between two edges."""
        right = self.width if right is None else right
        self.write((left + right - width_of(text, size)) / 2, y, size, text)

    def paragraph(self, x: float, y: float, size: float, width: float, text: str, indent: float = 2.0) -> float:
        """Set a paragraph; returns where the next one begins."""
        for i, line in enumerate(wrapped(text, size, width, indent * size)):
            self.write(x + (indent * size if i == 0 else 0), y, size, line)
            y += size * 1.6
        return y

    def grid(self, xs: list[float], ys: list[float]) -> None:
        """Draw a table's lines."""
        self.lines += [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]


def pdf(sheets: list[Sheet], before: str = "") -> bytes:
    """A PDF of these pages, in a font that every reader knows. `before`: what to draw with first."""
    count = len(sheets)
    kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(count))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {count}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/FontDescriptor 5 0 R/DW 1000/W[1 95 500 814 939 500]"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
        b"/Descent -120/CapHeight 880/StemV 93>>",
    ]
    for i, sheet in enumerate(sheets):
        stream = f"{before}\n{_pdf_stream(sheet)}".encode("ascii")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {sheet.width} {sheet.height}]"
            f"/Resources<</Font<</F1 3 0 R>>>>/Contents {7 + 2 * i} 0 R>>".encode()
        )
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream))
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _pdf_stream(sheet: Sheet) -> str:
    parts = [f"{x0} {sheet.height - y0} m {x1} {sheet.height - y1} l S" for x0, y0, x1, y1 in sheet.lines]
    for x, y, size, text in sheet.words:
        code = text.encode("utf-16-be").hex()
        parts.append(f"BT /F1 {size} Tf {x} {sheet.height - y - 0.88 * size} Td <{code}> Tj ET")
    return "\n".join(parts)


def ofd(sheets: list[Sheet]) -> bytes:
    """An OFD package of these pages; their measures are taken as millimetres."""
    parts = {
        "OFD.xml": _XML + '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0"><ofd:DocBody>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": _XML + '<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData>'
        "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
        + "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(sheets)))
        + "</ofd:Pages></ofd:Document>",
    }
    for i, sheet in enumerate(sheets):
        parts[f"Doc_0/Pages/Page_{i}/Content.xml"] = _ofd_page(sheet)
    return zipped(parts)


_XML = '<?xml version="1.0" encoding="UTF-8"?>'


def _ofd_page(sheet: Sheet) -> str:
    objects = []
    for x, y, size, text in sheet.words:
        steps = " ".join(str(width_of(ch, size)) for ch in text[:-1])
        delta = f' DeltaX="{steps}"' if steps else ""
        escaped = text.replace("&", "&amp;").replace("<", "&lt;")
        objects.append(
            f'<ofd:TextObject Boundary="{x} {y} {width_of(text, size)} {size}" Font="1" Size="{size}">'
            f'<ofd:TextCode X="0" Y="{0.85 * size}"{delta}>{escaped}</ofd:TextCode></ofd:TextObject>'
        )
    for x0, y0, x1, y1 in sheet.lines:
        objects.append(
            f'<ofd:PathObject Boundary="{x0} {y0} {x1 - x0 + 0.1} {y1 - y0 + 0.1}" LineWidth="0.1">'
            f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
        )
    return (
        _XML + f'<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Area><ofd:PhysicalBox>0 0 {sheet.width} '
        f"{sheet.height}</ofd:PhysicalBox></ofd:Area><ofd:Content><ofd:Layer>{''.join(objects)}</ofd:Layer>"
        "</ofd:Content></ofd:Page>"
    )


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def picture(sheet: Sheet, scale: float = 2.0) -> Image.Image:
    """The page as a picture."""
    image = Image.new("RGB", (round(sheet.width * scale), round(sheet.height * scale)), "white")
    draw = ImageDraw.Draw(image)
    for x, y, size, text in sheet.words:
        font = ImageFont.truetype(str(FONT), round(size * scale))
        for character in text:
            # the font's own line is taller than its characters
            draw.text((x * scale, (y - 0.28 * size) * scale), character, "black", font)
            x += width_of(character, size)
    for x0, y0, x1, y1 in sheet.lines:
        draw.line((x0 * scale, y0 * scale, x1 * scale, y1 * scale), "black", 2)
    return image
