"""The plans of the sample city's six counties, each a document of its own layout, for `duixian.reading.read`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .people import HERE

#: In the order in which the city's list names its counties.
COUNTIES = ("岫阳区", "霜桥区", "桑渡县", "芦泉县", "石簪县", "榆陂县")


def county_plans() -> Mapping[str, Path]:
    """Each county's plan for the year, by the county's name."""
    return {county: HERE / "counties" / f"{county}.txt" for county in COUNTIES}
