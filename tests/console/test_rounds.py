"""盘点: the calendar, reminders, exceptions, who is late, background work; who may see and do what."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from duixian.reporting.commands import grant_exception, save_report
from duixian.reporting.enums import JobKind, JobState
from duixian.reporting.models import JobRun, LockException, Round, RoundCalendar
from duixian.sheets import read_workbook
from tests.cast import at
from tests.console.conftest import NOW, Visit
from tests.console.test_register import queries
from tests.factories.play import Stage, content_for, month

DAYS = {"opens": "1", "due": "6", "review": "9", "locks": "12", "remind_before": "2", "is_automatic": "on"}


def failed(stage: Stage) -> JobRun:
    return JobRun.objects.create(
        key="open:1:2026-06",
        kind=JobKind.OPEN,
        label="开始2026年6月盘点",
        plan=stage.plan,
        due_at=NOW,
        started_at=NOW,
        state=JobState.FAILED,
        message="磁盘已满",
    )


def test_the_office_sets_the_days_and_the_open_round_moves(stage: Stage, june: Round, visit: Visit) -> None:
    office, url = visit(stage.cast.office_staff), reverse("round-calendar")
    html = office.get(url).content.decode()
    # July to December; January and the other months before the list was taken stock of are the office's to open
    assert (html.count("到期自动开始"), html.count("由督查室开始")) == (6, 4)
    assert office.post(url, DAYS).status_code == 302
    june.refresh_from_db()
    assert (june.due_on, june.locks_on) == (date(2026, 7, 8), date(2026, 7, 16))
    wrong = office.post(url, DAYS | {"locks": "3"})
    assert wrong.status_code == 422
    assert "锁定不能早于审核截止" in wrong.content.decode()
    office.post(url, DAYS | {"month": "2026-09", "due": "7"})
    assert RoundCalendar.objects.filter(month=month(9), due=7).exists()
    office.post(reverse("round-calendar-clear"), {"month": "2026-09"})
    assert not RoundCalendar.objects.filter(month=month(9)).exists()


def test_a_unit_is_let_into_a_locked_round_from_the_page(stage: Stage, may: Round, visit: Visit) -> None:
    office, unit = visit(stage.cast.office_staff), stage.cast.labour.unit
    page = office.get(reverse("stocktake") + "?month=2026-05")
    assert "开锁补报" in page.content.decode()
    given = {"unit": str(unit.pk), "expires_on": "2026-07-08", "reason": "停电。"}
    assert office.post(reverse("grant-exception", args=[may.pk]), given).status_code == 302
    held = LockException.objects.get()
    liaison = visit(stage.cast.labour.liaison)
    month_page = reverse("stocktake-unit", args=[unit.pk]) + "?month=2026-05"
    assert "经开锁可补报到7月8日" in liaison.get(month_page).content.decode()
    office.post(reverse("revoke-exception", args=[held.pk]))
    assert "已锁定，只能查看" in liaison.get(month_page).content.decode()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"reason": ""}, "为什么开锁"),
        ({"expires_on": "2026-07-01"}, "从今天起"),
        ({"expires_on": "2027-07-01"}, "从今天起"),
        ({"expires_on": "明天"}, "哪一天"),
    ],
)
def test_an_exception_has_a_reason_and_an_end(
    stage: Stage, may: Round, visit: Visit, given: dict[str, str], words: str
) -> None:
    office = visit(stage.cast.office_staff)
    whole = {"unit": str(stage.cast.labour.unit.pk), "expires_on": "2026-07-08", "reason": "停电。"}
    response = office.post(reverse("grant-exception", args=[may.pk]), whole | given)
    assert response.status_code == 400
    assert words in response.content.decode()
    assert not LockException.objects.exists()


def test_a_reminder_stands_on_the_units_page(stage: Stage, june: Round, visit: Visit) -> None:
    office = visit(stage.cast.office_staff)
    assert office.post(reverse("remind-round", args=[june.pk])).status_code == 302
    url = reverse("stocktake-unit", args=[stage.cast.labour.unit.pk])
    assert "7月6日提醒" in visit(stage.cast.labour.liaison).get(url).content.decode()
    again = office.post(reverse("remind-round", args=[june.pk]))
    assert (again.status_code, "只提醒一次" in again.content.decode()) == (409, True)


def test_who_is_late_and_who_said_nothing(stage: Stage, june: Round, visit: Visit) -> None:
    """May is locked; the unit for the environment said nothing, so it stands first."""
    html = visit(stage.cast.office_staff).get(reverse("timeliness")).content.decode()
    rows = html.split("<tbody>")[1]
    assert rows.index("市生态环境局") < rows.index("市发改委") < rows.index("市人社局")
    own = visit(stage.cast.labour.liaison).get(reverse("timeliness")).content.decode()
    assert "市人社局" in own
    assert "市生态环境局" not in own.split("<main")[1]
    content = visit(stage.cast.office_staff).get(reverse("timeliness-sheet")).content
    assert "报送情况" in {sheet.name for sheet in read_workbook(content, "报送.xlsx")}


def test_the_matrix_does_not_ask_more_with_more_units(stage: Stage, june: Round, visit: Visit) -> None:
    office, url = visit(stage.cast.office_staff), reverse("timeliness")
    office.get(url)
    few = queries(lambda: office.get(url))
    for name in ("jobs", "gdp", "roads", "air"):
        stage.submit(june, stage.task(name), content_for(stage.task(name), "1.2"))
    assert queries(lambda: office.get(url)) == few


def test_the_table_of_a_month_is_for_those_who_see_everything(stage: Stage, june: Round, visit: Visit) -> None:
    url = reverse("month-table", args=["2026-06"])
    assert visit(stage.cast.leader).get(url).status_code == 200
    assert visit(stage.cast.labour.liaison).get(url).status_code == 404
    assert visit(stage.cast.office_staff).get(reverse("month-table", args=["2026-11"])).status_code == 404
    assert visit(stage.cast.office_staff).get(reverse("month-table", args=["x"])).status_code == 404


def test_background_work_is_seen_and_tried_again(stage: Stage, visit: Visit, settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path
    run = failed(stage)
    for account in (stage.cast.office_staff, stage.cast.system_admin):
        html = visit(account).get(reverse("jobs")).content.decode()
        assert "磁盘已满" in html
        assert "还没有运行过" in html
    outsider = visit(stage.cast.outsider)
    assert "磁盘已满" not in outsider.get(reverse("jobs")).content.decode()
    assert outsider.post(reverse("job-retry", args=[run.pk])).status_code == 404
    assert visit(stage.cast.system_admin).post(reverse("job-retry", args=[run.pk])).status_code == 302
    (tmp_path / "worker.beat").write_text(NOW.isoformat())
    assert "正在运行" in visit(stage.cast.office_staff).get(reverse("jobs")).content.decode()


def test_who_may_not_does_not_find_it(stage: Stage, may: Round, visit: Visit) -> None:
    run = failed(stage)
    posts = [
        reverse("grant-exception", args=[may.pk]),
        reverse("remind-round", args=[may.pk]),
        reverse("round-calendar"),
        reverse("round-calendar-clear"),
        reverse("job-retry", args=[run.pk]),
    ]
    for account in (stage.cast.labour.head, stage.cast.auditor, stage.cast.leader, stage.cast.security_admin):
        for url in posts:
            assert visit(account).post(url, DAYS).status_code == 404, (account, url)
    for account in (stage.cast.labour.head, stage.cast.security_admin, stage.cast.leader):
        assert visit(account).get(reverse("jobs")).status_code == 404
    assert visit(stage.cast.labour.head).get(reverse("round-calendar")).status_code == 404


def test_an_earlier_round_that_waited_can_be_locked_by_its_month(stage: Stage, visit: Visit) -> None:
    april, may = stage.open(4), stage.open(5)
    visit(stage.cast.office_head).post(reverse("lock-round"), {"month": "2026-04"})
    april.refresh_from_db()
    may.refresh_from_db()
    assert (april.is_locked, may.is_locked) == (True, False)


def test_late_by_an_exception_is_late_for_ever(stage: Stage, may: Round, visit: Visit) -> None:
    crew, task = stage.cast.crew(stage.task("canteens").reporting_unit), stage.task("canteens")
    grant_exception(
        round=may,
        unit=crew.unit,
        reason="停电。",
        expires_on=date(2026, 7, 8),
        actor=stage.cast.office_head,
        now=at(7, 1),
    )
    report = save_report(
        round=may, task=task, content=content_for(task, "1"), revision=0, actor=crew.liaison, now=at(7, 2)
    )
    assert stage.sign(report, at(7, 2)).is_late
    html = visit(stage.cast.office_staff).get(reverse("timeliness")).content.decode()
    assert "迟1" in html
