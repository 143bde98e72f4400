"""Which promises are measured from the ledger."""

from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, command
from duixian.audit.trail import record
from duixian.projects.enums import Measure
from duixian.projects.models import MeasureBinding
from duixian.projects.queries import fits
from duixian.projects.rules import may_keep_ledger
from duixian.register.models import Target
from duixian.units.rules import require


@command
def bind_measure(*, target: Target, measure: Measure, actor: Actor, now: datetime) -> MeasureBinding:
    """Say that the target's figure is this measure of its projects; it is then offered, never written by itself."""
    require(may_keep_ledger(actor, target.task.plan.government))
    if not fits(measure, target.unit_of_measure):
        raise InvalidInput(
            f"“{target.text}”的计量单位是{target.unit_of_measure or '无'}，不能用{measure.label}。",
            {"measure": "单位不合"},
        )
    binding, _ = MeasureBinding.objects.update_or_create(target=target, defaults={"measure": measure})
    record(
        actor=actor,
        now=now,
        action="bind_measure",
        target=target.task,
        after={"target": target.text, "measure": measure},
    )
    return binding


@command
def unbind_measure(*, target: Target, actor: Actor, now: datetime) -> None:
    """The target's figure is reported like any other again."""
    require(may_keep_ledger(actor, target.task.plan.government))
    MeasureBinding.objects.filter(target=target).delete()
    record(actor=actor, now=now, action="unbind_measure", target=target.task, before={"target": target.text})
