"""Tables: columns in any order, merged cells, headers of two rows, quarter columns, pages that break a row."""

from datetime import date

import pytest

from duixian.reading import Reading
from duixian.reading.formats.builder import Builder, Place
from duixian.reading.pipeline import read_source


def _place(row: int, column: int, text: str, rows: int = 1, columns: int = 1) -> Place:
    return Place(row, column, rows, columns, tuple(text.split("\n")))


def _plain(rows: list[list[str]], first: int = 0) -> list[Place]:
    return [_place(first + r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)]


def _read(*tables: list[Place], lines: tuple[str, ...] = ("2026年重点任务责任分解表",)) -> Reading:
    builder = Builder()
    for line in lines:
        builder.line(line)
    for table in tables:
        builder.table(table)
    return read_source(builder.source("表.docx"), year=None)


def test_columns_in_any_order() -> None:
    table = _plain(
        [
            ["完成时限", "责任单位", "牵头单位", "工作任务", "序号"],
            ["9月底", "市财政局\n市教育局", "市住建局", "改造老旧小区12个。", "1"],
            ["长期坚持", "", "市应急局", "深化隐患排查整治。", "2"],
        ]
    )
    first, second = _read(table).tasks
    assert (first.number, first.text) == (1, "改造老旧小区12个。")
    assert (first.leads, first.cooperating) == (("市住建局",), ("市财政局", "市教育局"))
    assert [d.date for d in first.deadlines] == [date(2026, 9, 30)]
    assert (second.leads, second.deadlines) == (("市应急局",), ())


def test_merged_cells_carry_down() -> None:
    table = [
        *_plain([["序号", "类别", "任务", "牵头领导", "牵头单位", "配合单位"]]),
        _place(1, 0, "1"),
        _place(1, 1, "一、综合经济", rows=2),
        _place(1, 2, "固定资产投资增长6%。"),
        _place(1, 3, "周启明", rows=2),
        _place(1, 4, "市发改委", rows=2),
        _place(1, 5, "市统计局"),
        _place(2, 0, "2"),
        _place(2, 2, "实施项目80个。"),
        _place(2, 5, ""),
    ]
    reading = _read(table)
    second = reading.tasks[1]
    assert second.section == "综合经济"
    assert (second.leads, second.cooperating, second.sponsors) == (("市发改委",), (), ("周启明",))
    assert [s.name for s in reading.sections] == ["综合经济"]


def test_one_item_over_two_rows() -> None:
    table = [
        *_plain([["序号", "任务", "牵头单位", "完成时限"]]),
        _place(1, 0, "6", rows=2),
        _place(1, 1, "厂房三期主体封顶。"),
        _place(1, 2, "经开区管委会", rows=2),
        _place(1, 3, "6月底前"),
        _place(2, 1, "引进企业12家。"),
        _place(2, 3, "11月底前"),
    ]
    reading = _read(table)
    (task,) = reading.tasks
    assert task.text == "厂房三期主体封顶。引进企业12家。"
    assert [d.date for d in task.deadlines] == [date(2026, 6, 30), date(2026, 11, 30)]
    assert reading.text[task.span.start : task.span.end].startswith("厂房")
    assert reading.text[task.span.start : task.span.end].endswith("12家。")


def test_a_heading_row_across_the_table() -> None:
    table = [
        *_plain([["序号", "任务", "责任单位"]]),
        _place(1, 0, "一、工业提质（1项）", columns=3),
        *_plain([["1", "规上工业增加值增长7%。", "市工信局、市统计局"]], first=2),
        _place(3, 0, "二、乡村振兴（1项）", columns=3),
        *_plain([["2", "新建高标准农田3万亩。", "市农业农村局"]], first=4),
        _place(5, 0, "注：责任单位排第一位的为牵头单位。", columns=3),
    ]
    reading = _read(table)
    assert [task.section for task in reading.tasks] == ["工业提质", "乡村振兴"]
    assert reading.tasks[0].leads == ("市工信局",)
    assert reading.tasks[0].cooperating == ("市统计局",)
    assert reading.warnings == ()


def test_responsible_beside_cooperating_units_lead() -> None:
    table = _plain([["序号", "任务", "责任单位", "配合单位"], ["1", "建成公园3处。", "市城管局、市住建局", "市财政局"]])
    (task,) = _read(table).tasks
    assert (task.leads, task.cooperating) == (("市城管局", "市住建局"), ("市财政局",))


@pytest.fixture
def quarters() -> Reading:
    table = [
        _place(0, 0, "序号", rows=2),
        _place(0, 1, "年度目标任务", rows=2),
        _place(0, 2, "季度进度安排", columns=4),
        _place(0, 6, "牵头单位", rows=2),
        *[_place(1, 2 + i, name) for i, name in enumerate(["一季度", "二季度", "三季度", "四季度"])],
        *_plain(
            [["1", "改造老旧小区80个。", "完成方案", "开工30个", "8月底前完工40个", "全部完工", "市住建局"]], first=2
        ),
    ]
    return _read(table)


def test_quarter_cells_are_limits_with_their_words_as_action(quarters: Reading) -> None:
    (task,) = quarters.tasks
    assert [(d.date, d.action) for d in task.deadlines] == [
        (date(2026, 3, 31), "完成方案"),
        (date(2026, 6, 30), "开工30个"),
        (date(2026, 8, 31), "8月底前完工40个"),
        (date(2026, 12, 31), "全部完工"),
    ]


def test_amounts_of_quarter_cells_are_marked(quarters: Reading) -> None:
    (task,) = quarters.tasks
    assert [(q.value, q.quarter) for q in task.quantities] == [(80, None), (30, "二季度"), (40, "三季度")]
    assert task.leads == ("市住建局",)
    made = quarters.to_dict()["tasks"][0]["quantities"]
    assert "from" not in made[0]
    assert made[1]["from"] == "二季度"


def test_a_table_goes_on_over_the_page_and_a_row_with_it() -> None:
    header = ["序号", "任务", "牵头单位"]
    first = _plain([header, ["1", "建成公园3处。", "市城管局"], ["2", "改造老旧小区12个，惠及", "市住建局"]])
    second = _plain([["", "居民3000户。", ""], ["3", "新建学校2所。", "市教育局"]])
    third = _plain([header, ["4", "新增床位100张。", "市民政局"]])
    tasks = _read(first, second, third).tasks
    assert [task.number for task in tasks] == [1, 2, 3, 4]
    assert tasks[1].text == "改造老旧小区12个，惠及居民3000户。"
    assert tasks[1].leads == ("市住建局",)


def test_a_remark_column_is_no_commitment() -> None:
    table = _plain(
        [["序号", "项目名称", "建设内容", "责任单位", "备注"], ["1", "二院", "扩建门诊楼。", "市卫健委", "总投资3亿元"]]
    )
    (task,) = _read(table).tasks
    assert task.quantities == ()


def test_a_name_broken_over_two_lines_of_a_cell() -> None:
    table = _plain([["序号", "任务", "牵头单位"], ["1", "推进价格改革。", "市发展和改\n革委员会"]])
    (task,) = _read(table).tasks
    assert task.leads == ("市发展和改革委员会",)


def test_the_notice_above_a_table_tells_the_head() -> None:
    lines = (
        "青政办发〔2026〕4号",
        "青禾县人民政府办公室关于印发2026年重点任务责任分解表的通知",
        "《分解表》（2大类2项）已经县政府同意，现印发给你们。",
        "青禾县人民政府办公室",
        "2026年2月18日",
    )
    table = _plain(
        [["序号", "任务", "牵头单位"], ["1", "建成公园3处。", "县城管局"], ["2", "新建学校2所。", "县教育局"]]
    )
    reading = _read(table, lines=lines)
    assert reading.document.doc_number == "青政办发〔2026〕4号"
    assert reading.document.issuer == "青禾县人民政府办公室"
    assert reading.document.written_on == date(2026, 2, 18)
    assert reading.declared is not None
    assert reading.declared.tasks == 2


def test_every_span_in_a_table_is_exact(quarters: Reading) -> None:
    for task in quarters.tasks:
        for part in (*task.quantities, *task.deadlines, *task.outcomes):
            assert quarters.text[part.span.start : part.span.end] == part.text


def test_words_of_several_columns_are_parted() -> None:
    """A name, a task and a target in columns of their own are no one phrase."""
    rows = [
        ["序号", "任务名称", "工作内容", "年度目标", "牵头单位"],
        ["1", "公园建设", "加快口袋公园建设", "新建公园3座", "市住建局"],
        ["2", "道路改造", "推进背街小巷改造", "改造道路12条", "市城管局"],
    ]
    tasks = _read(_plain(rows)).tasks
    assert tasks[0].text == "公园建设 加快口袋公园建设 新建公园3座"
    assert [q.indicator for t in tasks for q in t.quantities] == ["公园", "道路"]


def test_a_bare_figure_has_its_unit_in_its_own_column() -> None:
    """指标名称, 单位 and 2026年目标 make one amount."""
    rows = [
        ["序号", "指标名称", "单位", "2025年完成", "2026年目标", "责任单位"],
        ["1", "城镇新增就业", "人", "4300", "4500", "市人社局"],
        ["2", "生产总值增速", "%", "5.2", "6", "市统计局"],
    ]
    found = [(q.value, q.unit, q.kind) for t in _read(_plain(rows)).tasks for q in t.quantities]
    assert found == [(4500, "人", "amount"), (6, "%", "growth")]


def test_rows_that_share_one_merged_commitment_are_one_task() -> None:
    table = [
        *_plain([["项目名称", "工作任务", "完成时间", "牵头单位"]]),
        _place(1, 0, "1.城区提升", rows=2),
        _place(1, 1, "改造城区道路3条。", rows=2),
        _place(1, 2, "2026.8"),
        _place(1, 3, "县住建局"),
        _place(2, 2, "11月"),
        _place(2, 3, "县城投公司"),
        *_plain([["2.公墓建设", "新建公墓2处。", "2026-10-31", "县民政局"]], first=3),
    ]
    first, second = _read(table).tasks
    assert (first.text, first.leads) == ("改造城区道路3条。", ("县住建局", "县城投公司"))
    assert [d.date for d in first.deadlines] == [date(2026, 8, 31), date(2026, 11, 30)]
    assert [d.date for d in second.deadlines] == [date(2026, 10, 31)]


def test_what_a_thing_shall_reach_goes_on_from_its_name() -> None:
    table = _plain(
        [
            ["序号", "任务名称", "指标要求", "牵头部门", "目标类型"],
            ["1", "地区生产总值", "增长5.5%", "区发改局", "A类"],
            ["2", "单位能耗", "完成市下达任务", "区发改局", "A类"],
            ["3", "滨江新城建设", "核心区出让土地2宗以上", "区住建局", "B类"],
        ]
    )
    growth, energy, town = _read(table).tasks
    assert growth.text == "地区生产总值增长5.5%"
    assert [q.indicator for q in growth.quantities] == ["地区生产总值"]
    assert energy.text == "单位能耗 完成市下达任务"
    assert town.text == "滨江新城建设 核心区出让土地2宗以上"


@pytest.mark.parametrize("cell", ["市民政局 伍泽民", "市民政局\n伍泽民", "市民政局（伍泽民）"])
def test_a_person_beside_a_unit_is_no_unit(cell: str) -> None:
    table = _plain([["序号", "任务", "牵头单位及负责人"], ["1", "新增床位300张。", cell]])
    assert _read(table).tasks[0].leads == ("市民政局",)


def test_names_below_one_another_are_not_run_together_behind_a_bracket() -> None:
    table = _plain(
        [["序号", "任务", "牵头单位", "配合单位"], ["1", "新增床位300张。", "民政局", "高新园（东镇）\n各街道"]]
    )
    assert _read(table).tasks[0].cooperating == ("高新园（东镇）", "各街道")


def test_a_table_stands_under_the_numbered_line_before_it() -> None:
    rows = [["序号", "任务", "牵头单位"], ["1", "新增床位300张。", "市民政局"]]
    builder = Builder()
    for line in ("2026年重点任务分解表", "一、养老服务"):
        builder.line(line)
    builder.table(_plain(rows))
    builder.line("二、城乡建设")
    builder.table(_plain([rows[0], ["2", "改造小区12个。", "市住建局"]]))
    assert [t.section for t in read_source(builder.source("表.docx"), year=None).tasks] == ["养老服务", "城乡建设"]


def test_tables_with_names_of_their_own_stand_under_them_the_title_of_one_is_no_heading() -> None:
    rows = [["序号", "任务", "牵头单位"], ["1", "新增床位300张。", "市民政局"]]
    builder = Builder()
    builder.line("养老服务")
    builder.table(_plain(rows))
    assert read_source(builder.source("表.docx"), year=2026).tasks[0].section is None
    builder.line("城乡建设")
    builder.table(_plain([rows[0], ["2", "改造小区12个。", "市住建局"]]))
    reading = read_source(builder.source("表.docx"), year=2026)
    assert [t.section for t in reading.tasks] == ["养老服务", "城乡建设"]


def test_a_form_holds_one_commitment_several_below_one_another_several() -> None:
    form = [
        _place(0, 0, "事项1", columns=4),
        _place(1, 0, "任务内容"),
        _place(1, 1, "新建公园3座。", columns=3),
        *_plain([["牵头单位", "市园林局", "配合单位", "市财政局"], ["完成时限", "10月底", "备注", ""]], first=2),
        _place(4, 0, "事项2", columns=4),
        _place(5, 0, "任务内容"),
        _place(5, 1, "新增停车位2000个。", columns=3),
        *_plain([["牵头单位", "市城管局", "配合单位", "市公安局"], ["完成时限", "年底前", "备注", ""]], first=6),
    ]
    first, second = _read(form).tasks
    assert (first.text, first.leads, first.cooperating) == ("新建公园3座。", ("市园林局",), ("市财政局",))
    assert [d.date for d in first.deadlines] == [date(2026, 10, 31)]
    assert (second.text, second.leads) == ("新增停车位2000个。", ("市城管局",))


def test_a_list_without_title_is_of_the_year_its_limits_are_written_in() -> None:
    rows = [
        ["任务", "责任单位", "完成时限"],
        ["新建公园3座。", "市住建局", "2026年6月底"],
        ["新增床位300张。", "市民政局", "年底"],
    ]
    tasks = _read(_plain(rows), lines=("清单",)).tasks
    assert [d.date for task in tasks for d in task.deadlines] == [date(2026, 6, 30), date(2026, 12, 31)]


def test_a_figure_with_its_unit_in_another_column_stands_where_it_stands() -> None:
    table = _plain(
        [
            ["序号", "指标名称", "计量单位", "2025年完成", "2026年目标", "责任单位"],
            ["1", "地区生产总值", "亿元", "1250.6", "1340", "市发改委"],
            ["2", "工业增加值增速", "%", "6.8", "7以上", "市工信局"],
            ["3", "居民收入", "元", "35600", "增长6.5%左右", "市统计局"],
        ]
    )
    reading = _read(table)
    amounts = [task.quantities[0] for task in reading.tasks]
    assert [(q.indicator, str(q.value), q.unit, q.comparator.value) for q in amounts] == [
        ("地区生产总值", "1340", "亿元", "="),
        ("工业增加值增速", "7", "%", ">="),
        ("居民收入", "6.5", "%", "~"),
    ]
    assert [q.text for q in amounts] == ["1340", "7", "增长6.5%左右"]
    assert all(reading.text[q.span.start : q.span.end] == q.text for q in amounts)
    first = reading.tasks[0].span
    assert reading.text[first.start : first.end].split() == ["地区生产总值", "亿元", "1250.6", "1340"]


def test_a_unit_stated_in_the_header_and_what_a_header_says_in_brackets() -> None:
    table = _plain(
        [
            ["指标", "2025年完成", "2026年目标（万人）", "责任单位（第一个为牵头单位）"],
            ["城镇新增就业", "3.1", "3.2", "市人社局、市财政局"],
            ["职业技能培训", "1.5", "2以上", "市人社局"],
        ]
    )
    reading = _read(table)
    first, second = (task.quantities[0] for task in reading.tasks)
    assert (first.indicator, str(first.value), first.unit, first.text) == ("城镇新增就业", "3.2", "万人", "3.2")
    assert (second.comparator.value, second.unit) == (">=", "万人")
    assert (reading.tasks[0].leads, reading.tasks[0].cooperating) == (("市人社局",), ("市财政局",))
    span = reading.tasks[0].span
    assert reading.text[span.start : span.end].split() == ["城镇新增就业", "3.1", "3.2"]


@pytest.mark.parametrize(
    ("header", "month"),
    [("一季度", 3), ("第二季度工作目标", 6), ("1—9月", 9), ("截至12月底目标", 12), ("二季度进度安排", 6)],
)
def test_quarters_as_headers_write_them(header: str, month: int) -> None:
    table = _plain([["序号", "任务", header, "牵头单位"], ["1", "新建公园2座。", "完成招标", "市住建局"]])
    assert [d.date.month for d in _read(table).tasks[0].deadlines] == [month]


def test_how_things_stand_is_no_milestone() -> None:
    table = _plain([["序号", "任务", "一季度完成情况", "牵头单位"], ["1", "新建公园2座。", "建成1座", "市住建局"]])
    task = _read(table).tasks[0]
    assert (task.deadlines, len(task.quantities)) == ((), 1)


def test_a_row_cut_by_the_page_goes_on_under_the_header_printed_again() -> None:
    header = ["序号", "任务", "牵头单位", "配合单位"]
    first = _plain(
        [
            header,
            ["1", "新建公园2座。", "市园林局", "市财政局"],
            ["2", "改造小区12个。", "市住建局", "市民政局、市交通运输"],
        ]
    )
    second = _plain([header, ["", "", "", "局"], ["3", "新增床位300张。", "市民政局", ""]])
    tasks = _read(first, second).tasks
    assert [(t.number, t.text) for t in tasks] == [(1, "新建公园2座。"), (2, "改造小区12个。"), (3, "新增床位300张。")]


def test_a_table_without_numbers_begins_with_an_item_of_its_own() -> None:
    header = ["序号", "任务", "牵头单位"]
    tasks = _read(
        _plain([header, ["", "新建公园2座。", "市园林局"]]), _plain([header, ["", "改造小区12个。", "市住建局"]])
    ).tasks
    assert [t.text for t in tasks] == ["新建公园2座。", "改造小区12个。"]


def test_the_notices_own_headings_head_no_table() -> None:
    builder = Builder()
    for line in (
        "关于印发2026年重点任务分解表的通知",
        "一、提高认识",
        "各单位要高度重视。",
        "二、压实责任",
        "各单位于3月10日前报送方案。",
        "2026年2月6日",
        "附件：2026年重点任务分解表",
    ):
        builder.line(line)
    rows = [[str(n), f"新增床位{n}00张。", "市民政局"] for n in range(1, 5)]
    builder.table(_plain([["序号", "任务", "牵头单位"], *rows]))
    tasks = read_source(builder.source("表.docx"), year=None).tasks
    assert [(task.number, task.section) for task in tasks] == [(1, None), (2, None), (3, None), (4, None)]
