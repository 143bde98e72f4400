"""项目: found, told of, taken in from a sheet; what one may not see is not there."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from duixian.projects.commands import enter_project, record_progress
from duixian.projects.entries import ProjectEntry
from duixian.projects.enums import Measure, ProjectKind, ProjectStage
from duixian.projects.models import MeasureBinding, Project, ProjectSheet
from tests.console.conftest import NOW, Visit
from tests.factories.play import Stage


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as context:
        client.get(url)
    return len(context)


def enter(play: Stage, name: str, **said: object) -> Project:
    entry = ProjectEntry(
        **{  # type: ignore[arg-type]
            "name": name,
            "kind": ProjectKind.NEW,
            "stage": ProjectStage.STARTED,
            "county": play.cast.county.unit,
            "lead_unit": play.cast.building.unit,
            "planned_investment": Decimal(1000),
            "started_on": date(2026, 3, 1),
            **said,
        }
    )
    return enter_project(government=play.cast.city, entry=entry, year=2026, actor=play.cast.office_staff, now=NOW)


def sheet_of(*rows: list[object]) -> SimpleUploadedFile:
    book = Workbook()
    for row in (["项目名称", "建设性质", "县区", "年度计划投资", "本年完成投资"], *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("台账.xlsx", out.getvalue())


def test_the_ledger_with_its_rates(stage: Stage, visit: Visit) -> None:
    project = enter(stage, "云溪机场")
    enter(stage, "老路改造", kind=ProjectKind.CONTINUED, stage=ProjectStage.UNDER_WAY)
    record_progress(
        project=project,
        on=date(2026, 6, 30),
        invested=Decimal(300),
        words="封顶",
        actor=stage.cast.office_staff,
        now=NOW,
    )
    page = visit(stage.cast.leader).get(reverse("projects"))
    text = page.content.decode()
    assert "云溪机场" in text
    assert "封顶" in text
    whole, county = page.context["rates"]
    assert [m.value for m in whole.rates] == [0, 100, None, 15]
    assert county.county == stage.cast.county.unit
    assert "登记项目" not in text


@pytest.mark.parametrize("query", ["", "?view=pipeline", "?view=signed", "?view=silent", "?q=机场&stage=STARTED"])
def test_no_more_queries_for_more_projects(query: str, stage: Stage, visit: Visit) -> None:
    office = visit(stage.cast.office_head)
    enter(stage, "甲机场")
    office.get(reverse("projects"))
    one = queries(office, reverse("projects") + query)
    for name in ("乙机场", "丙机场"):
        enter(stage, name)
    assert queries(office, reverse("projects") + query) == one


def test_what_one_may_not_see_is_not_there(stage: Stage, visit: Visit) -> None:
    project = enter(stage, "云溪机场")
    url = reverse("project", args=[project.pk])
    seen = {name for name, who in stage.cast.everybody.items() if visit(who).get(url).status_code == 200}
    assert seen == {
        "office_head", "office_staff", "leader", "auditor", "other_liaison", "other_head", "county_liaison",
        "county_head",
    }  # fmt: skip
    labour = visit(stage.cast.labour.liaison)
    assert labour.get(reverse("projects")).context["total"] == 0
    book = load_workbook(io.BytesIO(labour.get(reverse("project-export")).content))
    assert "云溪机场" not in [c.value for row in book.active for c in row]
    office_only = ("project-new", "project-import", "project-form", "project-measures")
    for name in office_only:
        assert visit(stage.cast.county.liaison).get(reverse(name)).status_code == 404
        assert visit(stage.cast.leader).get(reverse(name)).status_code == 404


def test_a_county_tells_and_is_told_what_to_mend(stage: Stage, visit: Visit) -> None:
    project = enter(stage, "云溪机场")
    url = reverse("project", args=[project.pk])
    county = visit(stage.cast.county.liaison)
    said = {"act": "tell", "on": "2026-07-05", "stage": "UNDER_WAY", "invested": "250.5", "words": "主体施工"}
    assert county.post(url, said).status_code == 302
    wrong = county.post(url, said | {"invested": "100", "words": "改了"})
    assert wrong.status_code == 422
    assert "不应少于此前报的250.5万元" in wrong.content.decode()
    assert "改了" in wrong.content.decode()
    assert county.post(url, {"act": "link", "tasks": "1"}).status_code == 404
    assert [p.words for p in project.progress.all()] == ["主体施工"]


def test_nodes_by_lines(stage: Stage, visit: Visit) -> None:
    project = enter(stage, "云溪机场")
    url = reverse("project", args=[project.pk])
    building = visit(stage.cast.building.liaison)
    wrong = building.post(url, {"act": "nodes", "nodes": "2026-06-30 主体封顶\n年底 试飞"})
    assert "第2行“年底 试飞”" in wrong.content.decode()
    assert not project.milestones.exists()
    building.post(url, {"act": "nodes", "nodes": "2026-06-30 主体封顶\n11月1日 试飞"})
    node = project.milestones.first()
    assert node is not None
    building.post(url, {"act": "done", "milestone": node.pk})
    assert [(m.name, m.due_on, m.done_on) for m in project.milestones.all()] == [
        ("主体封顶", date(2026, 6, 30), NOW.date()),
        ("试飞", date(2026, 11, 1), None),
    ]


def test_a_project_is_entered_changed_and_dropped(stage: Stage, visit: Visit) -> None:
    office = visit(stage.cast.office_staff)
    said = {"name": "云溪机场", "kind": "NEW", "stage": "PREPARATION", "planned_investment": "120.5"}
    office.post(reverse("project-new"), said)
    project = Project.objects.get()
    assert office.post(reverse("project-new"), said).status_code == 422
    office.post(reverse("project-change", args=[project.pk]), said | {"owner": "机场集团", "stage": "PIPELINE"})
    project.refresh_from_db()
    assert (project.owner, project.stage) == ("机场集团", ProjectStage.PIPELINE)
    url = reverse("project", args=[project.pk])
    assert "没有第九十九项" in office.post(url, {"act": "link", "tasks": "九十九"}).content.decode()
    office.post(url, {"act": "link", "tasks": "第1项、7"})
    assert sorted(t.number for t in project.tasks.all()) == ["1", "7"]
    office.post(url, {"act": "drop", "reason": "终止"})
    assert office.get(reverse("projects")).context["total"] == 0


def test_a_sheet_is_looked_at_then_taken_in(stage: Stage, visit: Visit) -> None:
    office = visit(stage.cast.office_staff)
    wrong = office.post(reverse("project-import"), {"sheet": sheet_of(["甲", "改建", "火星", 1, "x"])})
    text = wrong.content.decode()
    assert wrong.status_code == 422
    assert all(f"<b>{cell}</b>" in text for cell in ("B2", "C2", "E2"))
    kept = office.post(
        reverse("project-import"), {"sheet": sheet_of(["甲", "新建", "云东区", 100, 20], ["乙", "续建", "", 50, ""])}
    )
    page = office.get(kept["Location"])
    assert page.context["new"] == 2
    assert not Project.objects.exists()
    office.post(kept["Location"])
    assert Project.objects.count() == 2
    assert office.post(kept["Location"]).status_code == 409
    again = office.post(reverse("project-import"), {"sheet": sheet_of(["甲", "新建", "云东区", 100, 20])})
    assert office.get(again["Location"]).context["changes"] == []
    other = visit(stage.cast.outsider)
    assert other.get(reverse("project-sheet", args=[ProjectSheet.objects.first().pk])).status_code == 404  # type: ignore[union-attr]


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04" + b"x" * 100])
def test_a_file_that_is_no_sheet_is_refused(content: bytes, stage: Stage, visit: Visit) -> None:
    response = visit(stage.cast.office_staff).post(
        reverse("project-import"), {"sheet": SimpleUploadedFile("a.xlsx", content)}
    )
    assert response.status_code == 422
    assert not ProjectSheet.objects.exists()


def test_what_is_exported_is_what_is_seen_and_comes_in_again(stage: Stage, visit: Visit) -> None:
    enter(stage, "=云溪机场")
    enter(stage, "老路改造", kind=ProjectKind.CONTINUED)
    office = visit(stage.cast.office_staff)
    content = office.get(reverse("project-export") + "?kind=NEW").content
    sheet = load_workbook(io.BytesIO(content)).active
    names = [row[1].value for row in sheet if row[1].value]
    assert names == ["*项目名称", "=云溪机场"]
    again = office.post(reverse("project-import"), {"sheet": SimpleUploadedFile("a.xlsx", content)})
    assert office.get(again["Location"]).context["changes"] == []


def test_a_promise_is_measured_from_the_ledger(stage: Stage, visit: Visit) -> None:
    office, target = visit(stage.cast.office_staff), stage.target("resuming")
    enter(stage, "老路", kind=ProjectKind.CONTINUED, resumed_on=date(2026, 3, 1))
    page = office.get(reverse("project-measures"))
    assert page.context["rows"][0][2] is Measure.RESUMPTION_RATE
    office.post(reverse("project-measures"), {"target": target.pk, "measure": "RESUMPTION_RATE"})
    assert "<b>100</b>%" in office.get(reverse("project-measures")).content.decode()
    office.post(reverse("project-measures"), {"target": target.pk, "measure": ""})
    assert not MeasureBinding.objects.exists()
