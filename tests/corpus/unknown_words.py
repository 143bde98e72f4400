"""What the reader gets wrong where it does not know the words: `python -m tests.corpus.unknown_words [--seeds N]`.

Rules and word lists grow with the documents they were written for, so errors on those documents say little about the
next one. Here each document of the seen half is read without a part of the words that stand in it and in hardly
another, as if it came in from an unknown city. What goes wrong then shows which signs of doubt foretell an error, and
how often: the risks of lexicon/signs.toml are set by this table.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import random
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import duixian.reading
from duixian.reading import Reading, lexicon, read
from duixian.reading import review as reviewing
from tests.corpus.calibration import Field, count, fields_of
from tests.corpus.documents import Case, cases, plain_text, squeeze

#: What a note on all amounts or all limits of a task names.
SORTS = {"quantities", "deadlines"}
#: Word lists of the language; those of web pages and of signs stay whole.
LISTS = ("frames", "phrases", "units", "stages", "refusals", "times", "accruals")
#: Of the words that a document shares with fewer than so many others, the share taken away from it.
SHARE, RARE = 0.7, 2


def main() -> None:
    """Print both shares, then each sign with its fields, how many of them were wrong, and the risk that stands."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument("--why", action="store_true", help="every wrong field that was not put before a person")
    options = parser.parse_args()
    borne: dict[str, list[bool]] = defaultdict(list)
    fields: list[Field] = []
    for seed in range(options.seeds):
        for case, reading, full in readings(seed):
            found = list(fields_of(case, reading.to_dict()))
            fields += found
            if options.why and seed == 0:
                print(*(f"{case.name} {f.where}" for f in found if not f.right and not f.in_review), sep="\n")
            for sign, right in signs_of(case, full):
                borne[sign].append(right)
    for sign, rights in sorted(borne.items(), key=lambda row: row[0]):
        wrong = len(rights) - sum(rights)
        stands = reviewing.signs.signs()[sign].risk if sign in reviewing.signs.signs() else ""
        print(f"{sign:<28} {len(rights):>6} 有误 {wrong:>5}  {wrong / len(rights):>7.2%}  {stands}")
    print(count(fields), f"待核 {count(fields).review_share:.1%} 查出 {count(fields).caught_share:.1%}")


def signs_of(case: Case, reading: Reading) -> Iterator[tuple[str, bool]]:
    """Every sign with whether the field that bears it is right; `plain` and the field's name where it bears none.

    A sign for all amounts or limits of a task says that one is missing: it stands for one field, wrong if one is.
    """
    made = reading.to_dict()
    for task, kept in zip(made["tasks"], reading.tasks, strict=True):
        task["review"] = [{"field": note.field, "why": note.why} for note in kept.review]
        task["signs"] = {note.field: set(note.signs) for note in kept.review}
    fields = list(fields_of(case, made))
    whole = {(id(f.marks), sort): f.marks for f in fields for sort in SORTS & f.marks.keys()}
    missing = {(id(f.marks), sort) for f in fields for sort in SORTS if f.names == {"task", sort}}
    for at, marks in whole.items():
        yield from ((sign, at not in missing) for sign in marks[at[1]])
    for field in fields:
        own = [sign for name in field.names - SORTS for sign in field.marks.get(name, ())]
        yield from ((sign, field.right) for sign in own or [f"plain {field.sort}"])


def readings(seed: int) -> Iterator[tuple[Case, Reading, Reading]]:
    """Every seen document read as if it were unknown: as it is handed out, and with all its notes."""
    listed = cases("seen")
    texts = {case.name: squeeze(plain_text(case.document)) for case in listed}
    for case in listed:
        chance = random.Random(f"{seed} {case.name}")
        others = [text for name, text in texts.items() if name != case.name]
        with without_words(texts[case.name], others, chance):
            with mock.patch("duixian.reading.pipeline.within_budget", lambda tasks, is_list: tuple(tasks)):
                full = read(case.document)
            tasks = reviewing.within_budget(full.tasks, is_list=case.is_list)
        yield case, _with_tasks(full, tasks), full


def _with_tasks(reading: Reading, tasks: Any) -> Reading:
    from dataclasses import replace

    return replace(reading, tasks=tasks)


@contextmanager
def without_words(text: str, others: list[str], chance: random.Random) -> Iterator[None]:
    """Word lists without a share of the words that stand in `text` and in hardly one of `others`."""
    whole = lexicon.words

    def known(word: str) -> bool:
        return word not in text or sum(word in other for other in others) >= RARE or chance.random() > SHARE

    def thinned(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: thinned(part) for key, part in value.items()}
        if isinstance(value, list):
            return [word for word in value if not isinstance(word, str) or known(word)] or value
        return value

    made = {name: thinned(whole(name)) for name in LISTS}
    with mock.patch.object(lexicon, "words", lambda name: made[name] if name in made else whole(name)):
        forget()
        yield
    forget()


def forget() -> None:
    """Empty every cache of the reader, so that its patterns are made anew from the words at hand."""
    for module in pkgutil.walk_packages(duixian.reading.__path__, "duixian.reading."):
        if "formats" in module.name:
            continue
        for value in vars(importlib.import_module(module.name)).values():
            if callable(getattr(value, "cache_clear", None)):
                value.cache_clear()


if __name__ == "__main__":
    main()
