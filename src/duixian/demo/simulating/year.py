"""A year's reports for every task of a plan that no story tells of, written into a script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from duixian.assessing import TargetFacts
from duixian.assessing.units import is_pieces
from duixian.demo.chance import Chance
from duixian.demo.script import (
    Course,
    FirstVersion,
    NodeCourse,
    Noticed,
    Obstacle,
    OutcomeCourse,
    PlanFiling,
    Publication,
    Release,
    Script,
)
from duixian.indicators.enums import Frequency, ValueStatus
from duixian.indicators.models import Indicator
from duixian.periods import month_end, months_of_year
from duixian.reading import Accrual, QuantityKind, Stage
from duixian.register.enums import OPEN_STAGES
from duixian.register.models import Outcome, Target, Task
from duixian.reporting.facts import Knowledge, members_of, target_facts

from . import figures, lives, nodes
from .lexicon import lexicon

FEW_PIECES = 12
WORKS = (Stage.START, Stage.RESUME, Stage.COMPLETE, Stage.IN_USE)
# what is kept up or pushed ahead has no early end
NEVER_EARLY = (Stage.ADVANCE, Stage.SUSTAIN, Stage.RECTIFY)


@dataclass(frozen=True, slots=True)
class Simulation:
    """Writes what is missing of one plan's year into `script`; what is already there stays."""

    script: Script
    chance: Chance
    known: Knowledge
    plans_due_on: date
    words: Mapping[str, tuple[str, ...]]

    def add_task(self, task: Task) -> None:
        """Figures, nodes and reasons for one task."""
        life = self.add_missing(task)
        if life in (lives.Life.BEHIND, lives.Life.SLOW, lives.Life.CATCHING_UP):
            self._add_reason(task, life)

    def add_missing(self, task: Task) -> lives.Life:
        """Figures and nodes where there are none yet; returns how the task goes."""
        life = lives.life_of(self.chance, task.number)
        for target in task.targets.all():
            self.add_target(target, task, life)
        for outcome in task.outcomes.all():
            if outcome.covered_by_id is None and outcome.pk not in self.script.outcomes:
                self.script.outcomes[outcome.pk] = self._outcome(outcome, task, life)
        return life

    def add_target(self, target: Target, task: Task, life: lives.Life) -> None:
        """A course for the target's series, and for the series it is held against."""
        facts = target_facts(target, task, self.known)
        course = lives.Course(life, self.chance, f"{task.number}/{target.indicator.name}")
        if not self._is_told(target.indicator_id):
            if target.members_id is not None:
                self._add_members(target, facts, course)
            elif facts.is_statistic or target.against_id is not None:
                self._publish(target.indicator, facts, course)
            else:
                self._add_own(target, facts, course)
        if target.against is not None and not self._is_told(target.against_id):
            steady = replace(course, life=lives.Life.STEADY, name=target.against.name)
            self._publish(target.against, replace(facts, value=None), steady)

    def _is_told(self, indicator_id: int | None) -> bool:
        script = self.script
        return indicator_id in script.courses or any(p.indicator_id == indicator_id for p in script.publications)

    def _add_own(self, target: Target, facts: TargetFacts, course: lives.Course) -> None:
        """A figure the unit reports itself, with the plan, baseline or last year it may have."""
        history = self.script.history.setdefault(target.indicator_id, {})
        if _is_level(facts) and self._has("levels_with_baseline", course):
            start = figures.baseline(facts, course)
            history[date(facts.year - 1, 12, 1)] = start
            facts = replace(facts, baseline=start)
        if _needs_plan(facts) and self._has("works_with_plan", course):
            plan = figures.monthly_plan(facts)
            self.script.plans[target.pk] = PlanFiling(target.pk, plan, self._filing_day(course))
            facts = replace(facts, monthly_plan=plan)
        elif facts.accrual is Accrual.FLOW and not _needs_plan(facts) and self._has("flows_with_last_year", course):
            months = figures.last_year(facts, course)
            history.update(months)
            facts = replace(facts, last_year=months)
        self.script.courses[target.indicator_id] = Course(values=dict(figures.year_figures(facts, course)))

    def _add_members(self, target: Target, facts: TargetFacts, course: lives.Course) -> None:
        members = {}
        for unit in members_of(target):
            life = lives.life_of(self.chance, f"{course.name}/{unit.name}")
            own = lives.Course(life, self.chance, f"{course.name}/{unit.name}")
            members[unit.pk] = dict(figures.year_figures(figures.of_member(facts, unit.name), own))
        self.script.courses[target.indicator_id] = Course(members=members)

    def _publish(self, indicator: Indicator, facts: TargetFacts, course: lives.Course) -> None:
        """A statistic: entered by its unit some days after the period, in no report."""
        rule = next(r for r in lexicon()["publication"] if any(word in indicator.name for word in r["words"]))
        frequency, lag = Frequency(rule["frequency"]), rule["lag_days"]
        assert indicator.responsible_unit_id is not None
        self.script.publications.append(Publication(indicator.pk, frequency, lag, indicator.responsible_unit_id))
        values = figures.year_figures(facts, course)
        for month in months_of_year(facts.year):
            if month.month % frequency.months == 0:
                day = month_end(month) + timedelta(days=lag)
                self.script.releases.append(
                    Release(indicator.pk, month, values[month], ValueStatus.PRELIMINARY, day, "模拟发布")
                )

    def _outcome(self, outcome: Outcome, task: Task, life: lives.Life) -> OutcomeCourse:
        name, stage = f"{task.number}/{outcome.object}/{outcome.stage}", Stage(outcome.stage)
        has_nodes = self.chance.holds(lexicon()["filing"]["outcomes_with_nodes"], name, "nodes")
        early = self._early_end(outcome, stage, task, life)
        drawn = nodes.nodes_for(stage, early or outcome.due_on, life, self.chance, name) if has_nodes else ()
        # what has no end of its own is kept up until the year's end, never reached before
        is_open = outcome.stage in OPEN_STAGES and outcome.is_implied
        end = early or (None if is_open else nodes.reached_on(outcome.due_on, life, self.chance, name))
        return OutcomeCourse(
            outcome.pk,
            nodes=tuple(NodeCourse(n.name, n.due_on, n.done_on) for n in drawn),
            filed_on=self.plans_due_on - timedelta(days=self.chance.whole(0, 6, name, "filed")) if drawn else None,
            starts_on=date(outcome.due_on.year, self.chance.whole(1, 4, name, "starts"), 1),
            reached_on=end,
            late="",
        )

    def _early_end(self, outcome: Outcome, stage: Stage, task: Task, life: lives.Life) -> date | None:
        """Some tasks without a printed limit are done well before the year's end, all their objects alike."""
        may_be = outcome.is_implied and stage not in NEVER_EARLY and life in (lives.Life.AHEAD, lives.Life.STEADY)
        if not may_be or not self.chance.holds(lexicon()["filing"]["tasks_done_early"], task.number, "early"):
            return None
        month, day = (self.chance.whole(*span, task.number, outcome.object) for span in ((4, 9), (3, 27)))
        return date(outcome.due_on.year, month, day)

    def _add_reason(self, task: Task, life: lives.Life) -> None:
        """Why the task is behind; of those far behind, some name it as a blocker."""
        is_rate = any(t.accrual == Accrual.RUNNING for t in task.targets.all())
        stages = {t.stage for t in task.targets.all()} | {o.stage for o in task.outcomes.all()}
        kind = "rate" if is_rate else "works" if stages & set(WORKS) else "other"
        reason = self.chance.pick(lexicon()["reporting"][f"{kind}_reasons"], task.number, "reason")
        self.script.reasons.setdefault(task.pk, reason)
        if life is lives.Life.CATCHING_UP:
            self.script.catching_up.setdefault(task.pk, date(task.plan.year, lives.CAUGHT_UP_IN, 1))
        if life is lives.Life.BEHIND and not is_rate and self.chance.holds(50, task.number, "blocker"):
            first = date(task.plan.year, self.chance.whole(3, 5, task.number, "blocker from"), 1)
            text = self.chance.pick(self.words[reason], task.number, "blocker text")
            self.script.obstacles.setdefault(task.pk, Obstacle(text, first, reason))

    def _has(self, share: str, course: lives.Course) -> bool:
        return self.chance.holds(lexicon()["filing"][share], course.name, share)

    def _filing_day(self, course: lives.Course) -> date:
        return self.plans_due_on - timedelta(days=self.chance.whole(0, 8, course.name, "filed"))

    def add_mishaps(self, tasks: Sequence[Task], months: Sequence[date]) -> None:
        """Reports sent back once, and reports corrected after they were approved."""
        reporting = lexicon()["reporting"]
        for task in tasks:
            for month in months:
                key = (task.pk, month)
                if key in self.script.first_versions:
                    continue
                if self.chance.holds(reporting["sent_back"], task.number, month, "sent back"):
                    note = self.chance.pick(reporting["notes"], task.number, month)
                    account = self.chance.pick(reporting["accounts"], task.number, month)
                    self.script.first_versions[key] = FirstVersion(Noticed.OFFICE, note, account)
                elif self.chance.holds(reporting["corrected"], task.number, month, "corrected"):
                    self._add_correction(task, month)

    def _add_correction(self, task: Task, month: date) -> None:
        """A figure was one (or a tenth) too high at first; only where there is a figure to be wrong."""
        for target in task.targets.all():
            course = self.script.courses.get(target.indicator_id)
            value = course.values.get(month) if course else None
            if value is not None and value > 0 and target.accrual == Accrual.FLOW:
                wrong = value + Decimal(1).scaleb(int(value.as_tuple().exponent))
                note = lexicon()["reporting"]["corrections"][0]
                self.script.first_versions[task.pk, month] = FirstVersion(
                    Noticed.LATER, note, figures={target.indicator_id: wrong}
                )
                return


def _is_level(facts: TargetFacts) -> bool:
    """A level that set out from somewhere; a set of works begins with nothing."""
    is_set = facts.stage is not None and facts.kind is QuantityKind.AMOUNT
    is_stock = facts.accrual is Accrual.STOCK and facts.kind is not QuantityKind.INCREMENT
    return is_stock and not is_set and not facts.at_all_times


def _needs_plan(facts: TargetFacts) -> bool:
    """Works, and counts of few pieces: without a plan they have no pace."""
    if facts.at_all_times or facts.accrual not in (Accrual.FLOW, Accrual.STOCK):
        return False
    if facts.stage not in (None, Stage.OBTAIN, Stage.SUSTAIN):
        return True
    is_few = facts.value is not None and facts.value < FEW_PIECES and is_pieces(facts.unit)
    return facts.accrual is Accrual.FLOW and is_few
