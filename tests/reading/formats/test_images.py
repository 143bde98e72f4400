"""Pictures of pages: what is printed there, in the order in which people read it."""

import io
import os
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from duixian.reading import BrokenDocumentError, EmptyDocumentError, TooLargeError
from tests.reading.formats.makers import FONT, Sheet, picture, width_of
from tests.reading.formats.reading import lines, opened, rows

TASKS = [
    "1.新增贷款400亿元以上，建成保障性住房2.5万套，城镇新增就业4.3万人。",
    "2.推动国家水网骨干工程上半年开工，完成水土流失治理面积46万亩。",
    "3.空气质量优良天数比例达到80%以上，新改建农村公路1000公里。",
]


@pytest.fixture(autouse=True)
def _needs_font(request: pytest.FixtureRequest) -> None:
    if not FONT.exists():
        missing = f"没有中文字体 {FONT}(Debian 的 fonts-noto-cjk)"
        if os.environ.get("DUIXIAN_STRICT") == "1":
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def plain(text: str) -> str:
    """Without what recognition cannot know: blanks, and whether a mark is wide."""
    return "".join(text.split()).translate(str.maketrans("，：；（）！？％", ",:;()!?%"))


def a_page() -> Sheet:
    sheet = Sheet(420, 420)
    sheet.center(30, 18, "2026年重点任务清单")
    y = 80.0
    for task in TASKS:
        y = sheet.paragraph(40, y, 11, 341, task)
    return sheet


def test_a_scan_in_each_kind_of_picture_askew_and_grey(tmp_path: Path) -> None:
    expected = [plain(text) for text in ["2026年重点任务清单", *TASKS]]
    image = picture(a_page(), 2.2)
    askew = image.rotate(1.2, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)
    for name, data in (
        ("a.png", encoded(askew)),
        ("a.jpg", encoded(image.convert("L"), "JPEG", quality=60)),
    ):
        assert [plain(line) for line in lines(opened(tmp_path, name, data))] == expected


def test_a_tif_of_two_pages_and_a_bmp(tmp_path: Path) -> None:
    sheets = [Sheet(300, 120), Sheet(300, 120)]
    for sheet, task in zip(sheets, ("1.新建学校三所。", "2.修渠八公里。"), strict=True):
        sheet.write(30, 40, 14, task)
    first, second = (picture(sheet) for sheet in sheets)
    data = encoded(first, "TIFF", save_all=True, append_images=[second])
    assert [plain(line) for line in lines(opened(tmp_path, "a.tif", data))] == ["1.新建学校三所。", "2.修渠八公里。"]
    assert [plain(line) for line in lines(opened(tmp_path, "a.bmp", encoded(first, "BMP")))] == ["1.新建学校三所。"]


def test_a_ruled_table_on_a_picture_is_a_table(tmp_path: Path) -> None:
    sheet = Sheet(420, 220)
    sheet.grid([30, 80, 280, 390], [40, 80, 130, 180])
    records = [["序号", "任务", "单位"], ["1", "新建学校三所。", "市教育局"], ["2", "修渠八公里。", "市水利局"]]
    for r, record in enumerate(records):
        for c, text in enumerate(record):
            sheet.write([36, 88, 290][c], [50, 96, 146][r], 13, text)
    source = opened(tmp_path, "表.png", encoded(picture(sheet)))
    assert [rows(table) for table in source.tables] == [records]


def test_a_newspaper_page_in_four_columns_with_a_narrow_gutter(tmp_path: Path) -> None:
    """A headline over the middle columns, a photograph with its caption in one of them, sentences over the breaks."""
    size, columns, width, gutter = 10.0, 4, 150.0, 14.0
    sheet = Sheet(700, 330)
    sheet.center(20, 30, "实干实绩谱写新篇章")
    flow = Sheet()
    y = 0.0
    for task in TASKS * 4:
        y = flow.paragraph(0, y, size, width, task[2:])
    depth = -(-(len(flow.words) + 4) // columns)
    slots = [(c, i) for c in range(columns) for i in range(depth) if not (c == 1 and 3 <= i < 7)]
    for (column, i), (x, _, _, text) in zip(slots, flow.words, strict=False):
        sheet.write(30 + column * (width + gutter) + x, 80 + i * 16, size, text)
    sheet.write(30 + width + gutter, 80 + 6 * 16, 8, "图为水网工程施工现场。")
    image = picture(sheet, 2.2)
    left, top = (30 + width + gutter) * 2.2, (80 + 3 * 16) * 2.2
    image.paste((150, 160, 150), (int(left), int(top), int(left + width * 2.2), int(top + 44 * 2.2)))
    found = [plain(line) for line in lines(opened(tmp_path, "报纸.png", encoded(image)))]
    assert found[0] == "实干实绩谱写新篇章"
    whole = [line for line in found[1:] if not line.startswith("图为")]
    assert whole == [plain(task[2:]) for task in TASKS * 4]
    assert width_of("任务1", 10) == 25


def test_noise_and_an_empty_sheet_end_in_one_line(tmp_path: Path) -> None:
    noise = Image.frombytes("RGB", (700, 500), Random(7).randbytes(700 * 500 * 3))
    for image in (noise, Image.new("RGB", (600, 400), "white"), Image.new("L", (3, 2), 0)):
        with pytest.raises(EmptyDocumentError, match="没有文字"):
            opened(tmp_path, "噪声.png", encoded(image))


def test_a_giant_picture_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    data = encoded(Image.new("1", (30_000, 30_000)))
    with pytest.raises(TooLargeError, match="30000×30000"):
        opened(tmp_path, "大.png", data)


def test_a_picture_cut_short_is_told(tmp_path: Path) -> None:
    data = encoded(picture(a_page()))
    with pytest.raises(BrokenDocumentError, match=r"残\.png"):
        opened(tmp_path, "残.png", data[: len(data) // 2])


def test_a_pdf_of_a_scan_is_recognised(tmp_path: Path) -> None:
    sheet = Sheet(300, 120)
    sheet.write(30, 40, 14, "1.新建学校三所。")
    data = encoded(picture(sheet, 3), "PDF", resolution=216)
    assert [plain(line) for line in lines(opened(tmp_path, "扫描.pdf", data))] == ["1.新建学校三所。"]
