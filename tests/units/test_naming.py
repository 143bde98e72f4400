"""Names of units: what documents write for one and the same unit, and what only looks alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.units.enums import UnitKind
from duixian.units.naming import guess_kind, is_county_group, is_group_name, unit_key

SAME = [
    ("市规自局", "市规划和自然资源局"),
    ("市市场监管局", "市市场监督管理局"),
    ("市场监管局", "市市场监督管理局"),
    ("国运公司", "市国运公司"),
    ("高新区", "高新区管委会"),
    ("高新区", "高新区党工委管委会"),
    ("潞州区", "潞州区政府"),
    ("潞州区政府", "潞州区人民政府"),
    ("长子县", "长子县政府"),
    ("市发改委", "市发展改革委"),
    ("市发改委", "市发展和改革委员会"),
    ("市人社局", "市人力资源社会保障局"),
    ("市人社局", "市人力资源和社会保障局"),
    ("市住建局", "市住房城乡建设局"),
    ("市住建局", "市住房和城乡建设局"),
    ("市工信局", "市工业和信息化局"),
    ("市卫健委", "市卫生健康委"),
    ("市文旅局", "市文化和旅游局"),
    ("市交通局", "市交通运输局"),
    ("市政府办", "市政府办公室"),
    ("市 民 政 局", "市民政局"),
    ("市大数据局(政务中心)", "市大数据局（政务中心）"),
]
DIFFERENT = [
    ("市教育局", "市体育局"),
    ("市公路局", "市交通局"),
    ("市农业局", "市林业局"),
    ("高新区", "经开区"),
    ("市政府", "县政府"),
    ("市中区", "中区"),
    ("市应急局", "市安委办"),
    ("上党区政府", "潞州区政府"),
    ("市能源局", "市国运公司"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_unit_under_two_names(one: str, other: str) -> None:
    assert unit_key(one) == unit_key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_units_with_names_that_are_close(one: str, other: str) -> None:
    assert unit_key(one) != unit_key(other)


@given(st.text(alphabet="市县区省州旗政府管委会局高新发改人民办公室（） ", min_size=1, max_size=12))
def test_an_evened_out_name_stays_as_it_is(name: str) -> None:
    """Otherwise whether two names meet would depend on how often somebody had evened them out."""
    key = unit_key(name)
    assert key or not name.strip()
    assert " " not in key
    assert unit_key(f" {name} ") == key


@pytest.mark.parametrize("name", ["各县区政府", "各县（市、区）政府", "各县、区政府", "各县市区人民政府"])
def test_all_the_counties_are_a_group(name: str) -> None:
    assert is_group_name(name)
    assert is_county_group(name)


@pytest.mark.parametrize("name", ["相关成员单位", "各相关部门", "有关单位", "市直各单位", "其他有关部门"])
def test_many_units_at_once_are_a_group_but_not_the_counties(name: str) -> None:
    assert is_group_name(name)
    assert not is_county_group(name)


@pytest.mark.parametrize("name", ["市民政局", "潞州区政府", "市直机关工委", "高新区"])
def test_one_unit_is_no_group(name: str) -> None:
    assert not is_group_name(name)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("市民政局", UnitKind.DEPARTMENT),
        ("市政府办公室", UnitKind.DEPARTMENT),
        ("市政府", UnitKind.DEPARTMENT),
        ("潞州区", UnitKind.COUNTY),
        ("潞州区政府", UnitKind.COUNTY),
        ("武乡县人民政府", UnitKind.COUNTY),
        ("介休市政府", UnitKind.COUNTY),
        ("高新区", UnitKind.ZONE),
        ("经开区管委会", UnitKind.ZONE),
        ("综合保税区", UnitKind.ZONE),
        ("云湖旅游度假区", UnitKind.ZONE),
        ("北山风景区", UnitKind.ZONE),
        ("城东产业园区", UnitKind.ZONE),
        ("市国运公司", UnitKind.ENTERPRISE),
        ("市太行文旅集团", UnitKind.ENTERPRISE),
        ("人民银行长治分行", UnitKind.VERTICAL),
        ("国家金融监管总局长治监管分局", UnitKind.VERTICAL),
        ("市消防支队", UnitKind.DEPARTMENT),
    ],
)
def test_the_kind_a_name_suggests(name: str, kind: UnitKind) -> None:
    assert guess_kind(name) is kind
