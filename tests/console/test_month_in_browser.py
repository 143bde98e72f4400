"""A unit's month in a real browser: what it costs in clicks, that it saves by itself, and that it bears looking at."""

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from duixian.reading import Stage as Built
from duixian.reporting.enums import ReportState
from duixian.reporting.models import Report
from tests.cast import Cast
from tests.console.test_in_browser import sign_in
from tests.console.test_month_files import own_report, places
from tests.factories.play import Stage, set_stage
from tests.factories.readings import item, outcome, quantity, reading_of

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COUNT_CLICKS = """addEventListener('click', (e) => {
  if (e.isTrusted && e.detail) sessionStorage.n = +(sessionStorage.n || 0) + 1;
}, true)"""
CRAFTS = ("焊工", "电工", "护理", "养老", "家政", "快递", "物流", "餐饮", "文旅", "电商", "农技")


@pytest.fixture
def busy(cast: Cast) -> Stage:
    """A unit with 22 tasks: half with a figure, half with an outcome; June is open."""
    counted = [
        item(
            f"{name}技能培训2000人次。",
            ["市人社局"],
            quantities=[quantity("2000人次", f"{name}技能培训", "2000", "人次")],
        )
        for name in CRAFTS
    ]
    built = [
        item(f"{name}实训基地建成。", ["市人社局"], outcomes=[outcome("建成", f"{name}实训基地", Built.COMPLETE)])
        for name in CRAFTS
    ]
    stage = set_stage(cast, reading_of(*counted, *built))
    stage.open(6)
    return stage


def month_page(live_server: "LiveServer", stage: Stage) -> str:
    return live_server.url + reverse("stocktake-unit", args=[stage.cast.labour.unit.pk])


def shoot(page: "Page", name: str) -> None:
    """For a person's eyes, where a folder is named."""
    folder = os.environ.get("DUIXIAN_SHOTS")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=False)


def test_22_tasks_in_one_click_besides_filling_in(busy: Stage, page: "Page", live_server: "LiveServer") -> None:
    complaints = sign_in(page, live_server, busy.cast.labour.liaison)
    page.add_init_script(COUNT_CLICKS)
    page.goto(month_page(live_server, busy))
    shoot(page, "month-empty")
    rows = page.locator("tbody.report")
    assert rows.count() == 22
    fields = page.locator("tbody.report .figure, tbody.report .fill select")
    assert fields.count() == 22
    for place in range(22):
        row = rows.nth(place)
        if row.locator(".figure").count():
            row.locator(".figure").fill(str(900 + place))
        else:
            row.locator(".fill select").select_option("UNDER_WAY")
        row.locator("textarea[name$=account]").fill(f"第{place + 1}项按计划推进。")
    shoot(page, "month-filled")
    page.get_by_role("button", name="已填的全部送审签").click()
    page.get_by_text("已送审签22项").wait_for()
    assert page.evaluate("+sessionStorage.n") <= 3
    assert set(Report.objects.values_list("state", flat=True)) == {ReportState.SENT_UP}
    shoot(page, "month-sent")
    assert complaints == []


def test_a_row_is_saved_when_one_leaves_it(busy: Stage, page: "Page", live_server: "LiveServer") -> None:
    sign_in(page, live_server, busy.cast.labour.liaison)
    page.goto(month_page(live_server, busy))
    row = page.locator("tbody.report").first
    row.locator("textarea[name$=account]").fill("先写一句。")
    page.locator("tbody.report").nth(1).locator(".figure").focus()
    page.get_by_text("09:00 已自动保存").wait_for()
    assert Report.objects.get().account == "先写一句。"
    # the row knows its new state: writing on is no quarrel with oneself
    page.locator("tbody.report").first.locator("textarea[name$=account]").fill("再写一句。")
    page.locator("tbody.report").nth(1).locator(".figure").focus()
    page.locator("tbody.report [name$=revision][value='2']").first.wait_for(state="attached")
    assert Report.objects.get().account == "再写一句。"


def test_a_sheet_in_three_steps(busy: Stage, page: "Page", live_server: "LiveServer") -> None:
    sign_in(page, live_server, busy.cast.labour.liaison)
    page.goto(month_page(live_server, busy))
    with page.expect_download() as coming:
        page.get_by_role("link", name="下载填报表").click()
    book = load_workbook(io.BytesIO(Path(coming.value.path()).read_bytes()))
    head, columns = places(book.active)
    for row in range(head + 1, head + 23):
        is_node = book.active.cell(row, columns["计量单位"]).value == "节点"
        label, value = ("进展", "推进中") if is_node else ("本月累计完成", 900 + row)
        book.active.cell(row, columns[label]).value = value
        book.active.cell(row, columns["本月情况"]).value = "按计划推进。"
    out = io.BytesIO()
    book.save(out)
    page.get_by_label("填好的表或月度报告").set_input_files(
        {"name": "填好.xlsx", "mimeType": "", "buffer": out.getvalue()}
    )
    page.get_by_role("button", name="传回并核对").click()
    page.get_by_text("44格有变化").wait_for()
    shoot(page, "month-proposal")
    page.get_by_role("button", name="保存并送审签").click()
    page.get_by_text("已送审签22项").wait_for()
    assert Report.objects.filter(state=ReportState.SENT_UP).count() == 22


def test_its_own_report_and_nothing_typed(stage: Stage, page: "Page", live_server: "LiveServer") -> None:
    stage.open(6)
    sign_in(page, live_server, stage.cast.labour.liaison)
    page.goto(month_page(live_server, stage))
    report = {"name": "6月进展.docx", "mimeType": "", "buffer": own_report()}
    page.get_by_label("填好的表或月度报告").set_input_files(report)
    page.get_by_role("button", name="传回并核对").click()
    page.get_by_text("城镇新增就业23000人", exact=False).first.wait_for()
    shoot(page, "month-own-report")
    page.get_by_role("button", name="已填的全部送审签").click()
    page.get_by_text("已送审签3项").wait_for()
    assert Report.objects.filter(state=ReportState.SENT_UP).count() == 3
