"""Usernames: what a person expects from the own name, and nobody else's."""

import pytest

from duixian.units.usernames import is_username, pinyin_of, propose_username


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("王小明", "wangxiaoming"),
        ("单雄信", "shanxiongxin"),
        ("曾国", "zengguo"),
        ("仇和", "qiuhe"),
        ("尉迟恭", "yuchigong"),
        ("欧阳修", "ouyangxiu"),
        ("吕绿", "lvlv"),
        ("热合曼·买买提", "rehemanmaimaiti"),
        ("O'Neill", "oneill"),
        ("", ""),
    ],
)
def test_a_name_in_pinyin(name: str, spelled: str) -> None:
    assert pinyin_of(name) == spelled


def test_two_people_of_one_name_get_two_usernames() -> None:
    taken: set[str] = set()
    for expected in ("zhangwei", "zhangwei2", "zhangwei3"):
        proposed = propose_username("张伟", "", taken)
        assert proposed == expected
        taken.add(proposed)


def test_where_the_name_spells_nothing_the_phone_does() -> None:
    assert propose_username("（）", "13900000001", set()) == "13900000001"
    assert propose_username("", "", {"user"}) == "user2"


@pytest.mark.parametrize(
    ("text", "is_good"), [("wang.xm", True), ("a", False), ("王", False), ("A1", False), ("a b", False)]
)
def test_what_a_username_may_be(text: str, is_good: bool) -> None:
    assert is_username(text) is is_good
