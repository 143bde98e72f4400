"""Words looked for at a known place of a text, without a pattern.

A pattern of some hundred alternatives takes longer to compile than it is of use to one document; here they are looked
up, with the result the pattern would have.
"""

from __future__ import annotations

from collections.abc import Iterable


class Words:
    """A set of words: the longest that begins, or that ends, at a place."""

    def __init__(self, words: Iterable[str]) -> None:
        self._all = frozenset(words)
        self._lengths = self._by_character(0)
        self._lengths_back = self._by_character(-1)

    def _by_character(self, at: int) -> dict[str, list[int]]:
        """The lengths of the words that have a character at their begin or end, longest first."""
        lengths: dict[str, set[int]] = {}
        for word in self._all:
            lengths.setdefault(word[at], set()).add(len(word))
        return {character: sorted(found, reverse=True) for character, found in lengths.items()}

    def end(self, text: str, start: int, end: int) -> int:
        """Where the longest word that begins at `start` ends, at most at `end`; `start` where there is none."""
        for length in self._lengths.get(text[start : start + 1], ()):
            stop = start + length
            if stop <= end and text[start:stop] in self._all:
                return stop
        return start

    def begin(self, text: str, start: int, end: int) -> int:
        """Where the longest word that ends at `end` begins, at least at `start`; `end` where there is none."""
        for length in self._lengths_back.get(text[end - 1 : end], ()):
            at = end - length
            if at >= start and text[at:end] in self._all:
                return at
        return end

    def stand_in(self, text: str) -> bool:
        """Whether any of them stands anywhere in a text."""
        for at, first in enumerate(text):
            for length in self._lengths.get(first, ()):
                if text[at : at + length] in self._all:
                    return True
        return False

    def make_up(self, text: str) -> bool:
        """Whether a text is nothing but such words, one after the other."""
        reached = {0}
        for at in range(len(text)):
            if at in reached:
                lengths = self._lengths.get(text[at], ())
                reached.update(at + length for length in lengths if text[at : at + length] in self._all)
        return bool(text) and len(text) in reached

    def __contains__(self, text: object) -> bool:
        return text in self._all
