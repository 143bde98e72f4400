"""盘点: a unit's month on one page. Errors stand at the field, nothing typed is lost, two people see both versions."""

from decimal import Decimal
from typing import Any

from django.test import Client
from django.urls import reverse

from duixian.console.reportfields import ReportRow
from duixian.indicators.commands import record_value, set_publication
from duixian.indicators.enums import Frequency, ValueStatus
from duixian.register.models import Task
from duixian.reporting.content import ReportContent
from duixian.reporting.enums import ReportState
from duixian.reporting.models import Report, Round
from tests.cast import Cast, at
from tests.console.conftest import NOW, Visit
from tests.console.test_register import queries
from tests.factories.play import Stage, content_for, set_stage
from tests.factories.readings import growth, item, reading_of


def month(stage: Stage, name: str = "市人社局") -> str:
    return reverse("stocktake-unit", args=[stage.cast.units[name].pk])


def row_of(response: object, task: Task) -> ReportRow:
    rows: list[ReportRow] = response.context["rows"]  # type: ignore[attr-defined]
    return next(row for row in rows if row.task.pk == task.pk)


def form_of(client: Client, url: str, task: Task) -> dict[str, str]:
    """The hidden fields a browser would send back for one task."""
    row = row_of(client.get(url), task)
    return {f"{row.prefix}revision": str(row.revision), f"{row.prefix}seen": row.seen}


def fill(client: Client, url: str, task: Task, value: str, account: str = "已新增1万人。", **more: str) -> object:
    """Type a figure and an account into one task's row and press a button."""
    row = row_of(client.get(url), task)
    data = form_of(client, url, task) | {f"{row.prefix}{row.figures[0].name}": value, f"{row.prefix}account": account}
    return client.post(url, data | {"act": "save"} | more)


def test_what_is_typed_is_saved(stage: Stage, june: Round, visit: Visit) -> None:
    liaison, jobs = visit(stage.cast.labour.liaison), stage.task("jobs")
    response = fill(liaison, month(stage), jobs, "２．３")
    assert response.status_code == 302  # type: ignore[attr-defined]
    report = Report.objects.get(round=june)
    assert (report.task, report.state, report.account) == (jobs, ReportState.DRAFT, "已新增1万人。")
    assert str(report.figures.get().value.normalize()) == "2.3"  # type: ignore[union-attr]


def test_last_month_stands_beside(stage: Stage, june: Round, visit: Visit) -> None:
    row = row_of(visit(stage.cast.labour.liaison).get(month(stage)), stage.task("jobs"))
    assert row.figures[0].last == "1"
    assert row.last is not None
    assert row.last.account == "按计划推进。"


def test_rows_left_untouched_are_not_saved(stage: Stage, june: Round, visit: Visit) -> None:
    liaison = visit(stage.cast.labour.liaison)
    url = month(stage)
    data = form_of(liaison, url, stage.task("jobs")) | form_of(liaison, url, stage.task("coverage"))
    liaison.post(url, data | {"act": "save"})
    assert not Report.objects.filter(round=june).exists()


def test_no_number_is_told_at_the_field_and_stays_typed(stage: Stage, june: Round, visit: Visit) -> None:
    response = fill(visit(stage.cast.labour.liaison), month(stage), stage.task("jobs"), "abc")
    assert response.status_code == 422  # type: ignore[attr-defined]
    row = row_of(response, stage.task("jobs"))
    assert "不是数字" in row.figures[0].error
    assert row.figures[0].value == "abc"
    assert row.texts["account"] == "已新增1万人。"
    assert not Report.objects.filter(round=june).exists()


def test_a_negative_count_is_told_at_the_field(stage: Stage, june: Round, visit: Visit) -> None:
    response = fill(visit(stage.cast.labour.liaison), month(stage), stage.task("jobs"), "-1")
    assert "负数" in row_of(response, stage.task("jobs")).figures[0].error


def test_one_faulty_row_does_not_hold_up_the_others(stage: Stage, june: Round, visit: Visit) -> None:
    liaison, url = visit(stage.cast.labour.liaison), month(stage)
    jobs, coverage = stage.task("jobs"), stage.task("coverage")
    page = liaison.get(url)
    data: dict[str, str] = {}
    for task, value in ((jobs, "abc"), (coverage, "61")):
        row = row_of(page, task)
        data |= form_of(liaison, url, task) | {
            f"{row.prefix}{row.figures[0].name}": value,
            f"{row.prefix}account": "好。",
        }
    response = liaison.post(url, data | {"act": "save"})
    assert response.status_code == 422
    assert [r.task for r in Report.objects.filter(round=june)] == [coverage]


def test_ten_times_last_month_is_asked_about_and_may_be_confirmed(stage: Stage, june: Round, visit: Visit) -> None:
    liaison, url, jobs = visit(stage.cast.labour.liaison), month(stage), stage.task("jobs")
    response = fill(liaison, url, jobs, "23", act="send-all")
    row = row_of(response, jobs)
    assert "23倍" in row.figures[0].error
    assert "数没错" in response.content.decode()  # type: ignore[attr-defined]
    assert Report.objects.get(round=june).state == ReportState.DRAFT
    name = f"{row.prefix}{row.figures[0].name}-confirmed"
    confirmed = fill(liaison, url, jobs, "23", act="send-all", **{name: "on"})
    assert confirmed.status_code == 302  # type: ignore[attr-defined]
    report = Report.objects.get(round=june)
    assert (report.state, report.figures.get().is_confirmed) == (ReportState.SENT_UP, True)


def test_a_changed_figure_is_asked_about_anew(stage: Stage, june: Round, visit: Visit) -> None:
    liaison, url, jobs = visit(stage.cast.labour.liaison), month(stage), stage.task("jobs")
    fill(liaison, url, jobs, "23")
    row = row_of(liaison.get(url), jobs)
    name = f"{row.prefix}{row.figures[0].name}-confirmed"
    fill(liaison, url, jobs, "23", **{name: "on"})
    response = fill(liaison, url, jobs, "46", act="send-all", **{name: "on"})
    assert "46倍" in row_of(response, jobs).figures[0].error


def test_a_falling_sum_is_asked_about(stage: Stage, june: Round, visit: Visit) -> None:
    response = fill(visit(stage.cast.labour.liaison), month(stage), stage.task("jobs"), "0.4", act="send-all")
    assert "比5月的1少" in row_of(response, stage.task("jobs")).figures[0].error


def test_a_blank_is_not_sent_up_as_zero(stage: Stage, june: Round, visit: Visit) -> None:
    response = fill(visit(stage.cast.labour.liaison), month(stage), stage.task("jobs"), "", act="send-all")
    assert "空白不当作零" in row_of(response, stage.task("jobs")).figures[0].error


def test_two_people_both_see_both_versions(stage: Stage, june: Round, visit: Visit) -> None:
    liaison, url, jobs = visit(stage.cast.labour.liaison), month(stage), stage.task("jobs")
    opened = form_of(liaison, url, jobs)
    fill(visit(stage.cast.labour.head), url, jobs, "1.8", account="负责人写的。")
    row = row_of(liaison.get(url), jobs)
    mine = opened | {f"{row.prefix}{row.figures[0].name}": "2.1", f"{row.prefix}account": "联络员写的。", "act": "save"}
    response = liaison.post(url, mine)
    html = response.content.decode()
    assert response.status_code == 422
    assert "负责人写的。" in html
    assert "联络员写的。" in html
    assert Report.objects.get(round=june).account == "负责人写的。"
    # told of both, saving once more is a choice
    again = row_of(response, jobs)
    liaison.post(url, mine | {f"{again.prefix}revision": str(again.revision), f"{again.prefix}seen": again.seen})
    assert Report.objects.get(round=june).account == "联络员写的。"


def test_an_untouched_row_never_collides(stage: Stage, june: Round, visit: Visit) -> None:
    liaison, url, jobs = visit(stage.cast.labour.liaison), month(stage), stage.task("jobs")
    opened = form_of(liaison, url, jobs)
    fill(visit(stage.cast.labour.head), url, jobs, "1.8", account="负责人写的。")
    assert liaison.post(url, opened | {"act": "save"}).status_code == 302
    assert Report.objects.get(round=june).account == "负责人写的。"


def test_what_was_reached_is_carried_over(stage: Stage, visit: Visit) -> None:
    from duixian.reporting.enums import Progress

    round, roads = stage.open(5), stage.task("roads")
    stage.approve(round, roads, content_for(roads, progress={"幸福桥": Progress.REACHED}, done_on=at(5, 20).date()))
    stage.lock(round)
    stage.open(6)
    row = row_of(visit(stage.cast.building.liaison).get(month(stage, "市住建局")), roads)
    node = next(n for n in row.nodes if n.label.startswith("幸福桥"))
    assert (node.progress, node.done_on) == ("REACHED", "2026-05-20")


def test_a_locked_month_is_for_reading(stage: Stage, may: Round, visit: Visit) -> None:
    page = visit(stage.cast.labour.liaison).get(month(stage))
    assert "已锁定，只能查看" in page.content.decode()
    assert not [row for row in page.context["rows"] if row.may_edit]


def test_whoever_sees_everything_reads_but_does_not_fill_in(stage: Stage, june: Round, visit: Visit) -> None:
    leader = visit(stage.cast.leader)
    page = leader.get(month(stage))
    assert not [row for row in page.context["rows"] if row.may_edit]
    leader.post(month(stage), {"act": "send-all"})
    assert not Report.objects.filter(round=june).exists()


def test_queries_do_not_grow_with_tasks(stage: Stage, june: Round, visit: Visit) -> None:
    for name in ("jobs", "coverage", "income"):
        stage.save(june, stage.task(name), content_for(stage.task(name), "1"))
    stage.save(june, stage.task("air"), ReportContent(account="空气转好。"))
    air = stage.cast.crew(stage.cast.units["市生态环境局"])
    alone, busy = visit(air.liaison), visit(stage.cast.labour.liaison)
    one = queries(lambda: alone.get(month(stage, "市生态环境局")))
    three = queries(lambda: busy.get(month(stage)))
    # nothing to prefetch costs no query: figures, nodes, values, what others report
    assert three <= one + 4, (one, three)
    assert three < 37


def test_the_office_opens_and_locks_months(stage: Stage, may: Round, visit: Visit) -> None:
    office = visit(stage.cast.office_head)
    assert "开始6月盘点" in office.get(reverse("stocktake")).content.decode()
    office.post(reverse("open-round"))
    june = stage.plan.rounds.get(month="2026-06-01")
    assert "确认锁定" in office.get(reverse("stocktake")).content.decode()
    office.post(reverse("lock-round"))
    june.refresh_from_db()
    assert june.is_locked


def test_nobody_else_opens_a_month(stage: Stage, may: Round, visit: Visit) -> None:
    assert visit(stage.cast.leader).post(reverse("open-round")).status_code == 403
    assert not stage.plan.rounds.filter(month="2026-06-01").exists()


def test_an_open_month_is_not_followed_by_another(stage: Stage, june: Round, visit: Visit) -> None:
    # July has begun, but is a month of July's stocktake only once June is locked
    page = visit(stage.cast.office_head).get(reverse("stocktake")).content.decode()
    assert "开始7月盘点" not in page


def test_saving_twice_is_no_quarrel_with_oneself(stage: Stage, june: Round, visit: Visit) -> None:
    liaison, url, jobs = visit(stage.cast.labour.liaison), month(stage), stage.task("jobs")
    row = row_of(liaison.get(url), jobs)
    data = form_of(liaison, url, jobs) | {f"{row.prefix}{row.figures[0].name}": "2", f"{row.prefix}account": "好。"}
    assert liaison.post(url, data | {"act": "save"}).status_code == 302
    assert liaison.post(url, data | {"act": "save"}).status_code == 302
    assert Report.objects.get(round=june).revision == 1


def test_what_is_typed_into_a_month_just_locked_is_shown_and_not_lost(stage: Stage, june: Round, visit: Visit) -> None:
    liaison, url, jobs = visit(stage.cast.labour.liaison), month(stage), stage.task("jobs")
    row = row_of(liaison.get(url), jobs)
    typed = form_of(liaison, url, jobs) | {
        f"{row.prefix}{row.figures[0].name}": "2",
        f"{row.prefix}account": "刚写的。",
    }
    stage.lock(june)
    response = liaison.post(url, typed | {"act": "save", "month": "2026-06"})
    assert response.status_code == 422
    assert "已锁定" in row_of(response, jobs).message
    assert "刚写的。" in response.content.decode()
    assert not Report.objects.filter(round=june).exists()


def test_what_is_typed_after_a_colleague_sent_it_up_is_shown(stage: Stage, june: Round, visit: Visit) -> None:
    liaison, url, jobs = visit(stage.cast.labour.liaison), month(stage), stage.task("jobs")
    row = row_of(liaison.get(url), jobs)
    typed = form_of(liaison, url, jobs) | {f"{row.prefix}account": "刚写的。"}
    stage.send_up(june, jobs, content_for(jobs, "2"))
    response = liaison.post(url, typed | {"act": "save"})
    assert response.status_code == 422
    assert "待审签" in row_of(response, jobs).message
    assert "刚写的。" in response.content.decode()


def test_a_page_left_open_does_not_write_into_the_next_month(stage: Stage, june: Round, visit: Visit) -> None:
    liaison, url, jobs = visit(stage.cast.labour.liaison), month(stage), stage.task("jobs")
    row = row_of(liaison.get(url), jobs)
    typed = form_of(liaison, url, jobs) | {f"{row.prefix}account": "6月的事。", "month": "2026-06"}
    stage.lock(june)
    july = stage.open(7)
    assert liaison.post(url, typed | {"act": "save"}).status_code == 422
    assert not Report.objects.filter(round=july).exists()


def test_a_button_pressed_twice_opens_one_month(stage: Stage, may: Round, visit: Visit) -> None:
    office = visit(stage.cast.office_head)
    office.post(reverse("open-round"), {"month": "2026-06"})
    office.post(reverse("lock-round"), {"month": "2026-05"})
    assert not stage.plan.rounds.get(month="2026-06-01").is_locked


def test_what_should_be_reached_stands_beside(stage: Stage, june: Round, visit: Visit) -> None:
    row = row_of(visit(stage.cast.labour.liaison).get(month(stage)), stage.task("jobs"))
    assert row.figures[0].expected == "2.4"


def test_what_another_unit_reports_is_shown_and_not_asked_for(stage: Stage, june: Round, visit: Visit) -> None:
    series = stage.target("jobs").indicator
    office, statistics = stage.cast.office_head, stage.cast.units["市发改委"]
    about: dict[str, Any] = {"indicator": series, "actor": office, "now": NOW}
    set_publication(**about, frequency=Frequency.MONTHLY, publication_lag_days=0, responsible_unit=statistics)
    liaison = visit(stage.cast.labour.liaison)
    row = row_of(liaison.get(month(stage)), stage.task("jobs"))
    assert not row.figures
    assert (row.carried[0].last, row.carried[0].now, row.carried[0].newest) == ("1", "", "5月为1")
    record_value(**about, month=june.month, value=Decimal("2.3"), status=ValueStatus.PRELIMINARY, source="统计快报")
    page = liaison.get(month(stage))
    assert row_of(page, stage.task("jobs")).carried[0].now == "2.3"
    assert "市发改委填报，自动带入" in page.content.decode()
    report = stage.submit(june, stage.task("jobs"), ReportContent(account="按计划推进。", next_step="继续。"))
    sheet = visit(office).get(reverse("review"), {"report": report.pk}).context["chosen"].sheet
    assert [(line.now, line.by) for line in sheet.lines] == [("2.3", "市发改委")]


def test_one_series_of_two_tasks_is_one_field(cast: Cast, visit: Visit) -> None:
    growing = [growth("地区生产总值增长6%以上", "地区生产总值", "6")]
    texts = ("地区生产总值增长6%以上。", "稳住大盘,地区生产总值增长6%以上。")
    stage = set_stage(cast, reading_of(*(item(text, ["市人社局"], quantities=growing) for text in texts)))
    stage.open(6)
    liaison, url = visit(cast.labour.liaison), month(stage)
    first, second = stage.plan.tasks.order_by("order")
    fill(liaison, url, first, "6.3")
    page = liaison.get(url)
    assert [len(row.figures) for row in page.context["rows"]] == [1, 0]
    assert row_of(page, second).carried[0].now == "6.3"
    assert page.content.decode().count('class="figure"') == 1
    assert "第1项是同一个数" in page.content.decode()
