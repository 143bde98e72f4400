"""How fast and how well plans are aligned, beside two floors of Python's own and of the textbook.

Speed: 14 plans of 200 phrases each against a list of 177 items, beside difflib's ratio of every pair of phrases (asked
of a part of the pairs and multiplied up). Linear: fourteen plans against one. Quality: for the phrases that people
linked in the sample city's plans (and in a real one, if it lies beside the repository), how often the surest link is
wrong, beside plain TF-IDF over character n-grams. A time is the shorter of wall clock and processor time.
"""

from __future__ import annotations

import difflib
import math
import os
import platform
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import cycle, islice, product
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from duixian.aligning import Commitment, align, commitments_of  # noqa: E402
from duixian.demo.city import county_plans, list_path  # noqa: E402
from duixian.reading import read  # noqa: E402
from tests.aligning.scoring import Wanted, read_gold, score  # noqa: E402

SHARED = (ROOT / os.environ.get("DUIXIAN_SHARED", "../shared")).resolve()
GOLD = ROOT / "tests" / "aligning" / "gold" / "huaichuan.tsv"
REAL = SHARED / "dev-gold" / "alignment-001.json"

ITEMS, PLANS, PHRASES = 177, 14, 200
PAIRS_ASKED = 3000
ROUNDS = 3
MOST_SECONDS = 8.0
FASTER_THAN_DIFFLIB = 5.0
MOST_FOR_FOURTEEN = 15.0
MOST_WRONG = 0.75


def main() -> int:
    """Run every measurement; 1 if a promised figure is missed."""
    print(f"on {os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    city = commitments_of(read(list_path()))
    plans = {county: commitments_of(read(path)) for county, path in county_plans().items()}
    kept = [*speed(city, plans), quality("sample city", city, plans, GOLD)]
    if REAL.is_file():
        real = commitments_of(read(SHARED / "documents" / "004-changzhi-city-task-list.txt"))
        plan = commitments_of(read(SHARED / "documents" / "001-qinyuan-county-plan.txt"))
        kept.append(quality("a real plan", real, {"001": plan}, REAL))
    return 0 if all(kept) else 1


def speed(city: tuple[Commitment, ...], plans: Mapping[str, tuple[Commitment, ...]]) -> list[bool]:
    """Fourteen long plans against a long list; against difflib; against one plan."""
    items, many = longer(city), long_plans(plans)
    phrases = sum(map(len, many.values()))
    print(f"{len({c.place for c in items})} items, {len(items)} phrases; {len(many)} plans, {phrases} phrases")
    first = timed(lambda: align(items, many))
    whole = min(timed(lambda: align(items, many)) for _ in range(ROUNDS))
    one = min(timed(lambda: align(items, dict(islice(many.items(), 1)))) for _ in range(ROUNDS))
    return [
        promised("fourteen plans, the first time", first, MOST_SECONDS, "s"),
        promised("difflib on every pair", by_difflib(items, many) / first, FASTER_THAN_DIFFLIB, "times as long", True),
        promised("fourteen plans beside one", whole / one, MOST_FOR_FOURTEEN, "times as long"),
    ]


def longer(city: Iterable[Commitment]) -> list[Commitment]:
    """The list's items, begun anew under other headings until there are enough."""
    by_task: dict[object, list[Commitment]] = {}
    for phrase in city:
        by_task.setdefault(phrase.place, []).append(phrase)
    groups = islice(cycle(by_task.values()), ITEMS)
    return [replace(phrase, task=number) for number, group in enumerate(groups, 1) for phrase in group]


def long_plans(plans: Mapping[str, tuple[Commitment, ...]]) -> dict[str, list[Commitment]]:
    """Plans of equal length, each an own mixture of the sample's phrases, its figures its own."""
    dice = random.Random(1)  # noqa: S311 - a mixture, no secret
    phrases = [phrase for plan in plans.values() for phrase in plan]
    return {
        f"{number}号县": [own(dice.choice(phrases), number) for _ in range(PHRASES)] for number in range(1, PLANS + 1)
    }


def own(phrase: Commitment, number: int) -> Commitment:
    """A phrase as this county would say it."""
    return replace(phrase, text=f"{phrase.text[:55]}（{number}）", government=None)


def by_difflib(items: list[Commitment], plans: Mapping[str, list[Commitment]]) -> float:
    """Seconds difflib's ratio would take for every pair of phrases."""
    pairs = [(a.text, b.text) for a, b in product(items, next(iter(plans.values())))]
    asked = random.Random(2).sample(pairs, PAIRS_ASKED)  # noqa: S311 - a sample, no secret
    seconds = timed(lambda: [difflib.SequenceMatcher(None, a, b).ratio() for a, b in asked])
    return seconds / PAIRS_ASKED * len(items) * sum(map(len, plans.values()))


def quality(name: str, city: tuple[Commitment, ...], plans: Mapping[str, tuple[Commitment, ...]], gold: Path) -> bool:
    """How often the surest link is at a wrong item, beside plain TF-IDF's nearest item."""
    wanted = read_gold(gold)
    found = score(wanted, align(city, plans, plans_expected=len(plans)))
    floor = by_tfidf(city, wanted)
    print(f"{name}, figures' links: F1 {found.f1:.3f}, shares right {found.shares_right:.3f}")
    print(f"{name}, surest link right: {found.first:.3f}; plain TF-IDF: {floor:.3f}")
    return promised(f"{name}, wrong beside plain TF-IDF", (1 - found.first) / (1 - floor), MOST_WRONG, "times as often")


def by_tfidf(city: tuple[Commitment, ...], gold: list[Wanted]) -> float:
    """How often the item with the greatest cosine of weighted character 2- and 3-grams is a right one."""
    items = {phrase.task: grams(phrase.whole) for phrase in city}
    held = Counter(gram for item in items.values() for gram in item)
    vectors = {task: weighted(item, held, len(items)) for task, item in items.items()}
    right: dict[tuple[str, str], set[int | None]] = {}
    for one in gold:
        if one.task is not None:
            right.setdefault((one.county, one.text), set()).add(one.task)
    hits = 0
    for (_, text), tasks in right.items():
        asked = weighted(grams(text), held, len(items))
        nearest = max(vectors, key=lambda task: sum(w * vectors[task].get(g, 0.0) for g, w in asked.items()))
        hits += nearest in tasks
    return hits / len(right)


def grams(text: str) -> Counter[str]:
    """Runs of two and three characters."""
    return Counter(text[i : i + n] for n in (2, 3) for i in range(len(text) - n + 1))


def weighted(item: Counter[str], held: Counter[str], items: int) -> dict[str, float]:
    """Counts by rarity, of length 1."""
    found = {gram: count * math.log((items + 1) / (held[gram] + 0.5)) for gram, count in item.items()}
    length = math.sqrt(sum(weight * weight for weight in found.values())) or 1.0
    return {gram: weight / length for gram, weight in found.items()}


def promised(name: str, figure: float, limit: float, unit: str, at_least: bool = False) -> bool:
    """Print a figure beside what it must keep."""
    kept = figure >= limit if at_least else figure <= limit
    sign = "at least" if at_least else "at most"
    print(f"{name}: {figure:.2f} {unit} ({sign} {limit:g}){'' if kept else '  MISSED'}")
    return kept


def timed(work: Callable[[], object]) -> float:
    """Seconds a piece of work takes: wall clock or processor time, whichever is shorter."""
    wall, processor = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_utime
    work()
    return min(time.perf_counter() - wall, resource.getrusage(resource.RUSAGE_SELF).ru_utime - processor)


if __name__ == "__main__":
    sys.exit(main())
