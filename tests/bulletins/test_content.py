"""A bulletin's content: to JSON and back without loss, and no contradictory content at all."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.bulletins.content import (
    Align,
    Attachment,
    BulletinContent,
    Column,
    Heading,
    Paragraph,
    Properties,
    Row,
    RowKind,
    Signature,
    SnapshotError,
    Table,
)
from tests.bulletins.example import TASKS, UNITS, all_tasks, by_lead_unit, example_content

TEXTS = st.text(max_size=40)
COLUMNS = st.builds(Column, TEXTS, st.decimals("0.1", 200, places=2), st.sampled_from(Align))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.lists(COLUMNS, min_size=1, max_size=4))
    cells = st.lists(TEXTS, min_size=len(columns), max_size=len(columns)).map(tuple)
    item = st.builds(Row, cells, st.sampled_from([RowKind.ITEM, RowKind.TOTAL]))
    group = st.builds(Row, st.tuples(TEXTS), st.just(RowKind.GROUP))
    return Table(tuple(columns), tuple(draw(st.lists(item | group, max_size=4))), draw(TEXTS))


BLOCKS = st.lists(
    st.builds(Paragraph, TEXTS) | st.builds(Heading, st.integers(1, 4), TEXTS, TEXTS) | tables(), max_size=5
).map(tuple)
CONTENTS = st.builds(
    BulletinContent,
    issuer=TEXTS,
    title_lines=st.just(("关于上半年任务完成情况的通报",)),
    addressees=TEXTS,
    opening=st.lists(TEXTS, max_size=2).map(tuple),
    body=BLOCKS,
    signature=st.builds(Signature, TEXTS, st.dates(), st.booleans()),
    attachments=st.lists(st.builds(Attachment, st.tuples(TEXTS), BLOCKS), max_size=2).map(tuple),
    doc_number=st.none() | st.just("云政办发〔2026〕31号"),
)


@given(CONTENTS)
def test_content_comes_back_from_json_unchanged(content: BulletinContent) -> None:
    assert BulletinContent.from_dict(json.loads(json.dumps(content.to_dict()))) == content


def test_example_adds_up() -> None:
    table = by_lead_unit()
    counts = [[int(cell) for cell in row.cells[1:]] for row in table.rows]
    assert len(UNITS) == len(set(UNITS)) == 22
    assert [sum(column) for column in zip(*counts[:-1], strict=True)] == counts[-1]
    assert all(row[0] == sum(row[1:]) for row in counts)
    assert counts[-1][0] == TASKS == sum(row.kind is RowKind.ITEM for row in all_tasks().rows)
    assert sum(row.kind is RowKind.GROUP for row in all_tasks().rows) == len(UNITS)


def test_digest_is_of_what_is_said_not_of_where_it_is_filed() -> None:
    content = example_content()
    assert content.digest() == replace(content, properties=Properties("c", "d")).digest()
    assert content.digest() != replace(content, opening=(content.opening[0].replace("90", "91"),)).digest()


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("signature", "signed_on"), "2026-13-01", "通报.signature.signed_on"),
        (("signature", "is_sealed"), "yes", "通报.signature.is_sealed"),
        (("body", 0, "level"), 9, "通报.body"),
        (("body", 0, "kind"), "picture", "通报.body[0]"),
        (("attachments", 0, "blocks", 0, "columns", 0, "width_mm"), "wide", "columns[0].width_mm"),
        (("opening",), "text", "通报.opening"),
        (("surplus",), 1, "通报"),
    ],
)
def test_damaged_snapshot_says_where(path: tuple[str | int, ...], value: object, where: str) -> None:
    data = example_content().to_dict()
    place = data
    for key in path[:-1]:
        place = place[key]  # type: ignore[index]
    place[path[-1]] = value  # type: ignore[index]
    with pytest.raises(SnapshotError) as caught:
        BulletinContent.from_dict(data)
    assert where in str(caught.value)


def test_missing_part_is_a_damaged_snapshot() -> None:
    data = example_content().to_dict()
    del data["signature"]
    with pytest.raises(SnapshotError, match="快照"):
        BulletinContent.from_dict(data)


@pytest.mark.parametrize("change", [{"red_head": "云川市人民政府文件"}, {"doc_number": "云政办发〔2026〕31号"}])
def test_simulated_bulletin_has_neither_red_head_nor_number(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="模拟数据"):
        replace(example_content(is_simulated=True), **change)


@pytest.mark.parametrize(
    "number",
    [
        "云政办发[2026]31号",
        "云政办发〔2026〕031号",
        "云政办发〔26〕31号",
        "云政办发〔2026〕第31号",
        "云政办发〔2026〕31号 ",
    ],
)
def test_numbers_that_break_the_rules_of_form_are_refused(number: str) -> None:
    with pytest.raises(ValueError, match="发文字号"):
        replace(example_content(), doc_number=number)


def test_rows_fit_their_table() -> None:
    columns = (Column("序号", Decimal(8)), Column("任务", Decimal(52)))
    with pytest.raises(ValueError, match="第2行有1格，应为2格"):
        Table(columns, (Row(("1", "就业")), Row(("2",))))
    with pytest.raises(ValueError, match="应为1格"):
        Table(columns, (Row(("1", "就业"), RowKind.GROUP),))


def test_a_bulletin_has_a_title() -> None:
    with pytest.raises(ValueError, match="标题"):
        BulletinContent("市政府办公室", ("", " "), "各县区", (), (), Signature("市政府办公室", date(2026, 7, 28)))
