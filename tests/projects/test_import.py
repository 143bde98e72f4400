"""A ledger sheet: read cell by cell, looked at, taken in whole or not at all."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from duixian.audit.command import InvalidInput, NotAllowed, WrongState
from duixian.projects.commands import apply_sheet, stage_sheet
from duixian.projects.enums import ProjectKind, ProjectStage
from duixian.projects.models import Project, ProjectSheet
from duixian.projects.sheet import LedgerSheet, read_ledger, template
from duixian.sheets import SheetError, workbook_bytes
from duixian.units.queries import directory_of
from tests.cast import Cast
from tests.projects.conftest import NOW, Enter

HEAD = [
    "序号",
    "项目名称",
    "建设性质",
    "阶段",
    "所在县区",
    "责任单位",
    "总投资(万元)",
    "年度计划投资",
    "本年完成投资",
    "开工日期",
    "进展情况",
]
GOOD = [
    [1, "云溪 机场", "新建", "开工", "云东区", "市住建局", "９０，０００", 1000, 300, "2026年3月1日", "主体施工"],
    [2, "老路改造", "续建", "在建", None, "市住房和城乡建设局", 5000, 800, None, date(2025, 4, 1), None],
    ["合计", None, None, None, None, None, 95000, 1800, 300, None, None],
]


def book(rows: list[list[Any]], head: list[str] = HEAD) -> bytes:
    made = Workbook()
    sheet = made.active
    sheet.append(["云溪市2026年重点项目台账"])
    sheet.merge_cells("A1:K1")
    sheet.append(head)
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(cast: Cast, rows: list[list[Any]], head: list[str] = HEAD) -> LedgerSheet:
    return read_ledger(book(rows, head), "台账.xlsx", directory=directory_of(cast.city), today=NOW.date())


def stage(cast: Cast, rows: list[list[Any]]) -> ProjectSheet:
    said = read(cast, rows)
    assert not said.faults
    return stage_sheet(
        government=cast.city, file_name="台账.xlsx", year=2026, rows=said.rows, actor=cast.office_staff, now=NOW
    )


def apply(cast: Cast, rows: list[list[Any]]) -> dict[str, int]:
    return apply_sheet(sheet=stage(cast, rows), actor=cast.office_staff, now=NOW)


def test_a_sheet_is_taken_in(cast: Cast) -> None:
    rows = [GOOD[0], [*GOOD[1][:5], "市住建局", *GOOD[1][6:]], GOOD[2]]
    assert apply(cast, rows) == {"new": 2, "changed": 0, "told": 1}
    airport, road = Project.objects.order_by("pk")
    assert (airport.name, airport.kind, airport.stage) == ("云溪机场", ProjectKind.NEW, ProjectStage.STARTED)
    assert (airport.county, airport.total_investment) == (cast.county.unit, Decimal(90000))
    assert airport.progress.get().invested == 300
    assert (road.started_on, road.county, road.years.get().planned_investment) == (date(2025, 4, 1), None, 800)


def test_the_same_sheet_twice_changes_nothing(cast: Cast) -> None:
    rows = [GOOD[0]]
    apply(cast, rows)
    assert apply(cast, rows) == {"new": 0, "changed": 0, "told": 0}
    assert apply(cast, [[*GOOD[0][:8], 350, *GOOD[0][9:]]]) == {"new": 0, "changed": 0, "told": 1}
    assert [p.invested for p in Project.objects.get().progress.all()] == [350, 300]


def test_a_sheet_is_applied_once(cast: Cast) -> None:
    sheet = stage(cast, [GOOD[0]])
    apply_sheet(sheet=sheet, actor=cast.office_staff, now=NOW)
    with pytest.raises(WrongState, match="已经导入过"):
        apply_sheet(sheet=sheet, actor=cast.office_staff, now=NOW)


def test_every_cell_that_cannot_be_is_named(cast: Cast) -> None:
    rows = [
        [1, "甲", "改建", "开工", "火星县", "市住建局", "约9亿", 1000, -3, "6月底", ""],
        [2, "", "新建", "开工", "", "", 1, 1, None, None, "没有名称"],
        [3, "乙", "新建", "竣工", "", "", 1, 1, None, date(2027, 1, 1), ""],
        [4, "丙", "新建", "", "", "", 1, 1, None, None, ""],
        [5, "丙", "新建", "", "", "", 1, 1, None, None, ""],
    ]
    said = read(cast, rows)
    told = {f.address: f.message for f in said.faults}
    assert {"C3", "E3", "G3", "I3", "J3", "B4", "J5", "B7"} == set(told)
    assert "不在可选之列" in told["C3"]
    assert "没有登记过“火星县”" in told["E3"]
    assert "与第6行重复" in told["B7"]


def test_a_foreign_sheet_is_refused(cast: Cast) -> None:
    with pytest.raises(SheetError, match="没有找到“项目名称”列"):
        read(cast, [[1, 2]], ["姓名", "电话"])


def test_nothing_is_half_applied(cast: Cast, enter: Enter) -> None:
    """Between the look and the decision somebody entered what the sheet calls by another number."""
    sheet = stage(cast, [GOOD[0], [2, "乙项目", "新建", "储备", "", "", 1, 1, None, None, ""]])
    sheet.rows[1]["entry"]["owner"] = "长" * 300
    sheet.save()
    with pytest.raises(InvalidInput, match=r"第4行.*整张表没有导入"):
        apply_sheet(sheet=sheet, actor=cast.office_staff, now=NOW)
    assert not Project.objects.exists()


def test_only_the_office_takes_sheets_in(cast: Cast) -> None:
    sheet = stage(cast, [GOOD[0]])
    with pytest.raises(NotAllowed):
        apply_sheet(sheet=sheet, actor=cast.county.liaison, now=NOW)


def test_the_form_that_goes_out_comes_back(cast: Cast) -> None:
    form = workbook_bytes([template(["云东区政府"], [["", "云溪机场", "新建", "储备", "", "云东区政府"]])])
    said = read_ledger(form, "台账.xlsx", directory=directory_of(cast.city), today=NOW.date())
    assert not said.faults
    assert [(r.entry.name, r.entry.county) for r in said.rows] == [("云溪机场", cast.county.unit)]


def test_a_name_that_has_moved_on_means_another_project(cast: Cast) -> None:
    """By its number a row renames the project whose old name a later row gives to a new one."""
    head = ["项目编号", "项目名称", "建设性质", "阶段"]
    for rows in (
        [["A-1", "老路改造", "续建", "在建"]],
        [["A-1", "机场", "续建", "在建"], ["", "老路改造", "新建", "前期"]],
    ):
        sheet = stage_sheet(
            government=cast.city,
            file_name="台账.xlsx",
            year=2026,
            rows=read(cast, rows, head).rows,
            actor=cast.office_staff,
            now=NOW,
        )
        apply_sheet(sheet=sheet, actor=cast.office_staff, now=NOW)
    assert list(Project.objects.order_by("pk").values_list("number", "name")) == [("A-1", "机场"), ("", "老路改造")]


def test_a_known_sheet_asks_no_more_for_more_rows(cast: Cast) -> None:
    """Held against the ledger as a whole, not row by row."""
    rows = [[n, f"项目{n}", "新建", "开工", "云东区", "市住建局", 90, 10, 3, None, "主体施工"] for n in (1, 2, 3)]
    apply(cast, rows)
    asked = []
    for some in (rows[:1], rows):
        sheet = stage(cast, some)
        with CaptureQueriesContext(connection) as queries:
            assert apply_sheet(sheet=sheet, actor=cast.office_staff, now=NOW) == {"new": 0, "changed": 0, "told": 0}
        asked.append(len(queries))
    assert asked[0] == asked[1]
