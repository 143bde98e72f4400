"""Pages in a real browser: nothing breaks or scrolls sideways, charts and filters work under the closed policy."""

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from duixian.reporting.models import Round
from duixian.units.models import Account
from tests.cast import PASSWORD
from tests.factories.play import Stage, content_for

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = {"desktop": (1366, 768), "wide": (1920, 1080), "phone": (390, 844)}


def sign_in(page: "Page", live_server: "LiveServer", account: Account) -> list[str]:
    """Sign in as a person would; returns the list in which complaints of the browser gather."""
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.goto(f"{live_server.url}/login/")
    page.get_by_label("账号").fill(account.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/login/" not in url)
    return complaints


def test_no_page_scrolls_sideways_or_complains_on_a_wide_screen(
    stage: Stage, june: Round, page: "Page", live_server: "LiveServer"
) -> None:
    stage.submit(june, stage.task("jobs"), content_for(stage.task("jobs"), "2"))
    complaints = sign_in(page, live_server, stage.cast.office_head)
    width, height = SIZES["wide"]
    page.set_viewport_size({"width": width, "height": height})
    month = reverse("stocktake-unit", args=[stage.cast.labour.unit.pk])
    task, source = reverse("task", args=[stage.task("jobs").pk]), reverse("source", args=[stage.plan.source_id])
    for url in ("/overview/", "/register/", task, source, "/stocktake/", month, "/stocktake/review/", "/bulletins/"):
        page.goto(live_server.url + url)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, url
    assert complaints == []


def test_a_year_of_two_months_is_drawn(stage: Stage, june: Round, page: "Page", live_server: "LiveServer") -> None:
    stage.approve(june, stage.task("jobs"), content_for(stage.task("jobs"), "2"))
    complaints = sign_in(page, live_server, stage.cast.office_head)
    page.goto(live_server.url + reverse("task", args=[stage.task("jobs").pk]))
    page.locator("[data-chart] canvas").wait_for()
    assert complaints == []


def test_a_filter_narrows_the_list_at_once(stage: Stage, june: Round, page: "Page", live_server: "LiveServer") -> None:
    sign_in(page, live_server, stage.cast.office_head)
    page.goto(f"{live_server.url}/register/")
    page.get_by_role("checkbox", name="灰").check()
    page.wait_for_url("**light=GREY**")
    assert page.locator("tr.task").count() == 5
    assert "符合筛选5项" in page.locator(".title").inner_text()


def test_filters_work_without_scripts(stage: Stage, june: Round, browser: object, live_server: "LiveServer") -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    sign_in(page, live_server, stage.cast.office_head)
    page.goto(f"{live_server.url}/register/")
    page.get_by_role("checkbox", name="灰").check()
    page.get_by_role("button", name="筛选").click()
    assert page.locator("tr.task").count() == 5
    context.close()
