"""The loop as people walk it, each in a browser of their own: fill in, sign, send back, mend, sign, approve, issue."""

import io
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from docx import Document

from duixian.audit.trail import verify
from duixian.reporting.models import Round
from duixian.units.models import Account
from tests.cast import PASSWORD
from tests.factories.play import Stage

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Person:
    """A signed-in person with a window of their own."""

    def __init__(self, browser: "Browser", live_server: "LiveServer", account: Account) -> None:
        self.base = live_server.url
        self.page: Page = browser.new_page(locale="zh-CN", viewport={"width": 1366, "height": 768})
        self.page.goto(f"{self.base}/login/")
        self.page.get_by_label("账号").fill(account.username)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_url(lambda url: "/login/" not in url)

    def open(self, path: str) -> "Page":
        self.page.goto(self.base + path)
        return self.page


def test_a_figure_goes_from_the_liaison_to_the_bulletin(
    stage: Stage, june: Round, browser: "Browser", live_server: "LiveServer"
) -> None:
    cast, task = stage.cast, stage.task("jobs")
    liaison = Person(browser, live_server, cast.labour.liaison)
    head = Person(browser, live_server, cast.labour.head)
    office = Person(browser, live_server, cast.office_head)
    month = reverse("stocktake-unit", args=[cast.labour.unit.pk])
    assert task.light != "GREEN"

    fill_in(liaison, month, task.number, "abc", "本月新增就业较快。", told="不是数字")
    fill_in(liaison, month, task.number, "２．４", "本月新增就业较快。", send=True)
    sign(head)
    review(office, "退回重报", "请说明新增的来源。")
    assert "请说明新增的来源。" in liaison.open(month).locator(f"#t{task.number}").inner_text()
    fill_in(liaison, month, task.number, "2.8", "本月新增1.8万人，主要来自新投产企业招工。", send=True)
    sign(head)
    review(office, "通过", "")

    task.refresh_from_db()
    assert task.light == "GREEN"
    page = office.open(reverse("task", args=[task.pk]))
    assert "绿灯" in page.locator("main").inner_text()
    assert "2.8" in page.locator("main").inner_text()
    assert "2.8" in bulletin_text(office)
    assert verify().broken_number is None


def fill_in(
    person: Person, month: str, number: str, figure: str, account: str, *, told: str = "", send: bool = False
) -> None:
    """Fill in one task of the unit's month and save it, or send it up."""
    page = person.open(month)
    row = page.locator(f"#t{number}")
    row.locator("input.figure[name*='figure-']").first.fill(figure)
    row.locator("textarea[name$='account']").fill(account)
    if send:
        row.locator("input[name$='send']").check()
    page.get_by_role("button", name="勾选的送审签" if send else "保存", exact=True).click()
    page.wait_for_load_state()
    said = page.locator(f"#t{number}").inner_text()
    assert told in said
    if send:
        assert "待审签" in said


def sign(person: Person) -> None:
    """The head signs all that waits."""
    page = person.open(reverse("sign-off"))
    page.get_by_role("button", name="审签上报勾选的项").click()
    page.wait_for_load_state()
    assert "没有待审签的项" in page.locator("main").inner_text()


def review(person: Person, act: str, note: str) -> None:
    """The office decides on the one report that waits."""
    page = person.open(reverse("review"))
    page.get_by_label("意见").fill(note)
    page.get_by_role("button", name=act, exact=True).click()
    page.wait_for_load_state()


def bulletin_text(person: Person) -> str:
    """Draw up the second quarter's bulletin, download it, and read it as a document."""
    page = person.open(reverse("bulletins"))
    page.get_by_role("button", name="生成").first.click()
    page.wait_for_load_state()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载").first.click()
    document = Document(io.BytesIO(download.value.path().read_bytes()))
    paragraphs = [p.text for p in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(paragraphs + cells)
