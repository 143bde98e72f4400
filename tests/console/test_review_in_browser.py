"""Review as a person does it: by keyboard alone on the desk, and on the phone; the head and the liaison on theirs."""

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from duixian.reporting.commands import send_back_report
from duixian.reporting.commands.evidence import add_evidence
from duixian.reporting.enums import ReportState
from duixian.reporting.models import Report, Round, Verification
from duixian.units.models import Delegation
from tests.console.conftest import NOW
from tests.console.test_in_browser import SIZES, sign_in
from tests.console.test_month_in_browser import month_page, shoot
from tests.factories.play import Stage, content_for

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def queue(stage: Stage, june: Round) -> Report:
    """Jobs was sent back once and lies there again with evidence; GDP is red; prices need no look."""
    jobs = stage.task("jobs")
    first = stage.submit(june, jobs, content_for(jobs, "2"))
    back = send_back_report(report=first, note="口径请核对。", actor=stage.cast.office_staff, now=NOW)
    again = stage.save(june, jobs, content_for(jobs, "1.9"), revision=back.revision)
    add_evidence(report=again, name="就业登记.png", data=PNG, actor=stage.cast.labour.liaison, now=NOW)
    for name, value in (("gdp", "1"), ("prices", "1.1")):
        task = stage.task(name)
        stage.submit(june, task, replace(content_for(task, value), account="本月有新进展。"))
    again.refresh_from_db()
    return stage.sign(again, NOW)


def on_the_phone(page: "Page") -> None:
    width, height = SIZES["phone"]
    page.set_viewport_size({"width": width, "height": height})


def fits(page: "Page") -> bool:
    """Nothing hangs over the edge of the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def is_in_sight(page: "Page", name: str) -> bool:
    """Without scrolling."""
    box = page.get_by_role("button", name=name, exact=True).bounding_box()
    size = page.viewport_size
    return bool(box and size and box["y"] >= 0 and box["y"] + box["height"] <= size["height"])


def state_of(stage: Stage, name: str) -> str:
    return Report.objects.get(round__month__month=6, task=stage.task(name)).state


def test_the_office_reviews_by_keyboard_alone(
    queue: Report, stage: Stage, page: "Page", live_server: "LiveServer"
) -> None:
    complaints = sign_in(page, live_server, stage.cast.office_staff)
    page.goto(live_server.url + reverse("review"))
    shoot(page, "review-desk")
    heads = page.locator(".queue tr.group").all_inner_texts()
    assert ["有疑点" in heads[0], "无须细看" in heads[-1]] == [True, True]
    title = page.locator(".chosen h2")
    first = title.inner_text()
    assert "第5项" in first
    beside = page.locator("div.chosen").inner_text()
    for words in ("应达", "5月", "当月新增", "就业登记.png", "口径请核对。", "按计划推进。"):
        assert words in beside, words
    assert [is_in_sight(page, "通过"), is_in_sight(page, "退回重报")] == [True, True]
    page.keyboard.press("j")
    page.wait_for_url("**report=*")
    assert title.inner_text() != first
    page.keyboard.press("k")
    page.wait_for_url(f"**report={queue.pk}")
    # an empty note is asked for, a written one goes with it
    page.keyboard.press("b")
    page.keyboard.type("灵活就业不计入。")
    page.keyboard.press("Control+Enter")
    page.get_by_text("已退回市人社局").wait_for()
    assert state_of(stage, "jobs") == ReportState.SENT_BACK
    page.keyboard.press("a")
    page.get_by_text("已通过。").wait_for()
    assert state_of(stage, "gdp") == ReportState.APPROVED
    page.get_by_role("button", name="通过无须细看的1项").press("Enter")
    page.get_by_text("没有待审核的填报").wait_for()
    assert state_of(stage, "prices") == ReportState.APPROVED
    assert complaints == []


def test_the_office_corrects_and_verifies_on_the_phone_and_the_unit_agrees(
    queue: Report, stage: Stage, page: "Page", live_server: "LiveServer"
) -> None:
    on_the_phone(page)
    complaints = sign_in(page, live_server, stage.cast.office_staff)
    page.goto(f"{live_server.url}{reverse('review')}?report={queue.pk}")
    shoot(page, "review-phone")
    assert fits(page)
    # one begins with the case, not with its place in the queue below
    assert page.evaluate("scrollY") == 0
    page.get_by_text("登记核查").click()
    check = page.locator("details.check[open]")
    check.get_by_label("核得的数").fill("1.7")
    check.get_by_label("核查情况").fill("查阅登记台账。")
    shoot(page, "verify-phone")
    assert fits(page)
    check.get_by_role("button", name="登记").click()
    page.get_by_text("已请单位同意更正").wait_for()
    assert Verification.objects.get().verified_value == Decimal("1.7")
    page.context.clear_cookies()
    sign_in(page, live_server, stage.cast.labour.liaison)
    page.goto(month_page(live_server, stage))
    page.get_by_role("link", name="去办").click()
    shoot(page, "to-do-phone")
    assert fits(page)
    page.get_by_role("button", name="同意更正", exact=True).click()
    page.get_by_text("没有等您办的事").wait_for()
    assert queue.figures.get().value == Decimal("1.7")
    page.context.clear_cookies()
    sign_in(page, live_server, stage.cast.office_staff)
    page.goto(f"{live_server.url}{reverse('review')}?report={queue.pk}")
    page.get_by_role("button", name="口径不符").click()
    assert page.locator("#note").input_value()
    page.get_by_role("button", name="通过", exact=True).click()
    page.get_by_text("已通过。").wait_for()
    assert state_of(stage, "jobs") == ReportState.APPROVED
    assert complaints == []


def test_the_head_signs_gives_back_and_delegates_on_the_phone(
    stage: Stage, june: Round, page: "Page", live_server: "LiveServer"
) -> None:
    for name in ("jobs", "coverage"):
        stage.send_up(june, stage.task(name), content_for(stage.task(name), "2"))
    on_the_phone(page)
    complaints = sign_in(page, live_server, stage.cast.labour.head)
    page.goto(live_server.url + reverse("sign-off"))
    shoot(page, "sign-off-phone")
    assert fits(page)
    coverage = page.locator("section.waiting").nth(1)
    coverage.get_by_placeholder("退回意见").fill("请核对分母。")
    coverage.get_by_role("button", name="退回联络员").click()
    page.get_by_text("已退回联络员").wait_for()
    page.get_by_role("button", name="审签上报勾选的项").click()
    page.get_by_text("已审签上报1项").wait_for()
    assert (state_of(stage, "jobs"), state_of(stage, "coverage")) == (ReportState.SUBMITTED, ReportState.DRAFT)
    page.get_by_role("link", name="委托代签").click()
    page.get_by_label("代签人").select_option(label=str(stage.cast.labour.liaison))
    page.get_by_label("到哪天止").fill("2026-07-10")
    page.get_by_label("事由").fill("出差")
    page.get_by_role("button", name="委托", exact=True).click()
    page.get_by_text("已委托").wait_for()
    shoot(page, "delegated-phone")
    assert fits(page)
    assert Delegation.objects.get().deputy == stage.cast.labour.liaison
    assert complaints == []


def test_the_liaison_fills_in_on_the_phone_without_scripts(
    stage: Stage, june: Round, browser: Any, live_server: "LiveServer"
) -> None:
    width, height = SIZES["phone"]
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": height})
    page = context.new_page()
    sign_in(page, live_server, stage.cast.labour.liaison)
    page.goto(month_page(live_server, stage))
    jobs = page.locator("tbody.report").first
    jobs.locator(".figure").fill("2.2")
    jobs.locator("textarea[name$=account]").fill("没有脚本也能填。")
    page.get_by_role("button", name="保存", exact=True).first.click()
    page.get_by_text("已保存1项").wait_for()
    assert Report.objects.get(round=june).account == "没有脚本也能填。"
    page.get_by_role("button", name="已填的全部送审签").click()
    page.get_by_text("已送审签1项").wait_for()
    shoot(page, "month-phone-plain")
    assert Report.objects.get(round=june).state == ReportState.SENT_UP
    context.close()
