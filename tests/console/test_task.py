"""任务 and 原文: the promise as printed, beside its progress."""

from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from duixian.console.marks import Mark, marked
from duixian.reporting.commands import reopen_report
from duixian.reporting.models import Round
from tests.cast import at
from tests.console.conftest import Visit
from tests.factories.play import Stage, content_for

MARKS = st.builds(
    lambda start, length, number: Mark(start, start + length, number, "target", ""),
    st.integers(0, 60),
    st.integers(0, 40),
    st.integers(1, 9),
)


@given(st.text(max_size=50), st.integers(0, 20), st.lists(MARKS, max_size=6))
def test_marking_loses_nothing(text: str, offset: int, marks: list[Mark]) -> None:
    assert "".join(piece.text for piece in marked(text, offset, marks)) == text


def test_nested_marks_show_the_narrower() -> None:
    pieces = marked("新增贷款400亿元", 10, [Mark(10, 19, 1, "outcome", ""), Mark(14, 19, 2, "target", "")])
    assert [(p.text, p.kind, p.numbers) for p in pieces] == [("新增贷款", "outcome", ()), ("400亿元", "target", (1, 2))]


def test_the_page_shows_the_words_the_standing_and_the_year(stage: Stage, june: Round, visit: Visit) -> None:
    page = visit(stage.cast.leader).get(reverse("task", args=[stage.task("jobs").pk]))
    html = page.content.decode()
    assert '<span class="mark-target"' in html
    assert "红灯，" in html
    assert stage.task("jobs").reason in html
    cells = {cell.month.month: cell for cell in page.context["charts"][0][1].cells}
    assert (cells[5].actual, cells[5].light) == ("1.0", "RED")
    assert cells[6].actual == cells[12].actual == ""


def test_blank_is_not_zero_in_the_year(stage: Stage, june: Round, visit: Visit) -> None:
    chart = visit(stage.cast.leader).get(reverse("task", args=[stage.task("jobs").pk])).context["charts"][0][1]
    assert chart.data["actual"][5] is None
    assert 0 not in chart.data["actual"]


def test_history_tells_changes_and_what_became_of_reports(stage: Stage, june: Round, visit: Visit) -> None:
    html = visit(stage.cast.leader).get(reverse("task", args=[stage.task("jobs").pk])).content.decode()
    assert "labour-head签" in html
    assert "office审核，已通过" in html


def test_whose_move_it_is(stage: Stage, june: Round, visit: Visit) -> None:
    jobs = stage.task("jobs")
    leader = visit(stage.cast.leader)
    turn = lambda: leader.get(reverse("task", args=[jobs.pk])).context["turn"]  # noqa: E731
    assert turn() == "市人社局填报6月进展"
    stage.submit(june, jobs, content_for(jobs, "2"))
    assert turn() == "督查室审核（6月）"


def test_an_approved_report_can_be_reopened_by_the_office_alone(stage: Stage, june: Round, visit: Visit) -> None:
    jobs = stage.task("jobs")
    report = stage.approve(june, jobs, content_for(jobs, "2"))
    url = reverse("task", args=[jobs.pk])
    assert "重开更正" in visit(stage.cast.office_head).get(url).content.decode()
    assert "重开更正" not in visit(stage.cast.leader).get(url).content.decode()
    visit(stage.cast.office_head).post(reverse("review"), {"act": "reopen", "report": report.pk, "note": "数有误"})
    report.refresh_from_db()
    assert (report.state, report.note) == ("SENT_BACK", "数有误")


def test_the_source_holds_its_whole_text_and_anchors_what_one_sees(stage: Stage, visit: Visit) -> None:
    url = reverse("source", args=[stage.plan.source_id])
    page = visit(stage.cast.leader).get(url)
    passages = page.context["passages"]
    assert "".join(p.text for passage in passages for p in passage.pieces) == stage.plan.source.text
    assert 'id="t5"' in page.content.decode()
    liaison = visit(stage.cast.labour.liaison).get(url).content.decode()
    assert 'id="t5"' in liaison
    assert 'id="t8"' not in liaison


def test_reopening_keeps_the_grade(stage: Stage, june: Round) -> None:
    jobs = stage.task("jobs")
    report = stage.approve(june, jobs, content_for(jobs, "4.9"))
    reopen_report(report=report, note="口径", actor=stage.cast.office_head, now=at(7, 8))
    assert stage.task("jobs").light == "BLUE"
