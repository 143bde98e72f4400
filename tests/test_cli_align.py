"""`duixian align` as a person and as a program sees it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from duixian.cli import main

CITY = "2026年重点任务清单\n一、市科技局牵头工作\n1.全年技术合同成交额达到11亿元。\n2.新认定高新技术企业30家。\n"
COUNTY = "2026年甲县重点任务清单\n1.技术合同成交额9000万元以上。\n2.新建冷库8座。\n"


@pytest.fixture
def documents(tmp_path: Path) -> tuple[str, str]:
    city, county = tmp_path / "市.txt", tmp_path / "001-甲县.txt"
    city.write_text(CITY, encoding="utf-8")
    county.write_text(COUNTY, encoding="utf-8")
    return str(city), str(county)


def run(*arguments: str) -> dict[str, list[dict[str, object]]]:
    result = CliRunner().invoke(main, ["align", *arguments, "--json"])
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_json_is_the_object_programs_read(documents: tuple[str, str]) -> None:
    found = run(*documents, "--expected", "14")
    assert list(found) == ["links", "unmatched", "coverage"]
    (link,) = found["links"]
    assert {key: link[key] for key in ("county", "text", "city_task", "city_text", "relation", "share")} == {
        "county": "001-甲县",
        "text": "技术合同成交额9000万元以上",
        "city_task": 1,
        "city_text": "技术合同成交额达到11亿元",
        "relation": "contributes",
        "share": 0.0818,
    }
    assert COUNTY[slice(*link["span"])] == link["text"]
    (lost,) = found["unmatched"]
    assert list(lost) == ["county", "text", "span", "nearest_city_task"]
    assert COUNTY[slice(*lost["span"])] == lost["text"] == "新建冷库8座"
    assert found["coverage"][0] == {
        "city_task": 1,
        "city_text": "技术合同成交额达到11亿元",
        "target": 11,
        "unit": "亿元",
        "committed": 0.9,
        "share": 0.0818,
        "counties": ["001-甲县"],
        "state": "incomplete",
        "plans_read": 1,
        "plans_expected": 14,
    }


def test_all_plans_read_a_sum_too_small_is_a_gap(documents: tuple[str, str]) -> None:
    assert [one["state"] for one in run(*documents, "--expected", "1")["coverage"]] == ["gap", "gap"]
    assert [one["plans_expected"] for one in run(*documents)["coverage"]] == [None, None]


def test_lines_for_a_person(documents: tuple[str, str]) -> None:
    shown = CliRunner().invoke(main, ["align", *documents, "--expected", "1"]).stdout
    assert "缺口  第1项 技术合同成交额达到11亿元：承接0.9亿元，占8.2%（1个县区，1/1份）" in shown
    assert "计入 8.2%  技术合同成交额9000万元以上 → 第1项" in shown
    assert "已读的计划都没有提到的目标1个：第2项" in shown
    assert "001-甲县  新建冷库8座" in shown


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["没有.txt", "{county}"], "没有"),
        (["{city}"], "没有指明县区计划"),
        (["{city}", "{county}", "{county}"], "两份县区计划同名"),
        (["{city}", "{county}", "--expected", "0"], "0"),
        (["{city}", "{county}", "{city}", "--expected", "1"], "请核对份数"),
    ],
)
def test_bad_input_is_one_line_and_status_two(documents: tuple[str, str], arguments: list[str], told: str) -> None:
    city, county = documents
    result = CliRunner().invoke(main, ["align", *(word.format(city=city, county=county) for word in arguments)])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


def test_help_has_an_example() -> None:
    assert "duixian align 市清单.txt" in CliRunner().invoke(main, ["align", "--help"]).stdout
