"""Tables that were pasted as text: cells parted by tabs, or one cell a line."""

import time
from datetime import date

from duixian.reading import read_text

_STACKED = """青禾县人民政府办公室关于下达2026年民生实事的通知
现将任务分解下达,请认真落实。
附件
2026年民生实事任务分解表
序号
民生实事
责任单位
完成时限
1
新建便民服务点6个。
县住建局
县河道中心
11月底前
2
启动县档案馆建设。
县文旅局
6月底前
4
改造危旧房310户。
县住建局
12月底前
扫一扫在手机打开当前页
"""


def test_cells_parted_by_tabs() -> None:
    text = (
        "2026年重点任务分解表\n"
        "序号\t任务\t牵头单位\t配合单位\t完成时限\n"
        "1\t改造老旧小区12个。\t市住建局\t市财政局、市教育局\t9月底\n"
        "2\t深化隐患排查整治。\t市应急局\t\t长期坚持\n"
        "以上任务按月调度。\n"
    )
    first, second = read_text(text, name="表.txt").tasks
    assert (first.number, first.text, first.leads) == (1, "改造老旧小区12个。", ("市住建局",))
    assert first.cooperating == ("市财政局", "市教育局")
    assert [d.date for d in first.deadlines] == [date(2026, 9, 30)]
    assert (second.leads, second.cooperating, second.deadlines) == (("市应急局",), (), ())


def test_one_cell_a_line() -> None:
    reading = read_text(_STACKED, name="表.txt")
    assert [task.number for task in reading.tasks] == [1, 2, 4]
    assert [task.text for task in reading.tasks] == ["新建便民服务点6个。", "启动县档案馆建设。", "改造危旧房310户。"]
    assert [task.leads for task in reading.tasks] == [("县住建局",), ("县文旅局",), ("县住建局",)]
    assert reading.tasks[0].cooperating == ("县河道中心",)
    assert [d.date for task in reading.tasks for d in task.deadlines] == [
        date(2026, 11, 30),
        date(2026, 6, 30),
        date(2026, 12, 31),
    ]


def test_spans_point_into_the_text_as_it_came() -> None:
    for task in read_text(_STACKED, name="表.txt").tasks:
        for quantity in task.quantities:
            assert _STACKED[quantity.span.start : quantity.span.end] == quantity.text


def test_tabs_and_header_words_alone_make_no_table() -> None:
    text = (
        "2026年重点工作任务清单\n"
        "一、市住建局(2项)\n"
        "1.\t改造老旧小区12个。\n"
        "2.\t新建停车场3处。\n"
        "序号\n"
        "任务\n"
        "以上任务按月调度。\n"
    )
    assert [task.text for task in read_text(text, name="清单.txt").tasks][:1] == ["改造老旧小区12个。"]


def test_headers_without_end_take_time_by_length() -> None:
    def seconds(text: str) -> float:
        start = time.process_time()
        read_text(text, name="表.txt")
        return time.process_time() - start

    for unit in ("序号\n任务\n责任单位\n1\n", "序号\t任务\t责任单位\n", "甲\t乙\t丙\n"):
        assert seconds(unit * 4000) < 12 * max(seconds(unit * 500), 0.05)
