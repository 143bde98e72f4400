"""交办 to the end in a real browser: a unit disputes one and acknowledges the rest, the office decides."""

from typing import TYPE_CHECKING

import pytest

from duixian.register.commands import assign_tasks
from duixian.register.models import Assignment
from tests.cast import at
from tests.console.test_accessible import faults_on
from tests.console.test_in_browser import sign_in
from tests.factories.play import Stage

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_disputed_decided_and_acknowledged(stage: Stage, page: "Page", live_server: "LiveServer") -> None:
    assign_tasks(plan=stage.plan, actor=stage.cast.office_staff, now=at(7, 3))
    url = f"{live_server.url}/to-do/"
    sign_in(page, live_server, stage.cast.labour.liaison)
    assert faults_on(page, url) == []
    page.get_by_text("有异议，或应转给别的单位").click()
    page.get_by_label("理由").fill("应由市发改委牵头。")
    page.get_by_role("button", name="提出").click()
    page.get_by_label("责任人").fill("王建国")
    page.get_by_role("button", name="全部签收").click()
    assert "已签收2项" in page.locator(".said").inner_text()
    page.context.clear_cookies()
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, live_server, stage.cast.office_head)
    assert faults_on(page, url) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_placeholder("理由（单位看得到）").fill("清单已明确。")
    page.get_by_role("button", name="维持").click()
    states = list(Assignment.objects.filter(unit=stage.cast.labour.unit).values_list("state", flat=True))
    assert sorted(states) == ["ACKNOWLEDGED", "ACKNOWLEDGED", "ASSIGNED", "KEPT"]
