"""Adopting a list so that no task of it is ever without a grade."""

from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import command
from duixian.periods import month_of, today_in
from duixian.reading import Reading
from duixian.register.commands import Adoption, adopt_reading
from duixian.reporting.commands.assess import assess_plan
from duixian.units.models import Government


@command
def start_plan(
    *,
    reading: Reading,
    government: Government,
    year: int,
    actor: Actor,
    now: datetime,
    create_missing_units: bool = False,
) -> Adoption:
    """Adopt a reading and grade every task for the month of adoption, in one transaction."""
    adoption = adopt_reading(
        reading=reading,
        government=government,
        year=year,
        actor=actor,
        now=now,
        create_missing_units=create_missing_units,
    )
    assess_plan(plan=adoption.plan, month=month_of(today_in(now)), actor=actor, now=now)
    return adoption
