"""审签 and 审核: the head signs or gives back, the office approves or sends back."""

from django.urls import reverse

from duixian.reporting.enums import ReportState
from duixian.reporting.models import Report, Round
from tests.console.conftest import Visit
from tests.factories.play import Stage, content_for


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
    plain = stage.submit(june, stage.task("gdp"), content_for(stage.task("gdp"), "1.1"))
    doubtful = stage.submit(june, stage.task("jobs"), content_for(stage.task("jobs"), "23", is_confirmed=True))
    office = visit(stage.cast.office_staff)
    page = office.get(reverse("review"))
    assert [s.report for s in page.context["doubtful"]] == [doubtful]
    assert [s.report for s in page.context["plain"]] == [plain]
    assert "23倍" in page.content.decode()
    office.post(reverse("review"), {"act": "approve-plain", "plain": [plain.pk]})
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
