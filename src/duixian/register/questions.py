"""须您定: what only a person can decide about a read item, each with its answers; what is merely worth a glance.

Pure: an item, its document and the directory of units in, questions out. An answered question is kept by its key.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from duixian.reading import Comparator, ReadTask, Span
from duixian.reading.doubts import Doubt, doubts_of
from duixian.units.models import Unit
from duixian.units.naming import is_group_name, unit_key
from duixian.units.queries import Directory

KEPT = "kept"
# what the reader says of a figure that no unit follows
UNREAD = "没有读到单位"
# and of a level that is held without saying which way is allowed
UNSAID = "未写明以上、以下"
LIKELY = 0.5
OFFERED = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """One way to settle a question: what is kept, and the words on the button."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something to decide. Without answers the item itself has to be mended."""

    key: str
    why: str
    answers: tuple[Answer, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """What surrounds an item: the document's text and year, its printed headings, every unit that leads something."""

    text: str
    year: int
    headings: dict[str, str]
    leading: frozenset[str]
    directory: Directory


def questions_of(item: ReadTask, scene: Scene) -> tuple[Question, ...]:
    """All questions of one item, answered or not, in the order of its words."""
    return (*_of_leads(item, scene), *_of_members(item), *_of_comparators(item), *_of_doubts(item, scene))


def notes_of(item: ReadTask) -> tuple[str, ...]:
    """What the reader was not sure of and no question asks."""
    asked = {note.why for note in item.review if UNREAD in note.why}
    return tuple(dict.fromkeys(n.why for n in item.review if n.why not in asked and n.field != "cooperating"))


def _of_leads(item: ReadTask, scene: Scene) -> Iterator[Question]:
    if not item.leads:
        yield Question("leads", "没有读到牵头单位，请填写。")
        return
    section = item.section or ""
    if section in scene.leading and not _is_led_by(item, section, scene.directory):
        own = "、".join(item.leads)
        why = f"文末写“{own}牵头”，与标题“{section}”不同。"
        yield Question("lead", why, (Answer("heading", f"以标题为准：{section}"), Answer("own", f"以文末为准：{own}")))


def _is_led_by(item: ReadTask, section: str, directory: Directory) -> bool:
    unit = directory.find(section)
    return section in item.leads or any(unit is not None and directory.find(name) == unit for name in item.leads)


def _of_members(item: ReadTask) -> Iterator[Question]:
    """每个县区1至2个: whether each owes it, or all together."""
    for quantity in item.quantities:
        if quantity.per:
            lower = "；按下限计" if quantity.value_max is not None else ""
            why = f"“每个{quantity.per}……{quantity.text}”：各自都要完成，还是合起来算{lower}？"
            answers = (Answer("each", f"每个{quantity.per}各自完成"), Answer("total", "合计完成"))
            yield Question(f"per:{quantity.span.start}", why, answers, quantity.span)


def _of_comparators(item: ReadTask) -> Iterator[Question]:
    unsaid = {note.field for note in item.review if UNSAID in note.why}
    for i, quantity in enumerate(item.quantities):
        if f"quantities[{i}].comparator" in unsaid and quantity.comparator is Comparator.EQUAL:
            why = f"“{quantity.text}”没有写明以上、以下。"
            answers = (Answer(">=", "不低于"), Answer("<=", "不高于"), Answer("=", "等于"))
            yield Question(f"comparator:{quantity.span.start}", why, answers, quantity.span)


def _of_doubts(item: ReadTask, scene: Scene) -> Iterator[Question]:
    for note in item.review:
        if UNREAD in note.why:
            yield Question(f"unread:{note.why}", f"{note.why}。", (Answer(KEPT, "不作目标"),))
    for doubt in doubts_of(item, scene.text, scene.year, scene.headings.get(item.section or "", item.section or "")):
        yield Question(_key(doubt), f"{doubt.why}。", _answers_to(doubt), doubt.span)


def _key(doubt: Doubt) -> str:
    # what was mended and is doubtful anew is asked anew
    return f"{doubt.code}:{doubt.span.start}:{doubt.why}"


def _answers_to(doubt: Doubt) -> tuple[Answer, ...]:
    if doubt.code == "left_out":
        return (Answer(KEPT, "不作目标"),)
    if doubt.code == "limit":
        return (Answer(KEPT, "不作期限"),)
    if doubt.code == "joined":
        return (Answer("split", "在此拆成两项"), Answer(KEPT, "就是一项"))
    return (Answer(KEPT, "照读出的采纳"),)


def settled(item: ReadTask, key: str, answer: str) -> ReadTask:
    """The item as an answer leaves it; most answers only say that the reading stands."""
    if key == "lead" and answer == "heading" and item.section:
        cooperating = tuple(n for n in (*item.leads, *item.cooperating) if n != item.section)
        return replace(item, leads=(item.section,), cooperating=tuple(dict.fromkeys(cooperating)))
    kind, _, start = key.partition(":")
    if kind == "per" and answer == "total":
        return _with(item, start, per=None)
    if kind == "comparator":
        return _with(item, start, comparator=Comparator(answer))
    return item


def _with(item: ReadTask, start: str, **change: object) -> ReadTask:
    changed = (replace(q, **change) if str(q.span.start) == start else q for q in item.quantities)  # type: ignore[arg-type]
    return replace(item, quantities=tuple(changed))


def nearest_units(name: str, units: Iterable[Unit]) -> Sequence[Unit]:
    """Units whose names resemble an unknown one, the likeliest first; none where nothing is like it."""
    key = unit_key(name)
    scored = []
    for unit in units:
        names = (unit.name, unit.full_name, *(alias.text for alias in unit.aliases.all()))
        best = max(_likeness(key, unit_key(known)) for known in names if known)
        scored.append((best, unit))
    likely = sorted((pair for pair in scored if pair[0] >= LIKELY), key=lambda pair: -pair[0])
    return [unit for _, unit in likely[:OFFERED]]


def _likeness(a: str, b: str) -> float:
    return SequenceMatcher(None, a, b).ratio()


def unknown_names(items: Iterable[ReadTask], directory: Directory) -> dict[str, list[str]]:
    """Names of units that are not known, each with the numbers of its items; groups are made without asking."""
    unknown: dict[str, list[str]] = {}
    for item in items:
        for name in (*item.leads, *item.cooperating):
            tidy = "".join(name.split())
            if directory.find(tidy) is None and not is_group_name(tidy):
                unknown.setdefault(tidy, []).append(str(item.number))
    return unknown
