"""Where the words looked for were found, when a row's shortened text does not show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from duixian.console.rows import TaskRow
from duixian.register.models import Task
from duixian.register.searching import Piece, found_pieces, search_key
from duixian.reporting.models import Report

BEFORE, AFTER = 12, 24


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A few words around the first find, and where they stand: 原文, 配合, 6月情况."""

    where: str
    pieces: list[Piece]


def excerpts_of(
    rows: Sequence[TaskRow], shown: Mapping[int, str], terms: Sequence[str], reports: Mapping[int, Report]
) -> dict[int, list[Excerpt]]:
    """Task id -> an excerpt for each word that its shown text does not hold."""
    return {row.task.pk: _excerpts(row.task, shown[row.task.pk], terms, reports) for row in rows}


def _excerpts(task: Task, shown: str, terms: Sequence[str], reports: Mapping[int, Report]) -> list[Excerpt]:
    key = search_key(shown)
    found = []
    for term in terms:
        if term not in key:
            places = _places(task, reports.get(task.pk))
            found.append(next((_cut(where, text, term) for where, text in places if term in search_key(text)), None))
    return list({e.where: e for e in found if e}.values())


def _places(task: Task, report: Report | None) -> list[tuple[str, str]]:
    places = [(_("原文"), task.text)]
    places += [(_("牵头"), party.printed) for party in task.leads]
    places += [(_("配合"), party.printed) for party in task.cooperating]
    places += [(_("填报"), task.reporting_unit.name), (_("标题"), task.section.heading)]
    if report:
        places += [(_("最近情况"), text) for text in (report.account, report.next_step, report.blocker)]
    return places


def _cut(where: str, text: str, term: str) -> Excerpt:
    pieces = found_pieces(text, [term])
    first = next(n for n, piece in enumerate(pieces) if piece.is_found)
    before = pieces[first - 1].text if first else ""
    after = pieces[first + 1].text if first + 1 < len(pieces) else ""
    cut = [Piece(f"…{before[-BEFORE:]}" if len(before) > BEFORE else before, False), pieces[first]]
    return Excerpt(where, [*cut, Piece(f"{after[:AFTER]}…" if len(after) > AFTER else after, False)])
