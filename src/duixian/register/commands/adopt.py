"""立项: a reading becomes a plan with units, tasks, targets and outcomes, whole or not at all."""

from dataclasses import dataclass, field
from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, command
from duixian.audit.trail import record
from duixian.reading import Reading
from duixian.register.commands._adopting import add_tasks, check_items, create_plan, directory_for, sections_for
from duixian.register.commands._leading import led_by
from duixian.register.models import Plan
from duixian.register.rules import may_adopt
from duixian.units.models import Government, Unit
from duixian.units.rules import require


@dataclass(slots=True)
class Adoption:
    """What came of adopting: the plan, units that were new, and remarks for a person."""

    plan: Plan
    new_units: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@command
def adopt_reading(
    *,
    reading: Reading,
    government: Government,
    year: int,
    actor: Actor,
    now: datetime,
    create_missing_units: bool = False,
    default_lead: Unit | None = None,
) -> Adoption:
    """Adopt every task of `reading` as the government's plan of `year`.

    Unknown units are refused by name unless `create_missing_units`; a printed name that means a known unit never makes
    a second one. `default_lead` leads the items that name no lead. Raises InvalidInput where a plan of that year
    exists, nothing was read, or an item has no lead.
    """
    require(may_adopt(actor, government))
    if default_lead is not None:
        reading = led_by(reading, default_lead)
    _check_adoptable(reading, government, year)
    plan = create_plan(reading, government, year, now)
    directory, new_units = directory_for(
        reading.tasks, government, create_missing=create_missing_units, actor=actor, now=now
    )
    sections = sections_for(reading.tasks, reading.tasks, reading, plan, directory)
    add_tasks(
        list(enumerate(reading.tasks, 1)),
        plan=plan,
        sections=sections,
        reading=reading,
        directory=directory,
        source=None,
        actor=actor,
        now=now,
    )
    record(
        actor=actor,
        now=now,
        action="adopt_reading",
        target=plan,
        after={
            "tasks": len(reading.tasks),
            "sections": len(sections),
            "sha256": plan.source.sha256,
            "new_units": new_units,
        },
    )
    return Adoption(plan, new_units, [w.message for w in reading.warnings])


def _check_adoptable(reading: Reading, government: Government, year: int) -> None:
    if not reading.tasks:
        raise InvalidInput("文件中没有读出任务，无法立项。请核对文件是否为任务清单。")
    if government.plans.filter(year=year).exists():
        raise InvalidInput(f"{government.name}{year}年的任务清单已经立项，不能重复立项。")
    check_items(reading.tasks)
    if "\0" in reading.text:
        raise InvalidInput("文件中含有空字符（像是损坏的文本），不能立项。请另存为 UTF-8 文本后再试。")
