"""The review page's data: which rows, what to decide first, how far the work has come."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from duixian.console.importing.rows import Shown, shown_rows
from duixian.register.enums import ItemChange, ItemState
from duixian.register.models import ImportItem
from duixian.register.questions import Question, nearest_units
from duixian.register.reviews import Review, ReviewRow
from duixian.units.models import Unit
from duixian.units.naming import guess_kind

PER_PAGE = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands in the list at the top: about one item, or about the document."""

    question: Question
    item: ImportItem | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Stranger:
    """A unit's name nobody knows: what it may mean, and what it would be if it is new."""

    name: str
    numbers: str
    nearest: list[Unit]
    kind: str
    kind_label: str


@dataclass(frozen=True, slots=True)
class Known:
    """Something worth a glance that asks for no decision."""

    item: ImportItem
    words: str
    page: int


@dataclass(slots=True)
class Laid:
    """Everything the page shows."""

    review: Review
    show: str
    page: Page[ReviewRow]
    rows: list[Shown]
    asked: list[Asked]
    strangers: list[Stranger]
    known: list[Known]
    gone: list[ReviewRow]
    tabs: list[tuple[str, str, int]]

    @property
    def adopted(self) -> int:
        """Items in the register by this import."""
        return sum(1 for row in self._of(ItemState.ADOPTED) if row.item.change != ItemChange.SAME)

    @property
    def left_out(self) -> int:
        """Items that are no commitment."""
        return sum(1 for row in self._of(ItemState.LEFT_OUT) if row.item.change != ItemChange.GONE)

    @property
    def unchanged(self) -> int:
        """Items of a later version that stand in the register as they are."""
        return sum(1 for row in self.review.rows if row.item.change == ItemChange.SAME)

    def _of(self, state: ItemState) -> list[ReviewRow]:
        return [row for row in self.review.rows if row.item.state == state]

    @property
    def ready_count(self) -> int:
        """What the one button adopts."""
        return len(self.review.ready)

    @property
    def to_decide(self) -> int:
        """How many decisions are open."""
        return len(self.asked) + len(self.strangers)

    @property
    def plain_strangers(self) -> list[Stranger]:
        """Unknown names that resemble nobody: one button registers them."""
        return [s for s in self.strangers if not s.nearest]


def lay(review: Review, query: QueryDict) -> Laid:
    """The page of the review that the address asks for."""
    here = [row for row in review.rows if row.item.change != ItemChange.GONE]
    groups = _groups(review, here)
    default = "changes" if review.draft.is_second else "all"
    show = query.get("show", default) if query.get("show", default) in groups else default
    chosen = groups[show]
    page = Paginator(chosen, PER_PAGE).get_page(query.get("page"))
    first = (page.number - 1) * PER_PAGE
    only = None if show == "all" else {row.item.pk for row in chosen}
    pages = {row.item.pk: place // PER_PAGE + 1 for place, row in enumerate(here)}
    return Laid(
        review=review,
        show=show,
        page=page,
        rows=shown_rows(review, first, PER_PAGE, chosen=only),
        asked=_asked(review, pages),
        strangers=_strangers(review),
        known=[Known(row.item, words, pages[row.item.pk]) for row in here for words in row.notes if _is_open(row)],
        gone=[row for row in review.rows if row.item.change == ItemChange.GONE],
        tabs=[(name, label, len(groups[name])) for name, label in _labels(review) if name in groups],
    )


def _groups(review: Review, here: list[ReviewRow]) -> dict[str, list[ReviewRow]]:
    """What the tabs above the rows narrow them to."""
    groups = {
        "all": here,
        "todo": [row for row in here if row.open_questions or (row.unknown and _is_open(row))],
        "open": [row for row in here if _is_open(row)],
        "out": [row for row in here if row.item.state == ItemState.LEFT_OUT],
    }
    if review.draft.is_second:
        groups["changes"] = [row for row in here if row.item.change != ItemChange.SAME]
    return groups


def _labels(review: Review) -> list[tuple[str, str]]:
    return [
        ("changes", _("有变化的")),
        ("all", _("全部")),
        ("todo", _("须定的")),
        ("open", _("未采纳的")),
        ("out", _("非承诺")),
    ]


def _is_open(row: ReviewRow) -> bool:
    return row.item.current_state.may_adopt


def _asked(review: Review, pages: dict[int, int]) -> list[Asked]:
    """About the document first, then item by item."""
    about = [Asked(question) for question in review.about_document()]
    return about + [Asked(q, row.item, pages[row.item.pk]) for row in review.waiting for q in row.open_questions]


def _strangers(review: Review) -> list[Stranger]:
    known = list({unit.pk: unit for unit in review.directory.units.values()}.values())
    made = []
    for name, numbers in review.unknown.items():
        kind = guess_kind(name)
        shown = "、".join(numbers[:4]) + ("……" if len(numbers) > 4 else "")
        made.append(Stranger(name, shown, list(nearest_units(name, known)), kind.value, str(kind.label)))
    return made
