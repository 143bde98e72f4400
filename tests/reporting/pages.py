"""The worked table of docs/rules/unremarkable.md, put to the code. A cell not understood is an error."""

from collections.abc import Mapping
from decimal import Decimal

from duixian.assessing import Light
from duixian.assessing.wording import LIGHT_WORDS
from duixian.reporting.unremarkable import Rank, ReviewFacts, rank_of, remarks_on

LIGHTS: dict[str, Light | None] = {"—": None} | {word: light for light, word in LIGHT_WORDS.items()}
RANKS = {"有疑点": Rank.DOUBT, "须过目": Rank.LIGHT, "迟报": Rank.LATE, "无须细看": Rank.PLAIN}
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
