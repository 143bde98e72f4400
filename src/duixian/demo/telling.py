"""What a unit writes about a task: sentences of facts from templates, each used only where all it asks for is known."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from duixian.demo.chance import Chance
from duixian.demo.script import Course, NodeCourse, OutcomeCourse, Script
from duixian.periods import add_months, day_label, month_label
from duixian.reading import Accrual, QuantityKind
from duixian.register.enums import PartyRole
from duixian.register.models import Outcome, Target, Task
from duixian.reporting.queries import plain

Words = Mapping[str, Mapping[str, tuple[str, ...]]]

MOST_SENTENCES = 3
WINTER_ENDS = 3
DECEMBER = 12
WORKS = ("START", "RESUME", "ADVANCE", "COMPLETE", "IN_USE")
# less than this share of what was due is told as behind; a little less is not worth a reason
CLEARLY_BEHIND = Decimal("0.99")
CLEARLY_AHEAD = Decimal("1.1")


@dataclass(slots=True)
class Told:
    """The words of one report, as they come together."""

    sentences: list[str] = field(default_factory=list)
    context: dict[str, str] = field(default_factory=dict)
    is_behind: bool = False
    is_done: bool = True
    reason: str = ""
    step: str = "on_pace"


@dataclass(frozen=True, slots=True)
class Teller:
    """Writes accounts and next steps from the script's facts."""

    script: Script
    words: Words
    chance: Chance
    names: Mapping[int, str]

    def tell(self, task: Task, month: date, today: date, last_told: date) -> tuple[str, str]:
        """Account and next step of a task for a month, as known on `today`; `last_told`: the last report's day."""
        told = Told(context=self._calendar(task, month))
        for target in task.targets.all():
            self._tell_target(told, target, month, today)
        for outcome in task.outcomes.all():
            course = self.script.outcomes.get(outcome.pk)
            if course is not None and outcome.covered_by_id is None:
                self._tell_outcome(told, outcome, course, today, last_told)
        sentences = told.sentences[:MOST_SENTENCES] or self._one_of("outcome", "quiet", told, {"object": "该项工作"})
        return "".join([*sentences, *self._why(told, task, month)]), self._next_step(told, task, month)

    def _calendar(self, task: Task, month: date) -> dict[str, str]:
        known = {"month": month_label(month)}
        if month.month > 1:
            known["last_month"] = month_label(add_months(month, -1))
        if month.month < DECEMBER:
            known["next_month"] = month_label(add_months(month, 1))
        partner = next((p for p in task.parties.all() if p.role == PartyRole.COOPERATING and p.unit_id), None)
        if partner is not None:
            known["partner"] = partner.printed
        return known

    # figures

    def _tell_target(self, told: Told, target: Target, month: date, today: date) -> None:
        course = self.script.courses.get(target.indicator_id)
        if course is None:
            self._tell_release(told, target, today)
        elif course.members:
            self._tell_members(told, target, course, month)
        elif course.values.get(month) is not None:
            self._tell_value(told, target, course, month)

    def _tell_release(self, told: Told, target: Target, today: date) -> None:
        """A statistic is told as it last came out."""
        out = [r for r in self.script.releases if r.indicator_id == target.indicator_id and r.on <= today]
        if not out:
            return
        newest = max(out, key=lambda r: (r.month, r.on))
        known = self._figures(target, newest.value) | {"month": month_label(newest.month)}
        told.is_done = False
        told.sentences += self._one_of("account", "published", told, known)
        sign = -1 if target.polarity == "less" else 1
        if target.accrual == Accrual.RUNNING and target.value is not None:
            self._mark(told, target, behind=sign * (newest.value - target.value) < 0, known=known)

    def _tell_members(self, told: Told, target: Target, course: Course, month: date) -> None:
        goal = target.value or Decimal(0)
        done = [self.names[pk] for pk, values in course.members.items() if (values.get(month) or Decimal(0)) >= goal]
        open_ = [self.names[pk] for pk in course.members if self.names[pk] not in done]
        known = {"counties": "、".join(done)} if done else {}
        if open_:
            known["county"] = open_[0]
            told.is_done = False
        told.sentences += self._one_of("account", "members", told, known)

    def _tell_value(self, told: Told, target: Target, course: Course, month: date) -> None:
        actual = course.values[month]
        assert actual is not None
        known = self._figures(target, actual)
        expected = self.script.expected.get(target.pk, {}).get(month)
        if expected is not None:
            known["expected"] = _rounded(expected, actual)
            known["gap"] = _rounded(expected - actual, actual)
        later = self.script.expected.get(target.pk, {}).get(add_months(month, 1))
        if later is not None:
            known["next_expected"] = _rounded(later, actual)
        before = course.values.get(add_months(month, -1))
        if before is not None:
            known["delta"] = plain(actual - before)
        group = self._group(target, actual, expected, before, month)
        told.sentences += self._one_of("account", group, told, known)
        told.is_done &= target.value is not None and actual >= target.value
        self._mark(told, target, behind=group in ("behind", "not_started", "winter_pause"), known=known)

    def _group(
        self, target: Target, actual: Decimal, expected: Decimal | None, before: Decimal | None, month: date
    ) -> str:
        """Which sentences fit a figure."""
        if target.indicator.name.endswith("比例") and target.value == 100:
            return "full"
        adds_up = target.accrual == Accrual.FLOW or target.kind == QuantityKind.INCREMENT
        if not adds_up:
            is_set = target.stage in WORKS and expected is None
            return "no_plan" if is_set else "level"
        if actual == 0:
            return "winter_pause" if target.stage in WORKS and month.month <= WINTER_ENDS else "not_started"
        if expected is None or expected <= 0:
            return "on_pace" if before is not None and actual > before else "no_plan"
        ratio = actual / expected
        if ratio < CLEARLY_BEHIND:
            return "behind"
        if self.script.catching_up.get(target.task_id) == month:
            return "catching_up"
        return "ahead" if ratio >= CLEARLY_AHEAD else "on_pace"

    def _figures(self, target: Target, actual: Decimal) -> dict[str, str]:
        name = target.indicator.name
        known = {"indicator": name, "object": name.removesuffix("比例")}
        known |= {"actual": plain(actual), "unit": target.unit_of_measure}
        if target.value is not None:
            known["target"] = plain(target.value)
            if target.value > 0:
                known["share"] = f"{actual / target.value * 100:.1f}%"
            if target.value > actual:
                known["rest"] = plain(target.value - actual)
        return known

    def _mark(self, told: Told, target: Target, *, behind: bool, known: dict[str, str]) -> None:
        """What is behind decides the next step and the reason; the first of several."""
        if behind and not told.is_behind:
            told.is_behind, told.step = True, "behind"
            told.context |= {k: v for k, v in known.items() if k in ("next_expected", "gap", "unit")}
        elif not told.is_behind:
            told.context |= {k: v for k, v in known.items() if k in ("next_expected", "unit")}

    # outcomes

    def _tell_outcome(self, told: Told, outcome: Outcome, course: OutcomeCourse, today: date, last_told: date) -> None:
        known = {"object": outcome.object}
        if course.reached_on is not None and course.reached_on <= today:
            known["done_date"] = day_label(course.reached_on)
            told.sentences += self._one_of("outcome", "reached", told, known)
            return
        told.is_done = False
        new = [n for n in course.nodes if n.done_on is not None and last_told < n.done_on <= today]
        coming = next((n for n in course.nodes if n.done_on is None or n.done_on > today), None)
        if coming is not None:
            known |= {"node": coming.name, "node_date": day_label(coming.due_on)}
            if coming.due_on >= today:
                told.context |= {"node": coming.name, "node_date": known["node_date"]}
        if coming is not None and coming.due_on < today:
            told.is_behind, told.step, told.reason = True, "outcome", course.late or told.reason
        told.sentences += self._one_of("outcome", self._outcome_group(new, coming, today, known), told, known)
        told.step = "outcome" if told.step == "on_pace" and coming is not None else told.step

    def _outcome_group(
        self, new: Sequence[NodeCourse], coming: NodeCourse | None, today: date, known: dict[str, str]
    ) -> str:
        if new:
            node = new[-1]
            assert node.done_on is not None
            known |= {"done_node": node.name, "done_date": day_label(node.done_on)}
            if node.done_on > node.due_on:
                known["days"] = str((node.done_on - node.due_on).days)
                return "node_late"
            return "node_done"
        if coming is None:
            return "quiet"
        return "node_late" if coming.due_on < today else "preparing"

    # why, and what next

    def _why(self, told: Told, task: Task, month: date) -> list[str]:
        obstacle = self.script.obstacles.get(task.pk)
        if obstacle is not None and obstacle.closed == month:
            return [obstacle.how]
        if not told.is_behind or (obstacle is not None and obstacle.first <= month):
            return []
        reason = told.reason or self.script.reasons.get(task.pk, "")
        if reason == "winter" and month.month > WINTER_ENDS + 1:
            return []
        return self._one_of("delay", reason, told, {}) if reason else []

    def _next_step(self, told: Told, task: Task, month: date) -> str:
        step = "done" if told.is_done and told.sentences else told.step
        for group in (step, "outcome", "on_pace", "done"):
            found = self._one_of("next_step", group, told, {}, str(task.number), str(month))
            if found:
                return found[0]
        return ""

    def _one_of(self, chapter: str, group: str, told: Told, known: Mapping[str, str], *name: str) -> list[str]:
        """A sentence of a group whose every placeholder is known, filled in; none where there is no such one."""
        context = told.context | dict(known)
        fitting = [s for s in self.words[chapter].get(group, ()) if s and _asks_for(s) <= set(context)]
        if not fitting:
            return []
        key = (chapter, group, *sorted(context.items()), *name)
        return [self.chance.pick(fitting, *key).format(**context)]


def _asks_for(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def _rounded(value: Decimal, like: Decimal) -> str:
    """A computed figure with as many decimals as the reported one, and at most one where that has none."""
    exponent = like.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 1
    return plain(round(value, places))
