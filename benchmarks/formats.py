"""How long each file type takes: a list in print, a 5,000-row sheet, an A4 scan, a newspaper page of four columns.

Pages are set here with the writers of the tests. A picture's time is given on the wall and on the processor: half of
the latter is what an idle machine of two cores takes. Hoped for: 2 s for an A4 scan, 12 s for a newspaper page.
"""

from __future__ import annotations

import io
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.reading.formats.makers import FONT, Sheet, ofd, pdf, picture  # noqa: E402

LIST = ROOT / "src" / "duixian" / "demo" / "city" / "list.txt"


def main() -> int:
    """Print a line for each file; nothing here fails, a busy machine decides too much."""
    print(f"on {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    paragraphs = [line for line in LIST.read_text("utf-8").split("\n") if line.strip()]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        measure(place / "list.pdf", pdf(set_in_columns(paragraphs, 1, 12, 595, 842)))
        measure(place / "list.ofd", ofd(set_in_columns(paragraphs, 1, 12, 595, 842)))
        measure(place / "rows.xlsx", five_thousand_rows())
        if FONT.exists():
            page = set_in_columns(paragraphs, 1, 16, 595, 842)[1]
            measure(place / "a4.png", as_png(page, 150 / 72), warm=True)
            newspaper = set_in_columns(paragraphs, 4, 10, 920, 1150)[0]
            measure(place / "newspaper.png", as_png(newspaper, 1.75))
    print(f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    return 0


def measure(file: Path, data: bytes, *, warm: bool = False) -> None:
    """Read a file and say how long it took."""
    from duixian.reading.formats import load

    file.write_bytes(data)
    if warm:
        load(file)
    wall, processor = time.perf_counter(), time.process_time()
    characters = len(load(file).text)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(f"{file.name:14} {wall:6.2f} s on the wall, {processor:6.2f} s of processor, {characters} characters")


def set_in_columns(paragraphs: list[str], columns: int, size: float, width: float, height: float) -> list[Sheet]:
    """Paragraphs set in columns over as many pages as they need."""
    margin, gap = 50.0, 16.0
    across = (width - 2 * margin - gap * (columns - 1)) / columns
    across -= across % size
    flow = Sheet()
    y = 0.0
    for paragraph in paragraphs:
        y = flow.paragraph(0, y, size, across, paragraph)
    rows = int((height - 2 * margin) / (1.6 * size))
    pages = []
    for start in range(0, len(flow.words), rows * columns):
        page = Sheet(width, height)
        for i, (x, _, _, text) in enumerate(flow.words[start : start + rows * columns]):
            page.write(margin + i // rows * (across + gap) + x, margin + i % rows * 1.6 * size, size, text)
        pages.append(page)
    return pages


def as_png(page: Sheet, scale: float) -> bytes:
    """A page as a picture."""
    out = io.BytesIO()
    picture(page, scale).save(out, "PNG")
    return out.getvalue()


def five_thousand_rows() -> bytes:
    """A sheet with as many tasks as a whole province has."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["序号", "任务", "牵头单位", "时限"])
    for i in range(5_000):
        book.active.append([i + 1, f"推进项目建设,完成投资{i}万元", "市发改委", "6月底前"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


if __name__ == "__main__":
    raise SystemExit(main())
