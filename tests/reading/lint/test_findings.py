"""Each kind of finding: a case that has it and near misses that have not."""

import pytest

from duixian.reading import read_text
from duixian.reading.lint import Finding, lint

HEAD = "2026年重点任务清单\n"


def listed(*items: str, head: str = HEAD) -> list[Finding]:
    """Findings of a list with these items, numbered, each led by 市甲局 unless it names its own lead."""
    lines = [f"{i}.{item}" + ("" if "牵头" in item else "(牵头单位:市甲局)") for i, item in enumerate(items, 1)]
    return list(lint(read_text(head + "\n".join(lines) + "\n", year=2026)))


def codes(*items: str, head: str = HEAD) -> list[str]:
    return [finding.code for finding in listed(*items, head=head)]


def only(code: str, *items: str) -> Finding:
    found = [finding for finding in listed(*items) if finding.code == code]
    assert len(found) == 1, found
    return found[0]


def test_a_finding_has_its_words_at_its_span_and_a_proposal() -> None:
    text = HEAD + "1.推进儿童友好型城市建设。(牵头单位:市甲局)\n2.新建公园3座。(牵头单位:市乙局)\n"
    (finding,) = lint(read_text(text, year=2026))
    assert finding.span is not None
    assert text[finding.span[0] : finding.span[1]] == finding.text == "推进儿童友好型城市建设"
    assert finding.to_dict() == {
        "code": "end_missing",
        "task": 1,
        "text": "推进儿童友好型城市建设",
        "span": list(finding.span),
        "message": "只说“推进”，没有可核对的结果。",
        "proposal": "写一个年底能查到的结果：出台的文件、试点或覆盖的个数、通过的验收或评定、达到的指标。",
    }


# --- who ------------------------------------------------------------------------------------------


def test_an_item_without_a_lead() -> None:
    text = HEAD + "1.新建公园3座。(牵头单位:市甲局)\n2.新建广场2个。\n3.新建学校1所。(牵头单位:市乙局)\n"
    found = [f for f in lint(read_text(text)) if f.code == "lead_missing"]
    assert [(f.task, f.text) for f in found] == [(2, "新建广场2个。")]


def test_a_heading_is_a_lead_enough() -> None:
    text = HEAD + "一、市甲局牵头工作\n1.新建公园3座。\n2.新建广场2个。\n"
    assert "lead_missing" not in [f.code for f in lint(read_text(text))]


def test_prose_names_no_leads_and_needs_none() -> None:
    assert lint(read_text("2026年政府工作报告\n今年，我们将加快推进产业转型，深化改革。新建公园3座。", year=2026)) == ()


NOTICE = "《清单》共计2项具体任务,涉及2个牵头{}。\n2026年1月5日\n附件\n" + HEAD


def _two_heads(word: str, second: str) -> list[Finding]:
    text = NOTICE.format(word) + f"一、市甲局牵头工作\n1.新建公园3座。\n二、{second}牵头工作\n2.新建广场2个。\n"
    return [f for f in lint(read_text(text)) if f.code == "county_as_department"]


def test_a_county_counted_as_a_department() -> None:
    (finding,) = _two_heads("部门", "东河县政府")
    assert finding.task is None
    assert finding.text == "2个牵头部门"
    assert "东河县政府" in finding.message
    assert "2个牵头单位" in finding.proposal


@pytest.mark.parametrize(("word", "second"), [("单位", "东河县政府"), ("部门", "市乙局")])
def test_units_may_be_counties_and_departments_may_be_departments(word: str, second: str) -> None:
    assert _two_heads(word, second) == []


def test_one_project_under_two_leads() -> None:
    finding = only(
        "object_two_leads",
        "开工建设滨河路快速化改造。(牵头单位:市甲局)",
        "滨河路快速化改造年底前开工。(牵头单位:市乙局)",
    )
    assert finding.task == 2
    assert finding.text == "滨河路快速化改造"
    assert "第1项由市甲局牵头" in finding.message


def test_one_figure_under_two_leads() -> None:
    assert "object_two_leads" in codes(
        "城镇新增就业4万人。(牵头单位:市甲局)", "确保城镇新增就业达到4.5万人。(牵头单位:市乙局)"
    )


def test_two_stretches_of_one_road_are_said_in_other_words() -> None:
    finding = only(
        "object_two_leads",
        "开工建设滨河路改扩建(东街—西街)。(牵头单位:市甲局)",
        "开工建设滨河路改扩建(西街—北环)。(牵头单位:东河县政府)",
    )
    assert "各写一段" in finding.message
    assert "全线" in finding.proposal


@pytest.mark.parametrize(
    "items",
    [
        # the same lead may name a thing twice
        ("开工建设滨河路快速化改造。(牵头单位:市甲局)", "滨河路快速化改造完成投资2亿元。(牵头单位:市甲局)"),
        # other things
        ("承办好十七届省运会。(牵头单位:市甲局)", "承办好十三届省残运会。(牵头单位:市乙局)"),
        # a class of things, of which different things are promised
        ("新增规上工业企业80家。(牵头单位:市甲局)", "推动规上工业企业全接入。(牵头单位:市乙局)"),
        # a county's own growth
        ("固定资产投资增长6%。(牵头单位:东河县政府)", "固定资产投资增长7%。(牵头单位:西河县政府)"),
    ],
)
def test_what_is_no_object_under_two_leads(items: tuple[str, ...]) -> None:
    assert "object_two_leads" not in codes(*items)


# --- twice ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "items",
    [
        ("改造老旧小区114个。", "改造老旧小区114个。"),
        ("推进滨湖公园提升改造项目建设。", "加快推进滨湖公园提升改造项目。"),
        ("完成农村公路安全设施改造提升。", "全面完成全市农村公路安全设施改造提升工作。"),
    ],
)
def test_a_task_named_twice(items: tuple[str, str]) -> None:
    assert only("task_twice", *items).task == 2


def test_a_task_named_twice_with_different_figures_says_both() -> None:
    finding = only("task_twice", "全年新增城镇就业4.3万人以上。", "新增城镇就业4.5万人。")
    assert "4.3万人" in finding.message
    assert "4.5万人" in finding.message


@pytest.mark.parametrize(
    "items",
    [
        ("推动309国道改扩建上半年开工。", "推动341国道改扩建年底前开工。"),
        ("开工建设屯河区快速通道改造工程。", "开工建设上河区快速通道改造工程。"),
        ("承办好第十七届全省运动会。", "承办好第十三届全省运动会。"),
        ("工业投资增长10%以上。", "制造业投资增长10%以上。"),
        ("滨湖医院新院区主体工程开工。", "滨湖医院新院区主体工程竣工。"),
        ("实现学校食堂“互联网+明厨亮灶”全覆盖。", "实现养老机构食堂“互联网+明厨亮灶”全覆盖。"),
    ],
)
def test_what_is_not_twice(items: tuple[str, str]) -> None:
    assert "task_twice" not in codes(*items)


# --- figures --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "figure"),
    [
        ("新增充电桩2000，覆盖全市。", "2000"),
        ("新建改造标准化村卫生室达到120。", "120"),
        ("全年接待游客突破2000万。", "2000万"),
        ("公共服务满意率达到95以上。", "95"),
    ],
)
def test_a_figure_without_a_unit(item: str, figure: str) -> None:
    finding = only("unit_missing", item)
    assert f"{figure}没有计量单位" in finding.message
    assert finding.text.endswith(figure)


@pytest.mark.parametrize(
    "item",
    [
        "新增充电桩2000个，覆盖全市。",
        "PM2.5平均浓度达到30微克/立方米以下。",
        "完成国道207改造，建成5A级景区1家。",
        "引进培育1至2个核心商圈。",
        "12345热线办结率达到95%。",
        "办好“行动2026”活动，新建公园3座。",
        "改造管网6.5公里(含支线12)。",
        "规划建设到2026年底前的项目库，储备项目30个。",
    ],
)
def test_a_figure_with_its_unit_or_in_a_name(item: str) -> None:
    assert "unit_missing" not in codes(item)


@pytest.mark.parametrize(
    ("item", "verb"),
    [
        ("市级研发经费投入再增加2000万元。", "再增加"),
        ("民间投资占比提高1.5个百分点。", "提高"),
        ("行政审批办理材料压减30%以上。", "压减"),
        ("生物医药产业产值翻一番。", "翻"),
    ],
)
def test_a_change_without_its_base(item: str, verb: str) -> None:
    assert only("base_missing", item).message == f"没有说在什么基础上{verb}。"


@pytest.mark.parametrize(
    "item",
    [
        "市级研发经费投入在上年2亿元基础上再增加2000万元。",
        "民间投资占比比上年提高1.5个百分点。",
        "工业投资增长10%以上。",
        "规模以上工业增加值增速达到8%以上。",
        "居民消费价格涨幅控制在2%左右。",
        "单位地区生产总值能耗下降3%。",
        "城镇化率由62%提高到63%。",
        "净增规上工业企业8户。",
        "城镇化率提高到63%。",
    ],
)
def test_a_change_with_its_base_or_by_statistical_custom(item: str) -> None:
    assert "base_missing" not in codes(item)


def test_parts_that_exceed_the_whole() -> None:
    finding = only("parts_exceed", "新入库企业450家，其中规上工业企业300家、限上商贸企业200家。")
    assert "合计500家，多于总数450家" in finding.message
    assert finding.text == "新入库企业450家，其中规上工业企业300家、限上商贸企业200家"


def test_parts_in_another_magnitude_are_added_exactly() -> None:
    assert "2.0001亿元" in only("parts_exceed", "完成投资2亿元，其中工业投资2亿元、民间投资1万元。").message


@pytest.mark.parametrize(
    "item",
    [
        "新入库企业450家以上，其中规上工业企业80家以上。",
        "新入库企业450家，其中规上工业企业250家、限上商贸企业200家。",
        "实施项目100个，其中产业项目60个，完成投资400亿元。",
        "培育商圈1至3个，其中核心商圈3个。",
        "新引进项目400个，其中外资项目8个，新开工项目300个，新竣工项目200个。",
        "实施学校项目12个，计划竣工3个，其中幼儿园7个、小学5个。",
        "改造小区20个。其中心城区绿化30处。",
    ],
)
def test_parts_that_fit(item: str) -> None:
    assert "parts_exceed" not in codes(item)


# --- by when --------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["尽快", "早日", "适时", "尽早"])
def test_a_word_that_is_no_limit(word: str) -> None:
    finding = only("limit_missing", f"推动市公共卫生中心{word}投入使用。", "新建公园3座。")
    assert word in finding.proposal
    assert finding.text == f"推动市公共卫生中心{word}投入使用"


def test_a_date_beside_the_word_is_limit_enough() -> None:
    assert "limit_missing" not in codes("推动市公共卫生中心尽快于6月底前投入使用。")
    assert "limit_missing" not in codes("办好“早日康复”公益行动。")


def test_a_list_that_gives_limits_lacks_one() -> None:
    dated = [f"新建公园{n}座。(牵头单位:市甲局;完成时限:{n}月底)" for n in (6, 7, 8, 9)]
    found = [f for f in listed(*dated, "新建广场2个。(牵头单位:市甲局)") if f.code == "limit_missing"]
    assert [f.task for f in found] == [5]
    assert "4/5项" in found[0].message


def test_a_lasting_duty_in_such_a_list_needs_no_date() -> None:
    dated = [f"新建公园{n}座。(牵头单位:市甲局;完成时限:{n}月底)" for n in (6, 7, 8, 9)]
    lasting = "加强食品安全监管。(牵头单位:市甲局;完成时限:持续推进)"
    assert "limit_missing" not in codes(*dated, lasting)


def test_a_yearly_list_without_dates_means_the_years_end() -> None:
    assert "limit_missing" not in codes("新建公园3座。", "开工建设滨河路。", "新增贷款400亿元。", "举办马拉松。")


def test_a_start_without_a_month_beside_one_with() -> None:
    found = [f for f in listed("滨河大桥上半年开工。", "开工建设东环快速路。") if f.code == "limit_missing"]
    assert [(f.task, f.text) for f in found] == [(2, "开工建设东环快速路")]
    assert "第1项（“上半年”）" in found[0].message


# --- what for -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "verb", "proposed"),
    [
        ("推进能源领域价格改革。", "推进", "出台的文件"),
        ("加强服务标准建设。", "加强", "出台的文件"),
        ("加快东环快速路建设。", "加快", "竣工"),
        ("重点推进石墨烯材料等44个项目。", "推进", "年内开工"),
        ("规划建设太行植物园。", "规划建设", "竣工"),
    ],
)
def test_a_task_without_a_measurable_end(item: str, verb: str, proposed: str) -> None:
    finding = only("end_missing", item)
    assert f"“{verb}”" in finding.message
    assert proposed in finding.proposal


@pytest.mark.parametrize(
    "item",
    [
        "加快东环快速路建设，年内完工。",
        "推进能源领域价格改革，出台实施方案。",
        "推动石墨烯材料等44个项目竣工投产。",
        "加强食品安全监管，抽检合格率达到98%。",
        "推动规上工业企业全接入。",
        "城镇居民收入增长与经济增长同步。",
        "办好技能大赛。",
        "编制国土空间规划。",
        "大力发展设施农业，蔬菜种植面积达到46万亩。",
        "培育省级“专精特新”企业15户。",
    ],
)
def test_an_end_that_can_be_held_against_the_words(item: str) -> None:
    assert "end_missing" not in codes(item)


# --- counts ---------------------------------------------------------------------------------------


def test_declared_counts_that_do_not_add_up() -> None:
    text = "《清单》共计3项具体任务,涉及2个牵头单位。\n2026年1月5日\n附件\n" + HEAD
    text += "一、市甲局牵头工作(2项)\n1.新建公园3座。\n二、市乙局牵头工作(1项)\n2.新建广场2个。\n"
    found = {f.code: f for f in lint(read_text(text))}
    assert found["declared_tasks"].text.startswith("3项具体任务")
    assert found["declared_section"].text == "一、市甲局牵头工作(2项)"
    assert "declared_lead_units" not in found


def test_a_number_given_twice_and_one_left_out() -> None:
    text = HEAD + "一、市甲局牵头工作\n1.新建公园3座。\n3.新建广场2个。\n3.新建学校1所。\n"
    found = [f.code for f in lint(read_text(text)) if f.code.startswith("number")]
    assert sorted(found) == ["number_missing", "number_twice"]


def test_counts_that_add_up() -> None:
    assert codes("新建公园3座。", "新建广场2个。") == []
