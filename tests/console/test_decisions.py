"""审签 and 审核: the head signs or gives back, the office approves or sends back."""

from dataclasses import replace

from django.urls import reverse

from duixian.register.models import Task
from duixian.reporting.commands import send_back_report
from duixian.reporting.content import ReportContent
from duixian.reporting.enums import ReportState
from duixian.reporting.models import Report, Round
from tests.console.conftest import NOW, Visit
from tests.factories.play import Stage, content_for


def unremarkable(task: Task, value: str) -> ReportContent:
    """Words of its own; prices at 1 are green in May and at 1.1 in June."""
    return replace(content_for(task, value), account="本月价格平稳。")


def test_the_head_signs_what_is_ticked(stage: Stage, june: Round, visit: Visit) -> None:
    jobs = stage.send_up(june, stage.task("jobs"), content_for(stage.task("jobs"), "2"))
    other = stage.send_up(june, stage.task("coverage"), content_for(stage.task("coverage"), "2"))
    head = visit(stage.cast.labour.head)
    page = head.get(reverse("sign-off"))
    assert [sheet.report for sheet in page.context["sheets"]] == [jobs, other]
    head.post(reverse("sign-off"), {"act": "sign", "sign": [jobs.pk]})
    assert Report.objects.get(pk=jobs.pk).state == ReportState.SUBMITTED
    assert Report.objects.get(pk=other.pk).state == ReportState.SENT_UP


def test_giving_back_needs_a_word(stage: Stage, june: Round, visit: Visit) -> None:
    report = stage.send_up(june, stage.task("jobs"), content_for(stage.task("jobs"), "2"))
    head = visit(stage.cast.labour.head)
    refused = head.post(reverse("sign-off"), {"return": report.pk})
    assert refused.status_code == 422
    assert "请写明退回的理由" in refused.content.decode()
    head.post(reverse("sign-off"), {"return": report.pk, f"note-{report.pk}": "请补充原因"})
    report.refresh_from_db()
    assert (report.state, report.note) == (ReportState.DRAFT, "请补充原因")


def test_a_head_signs_for_no_other_unit(stage: Stage, june: Round, visit: Visit) -> None:
    report = stage.send_up(june, stage.task("jobs"), content_for(stage.task("jobs"), "2"))
    assert visit(stage.cast.building.head).post(reverse("sign-off"), {"sign": [report.pk]}).status_code == 404
    report.refresh_from_db()
    assert report.state == ReportState.SENT_UP


def test_the_office_approves_and_the_light_turns(stage: Stage, june: Round, visit: Visit) -> None:
    report = stage.submit(june, stage.task("jobs"), content_for(stage.task("jobs"), "4.9"))
    office = visit(stage.cast.office_staff)
    assert office.get(reverse("review")).context["chosen"].report == report
    office.post(reverse("review"), {"act": "approve", "report": report.pk})
    assert stage.task("jobs").light == "BLUE"


def test_sending_back_needs_a_word_and_keeps_what_was_typed(stage: Stage, june: Round, visit: Visit) -> None:
    report = stage.submit(june, stage.task("jobs"), content_for(stage.task("jobs"), "2"))
    office = visit(stage.cast.office_staff)
    refused = office.post(reverse("review"), {"act": "send-back", "report": report.pk, "note": "  "})
    assert refused.status_code == 422
    assert "请写明退回的理由" in refused.content.decode()
    office.post(reverse("review"), {"act": "send-back", "report": report.pk, "note": "口径不符"})
    report.refresh_from_db()
    assert (report.state, report.note) == (ReportState.SENT_BACK, "口径不符")


def test_doubtful_reports_come_first_and_are_not_approved_in_bulk(stage: Stage, june: Round, visit: Visit) -> None:
    plain = stage.submit(june, stage.task("prices"), unremarkable(stage.task("prices"), "1.1"))
    doubtful = stage.submit(june, stage.task("jobs"), content_for(stage.task("jobs"), "23", is_confirmed=True))
    office = visit(stage.cast.office_staff)
    page = office.get(reverse("review"))
    assert [(g.name, [c.report for c in g.cases]) for g in page.context["groups"]] == [
        ("有疑点", [doubtful]),
        ("无须细看", [plain]),
    ]
    assert "23倍" in page.content.decode()
    assert "数值无疑点；绿灯不变；按时上报；没有新的堵点" in page.content.decode()
    answer = office.post(reverse("review"), {"act": "approve-plain", "plain": [plain.pk, doubtful.pk]}, follow=True)
    assert "有须细看之处" in answer.content.decode()
    assert Report.objects.get(pk=plain.pk).state == ReportState.APPROVED
    assert Report.objects.get(pk=doubtful.pk).state == ReportState.SUBMITTED


def test_what_another_just_decided_is_told(stage: Stage, june: Round, visit: Visit) -> None:
    report = stage.submit(june, stage.task("jobs"), content_for(stage.task("jobs"), "2"))
    visit(stage.cast.office_head).post(reverse("review"), {"act": "approve", "report": report.pk})
    late = visit(stage.cast.office_staff).post(
        reverse("review"), {"act": "send-back", "report": report.pk, "note": "x"}
    )
    assert late.status_code == 422
    assert "不在待审核之列" in late.content.decode()


def test_one_refused_report_does_not_hold_up_the_others(stage: Stage, june: Round, visit: Visit) -> None:
    first = stage.submit(june, stage.task("jobs"), content_for(stage.task("jobs"), "2"))
    second = stage.submit(june, stage.task("prices"), unremarkable(stage.task("prices"), "1.1"))
    send_back_report(report=first, note="口径不符", actor=stage.cast.office_head, now=NOW)
    office = visit(stage.cast.office_staff)
    page = office.post(reverse("review"), {"act": "approve-plain", "plain": [first.pk, second.pk]}, follow=True)
    second.refresh_from_db()
    assert second.state == ReportState.APPROVED
    html = page.content.decode()
    assert "已通过1项。" in html
    assert "1项没有通过" in html
    assert str(first.task) in html


def test_an_act_nobody_knows_approves_nothing(stage: Stage, june: Round, visit: Visit) -> None:
    report = stage.submit(june, stage.task("jobs"), content_for(stage.task("jobs"), "2"))
    assert visit(stage.cast.office_staff).post(reverse("review"), {"act": "x", "report": report.pk}).status_code == 404
    report.refresh_from_db()
    assert report.state == ReportState.SUBMITTED


def test_nobody_signs_or_approves_another_text_than_the_one_read(stage: Stage, june: Round, visit: Visit) -> None:
    report = stage.submit(june, stage.task("jobs"), content_for(stage.task("jobs"), "2"))
    stale = {"act": "approve", "report": report.pk, f"revision-{report.pk}": report.revision - 1}
    refused = visit(stage.cast.office_staff).post(reverse("review"), stale)
    assert refused.status_code == 422
    assert "刚有变动" in refused.content.decode()
    report.refresh_from_db()
    assert report.state == ReportState.SUBMITTED


def test_a_note_is_short_enough_to_be_read(stage: Stage, june: Round, visit: Visit) -> None:
    report = stage.submit(june, stage.task("jobs"), content_for(stage.task("jobs"), "2"))
    long = {"act": "send-back", "report": report.pk, "note": "长" * 501}
    assert "最多500字" in visit(stage.cast.office_staff).post(reverse("review"), long).content.decode()
