"""A unit's month by file: the sheet out and in, and the unit's own report. Nothing is half taken in."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import Workbook, load_workbook

from duixian.register.models import Task
from duixian.reporting.content import FigureEntry, ReportContent
from duixian.reporting.enums import ReportState
from duixian.reporting.models import MonthProposal, Report, Round
from tests.console.conftest import Visit
from tests.console.test_stocktake import fill, form_of, month, row_of
from tests.factories.play import Stage, content_for

Edit = Callable[[Any], None]


def sheet_url(stage: Stage, name: str = "市人社局") -> str:
    return reverse("month-sheet", args=[stage.cast.units[name].pk])


def downloaded(client: Client, stage: Stage, name: str = "市人社局") -> Any:
    response = client.get(sheet_url(stage, name))
    assert response.status_code == 200
    return load_workbook(io.BytesIO(response.content))


def packed(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(client: Client, stage: Stage, data: bytes, name: str = "填报.xlsx", unit: str = "市人社局") -> Any:
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("month-upload", args=[stage.cast.units[unit].pk]), {"file": file, "month": "2026-06"})


def places(sheet: Any) -> tuple[int, dict[str, int]]:
    """The header's row, and label -> column."""
    for row in sheet.iter_rows():
        labels = {str(cell.value): cell.column for cell in row if cell.value}
        if "行标识（勿改）" in labels:
            return row[0].row, labels
    raise AssertionError("no header")


def put(sheet: Any, task: Task, **values: object) -> None:
    """Fill in the first line of a task by the columns' labels."""
    head, columns = places(sheet)
    for row in range(head + 1, sheet.max_row + 1):
        if f"/{task.pk}/" in str(sheet.cell(row, columns["行标识（勿改）"]).value):
            for label, value in values.items():
                sheet.cell(row, columns[label]).value = value
            return
    raise AssertionError("no such line")


def test_a_sheet_goes_out_and_comes_back_in_three_steps(stage: Stage, june: Round, visit: Visit) -> None:
    liaison, jobs = visit(stage.cast.labour.liaison), stage.task("jobs")
    book = downloaded(liaison, stage)
    put(book.active, jobs, 本月累计完成="２．３", 本月情况="新增1.3万人。", 下一步="办招聘会。")
    response = upload(liaison, stage, packed(book))
    assert response.status_code == 302
    page = liaison.get(response["Location"])
    changes = {c.label: (c.before, c.after) for one in page.context["rows"] for c in one.changes}
    assert changes["情况"] == ("", "新增1.3万人。")
    assert ("", "2.3") in changes.values()
    assert not Report.objects.filter(round=june).exists()
    assert liaison.post(response["Location"], {"act": "send"}).status_code == 302
    report = Report.objects.get(round=june)
    assert (report.task, report.state) == (jobs, ReportState.SENT_UP)


def test_last_month_stands_in_the_sheet(stage: Stage, june: Round, visit: Visit) -> None:
    sheet = downloaded(visit(stage.cast.labour.liaison), stage).active
    head, columns = places(sheet)
    assert sheet.column_dimensions["A"].hidden
    assert (sheet.cell(head + 1, columns["上月完成"]).value, sheet.cell(head + 1, columns["应达"]).value) == (
        "1",
        "2.4",
    )


def _sort(sheet: Any) -> None:
    head, _columns = places(sheet)
    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=head + 1)]
    for number, values in enumerate(reversed(rows), head + 1):
        for column, value in enumerate(values, 1):
            sheet.cell(number, column).value = value


def _insert(sheet: Any) -> None:
    head, columns = places(sheet)
    sheet.insert_rows(head + 1, 2)
    sheet.cell(head + 1, columns["任务与分项"]).value = "（以下由办公室填）"


def _drop_columns(sheet: Any) -> None:
    for label in ("上月情况", "应达", "堵点"):
        sheet.delete_cols(places(sheet)[1][label])


@pytest.mark.parametrize("edit", [_sort, _insert, _drop_columns])
def test_keys_survive_what_people_do_to_sheets(edit: Edit, stage: Stage, june: Round, visit: Visit) -> None:
    liaison, jobs = visit(stage.cast.labour.liaison), stage.task("jobs")
    fill(liaison, month(stage), jobs, "2.1", blocker="缺岗位")
    book = downloaded(liaison, stage)
    put(book.active, jobs, 本月累计完成=2.3)
    edit(book.active)
    response = upload(liaison, stage, packed(book))
    assert response.status_code == 302, response.content.decode()
    proposal = MonthProposal.objects.get()
    content = ReportContent.from_dict(proposal.rows[str(jobs.pk)]["content"])
    assert list(proposal.rows) == [str(jobs.pk)]
    assert (str(content.figures[0].value), content.account) == ("2.3", "已新增1万人。")


def test_faults_are_told_by_cell_and_nothing_is_taken(stage: Stage, june: Round, visit: Visit) -> None:
    liaison = visit(stage.cast.labour.liaison)
    book = downloaded(liaison, stage)
    put(book.active, stage.task("jobs"), 本月累计完成="两万多", 本月情况="好。")
    put(book.active, stage.task("coverage"), 本月累计完成=-1)
    response = upload(liaison, stage, packed(book))
    assert response.status_code == 422
    assert "两万多" in response.content.decode()
    assert not MonthProposal.objects.exists()
    # what is no number is told first; mended, the negative count is told at its cell
    put(book.active, stage.task("jobs"), 本月累计完成=2.3)
    fault = upload(liaison, stage, packed(book)).context["faults"][0]
    head, columns = places(book.active)
    assert "负数" in fault.message
    assert fault.address == book.active.cell(head + 3, columns["本月累计完成"]).coordinate


def test_a_formula_nobody_worked_out_is_told_and_not_read_as_blank(stage: Stage, june: Round, visit: Visit) -> None:
    liaison, jobs = visit(stage.cast.labour.liaison), stage.task("jobs")
    book = downloaded(liaison, stage)
    put(book.active, jobs, 本月累计完成="=1+1.3", 本月情况="好。", 应达="=3-1")
    told = upload(liaison, stage, packed(book)).context["faults"]
    head, columns = places(book.active)
    assert [(f.address, f.message) for f in told] == [
        (
            book.active.cell(head + 1, columns["本月累计完成"]).coordinate,
            "公式没有算出的值，请在Excel里打开保存一次再传",
        )
    ]
    own = Workbook()
    own.active.append(["城镇新增就业", "=2+0.3", "万人"])
    assert [f.address for f in upload(liaison, stage, packed(own), "月报.xlsx").context["faults"]] == ["B1"]
    assert not MonthProposal.objects.exists()


def test_merged_cells_and_days_as_words_are_read(stage: Stage, june: Round, visit: Visit) -> None:
    """The words of a task of two lines merged over both; a day typed as 2026.6.18."""
    builder, roads = visit(stage.cast.building.liaison), stage.task("roads")
    book = downloaded(builder, stage, "市住建局")
    sheet = book.active
    head, columns = places(sheet)
    keys = [str(sheet.cell(row, columns["行标识（勿改）"]).value) for row in range(head + 1, sheet.max_row + 1)]
    rows = [head + 1 + n for n, key in enumerate(keys) if f"/{roads.pk}/" in key]
    sheet.cell(rows[0], columns["进展"]).value = "已达到"
    sheet.cell(rows[0], columns["达到日期"]).value = "2026.6.18"
    sheet.cell(rows[0], columns["本月情况"]).value = "两条都在推进。"
    if len(rows) > 1:
        letter = sheet.cell(rows[0], columns["本月情况"]).column_letter
        sheet.merge_cells(f"{letter}{rows[0]}:{letter}{rows[-1]}")
    response = upload(builder, stage, packed(book), unit="市住建局")
    assert response.status_code == 302, [str(f) for f in response.context["faults"]]
    content = ReportContent.from_dict(MonthProposal.objects.get().rows[str(roads.pk)]["content"])
    assert content.account == "两条都在推进。"
    assert [n.done_on for n in content.nodes if n.progress == "REACHED"] == [date(2026, 6, 18)]
    assert len(rows) > 1


def words_of(*paragraphs: str) -> bytes:
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_months_own_figure_is_laid_on_the_last_sum(stage: Stage, june: Round, visit: Visit) -> None:
    """May stood at 1: 0.4 more in June are 1.4, and the form says how it came to that."""
    liaison, jobs = visit(stage.cast.labour.liaison), stage.task("jobs")
    report = words_of("市人社局6月工作情况", "一、城镇新增就业。6月，城镇新增就业0.4万人，举办招聘会3场。")
    page = liaison.get(upload(liaison, stage, report, "6月.docx")["Location"])
    [item] = row_of(page, jobs).figures
    assert (item.value, item.source) == ("1.4", "城镇新增就业0.4万人（当月数，加上月累计1）")


def test_a_months_own_figure_without_a_last_sum_is_no_value(stage: Stage, visit: Visit) -> None:
    stage.open(6)
    liaison, jobs = visit(stage.cast.labour.liaison), stage.task("jobs")
    report = words_of("市人社局6月工作情况", "一、城镇新增就业。6月，城镇新增就业0.4万人，举办招聘会3场。")
    page = liaison.get(upload(liaison, stage, report, "6月.docx")["Location"])
    [item] = row_of(page, jobs).figures
    assert item.value == ""
    assert "不知上月累计" in item.source


def test_the_units_own_report_may_be_a_workbook(stage: Stage, june: Round, visit: Visit) -> None:
    """Its ordinary table of the month: no column of keys, figures by their names."""
    book = Workbook()
    for line in (
        ["市人社局2026年6月重点工作进展"],
        ["序号", "指标", "计量单位", "1—6月累计完成", "进展情况"],
        [1, "城镇新增就业", "万人", 2.3, "举办招聘会12场。"],
        [2, "社区养老设施覆盖率", "%", 61, "新建站点6处。"],
    ):
        book.active.append(line)
    liaison = visit(stage.cast.labour.liaison)
    response = upload(liaison, stage, packed(book), "6月进展.xlsx")
    assert response.status_code == 302, response.context["upload"].refusal
    page = liaison.get(response["Location"])
    assert [f.value for f in row_of(page, stage.task("jobs")).figures] == ["2.3"]
    assert [f.value for f in row_of(page, stage.task("coverage")).figures] == ["61"]


def test_a_copied_line_is_told(stage: Stage, june: Round, visit: Visit) -> None:
    liaison = visit(stage.cast.labour.liaison)
    book = downloaded(liaison, stage)
    head, _columns = places(book.active)
    book.active.append([c.value for c in book.active[head + 1]])
    assert "同一行" in upload(liaison, stage, packed(book)).context["faults"][0].message


def with_macros(data: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    return out.getvalue()


def test_what_is_no_sheet_of_this_unit_and_month_is_refused(stage: Stage, june: Round, visit: Visit) -> None:
    liaison = visit(stage.cast.labour.liaison)
    others = visit(stage.cast.building.liaison).get(sheet_url(stage, "市住建局")).content
    may = liaison.get(sheet_url(stage), {"month": "2026-05"}).content
    foreign = Workbook()
    foreign.active.append(["姓名", "电话"])
    foreign.active.append(["张三", "1380"])
    told = {
        "别的单位": others,
        "2026-05的表": may,
        "没有从": packed(foreign),
        "不是 Excel 表格": liaison.get(sheet_url(stage)).content[:2000],
        "带有宏": with_macros(liaison.get(sheet_url(stage)).content),
        "超过10MB": b"PK" + bytes(11 * 1024 * 1024),
    }
    for words, data in told.items():
        response = upload(liaison, stage, data)
        assert response.status_code == 422
        assert words in response.context["upload"].refusal, response.context["upload"].refusal
    assert not MonthProposal.objects.exists()


def test_an_edit_made_meanwhile_is_shown_and_not_overwritten_unseen(stage: Stage, june: Round, visit: Visit) -> None:
    liaison, jobs = visit(stage.cast.labour.liaison), stage.task("jobs")
    book = downloaded(liaison, stage)
    put(book.active, jobs, 本月累计完成=2.3, 本月情况="表里写的。")
    address = upload(liaison, stage, packed(book))["Location"]
    page = liaison.get(address)
    seen = {f"revision-{jobs.pk}": str(page.context["rows"][0].row.revision)}
    fill(visit(stage.cast.labour.head), month(stage), jobs, "2.2", account="负责人写的。")
    assert liaison.post(address, seen | {"act": "save"}).status_code == 422
    again = liaison.get(address)
    assert again.context["rows"][0].is_newer
    assert "负责人写的。" in again.content.decode()
    seen = {f"revision-{jobs.pk}": str(again.context["rows"][0].row.revision)}
    assert liaison.post(address, seen | {"act": "save"}).status_code == 302
    assert Report.objects.get(round=june).account == "表里写的。"


def test_others_neither_download_nor_upload(stage: Stage, june: Round, visit: Visit) -> None:
    builder = visit(stage.cast.building.liaison)
    assert builder.get(sheet_url(stage)).status_code == 404
    assert upload(builder, stage, b"x").status_code == 404
    leader = visit(stage.cast.leader)
    assert leader.get(sheet_url(stage)).status_code == 200
    assert upload(leader, stage, b"x").status_code == 404


def own_report() -> bytes:
    """What the unit writes every month anyway."""
    document = Document()
    document.add_heading("市人社局2026年6月重点工作进展情况报告", 0)
    document.add_paragraph("现将我局6月份重点任务进展情况报告如下。")
    document.add_paragraph(
        "一、城镇新增就业。1—6月，全市城镇新增就业23000人，完成年度目标的48%。举办招聘会12场。下一步，组织专场招聘会。"
    )
    document.add_paragraph(
        "二、居民收入。上半年居民收入增长5.8%，与经济增长同步。存在问题：增收渠道不宽。下一步，抓好技能培训。"
    )
    document.add_paragraph("三、社区养老设施覆盖率。截至6月底，社区养老设施覆盖率达到61%。下一步，加快剩余站点建设。")
    document.add_paragraph("四、机关党建。召开支部大会2次，开展主题党日活动，讲授党课并走访困难群众。")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_the_units_own_report_fills_the_form(stage: Stage, june: Round, visit: Visit) -> None:
    liaison, jobs = visit(stage.cast.labour.liaison), stage.task("jobs")
    response = upload(liaison, stage, own_report(), "6月进展.docx")
    assert response.status_code == 302, response.content.decode()
    assert not Report.objects.filter(round=june).exists()
    page = liaison.get(response["Location"])
    row = row_of(page, jobs)
    assert (row.figures[0].value, row.figures[0].source) == ("2.3", "城镇新增就业23000人")
    assert row.texts["account"] == "1—6月，全市城镇新增就业23000人，完成年度目标的48%。举办招聘会12场。"
    assert row.texts["next_step"] == "下一步，组织专场招聘会。"
    assert row_of(page, stage.task("income")).texts["blocker"] == "存在问题：增收渠道不宽。"
    assert [f.value for f in row_of(page, stage.task("coverage")).figures] == ["61"]
    assert any("党建" in words for words in page.context["proposal"].unplaced)


def test_confirming_it_types_nothing(stage: Stage, june: Round, visit: Visit) -> None:
    liaison, url = visit(stage.cast.labour.liaison), month(stage)
    address = upload(liaison, stage, own_report(), "6月进展.docx")["Location"]
    page = liaison.get(address)
    data: dict[str, str] = {}
    for name in ("jobs", "income", "coverage"):
        row = row_of(page, stage.task(name))
        data |= {f"{row.prefix}revision": str(row.revision), f"{row.prefix}seen": row.seen}
        data |= {f"{row.prefix}{f.name}": f.value for f in row.figures}
        data |= {f"{row.prefix}{text}": words for text, words in row.texts.items()}
    # sixty-one times May's figure is asked about; it is right
    row = row_of(page, stage.task("coverage"))
    first = liaison.post(address, data | {"act": "save"})
    assert first.status_code == 302
    page = liaison.get(url)
    data = {}
    for name in ("jobs", "income", "coverage"):
        data |= form_of(liaison, url, stage.task(name))
        row = row_of(page, stage.task(name))
        data |= {f"{row.prefix}{f.name}": f.value for f in row.figures}
        data |= {f"{row.prefix}{f.name}-confirmed": "on" for f in row.figures}
        data |= {f"{row.prefix}{text}": words for text, words in row.texts.items()}
    assert liaison.post(url, data | {"act": "send-all"}).status_code == 302
    assert set(Report.objects.filter(round=june).values_list("state", flat=True)) == {ReportState.SENT_UP}
    assert MonthProposal.objects.get().applied_at is not None


def test_a_sheet_of_what_has_gone_up_must_stay_as_it_is(stage: Stage, june: Round, visit: Visit) -> None:
    liaison, jobs = visit(stage.cast.labour.liaison), stage.task("jobs")
    stage.send_up(june, jobs, content_for(jobs, "2"))
    book = downloaded(liaison, stage)
    put(book.active, jobs, 本月累计完成=2.6)
    assert "待审签" in upload(liaison, stage, packed(book)).context["faults"][0].message


def test_a_confirmed_figure_stays_confirmed(stage: Stage, june: Round, visit: Visit) -> None:
    jobs = stage.task("jobs")
    entry = FigureEntry(jobs.targets.get().indicator_id, Decimal(20), is_confirmed=True)
    stage.save(june, jobs, ReportContent(figures=(entry,), account="好。"))
    liaison = visit(stage.cast.labour.liaison)
    response = upload(liaison, stage, packed(downloaded(liaison, stage)))
    assert response.status_code == 302
    assert not MonthProposal.objects.exists()
