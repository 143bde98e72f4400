"""What a unit does with its month's form: save what changed, send up what is done. Each report is an act of its own."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from duixian.audit.command import CommandError, Conflict, InvalidInput
from duixian.console.monthextras import PartRow
from duixian.console.reportfields import ReportRow
from duixian.console.reportforms import digest, read, take, typed_digest, typed_words
from duixian.reporting.commands import add_evidence, remove_evidence, report_part, save_report, send_up_report
from duixian.reporting.commands.evidence import LARGEST_EVIDENCE
from duixian.reporting.listings import content_at_hand, with_content
from duixian.reporting.models import PartReport, Report, Round
from duixian.units.models import Account


@dataclass(slots=True)
class Outcome:
    """How many reports were saved and sent up, and how many rows have something to mend."""

    saved: int = 0
    sent: int = 0
    faulty: int = 0
    files: int = 0


def save_rows(rows: Sequence[ReportRow], post: QueryDict, *, round: Round, actor: Account, now: datetime) -> Outcome:
    """Save every row that was changed since it was opened; one row's fault does not hold up the others."""
    outcome = Outcome()
    for row in rows:
        if f"{row.prefix}revision" not in post:
            continue
        if not row.may_edit:
            outcome.faulty += _keep_unsaved(row, post)
            continue
        take(row, post)
        try:
            content = read(row)
            if digest(content) == post.get(f"{row.prefix}seen"):
                continue
            revision = _number(post.get(f"{row.prefix}revision", ""))
            row.report = save_report(
                round=round, task=row.task, content=content, revision=revision, actor=actor, now=now
            )
            row.seen = digest(content)
            outcome.saved += 1
        except CommandError as error:
            outcome.faulty += _tell(row, error, round)
    return outcome


def save_parts(
    parts: Sequence[PartRow], post: QueryDict, outcome: Outcome, *, round: Round, actor: Account, now: datetime
) -> None:
    """Keep what was said of the unit's parts for others; untouched ones are left alone."""
    for row in parts:
        if f"{row.prefix}revision" not in post:
            continue
        row.progress = post.get(f"{row.prefix}progress", "")
        row.typed = post.get(f"{row.prefix}account", "").strip()
        stored = (row.said.progress, row.said.account) if row.said else ("", "")
        # a progress carried over from last month says nothing by itself
        if (row.progress, row.typed) == stored or (row.said is None and not row.typed):
            continue
        revision = _number(post.get(f"{row.prefix}revision", ""))
        about: dict[str, Any] = {"progress": row.progress, "account": row.typed, "revision": revision}
        try:
            row.said = report_part(round=round, part=row.part, **about, actor=actor, now=now)
            outcome.saved += 1
        except CommandError as error:
            row.message = error.message
            outcome.faulty += 1
            row.said = PartReport.objects.filter(round=round, part=row.part).first()


def add_files(
    rows: Sequence[ReportRow],
    files: MultiValueDict[str, UploadedFile],
    outcome: Outcome,
    *,
    round: Round,
    actor: Account,
    now: datetime,
) -> None:
    """Lay the chosen files beside their reports; a report nobody has begun is begun by its first file."""
    who: dict[str, Any] = {"actor": actor, "now": now}
    for row in rows:
        for file in files.getlist(f"{row.prefix}evidence"):
            try:
                if row.report is None:
                    row.report = save_report(round=round, task=row.task, content=row.content, revision=0, **who)
                add_evidence(report=row.report, name=file.name or "", data=file.read(LARGEST_EVIDENCE + 1), **who)
                outcome.files += 1
            except (CommandError, OSError) as error:
                row.message = error.message if isinstance(error, CommandError) else _("文件没有存下，请稍后再传。")
                outcome.faulty += 1


def take_file_away(rows: Sequence[ReportRow], pk: str, outcome: Outcome, *, actor: Account, now: datetime) -> None:
    """Take one file of these rows away again."""
    for row in rows:
        for evidence in row.evidence:
            if str(evidence.pk) != pk:
                continue
            try:
                remove_evidence(evidence=evidence, actor=actor, now=now)
                outcome.saved += 1
            except CommandError as error:
                row.message = error.message
                outcome.faulty += 1


def _keep_unsaved(row: ReportRow, post: QueryDict) -> int:
    """What was typed into a row that takes nothing any more (the round was locked, a colleague sent it up) is shown.

    1 where something would have been lost, else 0.
    """
    typed = copy.deepcopy(row)
    take(typed, post)
    if typed_digest(typed) in (row.seen, post.get(f"{row.prefix}seen")):
        return 0
    row.unsaved = typed_words(typed)
    if not row.unsaved:
        return 0
    now = _("本月盘点已锁定") if row.is_locked else _("这项填报刚由同事送出，现在%(state)s") % {"state": _state(row)}
    row.message = _("%(now)s，您刚填的没有保存，原样列在下面。") % {"now": now}
    return 1


def _state(row: ReportRow) -> str:
    return str(row.state.label) if row.state else ""


def send_up_rows(rows: Sequence[ReportRow], outcome: Outcome, *, actor: Account, now: datetime) -> None:
    """Hand the rows' reports to the unit's head; rows with faults stay."""
    for row in rows:
        if not row.may_edit or row.errors or row.message:
            continue
        if row.report is None:
            row.set_errors({}, _("还没有填写，不能送审签。"))
            outcome.faulty += 1
            continue
        try:
            row.report = send_up_report(report=row.report, actor=actor, now=now)
            outcome.sent += 1
        except CommandError as error:
            row.set_errors(error.fields if isinstance(error, InvalidInput) else {}, error.message)
            outcome.faulty += 1


def _tell(row: ReportRow, error: CommandError, round: Round) -> int:
    """Tell the row what was refused; 1 for a fault, 0 where the same words were already stored (sent twice)."""
    if isinstance(error, Conflict):
        stored = with_content(Report.objects.filter(round=round, task=row.task, unit=row.task.reporting_unit)).get()
        row.report, other = stored, content_at_hand(stored)
        row.seen = digest(other)
        if digest(read(row)) == row.seen:
            return 0
        # both stand on the page: the other's as stored, one's own in the fields; saving again is then a choice
        row.other_version = other
    row.set_errors(error.fields if isinstance(error, InvalidInput) else {}, error.message)
    return 1


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else -1
