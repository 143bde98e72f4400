"""导入 in a real browser: a whole list reviewed and adopted by clicking, on every screen, with no serious fault."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from duixian.register.models import ImportDraft, Plan
from tests.cast import Cast
from tests.console.test_accessible import faults_on
from tests.console.test_in_browser import SIZES, sign_in
from tests.factories.importing import item_of, put_under_review
from tests.house.sources import ROOT
from tests.shared import SHARED, needs_shared

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAMPLE = ROOT / "src/duixian/demo/city/list.txt"
FIVE_MINUTES = 300


def review_by_clicking(page: "Page", live_server: "LiveServer", cast: Cast, path: Path) -> int:
    """Upload, say what every unknown unit is, answer every question, adopt: how many clicks it took."""
    clicks = 3
    sign_in(page, live_server, cast.office_staff)
    page.goto(f"{live_server.url}/import/new/")
    page.get_by_label("文件", exact=True).set_input_files(path)
    page.get_by_role("button", name="读出来核对").click()
    page.wait_for_url("**/import/*/")
    strangers = page.get_by_role("button", name="都登记为新单位")
    if strangers.count():
        strangers.click()
        page.get_by_text("个单位。").wait_for()
        clicks += 1
    while (buttons := page.locator(".decide .answers button")).count():
        left = buttons.count()
        buttons.first.click()
        page.wait_for_function("n => document.querySelectorAll('.decide .answers button').length < n", arg=left)
        clicks += 1
    page.get_by_role("button", name="采纳其余无须定的").click()
    page.get_by_text("已列入台账").wait_for(timeout=120_000)
    return clicks


@needs_shared
def test_the_real_list_is_adopted_in_a_few_clicks(cast: Cast, page: "Page", live_server: "LiveServer") -> None:
    start = time.monotonic()
    clicks = review_by_clicking(page, live_server, cast, SHARED / "documents/004-changzhi-city-task-list.txt")
    assert time.monotonic() - start < FIVE_MINUTES
    assert clicks <= 20
    plan = Plan.objects.get()
    assert (plan.tasks.count(), plan.sections.count()) == (177, 42)
    assert ImportDraft.objects.get().state == "ADOPTED"


def test_the_sample_list_is_adopted_in_a_few_clicks(cast: Cast, page: "Page", live_server: "LiveServer") -> None:
    clicks = review_by_clicking(page, live_server, cast, SAMPLE)
    assert clicks <= 40
    assert Plan.objects.get().tasks.count() == ImportDraft.objects.get().items.count()


def test_an_item_is_mended_where_it_stands(cast: Cast, page: "Page", live_server: "LiveServer") -> None:
    draft = put_under_review(cast, year=2026)
    complaints = sign_in(page, live_server, cast.office_staff)
    jobs = item_of(draft, "jobs")
    page.goto(f"{live_server.url}{reverse('import-review', args=[draft.pk])}")
    page.locator(f"#i{jobs.pk}").get_by_role("link", name="改").click()
    page.locator(f"#i{jobs.pk}").get_by_label("目标值").first.fill("4.9")
    page.locator(f"#i{jobs.pk}").get_by_role("button", name="保存").click()
    page.get_by_text("第5项已保存").wait_for()
    assert "读作4.9" in page.locator("#main .decide").inner_text()
    assert str(item_of(draft, "jobs").read.quantities[0].value) == "4.9"
    assert complaints == []


@pytest.mark.parametrize("size", SIZES)
def test_the_pages_fit_and_have_no_serious_fault(
    size: str, cast: Cast, page: "Page", live_server: "LiveServer"
) -> None:
    draft = put_under_review(cast, year=2026)
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    sign_in(page, live_server, cast.office_staff)
    review = reverse("import-review", args=[draft.pk])
    faults = []
    for path in ("/import/", "/import/new/", review, f"{review}?edit={item_of(draft, 'parks').pk}"):
        faults += faults_on(page, live_server.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert not faults, "\n".join(faults)
