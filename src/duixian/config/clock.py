"""The one place where the clock is read. Everything behind the edge is handed the moment as an argument."""

from datetime import datetime, timedelta

from django.conf import settings

from duixian.periods import SHANGHAI


def now() -> datetime:
    """This moment in Asia/Shanghai; a demonstration's clock started at the story's last day and runs on from there."""
    return datetime.now(SHANGHAI) + timedelta(seconds=settings.CLOCK_OFFSET_SECONDS)
