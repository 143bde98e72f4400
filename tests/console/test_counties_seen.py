"""县区 in a browser: nothing runs off the screen, no serious fault by axe, a link decided with one click."""

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from duixian.register.commands import confirm_link
from tests.console.test_accessible import faults_on
from tests.console.test_in_browser import SIZES, sign_in
from tests.factories.counties import READ_AT, Counties

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_pages_are_accessible_and_fit(
    size: str, counties: Counties, page: "Page", live_server: "LiveServer"
) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    sign_in(page, live_server, counties.cast.office_staff)
    breakdown = reverse("breakdown", args=[counties.target("营造林").pk])
    faults = []
    for path in (reverse("counties"), reverse("counties-unmatched"), breakdown, f"{breakdown}?departments"):
        faults += faults_on(page, live_server.url + path)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"{path} is wider than {width}")
    assert not faults, "\n".join(faults)


def test_a_countys_people_have_their_page_too(counties: Counties, page: "Page", live_server: "LiveServer") -> None:
    confirm_link(link=counties.link("营造林", counties.yundong), actor=counties.cast.office_staff, now=READ_AT)
    sign_in(page, live_server, counties.cast.county.liaison)
    assert not faults_on(page, live_server.url + reverse("counties"))
    assert page.locator(".carry .col a").all_inner_texts() == ["9\n60%"]


def test_the_office_confirms_with_one_click(counties: Counties, page: "Page", live_server: "LiveServer") -> None:
    sign_in(page, live_server, counties.cast.office_staff)
    page.goto(live_server.url + reverse("counties"))
    page.locator(".carry .col a").first.click()
    page.get_by_role("button", name="认定对应").first.click()
    page.get_by_text("已认定对应。").wait_for()
    assert page.locator("#words").is_visible()
