"""Every rule of the reader has a sentence, and every field of a reading is explained by one."""

import ast
import re
from pathlib import Path

import duixian.reading
from duixian.reading import read_text
from duixian.reading.quantities.refusals import REFUSALS
from duixian.reading.showing.explain import as_lines, explain
from duixian.reading.showing.words import rule_means, table
from tests.reading.documents import LIST

SOURCES = Path(duixian.reading.__file__).parent
# how the reader names its rules: the phenomenon, a point, what decides
RULE = re.compile(r"(?:amount|shared|limit|outcome|relation)\.[a-z][a-z-]*")


def rules_in_the_code() -> set[str]:
    """All string constants of the reader's modules that are a rule's name (words of a lexicon are called otherwise)."""
    found: set[str] = set()
    for file in SOURCES.rglob("*.py"):
        if file.parent.name in ("showing", "lint"):
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and RULE.fullmatch(node.value):
                found.add(node.value)
    # "amount.noun" is asked for as the beginning of several
    return {rule for rule in found if not any(other.startswith(f"{rule}-") for other in found)}


def test_every_rule_in_the_code_has_a_sentence() -> None:
    found = rules_in_the_code()
    assert {"amount.noun-before", "outcome.closing", "limit.words"} <= found
    assert found - set(table("rules")["rules"]) == set()


def test_every_refusal_has_a_sentence() -> None:
    assert {name for name, _ in REFUSALS} - set(table("rules")["refusals"]) == set()


def test_a_rule_without_a_sentence_is_shown_by_its_name() -> None:
    assert rule_means("amount.unheard-of") == "amount.unheard-of"


def test_every_field_is_explained_with_its_rule() -> None:
    text = "1.推动滨河大桥上半年开工，新增贷款400亿元以上，投资10亿元以上的项目全部开工，居民收入增长与经济增长同步。"
    task = read_text(text + "(牵头单位:市甲局)\n2.新建公园3座。(牵头单位:市甲局)", year=2026).tasks[0]
    explained = explain(task, 2026)
    fields = [line.field for line in explained]
    assert fields[0] == "牵头单位"
    assert {"数量", "期限", "事项", "参照", "全量", "不计"} <= set(fields)
    amount = next(line for line in explained if line.field == "数量")
    assert amount.words == "新增贷款400亿元以上"
    assert amount.value.startswith("新增贷款 不低于400亿元")
    assert amount.rule == "amount.noun-before"
    refused = next(line for line in explained if line.field == "不计")
    assert (refused.words, refused.rule) == ("10亿元以上", "threshold")


def test_how_the_lead_was_found_is_said() -> None:
    reading = read_text(LIST)
    rules = [explain(task, 2026)[0].rule for task in reading.tasks]
    assert rules == ["leads.heading", "leads.heading", "leads.own", "leads.heading", "leads.heading"]


def test_the_whole_document_is_explained_warnings_first() -> None:
    shown = as_lines(read_text(LIST.replace("共计5项", "共计6项"))).splitlines()
    assert shown[1].startswith("! 文件称共 6 项")
    assert any("amount.noun-before：" in line for line in shown)
