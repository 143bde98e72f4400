"""Which of the city's phrases is most like a county's: character n-grams weighted by rarity, plus names and goals.

The index is built once a list; a phrase is looked up through the grams it holds, so the cost grows with the text.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache

from .model import Commitment
from .names import fold, table, taken_apart

# letters and digits: what is left between them is punctuation
WORDS = re.compile(r"[^\W_]+")
# a road's number is its name, every other number is no word
NUMBER = re.compile(r"\d+(?:\.\d+)?(?!\d|国道|省道)")
#: Grams of two and three letters; single letters say nothing.
LENGTHS = (2, 3)
#: What weighs beside the bare name: a name both bear, the projects named with it, the whole phrase, the words around.
NAME_WEIGHT = 3.0
PROJECTS_WEIGHT = 0.6
PHRASE_WEIGHT = 0.4
CONTEXT_WEIGHT = 0.12
#: What a goal both speak of adds to a likeness: the commonest goal this part of the rarest, and of the words around
#: the city's phrase a part again.
GOAL_BONUS = 0.3
COMMON_GOAL = 0.75
AROUND = 0.7


@cache
def _empty() -> re.Pattern[str]:
    phrases = sorted(table("words")["names"]["empty"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, phrases)))


@cache
def _goals() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (goal, re.compile("|".join(re.escape(fold(word)) for word in sorted(words, key=len, reverse=True))))
        for goal, words in table("words")["goals"].items()
    )


@lru_cache(maxsize=65536)
def goals_in(text: str) -> frozenset[str]:
    """The goals a text speaks of."""
    folded = fold(text)
    return frozenset(goal for goal, words in _goals() if words.search(folded))


@lru_cache(maxsize=65536)
def _grams(text: str) -> tuple[str, ...]:
    words = WORDS.findall(NUMBER.sub(" ", _empty().sub(" ", fold_loosely(text))))
    return tuple(word[i : i + n] for word in words for n in LENGTHS for i in range(len(word) - n + 1))


def fold_loosely(text: str) -> str:
    """As `fold`, with the punctuation kept, so that no gram reaches over it."""
    return " ".join(fold(part) for part in re.split(r"[，,。；;：:、（()）\n]", text))


def _weighed(commitment: Commitment, text: Callable[[str], str]) -> Counter[str]:
    """What a phrase is compared by: the grams of its bare name, faintly those around it, the dictionary's entry."""
    found: dict[str, float] = defaultdict(float)
    name = taken_apart(text(commitment.indicator))
    named = "；".join(text(project) for project in commitment.projects)
    for part, weight in (
        (named, PROJECTS_WEIGHT),
        (name.core, 1.0),
        (text(commitment.text), PHRASE_WEIGHT),
        (text(commitment.whole), CONTEXT_WEIGHT),
    ):
        for gram in _grams(part):
            found[gram] += weight
    if name.concept:
        found[f"={name.concept}"] += NAME_WEIGHT
    return Counter(found)


def _as_it_is(text: str) -> str:
    return text


class Index:
    """The city's phrases by what they hold; `best` ranks them for a county's phrase."""

    def __init__(self, commitments: Sequence[Commitment]) -> None:
        self.commitments = list(commitments)
        documents = [_weighed(commitment, _as_it_is) for commitment in self.commitments]
        tasks = {c.place: c.whole for c in self.commitments}
        held = Counter(gram for whole in tasks.values() for gram in set(_grams(whole)))
        held.update({term: 1 for document in documents for term in document if term not in held})
        self._rarity = {term: math.log((len(tasks) + 1) / (count + 0.5)) for term, count in held.items()}
        self._unknown = math.log((len(tasks) + 1) / 0.5)
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, document in enumerate(documents):
            for term, weight in self._unit(document).items():
                self._postings[term].append((number, weight))
        self._goals = self._goal_postings(len(tasks))

    def _goal_postings(self, tasks: int) -> dict[str, list[tuple[int, float]]]:
        """A goal -> the phrases that speak of it, with what it adds to them."""
        found: dict[str, dict[int, float]] = defaultdict(dict)
        for number, commitment in enumerate(self.commitments):
            near = goals_in(f"{commitment.text}；{commitment.indicator}")
            for goal in near | goals_in(commitment.whole):
                found[goal][number] = 1.0 if goal in near else AROUND
        rarity = {
            goal: math.log((tasks + 1) / (len({self.commitments[n].place for n in numbers}) + 0.5))
            for goal, numbers in found.items()
        }
        most = max(rarity.values(), default=1.0) or 1.0
        return {
            goal: [
                (number, GOAL_BONUS * part * (COMMON_GOAL + (1 - COMMON_GOAL) * rarity[goal] / most))
                for number, part in numbers.items()
            ]
            for goal, numbers in found.items()
        }

    def _unit(self, document: Mapping[str, float]) -> dict[str, float]:
        """Weighted by rarity, of length 1."""
        weighted = {
            term: (1 + math.log(weight) if weight > 1 else weight) * self._rarity.get(term, self._unknown)
            for term, weight in document.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weighted.values())) or 1.0
        return {term: weight / length for term, weight in weighted.items()}

    def best(
        self, commitment: Commitment, most: int, text: Callable[[str], str] = _as_it_is
    ) -> list[tuple[float, Commitment]]:
        """The `most` likest phrases of the city, the likest first: a cosine (0 to 1) and what a shared goal adds.

        `text` takes out what must not count, such as the county's own name.
        """
        scores: dict[int, float] = defaultdict(float)
        for term, weight in self._unit(_weighed(commitment, text)).items():
            for number, other in self._postings.get(term, ()):
                scores[number] += weight * other
        shared: dict[int, float] = {}
        for goal in goals_in(f"{text(commitment.text)}；{text(commitment.indicator)}"):
            for number, bonus in self._goals.get(goal, ()):
                shared[number] = max(bonus, shared.get(number, 0.0))
        for number, bonus in shared.items():
            scores[number] += bonus
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:most]
        return [(score, self.commitments[number]) for number, score in ranked]
