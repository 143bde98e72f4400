"""A document under review as a person looks at it: every item with its questions, what is ready, what waits.

Five queries, whatever the number of items.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from duixian.reading import ReadTask
from duixian.register.enums import ItemChange, ItemState
from duixian.register.models import ImportDraft, ImportItem
from duixian.register.questions import Answer, Question, Scene, notes_of, questions_of, unknown_names
from duixian.units.naming import is_group_name
from duixian.units.queries import Directory, directory_of


@dataclass(slots=True)
class ReviewRow:
    """An item with what is to be decided about it."""

    item: ImportItem
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def open_questions(self) -> list[Question]:
        """Those nobody has answered, while the item can still be changed."""
        if not self.item.current_state.may_correct:
            return []
        return [q for q in self.questions if q.key not in self.item.settled]

    @property
    def is_ready(self) -> bool:
        """Nothing about it is left to decide."""
        return self.item.current_state.may_adopt and not self.open_questions and not self.unknown

    @property
    def read(self) -> ReadTask:
        """Its fields."""
        return self.item.read


@dataclass(slots=True)
class Count:
    """What the document says of itself beside what was read."""

    name: str
    declared: str
    found: str
    fits: bool | None


@dataclass
class Review:
    """The whole document."""

    draft: ImportDraft
    rows: list[ReviewRow]
    directory: Directory
    # unknown name -> numbers of the items that name it
    unknown: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def _by_item(self) -> dict[int, ReviewRow]:
        return {row.item.pk: row for row in self.rows}

    def row_of(self, item: ImportItem) -> ReviewRow:
        """The row of an item."""
        return self._by_item[item.pk]

    @property
    def ready(self) -> list[ImportItem]:
        """What one button adopts; a task taken out of the register is decided by itself."""
        return [r.item for r in self.rows if r.is_ready and r.item.change != ItemChange.GONE]

    @property
    def waiting(self) -> list[ReviewRow]:
        """Items with something to decide."""
        return [row for row in self.rows if row.open_questions]

    def counted(self, state: ItemState) -> int:
        """How many items are in a state."""
        return sum(1 for row in self.rows if row.item.state == state)

    @property
    def left(self) -> int:
        """How many are neither adopted nor left out."""
        return sum(1 for row in self.rows if row.item.current_state.may_adopt)

    def about_document(self) -> list[Question]:
        """What the reader noticed of the document as a whole and nobody has answered."""
        found = []
        for place, warning in enumerate(self.draft.original.warnings):
            key = f"warning:{place}:{warning.code}"
            if key not in self.draft.settled:
                found.append(Question(key, warning.message, _answers(warning.code), warning.span))
        return found

    def counts(self) -> list[Count]:
        """The document's own counts held against what was read: items, leads, the headings' subtotals."""
        reading = self.draft.original
        declared = reading.declared
        here = [row.read for row in self.rows if row.item.change != ItemChange.GONE and _counts(row.item)]
        headings = {item.section for item in here if item.section}
        under = Counter(item.section for item in here)
        told = [s for s in reading.sections if s.declared is not None]
        fitting = sum(1 for s in told if under[s.name] == s.declared)
        coop = sum(1 for item in here if item.cooperating)
        return [
            _count("具体任务", declared.tasks if declared else None, len(here), "项"),
            _count("牵头部门", declared.lead_units if declared else None, len(headings), "个"),
            Count("各标题小计“（22项）”等", f"{len(told)}处" if told else "—", f"{fitting}处", _fits(told, fitting)),
            Count("写有配合单位", "—", f"{coop}处", None),
        ]


def _fits(told: Sequence[object], fitting: int) -> bool | None:
    return len(told) == fitting if told else None


def _counts(item: ImportItem) -> bool:
    return item.state != ItemState.LEFT_OUT


def _count(name: str, declared: int | None, found: int, unit: str) -> Count:
    said = "—" if declared is None else f"{declared}{unit}"
    return Count(name, said, f"{found}{unit}", None if declared is None else declared == found)


def _answers(code: str) -> tuple[Answer, ...]:
    if code == "task_twice":
        return (Answer("both", "作两项"), Answer("one", "只留前一项"))
    return (Answer("seen", "已对照原文"),)


def review_of(draft: ImportDraft) -> Review:
    """Everything a page or an act needs to know of a document under review."""
    items = list(draft.items.select_related("task").order_by("order"))
    for item in items:
        item.draft = draft
    directory = directory_of(draft.government)
    current = [item.read for item in items if item.change != ItemChange.GONE]
    scene = scene_of(draft, current, directory)
    rows = [_row(item, scene) for item in items]
    open_reads = [i.read for i in items if i.change != ItemChange.GONE and i.current_state.may_adopt]
    return Review(draft, rows, directory, unknown_names(open_reads, directory))


def scene_of(draft: ImportDraft, items: list[ReadTask], directory: Directory) -> Scene:
    """What the items stand in."""
    return Scene(
        text=draft.text,
        year=draft.year,
        headings={s.name: s.heading for s in draft.original.sections},
        leading=frozenset(name for item in items for name in item.leads),
        directory=directory,
    )


def _row(item: ImportItem, scene: Scene) -> ReviewRow:
    if item.change == ItemChange.GONE:
        return ReviewRow(item)
    read = item.read
    names = dict.fromkeys("".join(n.split()) for n in (*read.leads, *read.cooperating))
    unknown = tuple(n for n in names if scene.directory.find(n) is None and not is_group_name(n))
    return ReviewRow(item, questions_of(read, scene), notes_of(read), unknown)
