"""Names of what is promised: which are one thing, which are part of another, which only sound alike."""

from __future__ import annotations

import pytest

from duixian.aligning.names import Sameness, contradict, fold, is_bare, match_names, table, taken_apart, wider_concepts

SAME = [
    ("技术合同成交额", "全年技术合同成交额"),
    ("社零总额", "社会消费品零售总额"),
    ("规模以上工业增加值", "规上工业增加值"),
    ("“专精特新”企业", "专精特新中小企业"),
    ("高新技术企业", "国家高新技术企业"),
    ("签约资金", "签约金额"),
    ("农业生产托管", "农业生产托管试点面积"),
    ("充电桩", "充电设施"),
    ("新建项目一季度开工率", "新建项目开工率"),
    ("科技型中小企业入库", "科技型中小企业"),
    ("竹编传承工坊", "竹编传承工坊"),
    ("燃气、供水管网", "供热、燃气、供水管网"),
    ("改造竹编传承工坊", "竹编传承工坊"),
]
NARROWER = [
    ("人工造林", "营造林"),
    ("水浇地", "高标准农田和水浇地"),
    ("规上服务业企业", "“四上”企业"),
    ("规模以上服务业企业和网上零售住餐企业", "“四上”企业"),
    ("县级竹编传承工坊", "竹编传承工坊"),
]
DIFFERENT = [
    ("高产农田", "高标准农田"),
    ("重点企业清洁能源比例", "新能源和清洁能源装机占比"),
    ("城镇居民人均可支配收入", "农村居民人均可支配收入"),
    ("应急成品粮油储备", "粮食产量"),
    ("粮食播种面积", "粮食产量"),
    ("特级安全高效矿井评审", "智能化矿井"),
    ("工业投资", "制造业投资增速"),
    ("地区生产总值", "单位地区生产总值能耗"),
    ("区级重点项目", "市级重点项目"),
    ("微型消防站", "消防站"),
    ("项目", "产业项目"),
    ("一般公共预算收入", "一般公共预算支出"),
    ("续建项目开工率", "新建项目开工率"),
]


@pytest.mark.parametrize(("county", "city"), SAME)
def test_one_thing_by_two_names(county: str, city: str) -> None:
    found = match_names(county, city)
    assert found is not None
    assert found.sameness is Sameness.SAME


@pytest.mark.parametrize(("county", "city"), NARROWER)
def test_part_of_what_the_city_counts(county: str, city: str) -> None:
    found = match_names(county, city)
    assert found is not None
    assert found.sameness is Sameness.NARROWER


@pytest.mark.parametrize(("county", "city"), DIFFERENT)
def test_what_only_sounds_alike(county: str, city: str) -> None:
    found = match_names(county, city)
    assert found is None or found.sameness is Sameness.WIDER


def test_the_wider_thing_is_no_part_of_the_narrower() -> None:
    found = match_names("营造林", "人工造林")
    assert found is not None
    assert found.sameness is Sameness.WIDER


@pytest.mark.parametrize("row", table("words")["near_miss"], ids=lambda row: "-".join(row["words"]))
def test_every_near_miss_is_refused_both_ways(row: dict[str, list[str]]) -> None:
    one, other = row["words"]
    assert contradict(one, other)
    assert contradict(other, one)
    assert not contradict(one, one)


def test_the_dictionary_holds_together() -> None:
    """A printed name belongs to one entry; what an entry is part of is an entry, and never itself."""
    names = table("names")
    owner: dict[str, str] = {}
    for concept, entry in names.items():
        assert set(entry) <= {"also", "within"}, concept
        for word in (concept, *entry.get("also", ())):
            assert owner.setdefault(fold(word), concept) == concept, word
        assert set(entry.get("within", ())) <= set(names), concept
        assert concept not in wider_concepts(concept)


def test_a_goal_is_named_by_words_of_its_own() -> None:
    words = [word for words in table("words")["goals"].values() for word in words]
    assert all(len(word) >= 2 for word in words)
    assert all(len(set(words)) == len(words) for words in table("words")["goals"].values())


@pytest.mark.parametrize("name", ["项目", "总投资", "新建企业", "年度计划投资"])
def test_a_name_too_wide_to_name_anything(name: str) -> None:
    assert is_bare(name)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("国道341电留至古县段", "341国道电留至古县段"),
        ("PM<sub>2.5</sub>浓度", "PM2.5浓度"),
        ("“四上”企业", "四上企业"),
        ("细颗粒物（PM2.5）平均浓度", "细颗粒物平均浓度"),
        ("规模以上　工业", "规上工业"),
    ],
)
def test_names_in_one_form(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_an_entry_at_the_end_of_a_longer_name() -> None:
    name = taken_apart("民营企业进出口总额")
    assert (name.concept, name.qualifier) == ("进出口总额", "民营企业")
