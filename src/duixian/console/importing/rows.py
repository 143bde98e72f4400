"""The review in parallel rows: the original with its marks left, what was read right. Reads no database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from duixian.console.marks import Mark, Piece, marked
from duixian.reading import Reading, ReadSection, ReadTask, Span
from duixian.reading.showing.fields import Line, lines_of
from duixian.reading.showing.layout import Row, rows_of
from duixian.register.enums import ItemChange, ItemState
from duixian.register.reviews import Review, ReviewRow

# from the reader's kinds of lines to the page's marks
KINDS = {"amount": "amount", "relation": "amount", "outcome": "outcome", "limit": "limit"}
QUALITATIVE = "定性"


@dataclass(frozen=True, slots=True)
class Cells:
    """One line of what was read: its number, and what stands in each column."""

    number: int
    name: str
    compared: str
    figure: str
    uom: str
    limit: str
    how: str


@dataclass(slots=True)
class Shown:
    """A row of the page: a heading, words between items, or an item."""

    pieces: list[Piece] = field(default_factory=list)
    heading: ReadSection | None = None
    found: int = 0
    row: ReviewRow | None = None
    number: str = ""
    lead_in: str = ""
    tail: list[Piece] = field(default_factory=list)
    lines: list[Cells] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What ties words and reading together in the page's addresses."""
        return f"{self.row.item.pk}" if self.row else ""

    @property
    def fits(self) -> bool:
        """Whether the heading's own count is what was read under it."""
        return self.heading is not None and self.heading.declared in (None, self.found)


def shown_rows(review: Review, first: int, count: int, *, chosen: set[int] | None = None) -> list[Shown]:
    """Rows of `count` items from the `first`-th, with the headings and words among them; of `chosen` items only."""
    here = [row for row in review.rows if row.item.change != ItemChange.GONE]
    wanted = [row for row in here if chosen is None or row.item.pk in chosen][first : first + count]
    ids = {row.item.pk for row in wanted}
    current = {id(row.read): row for row in here}
    original = review.draft.original
    reading = replace(original, tasks=tuple(row.read for row in here), results=())
    laid = list(rows_of(reading))
    found = _counted(here)
    made: list[Shown] = []
    for row in _among(laid, current, ids, whole=chosen is None, is_first=first == 0):
        if row.section is not None:
            made.append(Shown(heading=row.section, found=found.get(row.section.name, 0)))
        elif row.task is None:
            made.append(Shown([Piece(reading.text[row.span.start : row.span.end])]))
        else:
            made.append(_item(current[id(row.task)], row, reading))
    return made


def _counted(rows: Iterable[ReviewRow]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        if row.item.state != ItemState.LEFT_OUT and row.read.section:
            found[row.read.section] = found.get(row.read.section, 0) + 1
    return found


def _among(
    laid: list[Row], current: dict[int, ReviewRow], ids: set[int], *, whole: bool, is_first: bool
) -> Iterator[Row]:
    """The rows of the page: its items, each heading that has one of them below it, plain words between them."""
    heading: Row | None = None
    waiting: list[Row] = []
    is_open = is_first
    for row in laid:
        if row.section is not None:
            heading, waiting = row, []
            continue
        if row.task is None:
            if whole:
                waiting.append(row)
            continue
        if current[id(row.task)].item.pk in ids:
            if is_open or heading is None:
                yield from waiting
            if heading is not None:
                yield heading
            if not is_open and heading is not None:
                yield from waiting
            is_open = True
            heading = None
            yield row
        waiting = []


def _item(row: ReviewRow, laid: Row, reading: Reading) -> Shown:
    read = row.read
    lines = [line for line in lines_of("", read) if line.mark in KINDS]
    numbered = {id(line): n for n, line in enumerate((ln for ln in lines if ln.mark != "limit"), 1)}
    marks = [_mark(line, numbered.get(id(line), 0)) for line in lines]
    marks += [Mark(q.span.start, q.span.end, 0, "doubt", q.why) for q in row.open_questions if q.span]
    text = reading.text
    tail = laid.tail or Span(laid.span.end, laid.span.end)
    tail_marks = [*marks, *_party_marks(read, text, tail)]
    return Shown(
        pieces=marked(text[laid.span.start : laid.span.end], laid.span.start, marks),
        row=row,
        number=laid.number or f"{read.number}.",
        lead_in=laid.lead_in,
        tail=marked(text[tail.start : tail.end], tail.start, tail_marks) if tail.end > tail.start else [],
        lines=[_cells(line, numbered[id(line)], read, row) for line in lines if id(line) in numbered] or [_silent(row)],
    )


def _mark(line: Line, number: int) -> Mark:
    return Mark(line.span.start, line.span.end, number, KINDS[line.mark], line.cells[0])


def _party_marks(read: ReadTask, text: str, tail: Span) -> Iterator[Mark]:
    """Units in the bracket behind an item, boxed."""
    for name in (*read.leads, *read.cooperating):
        at = text.find(name, tail.start, tail.end)
        if at >= 0:
            yield Mark(at, at + len(name), 0, "party", name)


def _cells(line: Line, number: int, read: ReadTask, row: ReviewRow) -> Cells:
    name, compared, figure, uom, limit, how = line.cells
    return Cells(number, name, compared, figure, uom, limit or _limit(read, row), how)


def _limit(read: ReadTask, row: ReviewRow) -> str:
    """The item's last limit, else the year."""
    last = max((d.date for d in read.deadlines), default=None)
    return last.isoformat() if last else f"{row.item.draft.year}年"


def _silent(row: ReviewRow) -> Cells:
    """An item without amount or outcome: followed by its nodes."""
    full = row.read.full
    if full is not None:
        return Cells(1, full.object, "等于", "100", "%", _limit(row.read, row), f"全量（{full.text}）")
    return Cells(0, QUALITATIVE, "", "", "", _limit(row.read, row), "按节点")
