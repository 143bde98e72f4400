"""Who reaches which page. What one may not see is not found, and does not count in totals."""

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from duixian.console.urls import urlpatterns
from duixian.reporting.models import Round
from duixian.units.models import Account
from tests.cast import PASSWORD
from tests.console.conftest import Visit
from tests.factories.play import Stage

OPEN_TO_ALL = {"login", "logout"}


def address(pattern: URLPattern) -> str:
    names = {"name": "tasks", "pk": 1, "unit_id": 1, "item_id": 1, "form": "xlsx", "month": "2026-06"}
    wanted = pattern.pattern.converters
    return reverse(pattern.name or "", kwargs={name: names[name] for name in wanted})


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", [p for p in urlpatterns if p.name not in OPEN_TO_ALL], ids=lambda p: p.name)
def test_every_page_asks_who_you_are(pattern: URLPattern, client: Client) -> None:
    response = client.get(address(pattern))
    assert response.status_code == 302
    assert response["Location"].startswith("/login/")


# role -> pages it reaches; every other page of the list is not found
PAGES = [
    "overview",
    "register",
    "imports",
    "import-new",
    "stocktake",
    "review",
    "sign-off",
    "counties",
    "counties-unmatched",
    "bulletins",
    "accounts",
    "account-new",
    "audit",
    "to-do",
    "duties",
    "units",
    "unit-new",
    "leaders",
    "forces",
    "people-import",
    "people-template",
]
UNITS = {"units", "leaders", "forces"}
IMPORT = {"people-import", "people-template"}
DUTIES = {"to-do", "duties"}
KEEPING = {"unit-new"} | UNITS | IMPORT
# documents under review are the office's, and the auditor's to read; a county's people keep their own county's
IMPORTING = {"imports", "import-new"}
REACHED = {
    "office_head": {"overview", "register", "stocktake", "counties", "counties-unmatched", "review", "bulletins"}
    | KEEPING
    | DUTIES
    | IMPORTING,
    "office_staff": {"overview", "register", "stocktake", "counties", "counties-unmatched", "review", "bulletins"}
    | KEEPING
    | DUTIES
    | IMPORTING,
    "leader": {"overview", "register", "stocktake", "counties", "counties-unmatched", "bulletins"} | UNITS | DUTIES,
    "liaison": {"overview", "register", "stocktake"} | DUTIES,
    "head": {"overview", "register", "stocktake", "sign-off"} | DUTIES,
    "county_liaison": {"overview", "register", "stocktake", "counties", "counties-unmatched"}
    | DUTIES
    | KEEPING
    | IMPORTING,
    "auditor": {"overview", "register", "stocktake", "counties", "counties-unmatched", "bulletins", "audit", "imports"}
    | UNITS
    | DUTIES,
    "system_admin": {"accounts"} | KEEPING,
    "security_admin": {"accounts", "account-new"} | UNITS | IMPORT,
    # somebody else's office keeps the units of its own government
    "outsider": KEEPING | IMPORTING,
}


@pytest.mark.parametrize("who", REACHED)
def test_pages_by_role(who: str, stage: Stage, june: Round, visit: Visit) -> None:
    client = visit(stage.cast.everybody[who])
    reached = {name for name in PAGES if client.get(reverse(name)).status_code in (200, 302)}
    # somebody else's office reaches its own empty pages only where they need no plan
    assert reached == REACHED[who]


@pytest.mark.parametrize("who", REACHED)
def test_navigation_leads_only_to_pages_that_open(who: str, stage: Stage, june: Round, visit: Visit) -> None:
    client = visit(stage.cast.everybody[who])
    home = client.get(reverse("home"), follow=True)
    shell = home.wsgi_request.shell if hasattr(home.wsgi_request, "shell") else None
    if who == "outsider":
        return
    assert home.status_code == 200
    assert shell is not None
    for item in shell.nav:
        assert client.get(item.href, follow=True).status_code == 200, item.label


def test_a_task_of_others_is_not_found(stage: Stage, visit: Visit) -> None:
    liaison = visit(stage.cast.labour.liaison)
    assert liaison.get(reverse("task", args=[stage.task("jobs").pk])).status_code == 200
    assert liaison.get(reverse("task", args=[stage.task("roads").pk])).status_code == 404
    # the county cooperates in the roads
    county = visit(stage.cast.county.liaison)
    assert county.get(reverse("task", args=[stage.task("roads").pk])).status_code == 200
    outsider = visit(stage.cast.outsider)
    assert outsider.get(reverse("task", args=[stage.task("jobs").pk])).status_code == 404
    assert outsider.get(reverse("source", args=[stage.plan.source_id])).status_code == 404


def test_what_one_may_not_see_does_not_count(stage: Stage, june: Round, visit: Visit) -> None:
    seen = visit(stage.cast.labour.liaison).get(reverse("register")).context["total"]
    everything = visit(stage.cast.leader).get(reverse("register")).context["total"]
    assert (seen, everything) == (3, 12)
    overview = visit(stage.cast.labour.liaison).get(reverse("overview")).context["overview"]
    assert overview.total == 3
    assert sum(row.total for row in overview.sections) == 3


def test_another_units_month_is_not_found(stage: Stage, june: Round, visit: Visit) -> None:
    building = reverse("stocktake-unit", args=[stage.cast.building.unit.pk])
    assert visit(stage.cast.labour.liaison).get(building).status_code == 404
    assert visit(stage.cast.building.liaison).get(building).status_code == 200
    assert visit(stage.cast.leader).get(building).status_code == 200


def test_a_given_password_is_changed_first(stage: Stage, visit: Visit, client: Client) -> None:
    person: Account = stage.cast.labour.liaison
    Account.objects.filter(pk=person.pk).update(must_change_password=True)
    signed_in = client.post(reverse("login"), {"username": person.username, "password": PASSWORD})
    assert signed_in["Location"] == "/"
    assert client.get(reverse("register"))["Location"] == reverse("change-password")
    new = {"new_password1": "另一个-口令-7788", "new_password2": "另一个-口令-7788"}
    client.post(reverse("change-password"), new)
    assert client.get(reverse("register")).status_code == 200


def test_wrong_password_is_told_in_words(stage: Stage, client: Client) -> None:
    page = client.post(reverse("login"), {"username": "leader", "password": "wrong"})
    assert "请输入" in page.content.decode() or "正确" in page.content.decode()


def test_a_given_password_is_not_changed_by_giving_it_again(stage: Stage, client: Client) -> None:
    person = stage.cast.leader
    Account.objects.filter(pk=person.pk).update(must_change_password=True)
    client.post(reverse("login"), {"username": person.username, "password": PASSWORD})
    for given, words in ((PASSWORD, "与现在的相同"), ("短-口令-9", "密码太短，至少10个字符。")):
        refused = client.post(reverse("change-password"), {"new_password1": given, "new_password2": given})
        assert refused.status_code == 422
        assert words in refused.content.decode()


def test_at_an_open_desk_the_old_password_is_asked_for(stage: Stage, visit: Visit) -> None:
    window = visit(stage.cast.leader)
    new = {"new_password1": "另一个-口令-7788", "new_password2": "另一个-口令-7788"}
    assert window.post(reverse("change-password"), new).status_code == 422
    assert window.post(reverse("change-password"), new | {"old_password": "不是它"}).status_code == 422
    assert window.post(reverse("change-password"), new | {"old_password": PASSWORD}).status_code == 302
