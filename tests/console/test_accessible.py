"""No page has a serious fault by axe-core's rules (WCAG 2.2 AA, contrast too), for the roles that work with it."""

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from duixian.reporting.models import Round
from duixian.units.models import Account
from tests.console.test_in_browser import SIZES, sign_in
from tests.factories.play import Stage, content_for
from tests.house.sources import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WHO = ("office_head", "liaison", "head", "leader", "auditor", "security_admin")


def people(stage: Stage) -> dict[str, Account]:
    return stage.cast.everybody


def pages_of(stage: Stage, role: str) -> list[str]:
    """What the role has in its navigation, and what is one click behind."""
    task, source = reverse("task", args=[stage.task("jobs").pk]), reverse("source", args=[stage.plan.source_id])
    month = reverse("stocktake-unit", args=[stage.cast.labour.unit.pk])
    whole = [
        "/overview/",
        "/register/",
        "/register/?q=就业",
        "/lists/duties/",
        "/lists/nodes/",
        task,
        source,
        "/stocktake/",
        "/stocktake/timeliness/",
        "/stocktake/calendar/",
        month,
        "/bulletins/",
        "/projects/",
    ]
    account = reverse("account", args=[stage.cast.leader.pk])
    return {
        "office_head": [
            *whole,
            "/jobs/",
            "/stocktake/review/",
            "/projects/new/",
            "/projects/import/",
            "/projects/measures/",
        ],
        "liaison": [month, "/register/", task],
        "head": ["/stocktake/sign-off/", month, "/password/"],
        "leader": ["/overview/"],
        "auditor": ["/audit/"],
        "security_admin": ["/accounts/", "/accounts/new/", account],
    }[role]


def faults_on(page: "Page", url: str) -> list[str]:
    """Rule, how often, and the first place, for whatever axe calls serious or critical."""
    page.goto(url)
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    grave = [v for v in found if v["impact"] in ("serious", "critical")]
    return [f"{url} {v['id']} x{len(v['nodes'])}: {v['nodes'][0]['html'][:160]}" for v in grave]


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("role", WHO)
def test_no_serious_fault(
    role: str, size: str, stage: Stage, june: Round, page: "Page", live_server: "LiveServer"
) -> None:
    stage.submit(june, stage.task("jobs"), content_for(stage.task("jobs"), "2"))
    stage.send_up(june, stage.task("coverage"), content_for(stage.task("coverage"), "2"))
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{live_server.url}/login/")
    faults = faults_on(page, f"{live_server.url}/login/") if role == "leader" else []
    sign_in(page, live_server, people(stage)[role])
    for path in pages_of(stage, role):
        faults += faults_on(page, live_server.url + path)
    assert not faults, "\n".join(faults)
