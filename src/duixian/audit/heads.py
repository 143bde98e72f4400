"""The chain's end kept outside the database, a file a day: whoever owns the database cannot rebuild the chain unseen.

The folder is meant to be copied elsewhere (another machine, a tape, paper). A file is written once and never changed.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from duixian.audit.holding import HEAD_ID
from duixian.audit.models import AuditEntry, AuditHead
from duixian.audit.trail import GENESIS


@dataclass(frozen=True, slots=True)
class Head:
    """How many entries there were, and the hash of the last."""

    count: int
    hash: str


def export_head(folder: Path, day: date, now: datetime) -> Head:
    """Write today's head to `folder/2026-07-06.json`, unless it is there already; returns what the file says.

    Raises OSError where it cannot be written.
    """
    path = folder / f"{day}.json"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        row = AuditHead.objects.filter(pk=HEAD_ID).first()
        head = Head(row.count, row.hash) if row else Head(0, GENESIS)
        content = {"at": now.isoformat(timespec="seconds"), "count": head.count, "hash": head.hash}
        partial = path.with_name(f".{path.name}.part")
        partial.write_text(json.dumps(content) + "\n", "utf-8")
        partial.replace(path)
    return _read(path)


def heads_that_differ(folder: Path) -> list[str]:
    """Exported heads that the chain no longer contains, as lines that say which; empty where all are found."""
    differing = []
    for path in sorted(folder.glob("*.json")):
        try:
            head = _read(path)
        except (ValueError, KeyError):
            differing.append(f"{path.name} 已损坏，读不出链尾")
            continue
        entry = AuditEntry.objects.filter(number=head.count).first()
        if head.count and (entry is None or entry.hash != head.hash):
            differing.append(f"{path.stem} 导出的链尾（第{head.count}条）与现在的记录不符")
    return differing


def _read(path: Path) -> Head:
    content = json.loads(path.read_text("utf-8"))
    return Head(int(content["count"]), str(content["hash"]))
