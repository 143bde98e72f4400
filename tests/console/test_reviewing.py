"""审核 in one view: the order of the queue, what stands beside a report, corrections and findings by the pages."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from duixian.reporting.enums import CorrectionState
from duixian.reporting.models import Correction, Report, Round, Verification
from tests.console.conftest import Visit
from tests.factories.play import Stage, content_for


def waiting(stage: Stage, june: Round, name: str, value: str, **more: str) -> Report:
    content = replace(content_for(stage.task(name), value), account=more.get("account", "本月有新进展。"))
    return stage.submit(june, stage.task(name), content)


def test_the_worst_comes_first_and_each_says_why(stage: Stage, june: Round, visit: Visit) -> None:
    plain = waiting(stage, june, "prices", "1.1")
    red = waiting(stage, june, "gdp", "1")
    doubtful = waiting(stage, june, "jobs", "2", account="按计划推进。")
    page = visit(stage.cast.office_staff).get(reverse("review"))
    groups = [(g.name, [(c.report, c.words) for c in g.cases]) for g in page.context["groups"]]
    assert groups == [
        ("有疑点", [(doubtful, groups[0][1][0][1])]),
        ("须过目", [(red, "仍为红灯")]),
        ("无须细看", [(plain, "数值无疑点；绿灯不变；按时上报；没有新的堵点")]),
    ]
    assert "情况与上月一字不差" in groups[0][1][0][1]
    # the trial stored nothing
    assert not stage.task("jobs").standings.filter(month=june.month).exists()


def test_one_view_shows_figure_pace_months_words_and_what_was_decided(stage: Stage, june: Round, visit: Visit) -> None:
    report = waiting(stage, june, "jobs", "2")
    page = visit(stage.cast.office_staff).get(reverse("review"), {"report": report.pk})
    [course] = page.context["months"]
    assert [(cell.label, cell.actual, cell.light) for cell in course.cells] == [
        ("5月", "1.0", "RED"),
        ("6月", "2.0", course.cells[1].light),
    ]
    assert course.cells[1].expected
    html = page.content.decode()
    for words in ("本月有新进展。", "没有附", "按计划推进。", "试算", "常用", "键盘"):
        assert words in html


def test_a_common_note_is_written_into_the_field_without_scripts(stage: Stage, june: Round, visit: Visit) -> None:
    report = waiting(stage, june, "jobs", "2")
    page = visit(stage.cast.office_staff).post(
        reverse("review"), {"report": report.pk, "note": "见附件。", "common": "请补充佐证材料。"}
    )
    assert page.status_code == 200
    assert page.context["note"] == "见附件。请补充佐证材料。"
    report.refresh_from_db()
    assert report.state == "SUBMITTED"


def test_after_a_decision_the_next_is_shown(stage: Stage, june: Round, visit: Visit) -> None:
    first, second = waiting(stage, june, "gdp", "1"), waiting(stage, june, "prices", "1.1")
    office = visit(stage.cast.office_staff)
    given = {"act": "approve", "report": first.pk, "following": second.pk}
    page = office.post(reverse("review"), given, follow=True)
    assert page.context["chosen"].report == second


def test_corrected_with_one_click_of_the_unit(stage: Stage, june: Round, visit: Visit) -> None:
    report = waiting(stage, june, "jobs", "2")
    address = reverse("check-report", args=[report.pk])
    what = f"figure-{stage.target('jobs').indicator_id}"
    given = {"act": "propose", "c-what": what, "c-value": "1.9", "c-reason": "灵活就业不计入。"}
    assert visit(stage.cast.office_staff).post(address, given).status_code == 302
    liaison = visit(stage.cast.labour.liaison)
    listed = liaison.get(reverse("corrections"))
    assert "灵活就业不计入" in listed.content.decode()
    # it is told where the unit works, and answered among what waits for it
    month = reverse("stocktake-unit", args=[stage.cast.labour.unit.pk])
    assert "督查室提出更正1处" in liaison.get(month).content.decode()
    to_do = reverse("to-do")
    assert "轮到您的<b>1</b>件" in liaison.get(to_do).content.decode()
    assert "更正" not in visit(stage.cast.building.liaison).get(to_do).content.decode()
    given = {"act": "agree", "correction": Correction.objects.get().pk, "next": to_do}
    assert liaison.post(address, given)["Location"] == to_do
    assert "没有等您办的事" in liaison.get(to_do).content.decode()
    assert "督查室提出更正" not in liaison.get(month).content.decode()
    assert report.figures.get().value == Decimal("1.9")
    assert report.versions.latest("number").is_corrected


def test_a_consent_by_telephone_is_noted_with_name_and_time(stage: Stage, june: Round, visit: Visit) -> None:
    report = waiting(stage, june, "jobs", "2")
    address, office = reverse("check-report", args=[report.pk]), visit(stage.cast.office_staff)
    what = f"figure-{stage.target('jobs').indicator_id}"
    office.post(address, {"act": "propose", "c-what": what, "c-value": "1.9", "c-reason": "核减。"})
    pk = Correction.objects.get().pk
    wrong = office.post(address, {"act": "consent", "correction": pk, "p-name": "", "p-said_at": "2026-07-06T09:00"})
    assert wrong.status_code == 422
    office.post(address, {"act": "consent", "correction": pk, "p-name": "李梅", "p-said_at": "2026-07-06T09:00"})
    correction = Correction.objects.get()
    assert (correction.state, correction.answered_by, correction.noted_by) == ("AGREED", "李梅", "office")
    assert "李梅同意（电话，office登记）" in office.get(address).content.decode()


def test_what_is_no_number_is_told_and_stays_typed(stage: Stage, june: Round, visit: Visit) -> None:
    report = waiting(stage, june, "jobs", "2")
    given = {
        "act": "propose",
        "c-what": f"figure-{stage.target('jobs').indicator_id}",
        "c-value": "约2",
        "c-reason": "x",
    }
    page = visit(stage.cast.office_staff).post(reverse("check-report", args=[report.pk]), given)
    assert page.status_code == 422
    assert "不是数字" in page.content.decode()
    assert 'value="约2"' in page.content.decode()


def test_a_finding_is_shown_on_review_task_and_the_years_table(stage: Stage, june: Round, visit: Visit) -> None:
    report = waiting(stage, june, "jobs", "2")
    office = visit(stage.cast.office_staff)
    given = {
        "act": "verify",
        "v-what": f"figure-{stage.target('jobs').indicator_id}",
        "v-way": "PHONE",
        "v-verified_on": "2026-07-06",
        "v-value": "1.6",
        "v-words": "只认社保登记的。",
    }
    assert office.post(reverse("check-report", args=[report.pk]), given).status_code == 302
    assert Verification.objects.get().verified_on == date(2026, 7, 6)
    assert report.figures.get().value == 2
    assert Correction.objects.get().state == CorrectionState.PROPOSED
    for address in (reverse("review"), reverse("task", args=[report.task_id]), reverse("differences")):
        assert "核得1.6，报2" in office.get(address).content.decode(), address
    [(row, _findings)] = office.get(reverse("differences")).context["rows"]
    assert (row.unit, row.sums.different, row.sums.mean) == (report.unit, 1, Decimal("0.25"))
    sheet = office.get(reverse("differences-export"))
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")


def test_queries_do_not_grow_with_the_queue(stage: Stage, june: Round, visit: Visit) -> None:
    office = visit(stage.cast.office_staff)
    counts = []
    for name, value in (("jobs", "2"), ("prices", "1.1"), ("coverage", "2")):
        first = Report.objects.filter(round=june).first()
        waiting(stage, june, name, value)
        about = {"report": first.pk} if first else {}
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert office.get(reverse("review"), about).status_code == 200
        counts.append(len(queries))
    assert counts[1] == counts[2]
