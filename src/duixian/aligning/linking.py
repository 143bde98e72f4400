"""The links of every county's phrases: figures by their names and units, named projects, else the nearest goal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .coverage import coverage_of
from .figures import Candidate, compare
from .model import Alignment, Commitment, Link, LinkRelation, Unmatched
from .names import contrast, is_bare, is_near_miss
from .places import Places
from .projects import same_project
from .shortfalls import shortfalls_of
from .similarity import Index

#: How many of the city's likest phrases are looked at for a named project.
LOOKED_AT = 16
#: A name is a project's from this likeness on.
ONE_PROJECT = 0.7
#: Likeness from which a phrase without a figure, and one with a figure, is said to serve the same goal.
SERVES = 0.2
FIGURE_SERVES = 0.23
#: Likeness from which a city's phrase is worth naming beside one that nothing takes up.
NEAREST = 0.08
#: A figure's second link is kept when it is nearly as sure as the first.
NEARLY_AS_SURE = 0.9

FIGURES = frozenset({LinkRelation.CONTRIBUTES, LinkRelation.SAME_RATE})


def align(
    city: Sequence[Commitment],
    counties: Mapping[str, Sequence[Commitment]],
    *,
    plans_expected: int | None = None,
) -> Alignment:
    """Link the counties' commitments with the city's.

    `counties` is each plan read, by the name links shall bear. `plans_expected` is how many plans there should be:
    without it a sum under its target is incomplete, for nobody knows what is still to come.
    """
    linker = _Linker(city, Places(city, counties))
    links: list[Link] = []
    unmatched: list[Unmatched] = []
    for county, phrases in counties.items():
        for phrase in phrases:
            found = linker.links_of(county, phrase)
            links += found
            if not found and _is_worth_naming(phrase):
                unmatched.append(Unmatched(county, phrase, linker.nearest(phrase)))
    covered = coverage_of(city, links, plans_read=len(counties), plans_expected=plans_expected)
    return Alignment(tuple(links), tuple(unmatched), covered)


def _is_worth_naming(phrase: Commitment) -> bool:
    """A figure, or a named project with a limit: what someone answers for by the year's end."""
    return phrase.has_figure or bool(phrase.projects and phrase.due)


class _Linker:
    """The city's side, made ready once."""

    def __init__(self, city: Sequence[Commitment], places: Places) -> None:
        self._index = Index(city)
        self._places = places
        self._figures = [phrase for phrase in city if phrase.has_figure or phrase.against]

    def links_of(self, county: str, phrase: Commitment) -> list[Link]:
        """The links of a county's phrase, the surest first: a figure's own, else a project's, else the goal served."""
        found = self._figure_links(county, phrase)
        if not any(candidate.relation in FIGURES for candidate in found):
            similar = self._similar(county, phrase)
            found = _surest_by_task([*found, *self._projects(county, phrase, similar), *_goal(phrase, similar)])[:2]
        return [
            Link(
                county,
                phrase,
                candidate.target,
                candidate.relation,
                candidate.share,
                candidate.confidence,
                shortfalls_of(phrase, candidate),
                candidate.rule,
            )
            for candidate in found
        ]

    def nearest(self, phrase: Commitment) -> Commitment | None:
        """The city's phrase most like one that nothing takes up."""
        best = self._index.best(phrase, 1)
        return best[0][1] if best and best[0][0] >= NEAREST else None

    def _figure_links(self, county: str, phrase: Commitment) -> list[Candidate]:
        """The best of each task; a second task only where it is nearly as sure."""
        if not (phrase.has_figure or phrase.against):
            return []
        found = [
            candidate
            for city in self._figures
            if (candidate := compare(phrase, city)) and not self._places.is_others_task(county, city)
        ]
        ranked = _surest_by_task(found)
        own = [c for c in ranked if c.relation in FIGURES and c.confidence >= ranked[0].confidence * NEARLY_AS_SURE]
        return own[:2] or ranked[:1]

    def _similar(self, county: str, phrase: Commitment) -> list[tuple[float, Commitment]]:
        """The likest phrases; one that names the county is nearer, one that names another county further away."""
        weighed = []
        for score, city in self._index.best(phrase, LOOKED_AT, lambda text: self._places.without(county, text)):
            names = phrase.indicator, city.indicator
            if is_near_miss(*names) or contrast(*names, of_goals=True):
                continue
            if self._places.is_others_task(county, city) or self._places.is_elsewhere(county, city.text):
                score *= 0.6
            elif self._places.is_here(county, city.whole):
                score *= 1.2
            weighed.append((score, city))
        return sorted(weighed, key=lambda pair: -pair[0])

    def _projects(
        self, county: str, phrase: Commitment, similar: Iterable[tuple[float, Commitment]]
    ) -> list[Candidate]:
        found = []
        for score, city in similar:
            if self._places.is_others_task(county, city) or self._places.is_elsewhere(county, city.indicator):
                continue
            likeness = same_project(phrase, city, lambda text: self._places.without(county, text))
            if likeness >= ONE_PROJECT:
                confidence = min(0.95, 0.45 + 0.3 * likeness + 0.4 * score)
                found.append(Candidate(city, LinkRelation.SAME_PROJECT, None, confidence, "same-name project"))
        return found


def _goal(phrase: Commitment, similar: Sequence[tuple[float, Commitment]]) -> list[Candidate]:
    """The likest phrase, where it is like enough: the same goal by another measure.

    A figure of something that has no name of its own (总投资536亿元) serves no goal that can be told.
    """
    if phrase.has_figure and is_bare(phrase.indicator):
        return []
    floor = FIGURE_SERVES if phrase.has_figure else SERVES
    return [
        Candidate(city, LinkRelation.SUPPORTS, None, min(0.7, score), "like words", phrase.has_figure)
        for score, city in similar[:1]
        if score >= floor
    ]


def _surest_by_task(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One candidate a task of the city, a figure's before any other; the surest task first."""
    best: dict[object, Candidate] = {}
    for candidate in candidates:
        known = best.get(candidate.target.place)
        if known is None or _rank(candidate) > _rank(known):
            best[candidate.target.place] = candidate
    return sorted(best.values(), key=lambda c: (c.relation not in FIGURES, -c.confidence))


def _rank(candidate: Candidate) -> tuple[bool, float]:
    return candidate.relation in FIGURES, candidate.confidence
