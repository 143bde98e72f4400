"""What must hold of every text, whatever it says."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from duixian.reading import ReadingError, read_text
from duixian.reading.clauses import lay_out
from duixian.reading.fold import fold

_WORDS = st.sampled_from(
    [
        "一、",
        "1.",
        "（一）",
        "①",
        "新增",
        "贷款",
        "400",
        "亿元",
        "以上",
        "6%",
        "左右",
        "4.3",
        "万人",
        "上半年",
        "开工",
        "（责任单位：市教育局）",
        "市发改委牵头工作（2项）",
        "。",
        "，",
        "、",
        "分别",
        "均",
        "增长",
        "由",
        "提高到",
        "每个县区",
        "力争",
        "“",
        "”",
        "（",
        "）",
        "五百",
        "百分之七十",
        "2026年",
        "10月底前",
        "等",
        "个",
        "项目",
        "推动",
        "建成投用",
        "高于",
        "同步",
        "全覆盖",
        "≥",
        "至",
        "—",
        "附件",
        "#",
        "超过",
        "PM2.5",
        "\n",
    ]
)
_TEXTS = st.one_of(st.lists(_WORDS, max_size=40).map("".join), st.text(max_size=200))


@given(_TEXTS)
@settings(max_examples=300)
def test_any_text_is_read_or_refused_and_every_span_is_exact(text: str) -> None:
    try:
        reading = read_text(text, year=2026)
    except ReadingError:
        return
    json.dumps(reading.to_dict(), allow_nan=False)
    for task in (*reading.tasks, *reading.results):
        assert 0 <= task.span.start <= task.span.end <= len(reading.text)
        for part in (*task.quantities, *task.deadlines, *task.relations, *task.outcomes):
            cut = reading.text[part.span.start : part.span.end]
            assert "".join(cut.split()) == "".join(part.text.split())
            assert part.text


@given(st.text(max_size=300))
def test_folding_moves_no_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="一二，。、；“”（）,;()abc1,234 ", max_size=80))
def test_clauses_cover_a_text_in_order(text: str) -> None:
    layout = lay_out(fold(text))
    ends = [0]
    for clause in layout.clauses:
        assert ends[-1] <= clause.start <= clause.end
        ends.append(clause.end)
    assert ends[-1] <= len(text)
