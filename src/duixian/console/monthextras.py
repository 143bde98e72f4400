"""What stands beside a unit's form: the ledger's offers, cooperating units' words, evidence; and its own parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duixian.audit.command import InvalidInput
from duixian.console import wording
from duixian.console.reportfields import ReportRow
from duixian.projects.queries import offers_for
from duixian.register.enums import DUTIES_IN_FORCE
from duixian.register.models import Part
from duixian.reporting.models import EvidenceFile, PartReport, Round
from duixian.units.models import Unit


@dataclass(slots=True)
class PartRow:
    """A part this unit does for a lead: what it says this month, and what it said last month."""

    part: Part
    said: PartReport | None
    last: PartReport | None
    message: str = ""
    # what was typed, where it could not be kept
    typed: str = ""
    progress: str = ""

    @property
    def prefix(self) -> str:
        """Of this part's field names."""
        return f"p{self.part.pk}-"

    @property
    def revision(self) -> int:
        """Of what was said; 0 where nothing was."""
        return self.said.revision if self.said else 0


def lay_extras(rows: Sequence[ReportRow], round: Round, *, today: date) -> None:
    """Offers, parts and evidence into the rows, in a fixed number of queries."""
    _lay_offers(rows, round, today)
    ids = [row.task.pk for row in rows]
    parts = PartReport.objects.filter(round=round, part__task__in=ids).select_related("part__unit")
    reports = [row.report.pk for row in rows if row.report]
    evidence = EvidenceFile.objects.filter(report__in=reports, removed_at=None)
    told: dict[int, list[PartReport]] = {}
    for said in parts.order_by("part__unit__order", "part"):
        if said.account or said.progress:
            told.setdefault(said.part.task_id, []).append(said)
    files: dict[int, list[EvidenceFile]] = {}
    for file in evidence:
        files.setdefault(file.report_id, []).append(file)
    for row in rows:
        row.parts = told.get(row.task.pk, [])
        row.evidence = files.get(row.report.pk, []) if row.report else []


def _lay_offers(rows: Sequence[ReportRow], round: Round, today: date) -> None:
    targets = [t for row in rows for t in row.task.targets.all()]
    offers = offers_for(targets, month=round.month, today=today)
    for row in rows:
        own = {t.indicator_id: offers[t.pk] for t in row.task.targets.all() if t.pk in offers and not t.members_id}
        for item in row.figures:
            item.offer = own.get(item.indicator.pk)


def show_as_month(rows: Sequence[ReportRow]) -> None:
    """Turn sums into the month's own figures, wherever last month's sum is known."""
    for row in rows:
        for item in row.figures:
            if not item.may_switch or item.as_month:
                continue
            try:
                total = item.total
            except InvalidInput:
                continue
            item.as_month = True
            if total is not None and item.base is not None:
                item.value = wording.exact(total - item.base)


def part_rows_of(unit: Unit, round: Round) -> list[PartRow]:
    """The unit's parts in force of the round's plan, in printed order."""
    parts = list(
        Part.objects.filter(unit=unit, task__plan=round.plan, task__withdrawn_at=None, state__in=DUTIES_IN_FORCE)
        .exclude(task__reporting_unit=unit)
        .select_related("task__reporting_unit", "task__plan", "unit")
        .order_by("task__order", "pk")
    )
    said: dict[int, PartReport] = {}
    last: dict[int, PartReport] = {}
    rows = PartReport.objects.filter(part__in=parts, round__month__lte=round.month).order_by("round__month")
    for one in rows.select_related("round"):
        (said if one.round_id == round.pk else last)[one.part_id] = one
    return [_part_row(part, said.get(part.pk), last.get(part.pk)) for part in parts]


def _part_row(part: Part, said: PartReport | None, last: PartReport | None) -> PartRow:
    row = PartRow(part, said, last)
    row.typed = said.account if said else ""
    row.progress = said.progress if said else last.progress if last else ""
    return row
