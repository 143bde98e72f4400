"""What every test may use: marks for what a test needs of the machine, and a browser."""

import gc
import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import hypothesis
import pytest

from tests.shared import ROOT, SHARED

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STRICT = os.environ.get("DUIXIAN_STRICT") == "1"
CHROMIUM = os.environ.get("DUIXIAN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
# a browser that stays at home: no updates, no sync, no calls of its own
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# files that take more than twenty seconds, the longest first: begun last, one of them would keep one core waiting
LONGEST = (
    "tests/console/test_who_may.py",
    "tests/demo/test_sample_city.py",
    "tests/console/test_accessible.py",
    "tests/demo/test_run.py",
    "tests/reading/test_harm.py",
    "tests/console/test_no_leaks.py",
    "tests/faults/test_server_killed.py",
    "tests/reporting/test_killed.py",
    "tests/bulletins/rendering/test_pdf.py",
    "tests/audit/test_every_command.py",
    "tests/demo/test_listed_real.py",
    "tests/config/test_migrating.py",
    "tests/reporting/test_jobs.py",
    "tests/console/test_doors.py",
)
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_reset_sequences", "admin_user", "admin_client"}

# a slow machine is no failure; in a strict run the examples are the same every time; `make soak` has many more
hypothesis.settings.register_profile("house", deadline=None, max_examples=50, derandomize=STRICT)
hypothesis.settings.register_profile("soak", deadline=None, max_examples=10_000)
hypothesis.settings.load_profile("house")


def has_writer() -> bool:
    """Whether LibreOffice can convert documents here."""
    return shutil.which("soffice") is not None


# mark -> (is it here?, what is missing)
NEEDS = {
    "browser": (lambda: CHROMIUM is not None, "没有 Chromium"),
    "office": (has_writer, "没有 LibreOffice Writer"),
    "postgres": (lambda: bool(os.environ.get("TEST_DATABASE_URL")), "未设 TEST_DATABASE_URL(PostgreSQL)"),
    "shared": (SHARED.is_dir, f"没有文件夹 {SHARED}(可用 DUIXIAN_SHARED 指定)"),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses the database, so that it can be run once more on PostgreSQL, and what uses the browser.

    Long files come first; everything else stays in its order.
    """
    items.sort(key=_place)
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker("database")
        if "browser" in fixtures:
            item.add_marker("browser")


def _place(item: pytest.Item) -> int:
    file = item.path.relative_to(ROOT).as_posix()
    return LONGEST.index(file) if file in LONGEST else len(LONGEST)


def pytest_collection_finish() -> None:
    """What is there by now stays to the end: nobody need look through it again for what can be thrown away."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what this machine cannot run; in a strict run that is a failure.

    Tests for PostgreSQL alone are skipped even then: a strict run has a second part in which they run.
    """
    for mark, (is_here, missing) in NEEDS.items():
        if item.get_closest_marker(mark) and not is_here():
            if STRICT and mark != "postgres":
                pytest.fail(f"DUIXIAN_STRICT=1:{missing}", pytrace=False)
            pytest.skip(missing)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Debian's Chromium, one for the whole run."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; Django would refuse the database beside it
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: "Browser") -> Iterator["Page"]:
    """A fresh page at 1366x768 in Chinese. Fails the test if it called another host or a script broke."""
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, locale="zh-CN", timezone_id="Asia/Shanghai", accept_downloads=True
    )
    fresh = context.new_page()
    outside: list[str] = []
    broken: list[str] = []
    context.on("request", lambda request: outside.append(request.url) if _is_outside(request.url) else None)
    context.on("weberror", lambda error: broken.append(str(error.error)))
    yield fresh
    context.close()
    assert not outside, f"the page called other hosts: {outside}"
    assert not broken, f"a script on the page broke: {broken}"


def _is_outside(url: str) -> bool:
    address = urlsplit(url)
    return address.scheme in {"http", "https", "ws", "wss"} and address.hostname not in {"localhost", "127.0.0.1"}
