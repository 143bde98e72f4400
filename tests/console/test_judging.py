"""人工认定 and 评定设置 on their pages: shown everywhere, for the office alone."""

from decimal import Decimal

import pytest
from django.urls import reverse

from duixian.bulletins.annex import annex_table
from duixian.bulletins.figures import quarter_figures
from duixian.periods import Quarter
from duixian.register.commands import approve_amendment, ask_adjustment, endorse_amendment
from duixian.reporting.commands import regrade_tasks
from duixian.reporting.models import GradeOverride, Round
from tests.cast import at
from tests.console.conftest import Visit
from tests.factories.play import Stage, content_for

SAID = {"act": "set", "verdict": "ON_PACE-GREEN", "end": "2026-07", "reason": "省厅系统故障，数未导出。"}


@pytest.fixture
def red(stage: Stage, june: Round) -> Stage:
    """Jobs: 1.2 of 4.8 by June."""
    jobs = stage.task("jobs")
    stage.approve(june, jobs, content_for(jobs, "1.2"), day=3)
    return stage


def test_the_office_says_green_and_it_is_marked_wherever_the_light_is(red: Stage, visit: Visit) -> None:
    office, task = visit(red.cast.office_staff), red.task("jobs")
    address = reverse("override-grade", args=[task.pk])
    assert office.post(address, SAID).status_code == 302
    page = office.get(reverse("task", args=[task.pk])).content.decode()
    assert "人工认定" in page
    assert "至7月盘点" in page
    assert "欠进度、红灯" in page
    register = office.get(reverse("register")).content.decode()
    assert '<span class="mark-beside">认定</span>' in register
    sheet = office.get(reverse("register-export", args=["csv"])).content.decode("utf-8-sig")
    assert "绿（认定）" in sheet
    table = annex_table(quarter_figures(red.plan, Quarter(2026, 2)))
    assert any(row.cells[-1] == "绿※" for row in table.rows)
    assert f"第{task.number}项测算为欠进度、红灯" in table.notes[-1]
    lifted = office.post(address, {"act": "lift", "note": "数已补报。"})
    assert lifted.status_code == 302
    assert "mark-beside" not in office.get(reverse("register")).content.decode()


def test_a_red_word_is_marked_on_the_overview(red: Stage, visit: Visit) -> None:
    office = visit(red.cast.office_staff)
    office.post(reverse("override-grade", args=[red.task("gdp").pk]), SAID | {"verdict": "BEHIND-RED"})
    assert '<span class="mark-beside">认定</span>' in office.get(reverse("overview")).content.decode()


@pytest.mark.parametrize("given", [{"verdict": "WHITE-BLUE"}, {"end": "day"}, {"reason": ""}, {"end": "昨天"}])
def test_what_cannot_be_read_is_refused_in_words(red: Stage, visit: Visit, given: dict[str, str]) -> None:
    answer = visit(red.cast.office_staff).post(reverse("override-grade", args=[red.task("jobs").pk]), SAID | given)
    assert answer.status_code == 400
    assert not GradeOverride.objects.exists()


def test_only_the_office_sees_the_forms_and_may_post_them(red: Stage, visit: Visit) -> None:
    cast, task = red.cast, red.task("jobs")
    for account in (cast.labour.liaison, cast.labour.head, cast.leader, cast.auditor, cast.system_admin, cast.outsider):
        window = visit(account)
        assert window.post(reverse("override-grade", args=[task.pk]), SAID).status_code == 404
        assert window.get(reverse("assessment-settings")).status_code == 404
    page = visit(cast.labour.liaison).get(reverse("task", args=[task.pk])).content.decode()
    assert reverse("override-grade", args=[task.pk]) not in page
    assert not GradeOverride.objects.exists()


def test_an_amended_light_says_what_the_promise_would_be(red: Stage, visit: Visit) -> None:
    cast = red.cast
    wish = ask_adjustment(
        target=red.target("jobs"), value=Decimal("2.4"), reason="外迁。", actor=cast.labour.head, now=at(7, 6)
    )
    endorse_amendment(amendment=wish, actor=cast.office_staff, now=at(7, 6))
    approve_amendment(amendment=wish, actor=cast.leader, now=at(7, 6))
    regrade_tasks(tasks=[wish.task], actor=cast.leader, now=at(7, 6))
    office = visit(cast.office_staff)
    assert '<span class="mark-beside">原定红</span>' in office.get(reverse("register")).content.decode()
    page = office.get(reverse("task", args=[wish.task.pk])).content.decode()
    assert "按原定目标或期限" in page
    assert "应达2.4万人" in page
    table = annex_table(quarter_figures(red.plan, Quarter(2026, 2)))
    assert any(row.cells[-1] == "绿△" for row in table.rows)
    assert "按原定目标或期限为欠进度、红灯" in table.notes[-1]


def test_settings_change_the_open_month_at_once_and_names_of_lights(red: Stage, visit: Visit) -> None:
    office = visit(red.cast.office_staff)
    address = reverse("assessment-settings")
    form = office.get(address).context["form"]
    assert "默认0.9" in office.get(address).content.decode()
    given = {name: field.initial for name, field in form.fields.items() if field.initial not in (None, False)}
    locked = list(red.task("jobs").standings.filter(month__month=5).values())
    answer = office.post(address, given | {"yellow_ratio": "0.5", "word-RED": "督", "near_below_points": "0.2"})
    assert answer.status_code == 302
    assert red.task("jobs").light == "YELLOW"
    assert list(red.task("jobs").standings.filter(month__month=5).values()) == locked
    thresholds = red.plan.thresholds()
    assert (thresholds.yellow_ratio, thresholds.near_below_points) == (Decimal("0.5"), Decimal("0.2"))
    assert "督" in office.get(reverse("register")).content.decode()
    wrong = office.post(address, given | {"yellow_ratio": "1.2", "near_below_points": "0.2"})
    assert wrong.status_code == 422
    assert "不能高于达进度" in wrong.content.decode()
