"""Who leads an item whose document names nobody. Part of adoption."""

from dataclasses import replace

from duixian.reading import Reading
from duixian.units.models import Unit


def led_by(reading: Reading, unit: Unit) -> Reading:
    """The reading with `unit` as the lead of every item without one: what a county's report gives nobody is its own."""
    tasks = tuple(task if task.leads else replace(task, leads=(unit.name,)) for task in reading.tasks)
    return replace(reading, tasks=tasks)
