"""The worked tables of docs/rules/unremarkable.md and differences.md, put to the code; no cell is passed over."""

from collections.abc import Mapping
from decimal import Decimal

from duixian.assessing import Light
from duixian.assessing.wording import LIGHT_WORDS, percent
from duixian.reporting.differences import Pair, differences_of
from duixian.reporting.unremarkable import Rank, ReviewFacts, rank_of, remarks_on

LIGHTS: dict[str, Light | None] = {"—": None} | {word: light for light, word in LIGHT_WORDS.items()}
RANKS = {"有疑点": Rank.DOUBT, "须过目": Rank.LIGHT, "迟报": Rank.LATE, "无须细看": Rank.PLAIN}
OUTCOMES = {"相符": False, "不符": True}
YES = {"是": True, "否": False}


def facts_of(cells: Mapping[str, str]) -> ReviewFacts:
    """A row as facts; an unknown word in a cell raises KeyError."""
    return ReviewFacts(
        before=LIGHTS[cells["原灯"]],
        after=LIGHTS[cells["通过后"]],
        doubts=_several(cells["疑问"]),
        unavailable=_several(cells["没有数"]),
        figures=tuple(Decimal(figure) for figure in _several(cells["完成数（新在前）"])),
        times_submitted=int(cells["第几次"]),
        is_correction_open=YES[cells["更正未定"]],
        differences=int(cells["核查不符"]),
        account=_plain(cells["情况"]),
        last_account=_plain(cells["上月情况"]),
        blocker=_plain(cells["堵点"]),
        last_blocker=_plain(cells["上月堵点"]),
        is_late=YES[cells["迟报"]],
    )


def check_unremarkable(cells: Mapping[str, str]) -> None:
    """Where the report stands in the queue, and everything noted about it."""
    remarks = remarks_on(facts_of(cells))
    assert rank_of(remarks) == RANKS[cells["排在"]], str(cells)
    assert tuple(remark.words for remark in remarks) == _several(cells["记下"]), str(cells)


def _several(cell: str) -> tuple[str, ...]:
    return () if cell == "—" else tuple(cell.split("；"))


def _plain(cell: str) -> str:
    return "" if cell == "—" else cell


def check_differences(cells: Mapping[str, str]) -> None:
    """A row of docs/rules/differences.md: counts, and the mean to a tenth of a per cent."""
    told = cells["各次"].split("；")
    outcomes = [OUTCOMES[word] for word in told if word in OUTCOMES]
    found = differences_of([_pair(word) for word in told if word not in OUTCOMES], outcomes)
    mean = "—" if found.mean is None else percent(found.mean)
    shown = [str(found.checked), str(found.different), str(found.over), str(found.under), mean]
    assert shown == [cells[name] for name in ("核查", "不符", "多报", "少报", "平均差异")], str(cells)


def _pair(word: str) -> Pair:
    series, _, figures = word.partition(" ")
    reported, _, verified = figures.replace("−", "-").partition("/")
    return Pair(series, None if reported == "空" else Decimal(reported), Decimal(verified))
