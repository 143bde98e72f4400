"""A unit's own report: figures by name and unit of measure, words by task, nothing taken that is not meant."""

from decimal import Decimal

import pytest

from duixian.reading import read_text
from duixian.reporting.month_reading import OwedFigure, OwedNode, OwedTask, ToldMonth, read_month_report

JOBS_FIGURE = OwedFigure("jobs", "城镇新增就业", "万人", is_growth=False, is_flow=True)
JOBS_FIGURE = OwedFigure("jobs", "城镇新增就业", "万人", is_growth=False, is_flow=True)
JOBS = OwedTask(1, "城镇新增就业4.8万人以上。", [JOBS_FIGURE])
GRAIN = OwedTask(2, "粮食产量稳定在34亿斤。", [OwedFigure("grain", "粮食产量", "亿斤", is_growth=False)])
INCOME = OwedTask(3, "居民收入增长与经济增长同步。", [OwedFigure("income", "居民收入增速", "%", is_growth=True)])
BRIDGE = OwedTask(4, "幸福桥上半年建成。", nodes=[OwedNode("bridge", "幸福桥", "COMPLETE")])
SCHOOL = OwedTask(5, "第三小学年内建成。", nodes=[OwedNode("school", "第三小学", "COMPLETE")])


def told(*paragraphs: str, tasks: tuple[OwedTask, ...] = (JOBS, GRAIN, INCOME, BRIDGE, SCHOOL)) -> ToldMonth:
    text = "\n".join(["某局2026年6月重点工作进展情况报告", *paragraphs])
    return read_month_report(read_text(text, year=2026), tasks, month=6)


def test_a_figure_in_another_unit_of_measure_is_carried_over() -> None:
    month = told("一、城镇新增就业。1—6月，全市城镇新增就业23000人。", "二、粮食。截至6月底，粮食产量达到170万吨。")
    assert month.tasks[1].figures == {"jobs": Decimal("2.3")}
    assert month.tasks[2].figures == {"grain": Decimal(34)}
    assert month.tasks[1].words["jobs"] == "城镇新增就业23000人"


def test_growth_is_no_level() -> None:
    month = told("一、居民收入。上半年居民收入3.2万元，居民收入增长5.8%。")
    assert month.tasks[3].figures == {"income": Decimal("5.8")}


def test_words_go_where_they_belong() -> None:
    month = told("一、城镇新增就业。1—6月，城镇新增就业2.3万人。存在问题：岗位不足。下一步，办招聘会。再办一场。")
    one = month.tasks[1]
    assert (one.account, one.blocker, one.next_step) == (
        "1—6月，城镇新增就业2.3万人。",
        "存在问题：岗位不足。",
        "下一步，办招聘会。再办一场。",
    )


def test_what_was_built_and_what_was_not() -> None:
    month = told("一、交通建设。幸福桥6月20日建成通车。", "二、教育。第三小学正在加快建设，尚未建成。")
    assert month.tasks[4].reached == {"bridge": True}
    assert month.tasks[5].reached == {"school": False}


def test_what_belongs_to_no_task_is_handed_back() -> None:
    month = told("一、机关党建。召开支部大会2次，开展主题党日活动，走访慰问困难群众。")
    assert month.tasks == {}
    assert "党建" in month.unplaced[0]


def test_a_line_of_a_table_is_read_by_its_name() -> None:
    month = told("城镇新增就业\t万人\t2.3", tasks=(JOBS,))
    assert month.tasks[1].figures == {"jobs": Decimal("2.3")}


@pytest.mark.parametrize(
    ("words", "value", "is_of_month"),
    [
        ("6月，全市城镇新增就业0.4万人。", "0.4", True),
        ("6月份城镇新增就业4000人。", "0.4", True),
        ("本月城镇新增就业0.4万人。", "0.4", True),
        ("6月，城镇新增就业0.4万人，1—6月累计城镇新增就业2.3万人。", "2.3", False),
        ("1—6月，城镇新增就业2.3万人，其中6月城镇新增就业0.4万人。", "2.3", False),
        ("截至6月底，城镇新增就业2.3万人。", "2.3", False),
        ("截至本月，城镇新增就业2.3万人。", "2.3", False),
        ("6月，累计城镇新增就业2.3万人。", "2.3", False),
        ("5月，城镇新增就业0.5万人；6月，城镇新增就业0.4万人。", "0.4", True),
        ("城镇新增就业2.3万人。", "2.3", False),
    ],
)
def test_a_months_own_figure_is_told_from_the_years(words: str, value: str, is_of_month: bool) -> None:
    one = told(words, tasks=(JOBS,)).tasks[1]
    assert (one.figures, one.of_month) == ({"jobs": Decimal(value)}, {"jobs"} if is_of_month else set())


def test_another_months_own_figure_is_not_this_months() -> None:
    month = told("5月，城镇新增就业0.5万人。", tasks=(JOBS,))
    assert not month.tasks or month.tasks[1].figures == {}
