"""How much is done for a text, counted in calls and not in seconds: twice the text, twice the work."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from duixian.reading import read_text

SMALL, LARGE = 150, 600


def calls(work: Callable[[], object]) -> int:
    """How many functions of the reader are entered."""
    entered = 0

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal entered
        entered += event == "call" and "duixian" in frame.f_code.co_filename

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return entered


TEXTS: dict[str, Callable[[int], str]] = {
    "numerals": lambda size: "一二三四五六七八九十" * size,
    "amounts": lambda size: "1." + "、".join(f"新增贷款{i}亿元" for i in range(size)),
    "clauses": lambda size: "1." + "，".join(f"新建公园{i}个" for i in range(size)) + "。",
    "limits": lambda size: "1." + "，".join(f"{i % 12 + 1}月底前建成公园" for i in range(size)) + "。",
    "brackets": lambda size: "1.新建公园1个" + "（责任单位：市住建局）" * size,
    "series": lambda size: "1.推进" + "、".join(f"道路{i}" for i in range(size)) + "建设。",
}


@pytest.mark.parametrize("name", TEXTS)
def test_work_grows_with_the_length(name: str) -> None:
    text = TEXTS[name]
    calls(lambda: read_text(text(2)))
    small, large = (calls(lambda size=size: read_text(text(size))) for size in (SMALL, LARGE))  # type: ignore[misc]
    assert large <= small * LARGE / SMALL * 1.5
