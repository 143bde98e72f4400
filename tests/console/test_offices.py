"""通报, 单位与用户, 审计."""

import io

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from docx import Document

from duixian.reporting.models import Round
from duixian.units.enums import Role
from duixian.units.models import Account, Government
from tests.console.conftest import Visit
from tests.console.test_register import queries
from tests.factories.play import Stage


def test_a_bulletin_is_drawn_up_and_downloaded(stage: Stage, june: Round, visit: Visit) -> None:
    office = visit(stage.cast.office_head)
    office.post(reverse("bulletins"), {"quarter": "2026Q2"})
    page = office.get(reverse("bulletins"))
    bulletin = page.context["bulletins"].get()
    assert "第二季度" in page.content.decode()
    response = visit(stage.cast.leader).get(reverse("bulletin", args=[bulletin.pk]))
    assert response["Content-Disposition"].startswith("attachment")
    assert Document(io.BytesIO(response.content)).paragraphs
    assert visit(stage.cast.labour.liaison).get(reverse("bulletin", args=[bulletin.pk])).status_code == 404


def test_only_the_office_draws_up(stage: Stage, june: Round, visit: Visit) -> None:
    leader = visit(stage.cast.leader)
    assert "生成通报</button>" not in leader.get(reverse("bulletins")).content.decode()
    assert leader.post(reverse("bulletins"), {"quarter": "2026Q2"}).status_code == 403
    assert visit(stage.cast.office_head).post(reverse("bulletins"), {"quarter": "x"}).status_code == 404


def test_an_account_is_opened_appointed_and_ended(stage: Stage, visit: Visit) -> None:
    security = visit(stage.cast.security_admin)
    said = {"username": "xin", "name": "新来的", "post": "科长", "password": "一个-初始-口令-77"}
    opened = security.post(reverse("account-new"), said)
    person = Account.objects.get(username="xin")
    assert person.must_change_password
    assert opened["Location"] == reverse("account", args=[person.pk])
    url = reverse("account", args=[person.pk])
    unit = stage.cast.labour.unit
    security.post(url, {"act": "appoint", "role": Role.LIAISON, "unit": unit.pk})
    membership = person.memberships.get()
    assert membership.unit == unit
    security.post(url, {"act": "end", "membership": membership.pk})
    membership.refresh_from_db()
    assert membership.ended_at is not None


def test_duties_that_must_stay_apart_are_told_in_the_form(stage: Stage, visit: Visit) -> None:
    url = reverse("account", args=[stage.cast.labour.liaison.pk])
    response = visit(stage.cast.security_admin).post(url, {"act": "appoint", "role": Role.AUDITOR})
    assert response.status_code == 422
    assert "专人担任" in response.content.decode()


def test_a_taken_name_is_told_at_the_field(stage: Stage, visit: Visit) -> None:
    said = {"username": "leader", "name": "谁", "password": "一个-初始-口令-77"}
    response = visit(stage.cast.security_admin).post(reverse("account-new"), said)
    assert response.status_code == 422
    assert "已有人使用" in response.content.decode()


def test_a_password_is_reset_and_the_person_signs_in_with_it(stage: Stage, visit: Visit) -> None:
    person = stage.cast.labour.liaison
    url = reverse("account", args=[person.pk])
    weak = visit(stage.cast.security_admin).post(url, {"act": "password", "password": "1234567890"})
    assert weak.status_code == 422
    visit(stage.cast.security_admin).post(url, {"act": "password", "password": "重设-的-口令-99"})
    assert Client().login(username=person.username, password="重设-的-口令-99")


def test_accounts_of_another_government_are_not_found(stage: Stage, visit: Visit) -> None:
    url = reverse("account", args=[stage.cast.outsider.pk])
    assert visit(stage.cast.security_admin).get(url).status_code == 404
    assert visit(stage.cast.system_admin).get(reverse("account", args=[stage.cast.leader.pk])).status_code == 404


def test_the_trail_is_filtered_and_proved(stage: Stage, june: Round, visit: Visit) -> None:
    auditor = visit(stage.cast.auditor)
    page = auditor.get(reverse("audit"), {"act": "lock_round"})
    assert [line.act for line in page.context["lines"]] == ["锁定盘点"]
    assert "审计链完整" in auditor.get(reverse("audit"), {"verify": "1"}).content.decode()
    with connection.cursor() as owner:
        owner.execute("UPDATE audit_auditentry SET actor_name = '别人' WHERE number = 3")
    broken = auditor.get(reverse("audit"), {"verify": "1"}).content.decode()
    assert "审计链在第3条处断开" in broken


def test_queries_of_lists_do_not_grow(stage: Stage, june: Round, visit: Visit) -> None:
    auditor, security = visit(stage.cast.auditor), visit(stage.cast.security_admin)
    few = queries(lambda: auditor.get(reverse("audit"), {"act": "lock_round"}))
    assert queries(lambda: auditor.get(reverse("audit"))) <= few
    before = queries(lambda: security.get(reverse("accounts")))
    stage.cast.crew(stage.cast.units["市农业农村局"])
    assert queries(lambda: security.get(reverse("accounts"))) <= before


def test_a_county_person_sees_the_mark_of_simulated_figures(stage: Stage, june: Round, visit: Visit) -> None:
    Government.objects.filter(pk=stage.cast.city.pk).update(is_simulated=True)
    page = visit(stage.cast.county.liaison).get(reverse("register")).content.decode()
    assert "模拟数据 / simulated" in page


@pytest.mark.parametrize("membership", ["", "abc", "-1", "999999", "99999999999999999999999"])
def test_a_role_nobody_holds_is_not_found(membership: str, stage: Stage, visit: Visit) -> None:
    url = reverse("account", args=[stage.cast.leader.pk])
    said = {"act": "end", "membership": membership}
    assert visit(stage.cast.security_admin).post(url, said).status_code == 404
