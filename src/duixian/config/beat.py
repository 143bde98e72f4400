"""The worker's sign of life: the moment of its last turn, in a file of the installation's folder."""

from datetime import datetime, timedelta
from pathlib import Path

# a worker that has not turned for so long is not running
SILENT_AFTER = timedelta(minutes=5)


def note_turn(data: Path, now: datetime) -> None:
    """Called after every turn."""
    (data / "worker.beat").write_text(now.isoformat(timespec="seconds"), "ascii")


def last_turn(data: Path) -> datetime | None:
    """When a worker last finished a turn; None before the first."""
    try:
        return datetime.fromisoformat((data / "worker.beat").read_text("ascii"))
    except (OSError, ValueError):
        return None


def is_running(data: Path, now: datetime) -> bool:
    """Whether a worker has turned lately."""
    last = last_turn(data)
    return last is not None and abs(now - last) < SILENT_AFTER
