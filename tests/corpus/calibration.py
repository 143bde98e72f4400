"""How well the reader knows what it does not know: `python -m tests.corpus.calibration [seen|unseen|all]`.

A field is each task's text, section, leads and cooperating units, each amount's value, unit, comparator, kind and
indicator, and each date. Two shares say whether `review` is worth a person's time: of all fields how many are in it
(at most 15 %), and of the wrong ones how many (at least 80 %).

What an amount's or a limit's mark covers: `quantities[2].unit` that field, `quantities[2]` the whole amount,
`quantities` all of a task's amounts and any that was missed. A thing that was missed is one wrong field of its kind
and is found only by a mark on the kind, the text or the whole task.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tests.corpus.documents import Case, cases, squeeze
from tests.corpus.scoring import SAME_TEXT, Json, bare, key, likeness, pair_tasks, same_indicator
from tests.corpus.scoring import read_case as read_document

TASK_FIELDS = ("text", "section", "leads", "cooperating")
Marks = Mapping[str, set[str]]
AMOUNT_FIELDS = ("value", "unit", "comparator", "kind", "indicator")


@dataclass(frozen=True)
class Field:
    """One field of a reading: whether it is right and whether a person is asked to look at it."""

    where: str
    right: bool
    marks: Mapping[str, set[str]]
    names: frozenset[str]

    @property
    def in_review(self) -> bool:
        """Whether one of its names is among the fields marked."""
        return bool(self.names & self.marks.keys())

    @property
    def signs(self) -> Mapping[str, set[str]]:
        """The signs of doubt of each marked field of its task, where they are known."""
        return self.marks

    @property
    def sort(self) -> str:
        """text, indicator, date ...: the narrowest of its names without its place."""
        return max(self.names, key=len).rsplit(".", 1)[-1]


@dataclass(frozen=True)
class Calibration:
    """The counts both shares are made of."""

    fields: int
    in_review: int
    wrong: int
    wrong_in_review: int

    @property
    def review_share(self) -> float:
        """Of all fields, the share a person is asked to look at."""
        return self.in_review / self.fields if self.fields else 0.0

    @property
    def caught_share(self) -> float:
        """Of the wrong fields, the share among those; 1.0 where nothing is wrong."""
        return self.wrong_in_review / self.wrong if self.wrong else 1.0


def calibrate(pairs: Iterable[tuple[Case, Json]]) -> Calibration:
    """Both shares over the readings of several documents."""
    return count(field for case, made in pairs for field in fields_of(case, made))


def count(fields: Iterable[Field]) -> Calibration:
    """Sum fields up."""
    listed = list(fields)
    wrong = [field for field in listed if not field.right]
    return Calibration(
        fields=len(listed),
        in_review=sum(field.in_review for field in listed),
        wrong=len(wrong),
        wrong_in_review=sum(field.in_review for field in wrong),
    )


def fields_of(case: Case, made: Json) -> Iterator[Field]:
    """Every field of a reading against the gold, and one for each thing missed or invented."""
    for gold, mine in _pairs(case, made):
        signs = (mine or {}).get("signs", {})
        marks = {note["field"]: signs.get(note["field"], set()) for note in (mine or {}).get("review", [])}
        number = str((gold or mine or {})["number"])
        if case.is_list:
            yield from _task_fields(number, gold, mine, marks)
        quantities = [q for q in (gold or {}).get("quantities", []) if "from" not in q]
        yield from _amount_fields(number, quantities, mine, marks)
        yield from _date_fields(number, (gold or {}).get("deadlines", []), mine, marks)


def _pairs(case: Case, made: Json) -> Iterator[tuple[Json | None, Json | None]]:
    """Tasks of a list by number; commitments of an article by the most alike text."""
    if case.is_list:
        yield from pair_tasks(case.gold["tasks"], made["tasks"])
        return
    left = list(made["tasks"])
    pairs: list[tuple[Json, Json | None]] = []
    for gold in case.gold["tasks"]:
        best = _most_alike(gold, left)
        whole = _most_alike(gold, [mine for _, mine in pairs if mine is not None]) if best is None else None
        if whole is not None:
            pairs = [(_merged(one, gold), mine) if mine is whole else (one, mine) for one, mine in pairs]
            continue
        if best is not None:
            left.remove(best)
        pairs.append((gold, best))
    yield from pairs
    for extra in left:
        yield None, extra


def _most_alike(gold: Json, tasks: list[Json]) -> Json | None:
    best = max(tasks, key=lambda mine: _overlap(gold, mine), default=None)
    return None if best is None or _overlap(gold, best) == 0 else best


def _merged(one: Json, other: Json) -> Json:
    """Two commitments that the reading keeps as one sentence (the gold parts it at a semicolon)."""
    return {**one, **{key: [*one.get(key, []), *other.get(key, [])] for key in ("quantities", "deadlines")}}


def _overlap(gold: Json, mine: Json) -> int:
    """How many clauses two sentences share; a sentence cut by a caption still finds its other half."""
    one, other = ({squeeze(c) for c in re.split("[，；。、]", task["text"]) if c.strip()} for task in (gold, mine))
    return len(one & other)


def _task_fields(number: str, gold: Json | None, mine: Json | None, marks: Marks) -> Iterator[Field]:
    if gold is None or mine is None:
        yield Field(f"{number} task", False, marks, _names("text"))
        return
    for name in TASK_FIELDS:
        yield Field(f"{number} {name}", _same_task_field(name, gold[name], mine[name]), marks, _names(name))


def _same_task_field(name: str, gold: str | list[str], mine: str | list[str]) -> bool:
    if isinstance(gold, list):
        return {squeeze(unit) for unit in gold} == {squeeze(unit) for unit in mine}
    if name == "text":
        return likeness(gold, str(mine)) >= SAME_TEXT
    return squeeze(gold) == squeeze(str(mine or ""))


def _amount_fields(number: str, gold: list[Json], mine: Json | None, marks: Marks) -> Iterator[Field]:
    left = [(place, q) for place, q in enumerate((mine or {}).get("quantities", [])) if "from" not in q]
    for quantity in gold:
        best = max(left, key=lambda pair: _closeness(quantity, pair[1]), default=None)
        if best is None or _closeness(quantity, best[1]) == 0:
            yield Field(f"{number} 漏 {quantity['text']}", False, marks, _names("quantities"))
            continue
        left.remove(best)
        place, found = best
        for name in AMOUNT_FIELDS:
            right = _same_amount_field(name, quantity, found)
            yield Field(f"{number} {name} {quantity['text']}", right, marks, _names("quantities", place, name))
    for place, extra in left:
        yield Field(f"{number} 多 {extra['text']}", False, marks, _names("quantities", place, "value"))


def _closeness(gold: Json, mine: Json) -> int:
    """Two amounts of the same figure are the same amount; a shared figure or shared words make them likely so."""
    same = key(gold) == key(mine)
    return (
        4 * same
        + 2 * (gold["value"] == mine["value"])
        + (same and same_indicator(gold["indicator"], mine["indicator"]))
    )


def _same_amount_field(name: str, gold: Json, mine: Json) -> bool:
    if name == "indicator":
        return same_indicator(gold[name], mine[name])
    if name == "value":
        upper = bare(gold["value_max"], gold["unit"])[0] == bare(mine["value_max"], mine["unit"])[0]
        return key(gold)[0] == key(mine)[0] and upper
    if name == "unit":
        return key(gold)[1] == key(mine)[1]
    return bool(gold[name] == mine[name])


def _date_fields(number: str, gold: list[Json], mine: Json | None, marks: Marks) -> Iterator[Field]:
    left = list(enumerate((mine or {}).get("deadlines", [])))
    for limit in gold:
        match = next((pair for pair in left if pair[1]["date"] == limit["date"]), None)
        if match is None:
            yield Field(f"{number} 漏 {limit['text']}", False, marks, _names("deadlines"))
            continue
        left.remove(match)
        yield Field(f"{number} date {limit['text']}", True, marks, _names("deadlines", match[0], "date"))
    for place, extra in left:
        yield Field(f"{number} 多 {extra['text']}", False, marks, _names("deadlines", place, "date"))


def _names(kind: str, place: int | None = None, name: str | None = None) -> frozenset[str]:
    """The names under which `review` may ask a person to look at a field: its own, its amount's or limit's, its
    kind's, the task's."""
    covering = {"task", kind}
    if place is not None:
        covering |= {f"{kind}[{place}]", f"{kind}[{place}].{name}"}
    return frozenset(covering)


def main() -> None:
    """Print both shares for one half or all, with --why every wrong field that nobody is asked to look at."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("half", nargs="?", choices=("seen", "unseen", "all"), default="all")
    parser.add_argument("--why", action="store_true")
    options = parser.parse_args()
    halves = ("seen", "unseen") if options.half == "all" else (options.half,)
    listed = [(case, list(fields_of(case, read_document(case)))) for half in halves for case in cases(half)]
    for case, fields in listed:
        print(_row(case.name, count(fields)))
        if options.why:
            print(*(f"    {f.where}" for f in fields if not f.right and not f.in_review), sep="\n")
    print(_row("合计", count(field for _, fields in listed for field in fields)))


def _row(name: str, figures: Calibration) -> str:
    return (
        f"{name:<36} 字段 {figures.fields:>5}  待核 {figures.in_review:>4}（{figures.review_share:.1%}，≤15%）"
        f"  有误 {figures.wrong:>3}  其中待核 {figures.wrong_in_review:>3}（{figures.caught_share:.1%}，≥80%）"
    )


if __name__ == "__main__":
    main()
