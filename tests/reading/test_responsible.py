"""Units in brackets, lines and headings."""

import pytest

from duixian.reading.headings import clean_heading
from duixian.reading.responsible import Duties, split_tail
from duixian.reading.source import passage_of
from duixian.reading.unit_names import looks_like_unit, units


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("市住建局、市城管局、市妇联", ("市住建局", "市城管局", "市妇联")),
        ("东山区、西湖区政府", ("东山区政府", "西湖区政府")),
        ("城关街道、南坪街道办事处", ("城关街道办事处", "南坪街道办事处")),
        ("各县（市、区）人民政府", ("各县（市、区）人民政府",)),
        ("市公安局（交警支队）", ("市公安局（交警支队）",)),
        ("市教育局、市财政局等", ("市教育局", "市财政局")),
        ("市教育局 市财政局等单位", ("市教育局", "市财政局")),
        ("市发改委、张市长", ("市发改委",)),
        ("市安委会各成员单位", ("市安委会各成员单位",)),
        ("市医保局等部门和各县市区政府", ("市医保局", "各县市区政府")),
        ("市级有关部门及各县（市、区）政府", ("市级有关部门", "各县（市、区）政府")),
        ("各区政府〈含开发区、风景区管委会，下同〉，市直各部门", ("各区政府", "市直各部门")),
        ("市财政局、市税务局（列第一位者为牵头单位，下同）", ("市财政局", "市税务局")),
        ("市教育局 高新区", ("市教育局", "高新区")),
        ("", ()),
    ],
)
def test_units(printed: str, names: tuple[str, ...]) -> None:
    assert units(printed) == names


def _tail(text: str) -> tuple[str, Duties]:
    passage, duties = split_tail(passage_of([(text, 0)]))
    return passage.text, duties


def test_a_bracket_with_units_is_taken_off() -> None:
    text, duties = _tail("改造农村危桥21座。（责任单位：市交通局、市财政局；完成时限：11月底）")
    assert text == "改造农村危桥21座。"
    assert duties.responsible == ("市交通局", "市财政局")
    assert duties.limits[0].text == "11月底"


def test_two_brackets_in_a_row() -> None:
    text, duties = _tail("扩建二院。（牵头单位：市卫健委）（配合单位：市财政局）")
    assert text == "扩建二院。"
    assert (duties.leads, duties.cooperating) == (("市卫健委",), ("市财政局",))


@pytest.mark.parametrize(
    "text",
    ["做好沪太高铁（长治段）。", "开工建设英雄南路（南环街—振东街）", "建设物流中心（B型）。", "牵头抓总，统筹推进。"],
)
def test_other_brackets_stay(text: str) -> None:
    assert _tail(text) == (text, Duties())


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("市发改委牵头工作（22项）", ("市发改委", 22, True)),
        ("市国运公司牵头任务(共2项)", ("市国运公司", 2, True)),
        ("加快建设现代化产业体系", ("加快建设现代化产业体系", None, False)),
        ("市教育局", ("市教育局", None, False)),
        ("人民银行长治分行牵头工作(1项)", ("人民银行长治分行", 1, True)),
        ("推进重点工作", ("推进重点工作", None, False)),
    ],
)
def test_headings(heading: str, expected: tuple[str, int | None, bool]) -> None:
    assert clean_heading(heading) == expected


@pytest.mark.parametrize("name", ["市发改委", "潞州区政府", "高新区管委会", "市公安局（交警支队）", "人民银行长治分行"])
def test_a_unit(name: str) -> None:
    assert looks_like_unit(name)


@pytest.mark.parametrize("name", ["主要预期目标", "增进民生福祉", "局"])
def test_no_unit(name: str) -> None:
    assert not looks_like_unit(name)


def test_who_hosts_leads_and_who_helps_host_cooperates() -> None:
    """区发改委、区财政局主办,各街道协办."""
    _, duties = split_tail(passage_of([("生产总值增长5%。(区发改委、区财政局主办,区统计局、各街道协办)", 0)]))
    assert (duties.leads, duties.cooperating) == (("区发改委", "区财政局"), ("区统计局", "各街道"))


def test_a_single_unit_after_others_is_one_too() -> None:
    """市发改委、市统计局,各区县政府;12月底 without any label."""
    passage, duties = split_tail(passage_of([("生产总值增长5%。(市发改委、市统计局,各区县政府;12月底)", 0)]))
    assert passage.text == "生产总值增长5%。"
    assert duties.responsible == ("市发改委", "市统计局", "各区县政府")


@pytest.mark.parametrize(
    ("tail", "leads", "responsible", "cooperating"),
    [
        ("(由市发改委牵头落实)", ("市发改委",), (), ()),
        ("(市发改委、市工信局按职责分别牵头)", ("市发改委", "市工信局"), (), ()),
        ("(市发改委、市商务局等部门按职责分工负责)", (), ("市发改委", "市商务局"), ()),
        ("(牵头部门:市发改委;参与部门:市财政局)", ("市发改委",), (), ("市财政局",)),
        ("(市数据局、各县(市、区),常态化推进)", (), ("市数据局", "各县(市、区)"), ()),
    ],
)
def test_tails_of_other_places(
    tail: str, leads: tuple[str, ...], responsible: tuple[str, ...], cooperating: tuple[str, ...]
) -> None:
    """Brackets as different offices write them."""
    passage, duties = split_tail(passage_of([("新建公园3座。" + tail, 0)]))
    assert passage.text == "新建公园3座。"
    assert (duties.leads, duties.responsible, duties.cooperating) == (leads, responsible, cooperating)


def test_townships_of_both_kinds_are_one_name() -> None:
    assert units("市统计局，各乡、镇人民政府") == ("市统计局", "各乡、镇人民政府")


@pytest.mark.parametrize(
    ("text", "bare", "leads", "others"),
    [
        ("改造小区12个。（责任单位：市住建局（牵头）、市财政局）", "改造小区12个。", ("市住建局",), ("市财政局",)),
        ("改造小区12个。（市财政局、市住建局（牵头单位））", "改造小区12个。", ("市住建局",), ("市财政局",)),
        ("污水处理率98%以上。（市水务局★、市环保局）", "污水处理率98%以上。", ("市水务局",), ("市环保局",)),
        ("新增林地5万亩。（市财政局、★市林草局）", "新增林地5万亩。", ("市林草局",), ("市财政局",)),
        ("普及率达到95%。（教育局）", "普及率达到95%。", (), ("教育局",)),
        ("新建基地（职工活动中心）", "新建基地（职工活动中心）", (), ()),
        ("新增就业1.8万人——市人社局、市财政局", "新增就业1.8万人", (), ("市人社局", "市财政局")),
        ("打造品牌——清河味道", "打造品牌——清河味道", (), ()),
    ],
)
def test_who_leads_by_a_mark_and_units_behind_a_dash(
    text: str, bare: str, leads: tuple[str, ...], others: tuple[str, ...]
) -> None:
    left, duties = _tail(text)
    assert (left, duties.leads, duties.responsible) == (bare, leads, others)


def test_behind_a_comma_a_label_ends_the_item_if_only_units_follow() -> None:
    text, duties = _tail("新增床位500张，配合单位：市残联、各街道。")
    assert (text, duties.cooperating) == ("新增床位500张", ("市残联", "各街道"))
    assert _tail("明确三类单位，责任单位：谁建谁管。")[0] == "明确三类单位，责任单位：谁建谁管。"


def test_a_title_without_a_name_is_no_person() -> None:
    assert units("县委常委、副县长赵刚", persons=True) == ("副县长赵刚",)
