"""佐证材料: laid beside a report that may still be changed, and taken away again. Never asked for by force."""

import hashlib
from datetime import datetime
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.periods import today_in
from duixian.reading import ReadingError
from duixian.reading.formats.guard import content_of, open_archive
from duixian.reporting.commands._lock import lock_report
from duixian.reporting.locks import is_open_for
from duixian.reporting.models import EvidenceFile, Report
from duixian.reporting.rules import may_fill
from duixian.units.rules import require

LARGEST_EVIDENCE = 20 * 1024 * 1024
MOST_EVIDENCE = 10
# ending -> the content it must have
KINDS = {
    ".pdf": "pdf", ".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".docx": "docx", ".xlsx": "xlsx", ".ofd": "ofd",
}  # fmt: skip
ARCHIVES = ("docx", "xlsx", "ofd")


@command
def add_evidence(*, report: Report, name: str, data: bytes, actor: Actor, now: datetime) -> EvidenceFile:
    """Keep a file with a report. Raises InvalidInput for a kind, size or content that is not taken.

    Side effect outside the database: the file is written under its SHA-256 first; a crash leaves at most a file
    nobody refers to.
    """
    report = lock_report(report)
    require(may_fill(actor, report.task))
    _check_open(report, now)
    name = PurePath(name.replace("\\", "/")).name[-200:]
    ending = PurePath(name).suffix.lower()
    _check(name, ending, data)
    digest = hashlib.sha256(data).hexdigest()
    kept = report.evidence.filter(removed_at=None)
    if kept.filter(sha256=digest).exists():
        raise InvalidInput(f"“{name}”已经附在这一项里了。", {"evidence": "重复"})
    if kept.count() >= MOST_EVIDENCE:
        raise InvalidInput(f"一项最多附{MOST_EVIDENCE}份，请只留最要紧的。", {"evidence": "过多"})
    evidence = EvidenceFile.objects.create(
        report=report,
        file_name=name,
        sha256=digest,
        stored_as=_store(digest, ending, data),
        size=len(data),
        added_by=actor.audit_name,
        added_at=now,
    )
    after = {"file": name, "sha256": digest, "size": len(data)}
    record(actor=actor, now=now, action="add_evidence", target=report, after=after)
    return evidence


@command
def remove_evidence(*, evidence: EvidenceFile, actor: Actor, now: datetime) -> EvidenceFile:
    """Take a file away while the report may be changed; the trail keeps what it was."""
    report = lock_report(evidence.report)
    require(may_fill(actor, report.task))
    _check_open(report, now)
    evidence.refresh_from_db()
    if evidence.removed_at is not None:
        raise WrongState("这份材料已经撤下。")
    evidence.removed_at = now
    evidence.save(update_fields=["removed_at"])
    before = {"file": evidence.file_name, "sha256": evidence.sha256}
    record(actor=actor, now=now, action="remove_evidence", target=report, before=before)
    return evidence


def _check_open(report: Report, now: datetime) -> None:
    is_open = is_open_for(report.round, report.unit, today_in(now))
    if not is_open or not report.current_state.may_edit:
        raise WrongState(f"{report.task}的填报{report.get_state_display()}，现在不能增减佐证材料。")


def _check(name: str, ending: str, data: bytes) -> None:
    if len(data) > LARGEST_EVIDENCE:
        raise InvalidInput(f"“{name}”超过{LARGEST_EVIDENCE // 1024 // 1024}MB，请压缩后再传。", {"evidence": "过大"})
    if ending not in KINDS or content_of(data) != KINDS[ending]:
        kinds = "PDF、OFD、图片（png、jpg）、docx、xlsx"
        raise InvalidInput(f"“{name}”的内容和扩展名不符，或不是可收的文件。可收{kinds}。", {"evidence": "类型不符"})
    if KINDS[ending] in ARCHIVES:
        _check_archive(name, data)


def _check_archive(name: str, data: bytes) -> None:
    try:
        with open_archive(data, name) as archive:
            parts = archive.namelist()
    except ReadingError as error:
        raise InvalidInput(str(error), {"evidence": "打不开"}) from error
    if any(part.lower().endswith("vbaproject.bin") for part in parts):
        raise InvalidInput(f"“{name}”含有宏，请另存为不含宏的文件后再传。", {"evidence": "含宏"})


def _store(digest: str, ending: str, data: bytes) -> str:
    """Where the file lies; one that lies there already is the same to the last bit."""
    path = f"evidence/{digest[:2]}/{digest}{ending}"
    return path if default_storage.exists(path) else default_storage.save(path, ContentFile(data))
