"""The console's clock: read once at the edge of a request and handed on."""

from datetime import datetime

from duixian.config import clock


def read_clock() -> datetime:
    """Now, in the product's zone (Asia/Shanghai)."""
    return clock.now()
