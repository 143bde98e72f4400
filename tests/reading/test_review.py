"""What a person is asked to look at."""

from duixian.reading import read_text

HEAD = "2026年任务分解\n一、市发改委牵头工作\n"


def _fields(item: str) -> list[str]:
    return [note.field for note in read_text(HEAD + item).tasks[0].review]


def test_a_plain_commitment_needs_no_look() -> None:
    assert _fields("1.规模以上工业增加值增长6%以上。\n") == []


def test_a_missing_lead_is_first() -> None:
    text = "2026年任务清单\n1.新建公园3处。\n2.新建学校2所。（责任单位：市教育局）\n"
    assert read_text(text).tasks[0].review[0].field in ("leads", "cooperating", "text")


def test_a_name_taken_from_the_amount_before_is_marked() -> None:
    assert "quantities[1].indicator" in _fields("1.规模以上工业增加值增长7%以上，力争增长8%。\n")


def test_a_figure_without_a_known_unit_is_marked() -> None:
    assert "quantities" in _fields("1.出生人口性别比控制在108以内。\n")


def test_a_figure_left_out_for_a_soft_reason_is_marked() -> None:
    assert "quantities" in _fields("1.推动120万吨焦化项目竣工。\n")


def test_digits_of_names_are_not_marked() -> None:
    assert _fields("1.推动309国道改扩建，办好第8届马拉松，创建5A级景区。\n") == []


def test_a_limit_in_the_words_after_the_one_in_the_bracket_is_marked() -> None:
    item = "1.新建公园3处，10月底前开放。（配合单位：市城管局；完成时限：6月底）\n"
    assert "deadlines" in _fields(item)
