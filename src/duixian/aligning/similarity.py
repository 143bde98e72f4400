"""Which of the city's phrases is most like a county's: character n-grams weighted by rarity, plus names and goals.

The index is built once a list; a phrase is looked up through the grams it holds, so the cost grows with the text.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from .model import Commitment
from .names import fold, table, taken_apart

# letters and digits: what is left between them is punctuation
WORDS = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
#: Grams of two and three letters; single letters say nothing.
LENGTHS = (2, 3)
#: What a goal both speak of, and a name both bear, weigh beside one gram.
GOAL_WEIGHT = 2.0
NAME_WEIGHT = 3.0
#: The words around a phrase, beside its own.
CONTEXT_WEIGHT = 0.15


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
    words = WORDS.findall(NUMBER.sub(" ", fold_loosely(text)))
    return tuple(word[i : i + n] for word in words for n in LENGTHS for i in range(len(word) - n + 1))


def fold_loosely(text: str) -> str:
    """As `fold`, with the punctuation kept, so that no gram reaches over it."""
    return " ".join(fold(part) for part in re.split(r"[，,。；;：:、（()）\n]", text))


def terms(text: str, name: str = "") -> Counter[str]:
    """What a text is compared by: grams, the goals it speaks of, the dictionary's entry of its name."""
    found: Counter[str] = Counter(_grams(text))
    found.update({f"#{goal}": GOAL_WEIGHT for goal in goals_in(text)})
    concept = taken_apart(name).concept if name else None
    if concept:
        found[f"={concept}"] += NAME_WEIGHT  # type: ignore[assignment]
    return found


class Index:
    """The city's phrases by the terms they hold; `best` ranks them for a county's phrase."""

    def __init__(self, commitments: Sequence[Commitment]) -> None:
        self.commitments = list(commitments)
        documents = [self._terms(commitment) for commitment in self.commitments]
        tasks = {c.place: c.whole for c in self.commitments}
        held = Counter(term for whole in tasks.values() for term in set(terms(whole)))
        held.update({term: 1 for document in documents for term in document if term not in held})
        self._rarity = {term: math.log((len(tasks) + 1) / (count + 0.5)) for term, count in held.items()}
        self._unknown = math.log((len(tasks) + 1) / 0.5)
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, document in enumerate(documents):
            for term, weight in self._unit(document).items():
                self._postings[term].append((number, weight))

    @staticmethod
    def _terms(commitment: Commitment) -> Counter[str]:
        """A phrase's own terms, and faintly those of its task."""
        own = terms(f"{commitment.text}；{commitment.indicator}", commitment.indicator)
        for term, weight in terms(commitment.whole).items():
            own[term] += weight * CONTEXT_WEIGHT  # type: ignore[assignment]
        return own

    def _unit(self, document: Mapping[str, float]) -> dict[str, float]:
        """Weighted by rarity, of length 1."""
        weighted = {
            term: (1 + math.log(weight) if weight > 1 else weight) * self._rarity.get(term, self._unknown)
            for term, weight in document.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weighted.values())) or 1.0
        return {term: weight / length for term, weight in weighted.items()}

    def best(self, commitment: Commitment, most: int) -> list[tuple[float, Commitment]]:
        """The `most` likest phrases of the city, the likest first; likeness is a cosine, 0 to 1."""
        scores: dict[int, float] = defaultdict(float)
        for term, weight in self._unit(self._terms(commitment)).items():
            for number, other in self._postings.get(term, ()):
                scores[number] += weight * other
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:most]
        return [(score, self.commitments[number]) for number, score in ranked]

    def __iter__(self) -> Iterator[Commitment]:
        return iter(self.commitments)
