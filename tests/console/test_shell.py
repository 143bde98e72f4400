"""What stands around every page."""

import ast

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from duixian.audit.command import Conflict, InvalidInput, NotAllowed, WrongState
from duixian.audit.models import AuditEntry
from duixian.console.middleware import OriginMiddleware
from duixian.console.words import act_words
from duixian.reporting.models import Round
from duixian.units.models import Government
from tests.console.conftest import Visit
from tests.factories.play import Stage
from tests.house.rules import FUNCTIONS
from tests.house.sources import product_sources


def test_pages_are_closed_to_the_outside(stage: Stage, visit: Visit) -> None:
    response = visit(stage.cast.leader).get(reverse("register"))
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Frame-Options"] == "DENY"


def test_pages_hold_neither_inline_scripts_nor_styles(stage: Stage, june: Round, visit: Visit) -> None:
    office = visit(stage.cast.office_head)
    for url in ("/overview/", "/register/", f"/tasks/{stage.task('jobs').pk}/", "/stocktake/", "/stocktake/review/"):
        page = office.get(url).content.decode()
        assert " style=" not in page, url
        assert "<script>" not in page, url


@pytest.mark.parametrize("name", ["overview", "register", "stocktake", "bulletins"])
def test_simulated_figures_are_marked_on_every_page(name: str, stage: Stage, june: Round, visit: Visit) -> None:
    office = visit(stage.cast.office_head)
    assert "simulated" not in office.get(reverse(name)).content.decode()
    Government.objects.filter(pk=stage.cast.city.pk).update(is_simulated=True)
    page = office.get(reverse(name)).content.decode()
    assert "模拟数据 / simulated" in page
    assert "simulated-over" in page


def test_an_act_on_a_page_says_where_it_came_from(stage: Stage, may: Round, visit: Visit) -> None:
    visit(stage.cast.office_head).post(reverse("open-round"))
    assert AuditEntry.objects.latest("number").origin == "网页 127.0.0.1"


@pytest.mark.parametrize(
    ("error", "status"),
    [(NotAllowed("不行"), 403), (WrongState("晚了"), 409), (Conflict("改过"), 409), (InvalidInput("错"), 400)],
)
def test_refusals_become_pages(error: Exception, status: int, stage: Stage, visit: Visit) -> None:
    request = visit(stage.cast.leader).get(reverse("register")).wsgi_request
    response = OriginMiddleware(lambda _: None).process_exception(request, error)  # type: ignore[arg-type,return-value]
    assert response is not None
    assert response.status_code == status
    assert str(error) in response.content.decode()


def test_other_errors_take_their_usual_way(stage: Stage, visit: Visit) -> None:
    request = visit(stage.cast.leader).get(reverse("register")).wsgi_request
    assert OriginMiddleware(lambda _: None).process_exception(request, ValueError("x")) is None  # type: ignore[arg-type,return-value]


def test_a_page_not_there_is_told_in_chinese(stage: Stage, visit: Visit) -> None:
    response = visit(stage.cast.leader).get("/nowhere/")
    assert response.status_code == 404
    assert "没有找到" in response.content.decode()


def test_a_form_kept_open_too_long_is_told_in_chinese(stage: Stage) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(stage.cast.office_head)
    response = client.post(reverse("open-round"))
    assert response.status_code == 403
    assert "页面已过期" in response.content.decode()


def test_several_plans_are_switched_by_the_address(stage: Stage, visit: Visit) -> None:
    page = visit(stage.cast.leader).get(reverse("register"), {"plan": "999999"})
    assert page.context["shell"].plan == stage.plan


def test_every_command_has_words_in_the_trail() -> None:
    commands = {
        node.name
        for source in product_sources()
        if source.is_in_commands()
        for node in source.tree.body
        if isinstance(node, FUNCTIONS) and "command" in {ast.unparse(d) for d in node.decorator_list}
    }
    assert commands - set(act_words()) == set()


def test_pages_are_chinese_first() -> None:
    assert settings.LANGUAGE_CODE == "zh-hans"


def test_signs_nobody_sees_are_dropped_at_the_door(stage: Stage, june: Round, visit: Visit) -> None:
    """PostgreSQL takes no NUL, a Word document no control character."""
    office = visit(stage.cast.office_staff)
    assert office.get(reverse("register"), {"q": "就\x00业"}).context["filters"].q == "就业"
    report = stage.submit(june, stage.task("jobs"))
    office.post(reverse("review"), {"act": "send-back", "report": report.pk, "note": "一\x00\x07\u202e二\x0b三"})
    report.refresh_from_db()
    assert report.note == "一二\n三"


@pytest.mark.parametrize("name", ["overview", "register", "stocktake", "audit"])
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_that_only_show_take_nothing(name: str, method: str, stage: Stage, visit: Visit) -> None:
    assert getattr(visit(stage.cast.auditor), method)(reverse(name)).status_code == 405
