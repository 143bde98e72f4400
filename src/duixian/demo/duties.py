"""Duties in a demonstration: handed out, acknowledged, some objected to and divided; amendments in every state.

Which tasks it happens to is drawn by chance among those it fits; what it changes is nothing the story is about: values
no light hangs on yet, and limits at the year's end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from duixian.assessing import Light
from duixian.demo.cast import Cast
from duixian.demo.chance import Chance
from duixian.demo.diary import Diary
from duixian.demo.moments import WorkingTime, at
from duixian.indicators.limits import is_keepable
from duixian.reading import Comparator
from duixian.register.commands import (
    acknowledge_duties,
    approve_amendment,
    ask_adjustment,
    ask_extension,
    assign_tasks,
    divide_task,
    endorse_amendment,
    keep_duty,
    object_to_duty,
)
from duixian.register.duties import to_acknowledge
from duixian.register.enums import DUTIES_IN_FORCE, AssignmentState, PartyRole
from duixian.register.models import Assignment, Outcome, Part, Plan, Target, Task
from duixian.register.rules import Amendments, in_charge_on, may_approve_amendment
from duixian.reporting.commands import regrade_tasks
from duixian.units.models import Unit

HANDED_OUT_AT_HOUR = 9
SLOWEST_ANSWER = 3
DIVIDED_AFTER_DAYS = 12
PART_LASTS_DAYS = 90
# before the demonstration stands: what is still to be decided was asked for in its last days
PENDING_DAYS = 3
SETTLED_DAYS = 25
DIVIDED_TASKS = 4
OBJECTING_UNITS = 2


@dataclass(frozen=True, slots=True)
class Handing:
    """Enters the duties of a plan into the diary."""

    plan: Plan
    cast: Cast
    diary: Diary
    working: WorkingTime
    chance: Chance

    def add_all(self, handed_out_on: date, stands_on: date) -> None:
        """From handing out to what waits at the end."""
        self._add(handed_out_on, HANDED_OUT_AT_HOUR, self._hand_out)
        divided_on = self.working.later(handed_out_on, DIVIDED_AFTER_DAYS)
        self._add(divided_on, 10, self._divide)
        self._add(divided_on + timedelta(days=20), 10, lambda now: self._extend(now, decided=True))
        # late enough that what still has no light keeps none
        decided_on = max(divided_on, stands_on - timedelta(days=SETTLED_DAYS))
        self._add(decided_on, 10, lambda now: self._adjust(now, decided=True))
        last_days = stands_on - timedelta(days=PENDING_DAYS)
        self._add(last_days, 10, lambda now: self._adjust(now, decided=False))
        self._add(last_days, 11, lambda now: self._extend(now, decided=False))

    def _add(self, day: date, hour: int, act: Callable[[datetime], None]) -> None:
        self.diary.add(at(self.working.first_day(day), hour, self.chance.whole(0, 40, "duties", day, hour)), act)

    def _hand_out(self, now: datetime) -> None:
        """Every unit answers within days; two object to one task first and are overruled, one lets it lie."""
        units = sorted({a.unit for a in assign_tasks(plan=self.plan, actor=self.cast.office_head, now=now)}, key=_order)
        units = [unit for unit in units if unit.pk in self.cast.liaisons]
        for number, unit in enumerate(units):
            day = self.working.later(now.date(), self.chance.whole(0, SLOWEST_ANSWER, "acknowledge", unit.pk))
            if number in range(1, 1 + OBJECTING_UNITS):
                self._add(self.working.later(day, 1), 8, lambda now, unit=unit: self._object(unit, now))  # type: ignore[misc]
            if number != len(units) - 1:
                self._add(self.working.later(day, 1), 14, lambda now, unit=unit: self._acknowledge(unit, now))  # type: ignore[misc]

    def _acknowledge(self, unit: Unit, now: datetime) -> None:
        duties = to_acknowledge(Task.objects.filter(plan=self.plan), [unit])
        if duties:
            liaison, head = self.cast.liaisons[unit.pk], self.cast.heads[unit.pk]
            acknowledge_duties(
                duties=duties, accountable_person=head.name[:40], liaison_name=liaison.name[:40], actor=liaison, now=now
            )

    def _object(self, unit: Unit, now: datetime) -> None:
        duty = Assignment.objects.filter(unit=unit, state=AssignmentState.ASSIGNED).first()
        if duty is None:
            return
        note = "该项工作涉及多个部门，建议明确牵头单位。"
        object_to_duty(duty=duty, state=AssignmentState.DISPUTED, note=note, actor=self.cast.heads[unit.pk], now=now)
        day = self.working.later(now.date(), 2)
        self._add(day, 9, lambda now: self._overrule(duty, now))

    def _overrule(self, duty: Assignment, now: datetime) -> None:
        keep_duty(duty=duty, note="清单已明确牵头单位，请商配合单位共同推进。", actor=self.cast.office_head, now=now)
        self._add(self.working.later(now.date(), 1), 15, lambda now: self._acknowledge(duty.unit, now))

    def _divide(self, now: datetime) -> None:
        """Some leads divide a task; of the parts one stays disputed and one unanswered."""
        for number, task in enumerate(self._divisible()):
            party = next(p for p in task.cooperating if p.unit is not None and p.unit_id in self.cast.liaisons)
            assert party.unit is not None
            due_on = min(now.date() + timedelta(days=PART_LASTS_DAYS), task.current_due_on)
            part = divide_task(
                task=task,
                unit=party.unit,
                text="按职责做好要素保障，每月25日前提供进展情况。",
                due_on=due_on,
                nodes=[("明确责任科室和联系人", min(now.date() + timedelta(days=10), due_on))],
                actor=self.cast.liaisons[task.reporting_unit_id],
                now=now,
            )
            if number == 0:
                self._add(self.working.later(now.date(), 1), 16, lambda now, part=part: self._dispute(part, now))  # type: ignore[misc]
            elif number > 1:
                unit = party.unit
                self._add(self.working.later(now.date(), 2), 16, lambda now, unit=unit: self._acknowledge(unit, now))  # type: ignore[misc]

    def _dispute(self, part: Part, now: datetime) -> None:
        note = "本单位没有相应的审批权限，建议调整分工内容。"
        object_to_duty(
            duty=part, state=AssignmentState.DISPUTED, note=note, actor=self.cast.heads[part.unit_id], now=now
        )

    def _divisible(self) -> list[Task]:
        """Tasks led and shared by units whose people are on the stage."""
        own = Task.objects.filter(
            plan=self.plan, parties__role=PartyRole.COOPERATING, parties__unit__in=self.cast.heads
        )
        found = own.filter(reporting_unit__in=self.cast.liaisons).exclude(parts__state__in=DUTIES_IN_FORCE)
        tasks = found.distinct().select_related("plan__government", "reporting_unit").prefetch_related("parties__unit")
        return self._some(list(tasks), "divide")[:DIVIDED_TASKS]

    def _some(self, found: list[Task], name: str) -> list[Task]:
        return sorted(found, key=lambda task: self.chance.whole(0, 10**6, name, task.pk))

    def _extend(self, now: datetime, *, decided: bool) -> None:
        """A work promised for the year's end is put off to next March."""
        year_end = date(self.plan.year, 12, 31)
        outcomes = Outcome.objects.filter(
            task__plan=self.plan, due_on=year_end, covered_by=None, task__reporting_unit__in=self.cast.heads
        ).exclude(extensions__isnull=False)
        tasks = {o.task_id: o for o in outcomes.select_related("task__plan__government", "task__reporting_unit")}
        chosen = next(iter(self._some([o.task for o in tasks.values()], "extend")), None)
        if chosen is None:
            return
        wish = ask_extension(
            task=chosen,
            outcome=tasks[chosen.pk],
            due_on=date(self.plan.year + 1, 3, 31),
            reason="管线迁改和冬季停工影响工期，已倒排后续节点，申请顺延。",
            actor=self.cast.heads[chosen.reporting_unit_id],
            now=now,
        )
        if decided:
            self._pass(wish, now)

    def _adjust(self, now: datetime, *, decided: bool) -> None:
        """A figure that no light hangs on yet is raised by a tenth; the pending one waits for the leader."""
        targets = Target.objects.filter(
            task__plan=self.plan, comparator=Comparator.AT_LEAST, value__gte=10, task__light__in=("", Light.GREEN),
            members=None, task__reporting_unit__in=self.cast.heads,
        ).exclude(adjustments__isnull=False).exclude(unit_of_measure="%")  # fmt: skip
        by_task = {t.task_id: t for t in targets.select_related("task__plan__government", "task__reporting_unit")}
        # those without a light first: nothing can change by it
        found = sorted(self._some([t.task for t in by_task.values()], "adjust"), key=lambda task: task.light != "")
        chosen = by_task[found[0].pk] if found else None
        if chosen is None or chosen.value is None:
            return
        value = round(chosen.value * 11 / 10)
        if not is_keepable(chosen.value * 2) or value == chosen.value:
            return
        wish = ask_adjustment(
            target=chosen,
            value=chosen.value.__class__(value),
            reason="年初新增一批项目，经测算可以多完成，申请调高目标。",
            actor=self.cast.heads[chosen.task.reporting_unit_id],
            now=now,
        )
        if decided:
            self._pass(wish, now)
        else:
            self._endorse(wish, now)

    def _pass(self, wish: Amendments, now: datetime) -> None:
        """The office agrees next day, the leader in charge a day later; the light follows."""
        self._add(self.working.later(now.date(), 1), 9, lambda now: self._endorse(wish, now))
        self._add(self.working.later(now.date(), 2), 9, lambda now: self._approve(wish, now))

    def _endorse(self, wish: Amendments, now: datetime) -> None:
        endorse_amendment(amendment=wish, note="情况属实。", actor=self.cast.office_head, now=now)

    def _approve(self, wish: Amendments, now: datetime) -> None:
        wish.refresh_from_db()
        in_charge = in_charge_on(self.plan.government, now.date())
        leader = next((a for a in self.cast.leaders if may_approve_amendment(a, wish, in_charge)), None)
        if leader is not None:
            approve_amendment(amendment=wish, note="同意。", actor=leader, now=now)
            regrade_tasks(tasks=[wish.task], actor=leader, now=now)


def _order(unit: Unit) -> tuple[int, int]:
    return unit.order, unit.pk
