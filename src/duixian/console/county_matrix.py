"""县区: city targets by county as the page prints them. What a sum means is `register.coverage`'s to say."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duixian.assessing.wording import percent
from duixian.console import wording
from duixian.register.coverage import Cell, Coverage, is_rate
from duixian.register.enums import CarryState, SumState
from duixian.register.models import Target
from duixian.units.models import Unit
from duixian.units.naming import place_of

# worst first
STATE_ORDER = (SumState.GAP, SumState.OVER, SumState.COVERED, SumState.INCOMPLETE)
# one county that carries so much of the whole is shaded: the sum hangs on it
HEAVY = Decimal(1) / 3
# the bar: 100 per cent stands here in a box of 100; what is beyond the box is cut
WHOLE_AT = 56.0
WIDTH = 100.0
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Bar:
    """Committed up to the mark of 100 per cent, the gap after it, what is over beyond."""

    filled: float
    gap: float
    over: float
    # whether what is missing is a gap, or only not read yet
    is_gap: bool
    mark: float = WHOLE_AT
    width: float = WIDTH


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One county in one row; `kind` is the name of its look."""

    cell: Cell
    kind: str
    figure: str
    share: str
    is_chosen: bool
    is_heavy: bool

    @property
    def word(self) -> str:
        """What stands where there is no figure."""
        return str(KIND_WORDS.get(self.kind, ""))


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One target."""

    coverage: Coverage
    goal: str
    cells: list[MatrixCell]
    committed: str
    share: str
    difference: str
    bar: Bar | None

    @property
    def is_common(self) -> bool:
        """Whether at least half of the counties known speak of it, so that its sum says something of the counties."""
        known = [c.cell for c in self.cells if c.cell.is_known and c.kind != "not-carried"]
        spoken = [cell for cell in known if cell.value is not None or cell.item is not None]
        return 2 * len(spoken) >= len(known)

    @property
    def target(self) -> Target:
        """The city's target."""
        return self.coverage.target

    @property
    def state(self) -> str:
        """GAP, OVER ..."""
        return str(self.coverage.state)


KIND_WORDS = {
    "unread": gettext_lazy("未读"),
    "not-written": gettext_lazy("未写"),
    "no-figure": gettext_lazy("无数"),
    "not-carried": "—",
}
KINDS = {
    CarryState.NO_FIGURE: "no-figure",
    CarryState.NOT_WRITTEN: "not-written",
    CarryState.NOT_CARRIED: "not-carried",
}


def matrix_rows(
    found: Sequence[Coverage], units: Sequence[Unit], chosen: tuple[int, int] | None, *, is_whole: bool = True
) -> list[MatrixRow]:
    """Rows worst first, each with a cell for every one of `units`.

    Without the whole they stand in the list's order: an order by sums would tell of other counties.
    """
    if is_whole:
        found = sorted(found, key=_badness)
    return [_row(coverage, units, chosen) for coverage in found]


def _badness(coverage: Coverage) -> tuple[int, Decimal, int, int]:
    """Gaps from the widest, then what is most over, then the rest; equal ones in the list's order."""
    share = coverage.share or Decimal(0)
    place = STATE_ORDER.index(coverage.state)
    towards = share if coverage.state in (SumState.GAP, SumState.INCOMPLETE) else -share
    return place, towards, coverage.target.task.order, coverage.target.order


def _row(coverage: Coverage, units: Sequence[Unit], chosen: tuple[int, int] | None) -> MatrixRow:
    target = coverage.target
    by_unit = {cell.unit.pk: cell for cell in coverage.cells}
    places = wording.places_of(*(by_unit[u.pk].value for u in units if u.pk in by_unit))
    cells = [
        _cell(by_unit.get(u.pk) or Cell(u, CarryState.NOT_CARRIED), places, chosen == (target.pk, u.pk)) for u in units
    ]
    return MatrixRow(
        coverage=coverage,
        goal=wording.exact(target.current_value),
        cells=cells,
        committed=wording.fixed(coverage.committed, wording.places_of(coverage.committed)),
        share=percent(coverage.share) if coverage.share is not None else "",
        difference=difference_words(coverage),
        bar=bar_of(coverage.share, is_gap=coverage.state == SumState.GAP),
    )


def _cell(cell: Cell, places: int, is_chosen: bool) -> MatrixCell:
    is_heavy = cell.share is not None and cell.share >= HEAVY
    return MatrixCell(
        cell, kind_of(cell), wording.fixed(cell.value, places), share_words(cell.share), is_chosen, is_heavy
    )


def kind_of(cell: Cell) -> str:
    """Whether there is a figure, and if not, why."""
    if cell.state == CarryState.NOT_WRITTEN and not cell.is_known:
        return "unread"
    return KINDS.get(CarryState(cell.state), "figure")


def share_words(share: Decimal | None) -> str:
    """12%, below ten 4.4%."""
    if share is None:
        return ""
    per_cent = share * 100
    return f"{per_cent:.0f}%" if per_cent >= 10 else f"{per_cent:.1f}%"


def difference_words(coverage: Coverage) -> str:
    """缺口 2.95, 加码 43, 够 +270; of a sum of too few plans only how many are read."""
    if coverage.state == SumState.INCOMPLETE or coverage.difference is None:
        return _("%(read)s/%(all)s份已读") % {"read": coverage.read, "all": coverage.expected}
    number = wording.exact(abs(coverage.difference).normalize())
    if is_rate(coverage.target):
        number = f"{wording.fixed(abs(coverage.difference), 1)}{_('点')}"
    if coverage.state == SumState.GAP:
        return _("缺口 %(n)s") % {"n": number}
    if coverage.state == SumState.OVER:
        return _("加码 %(n)s") % {"n": number}
    return _("够 +%(n)s") % {"n": number} if coverage.difference else _("正好")


def bar_of(share: Decimal | None, *, is_gap: bool) -> Bar | None:
    """The geometry of a row's bar; None where nothing is summed."""
    if share is None:
        return None
    reached = float(min(share, ONE)) * WHOLE_AT
    beyond = min(float(max(share - ONE, Decimal(0))) * WHOLE_AT, WIDTH - WHOLE_AT)
    return Bar(filled=round(reached, 2), gap=round(WHOLE_AT - reached, 2), over=round(beyond, 2), is_gap=is_gap)


def groups_of(rows: Sequence[MatrixRow]) -> list[tuple[str, list[MatrixRow]]]:
    """What most counties speak of, then under a heading of its own what only a few do: there a gap may be none."""
    common, rare = [row for row in rows if row.is_common], [row for row in rows if not row.is_common]
    heading = _("不到一半县区写到的%(n)s项：可能不分给县区，差额仅供参考") % {"n": len(rare)}
    return [(name, group) for name, group in (("", common), (heading, rare)) if group]


def headline(rows: Sequence[MatrixRow]) -> list[tuple[str, bool]]:
    """缺口5项, 加码2项, 够4项 among what most counties speak of; whether each is printed red."""
    rows = [row for row in rows if row.is_common]
    counts = Counter(row.state for row in rows)
    words = {
        SumState.GAP: _("缺口%(n)s项"),
        SumState.OVER: _("加码%(n)s项"),
        SumState.COVERED: _("够%(n)s项"),
        SumState.INCOMPLETE: _("计划未读全%(n)s项"),
    }
    return [(text % {"n": counts[state]}, state == SumState.GAP) for state, text in words.items() if counts[state]]


def column_names(units: Sequence[Unit]) -> list[str]:
    """潞州区 for 潞州区政府."""
    return [place_of(unit.name) for unit in units]
