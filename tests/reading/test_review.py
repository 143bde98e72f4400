"""What a person is asked to look at."""

import pytest

from duixian.reading import ReadTask, read_text
from duixian.reading.review import fields_of, within_budget
from duixian.reading.signs import signs

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


@pytest.mark.parametrize(
    ("item", "field"),
    [
        ("1.盘活厂房不下45座。\n", "quantities[0].comparator"),
        ("1.刑事警情再降120起。\n", "quantities[0].kind"),
        ("1.新增企业20家登陆资本市场。\n", "quantities[0].indicator"),
        ("1.建设装机容量达到20万千瓦电站。\n", "quantities"),
        ("1.推动信访案件减半。\n", "quantities"),
        ("1.新建厂房20万平方米，入驻率达到85%。\n", "quantities[1].indicator"),
        ("1.汛期前完成堤防加固3公里。\n", "deadlines"),
        ("1.新建公园3处。责任单位为市城管局\n", "text"),
        ("1.新建公园3处。（配合单位：市城管局和市住建局）\n", "cooperating"),
    ],
)
def test_a_sign_of_doubt_is_put_before_a_person(item: str, field: str) -> None:
    assert field in _fields(item)


def test_a_doubtful_amount_is_less_sure_than_a_plain_one() -> None:
    plain, doubtful = read_text(HEAD + "1.规模以上工业增加值增长6%。\n2.盘活厂房不下45座。\n").tasks
    assert 0 < doubtful.quantities[0].confidence < 0.9 < plain.quantities[0].confidence < 1


def test_the_most_doubtful_come_first() -> None:
    task = read_text(HEAD + "1.盘活厂房不下45座，刑事警情再降120起。\n").tasks[0]
    assert [note.risk for note in task.review] == sorted((note.risk for note in task.review), reverse=True)


def test_a_document_shows_no_more_than_its_share_and_the_worst_of_it() -> None:
    items = "".join(f"{n}.刑事警情再降{n}20起。\n" for n in range(1, 31))
    tasks = read_text(HEAD + items + "31.盘活厂房不下45座。\n").tasks
    notes = [note for task in tasks for note in task.review]
    assert 0 < len(notes) <= 0.15 * sum(fields_of(task, is_list=True) for task in tasks)
    assert any(note.field == "quantities[0].comparator" for note in tasks[-1].review)


def test_nothing_is_asked_where_nothing_is_doubtful() -> None:
    tasks = read_text(HEAD + "1.规模以上工业增加值增长6%以上。\n").tasks
    assert within_budget(tasks, is_list=True)[0].review == ()


def test_every_sign_has_a_risk_and_says_why() -> None:
    for sign in signs().values():
        assert 0 < sign.risk < 1, sign.name
        assert sign.why, sign.name


def test_notes_of_a_page_read_in_parts_keep_their_places() -> None:
    sentence = "新建公园3处，改造老旧小区20个，" * 100 + "盘活厂房不下45座。"
    task: ReadTask = read_text(HEAD + f"1.{sentence}\n").tasks[0]
    place = len(task.quantities) - 1
    assert any(note.field == f"quantities[{place}].comparator" for note in task.review)
