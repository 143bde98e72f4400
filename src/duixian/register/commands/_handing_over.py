"""What goes along when a duty changes hands; part of the commands of duties."""

from datetime import datetime

from duixian.audit.actors import Actor
from duixian.indicators.commands import set_publication
from duixian.indicators.enums import Frequency
from duixian.indicators.models import Indicator
from duixian.register.enums import FilingState
from duixian.register.models import Part, Task
from duixian.units.models import Unit


def hand_over_series(task: Task, unit: Unit, actor: Actor, now: datetime) -> None:
    """The task is reported by `unit`; series the old unit answered for only because of it go along."""
    old = task.reporting_unit
    task.reporting_unit = unit
    task.save(update_fields=["reporting_unit"])
    for indicator in Indicator.objects.filter(targets__task=task, responsible_unit=old).distinct():
        if not indicator.targets.filter(task__reporting_unit=old).exists():
            set_publication(
                indicator=indicator,
                frequency=Frequency(indicator.frequency),
                publication_lag_days=indicator.publication_lag_days,
                responsible_unit=unit,
                actor=actor,
                now=now,
            )


def hand_over_steps(part: Part, actor: Actor, now: datetime) -> None:
    """Nodes of a part are agreed once the unit acknowledges it."""
    steps = part.milestones.filter(state=FilingState.FILED)
    steps.update(state=FilingState.APPROVED, decided_by=actor.audit_name, decided_at=now)
