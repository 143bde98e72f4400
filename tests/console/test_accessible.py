"""No page has a serious fault by axe-core's rules (WCAG 2.2 AA, contrast too), none scrolls sideways: every address of
the console for everyone who has it, on the desk and on the phone.

A page that is made of nothing but pieces that were looked at before (for somebody else, of another task) is not looked
at again.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from duixian.console.urls import urlpatterns
from duixian.units.models import Account
from tests.console import who_may
from tests.console.test_in_browser import SIZES
from tests.console.who_may_scene import build_scene
from tests.factories.snapshot import once
from tests.house.sources import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# who has most comes first: the others' pages are mostly the same
ROLES = (
    *("office_staff", "office_head", "leader", "auditor", "liaison", "head", "county_liaison", "county_head"),
    *("system_admin", "security_admin"),
)
LOOK = """async ([place, contrast, rules]) => {
  const found = await axe.run(place ? {include: [[place]]} : document, {
    runOnly: rules, resultTypes: ['violations'], rules: {'color-contrast': {enabled: contrast}},
  });
  const grave = found.violations.filter(v => ['serious', 'critical'].includes(v.impact));
  const said = grave.map(v => `${v.id} x${v.nodes.length}: ${v.nodes[0].html.slice(0, 160)}`);
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  return [...said, ...(over > 0 ? [`scrolls sideways by ${over}`] : [])];
}"""


def faults_on(page: "Page", url: str) -> list[str]:
    """What axe calls serious or critical on a page, and whether it scrolls sideways."""
    page.goto(url)
    page.evaluate(AXE.read_text("utf-8"))
    return [f"{url} {said}" for said in page.evaluate(LOOK, ["", True, RULES])]


def addresses(things: dict[str, dict[str, Any]], role: str) -> Iterator[str]:
    """Every address the role has, by the table of who may, and some pages that depend on what is asked for."""
    has = {(row.name, row.side) for row in who_may.rows() if row.method == "GET" and row.answers[role] == "200"}
    for pattern in urlpatterns:
        name, side = pattern.name or "", who_may.sides_of(pattern)[0]
        if (name, side) in has:
            yield reverse(name, kwargs=things[name][side] if side else {})
    month = reverse("stocktake-unit", kwargs=things["stocktake-unit"]["own"])
    yield from (f"{reverse('register')}?q=没有这样的词", f"{month}?as=month", f"{month}?month=2026-05")


def signed_in(account: Account) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(account)
    return client


def pieces_of(client: Client, path: str) -> set[str]:
    """What the page is made of: each element with its classes inside its ancestors, and its attributes' names."""
    response = client.get(path)
    if response.streaming:
        # read to its end, which closes the file
        response.getvalue()
        return set()
    if response.status_code != 200 or "html" not in response["Content-Type"]:
        return set()
    main = lxml.html.fromstring(response.content).find(".//main")
    assert main is not None, path
    return set(_pieces(main, ""))


def _pieces(element: "lxml.html.HtmlElement", above: str) -> Iterator[str]:
    place = f"{above}/{element.tag}.{element.get('class', '')}"
    yield f"{place}[{' '.join(sorted(element.attrib))}]"
    for child in element:
        if isinstance(child.tag, str):
            yield from _pieces(child, place)


def enter(page: "Page", live_server: "LiveServer", client: Client) -> None:
    """The browser goes on as the person who signed in."""
    name = settings.SESSION_COOKIE_NAME
    page.context.clear_cookies()
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])


def test_no_page_has_a_serious_fault(page: "Page", live_server: "LiveServer") -> None:
    scene = once("who-may", build_scene)
    faults = faults_on(page, f"{live_server.url}/login/")
    page.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
    page.add_init_script(path=AXE)
    seen: set[str] = set()
    looked = 0
    for role in ROLES:
        client = signed_in(scene.stage.cast.everybody[role])
        enter(page, live_server, client)
        # the head and the navigation are the same on every page of a person
        place = ""
        for path in addresses(scene.things, role):
            pieces = pieces_of(client, path)
            if pieces <= seen:
                continue
            seen |= pieces
            looked += 1
            page.goto(live_server.url + path)
            faults += [f"{role} {path} {words}" for words in faults_at_both_sizes(page, place)]
            place = "main"
    assert looked > len(urlpatterns) / 2
    assert not faults, "\n".join(faults)


def faults_at_both_sizes(page: "Page", place: str) -> list[str]:
    """Colours are the same at both sizes, so that contrast, which takes longest, is measured on the desk."""
    found = []
    for size in ("desktop", "phone"):
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        said = page.evaluate(LOOK, [place, size == "desktop", RULES])
        found += [f"{size} {words}" for words in said]
    return found
