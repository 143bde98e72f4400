"""Monthly plans and nodes: filed by the units' liaisons, approved by the office a day or two later."""

from __future__ import annotations

from datetime import date, datetime

from duixian.demo.cast import Cast
from duixian.demo.chance import Chance
from duixian.demo.diary import Diary
from duixian.demo.moments import WorkingTime, at
from duixian.demo.script import OutcomeCourse, PlanFiling, Script
from duixian.register.commands import approve_milestones, approve_monthly_plan, file_milestones, file_monthly_plan
from duixian.register.enums import FilingState
from duixian.register.models import MonthlyPlan, Outcome, Target, Task


class Filing:
    """Enters the script's plans and nodes into the diary."""

    def __init__(self, script: Script, cast: Cast, diary: Diary, working: WorkingTime, chance: Chance) -> None:
        self.script, self.cast, self.diary, self.working, self.chance = script, cast, diary, working, chance

    def add_all(self, not_before: date) -> None:
        """Every plan and every outcome's nodes, on the day told, but not before the list was handed out."""
        for plan in self.script.plans.values():
            self._add(max(plan.on, not_before), ("plan", plan.target_id), lambda now, plan=plan: self._plan(plan, now))
        for course in self.script.outcomes.values():
            if course.nodes and course.filed_on:
                day, name = max(course.filed_on, not_before), ("nodes", course.outcome_id)
                self._add(day, name, lambda now, course=course: self._nodes(course, now))

    def _add(self, day: date, name: tuple[str, int], act: object) -> None:
        minute = self.chance.whole(0, 400, *name)
        self.diary.add(at(self.working.first_day(day), 9, minute), act)  # type: ignore[arg-type]

    def _plan(self, filing: PlanFiling, now: datetime) -> None:
        target = Target.objects.select_related("task__plan__government", "task__reporting_unit").get(
            pk=filing.target_id
        )
        liaison = self.cast.liaisons[target.task.reporting_unit_id]
        filed = file_monthly_plan(target=target, figures=filing.figures, actor=liaison, now=now)
        self.diary.add(self._decision(now, target.pk), lambda now: self._approve_plan(filed, now))

    def _approve_plan(self, filed: MonthlyPlan, now: datetime) -> None:
        approve_monthly_plan(monthly_plan=filed, actor=self.cast.office_staff[0], now=now)

    def _nodes(self, course: OutcomeCourse, now: datetime) -> None:
        outcome = Outcome.objects.select_related("task__plan__government", "task__reporting_unit").get(
            pk=course.outcome_id
        )
        task = outcome.task
        file_milestones(
            task=task,
            outcome=outcome,
            nodes=[(node.name, node.due_on) for node in course.nodes],
            actor=self.cast.liaisons[task.reporting_unit_id],
            now=now,
        )
        self.diary.add(self._decision(now, task.pk), lambda now: self._approve_nodes(task, now))

    def _approve_nodes(self, task: Task, now: datetime) -> None:
        """One approval takes all nodes filed for the task so far; of several outcomes the first brings the rest.

        Nodes of parts are agreed between the units and wait for nobody here.
        """
        if task.milestones.filter(part=None, state=FilingState.FILED).exists():
            approve_milestones(task=task, actor=self.cast.office_staff[-1], now=now)

    def _decision(self, now: datetime, name: int) -> datetime:
        day = self.working.later(now.date(), self.chance.whole(1, 2, "decision", name))
        return at(day, 9, self.chance.whole(0, 420, "decision minute", name))
