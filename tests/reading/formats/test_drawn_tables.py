"""Tables drawn in plain text, with strokes between their cells or a frame around them."""

from duixian.reading import read_text


def test_cells_parted_by_strokes_without_a_rule() -> None:
    text = """2026年十件民生实事
大类 | 序号 | 工作任务 | 分管领导 | 牵头单位 |
一、养老 | 1 | 新增床位500张。 | 陈宣 | 市民政局 |
2 | 新建食堂20个。 | 陈宣 | 市民政局 |
二、教育 | 3 | 新增学位2万个以上。 | 唐兵 | 市教育局 |
"""
    reading = read_text(text)
    assert [(t.number, t.section, t.text) for t in reading.tasks] == [
        (1, "养老", "新增床位500张。"),
        (2, "养老", "新建食堂20个。"),
        (3, "教育", "新增学位2万个以上。"),
    ]
    second = reading.tasks[1]
    assert (second.leads, second.sponsors) == (("市民政局",), ("陈宣",))
    assert reading.text[second.span.start : second.span.end] == second.text


def test_a_frame_whose_rules_merge_some_columns() -> None:
    text = """2026年重点工作任务分解表
┌────────┬────┬──────┬────┐
│工作任务        │领导│责任单位    │时限│
├────────┼────┼──────┼────┤
│新建公园3座，绿 │周明│市住建局、市│6月 │
│地12公顷。      │    │财政局      │底  │
├────────┤    ├──────┤    │
│改造小区12个。  │    │江口县      │    │
│                │    │政府        │    │
└────────┴────┴──────┴────┘
"""
    first, second = read_text(text).tasks
    assert first.text == "新建公园3座，绿地12公顷。"
    assert (first.leads, first.cooperating) == (("市住建局",), ("市财政局",))
    assert [d.date.isoformat() for d in first.deadlines] == ["2026-06-30"]
    assert (second.text, second.leads, second.sponsors) == ("改造小区12个。", ("江口县政府",), ("周明",))


def test_a_line_with_strokes_that_heads_no_table_stays_a_line() -> None:
    text = "首页 | 政务公开 | 互动\n当前位置 | 首页 | 文件\n2026年任务清单\n1.新建公园3座。（牵头单位：市住建局）\n"
    assert [t.text for t in read_text(text).tasks] == ["新建公园3座。"]
