"""What ends by itself: overrides whose day or round has passed. Background work calls it; safe to run twice."""

from datetime import datetime

from duixian.reporting.commands.override import EXPIRY, expire_override
from duixian.reporting.queries import overrides_due


def expire_overrides(now: datetime) -> int:
    """End every override whose time has come, one act each; returns how many. Safe to run twice."""
    due = list(overrides_due(now).select_related("task__plan__government"))
    for word in due:
        expire_override(override=word, actor=EXPIRY, now=now)
    return len(due)
