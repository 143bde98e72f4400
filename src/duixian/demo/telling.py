"""What a unit writes about a task: sentences of facts from templates, each used only where all it asks for is known."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from duixian.assessing.units import is_pieces, is_points
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
WHOLE = Decimal(100)
WORKS = ("START", "RESUME", "ADVANCE", "COMPLETE", "IN_USE")
# stages that mean building going on
BUILDING = ("COMPLETE", "IN_USE")
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
        why = self._why(told, task, month)
        if (task.reporting_unit_id, month) in self.script.late:
            why += self._one_of("late_remark", "late", told, {}, str(month))
        return "".join([*sentences, *why]), self._next_step(told, task, month)

    def _calendar(self, task: Task, month: date) -> dict[str, str]:
        known = {"month": month_label(month), "so_far": month_label(month)}
        if month.month > 1:
            known["so_far"] = f"1—{month_label(month)}"
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
        else:
            told.is_done = False
            told.sentences += self._one_of("account", "blank", told, {"indicator": _name(target)})

    def _tell_release(self, told: Told, target: Target, today: date) -> None:
        """A statistic is told as it last came out."""
        out = [r for r in self.script.releases if r.indicator_id == target.indicator_id and r.on <= today]
        if not out:
            told.is_done = False
            told.sentences += self._one_of("account", "waiting", told, {"indicator": _name(target)})
            return
        newest = max(out, key=lambda r: (r.month, r.on))
        known = self._figures(target, newest.value) | {"month": month_label(newest.month)}
        told.is_done = False
        told.sentences += self._one_of("account", "published", told, known)
        sign = -1 if target.polarity == "less" else 1
        if target.accrual == Accrual.RUNNING and target.value is not None and target.polarity != "near":
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
        if expected is not None and expected > actual:
            known["gap"] = _rounded(expected - actual, actual, target)
        if expected is not None:
            known["expected"] = _rounded(expected, actual, target)
        later = self.script.expected.get(target.pk, {}).get(add_months(month, 1))
        if later and (_adds_up(target) or target.pk in self.script.plans):
            known["next_expected"] = _rounded(later, actual, target)
        before = course.values.get(add_months(month, -1))
        if before is not None:
            known["delta"], known["change"] = plain(actual - before), _change(actual - before, target)
        group = self._group(target, actual, expected, before, month)
        told.sentences += self._one_of("account", group, told, known)
        told.is_done &= _adds_up(target) and target.value is not None and actual >= target.value
        is_due = expected is not None and expected > 0
        self._mark(told, target, behind=is_due and (group == "behind" or actual == 0), known=known)

    def _group(
        self, target: Target, actual: Decimal, expected: Decimal | None, before: Decimal | None, month: date
    ) -> str:
        """Which sentences fit a figure."""
        if target.indicator.name.endswith("比例") and target.value == WHOLE:
            return "full" if actual < WHOLE else "full_done"
        if not _adds_up(target):
            is_set = target.stage in WORKS and expected is None
            return "no_plan" if is_set else "level"
        if actual == 0:
            return self._nothing_yet(target, month)
        if not expected or expected <= 0:
            return "on_pace" if before is not None and actual > before else "no_plan"
        ratio = actual / expected
        if ratio < CLEARLY_BEHIND:
            return "behind"
        if self.script.catching_up.get(target.task_id) == month:
            return "catching_up"
        return "ahead" if ratio >= CLEARLY_AHEAD else "on_pace"

    def _nothing_yet(self, target: Target, month: date) -> str:
        if target.stage in WORKS:
            return "winter_pause" if month.month <= WINTER_ENDS else "not_started_works"
        return "not_started_honours" if target.stage == "OBTAIN" else "not_started"

    def _figures(self, target: Target, actual: Decimal) -> dict[str, str]:
        name = _name(target)
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
            told.is_behind, told.step = True, "behind_works" if target.stage in WORKS else "behind"
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
            told.is_behind, told.step, told.reason = True, "overdue", course.late or told.reason
        group = self._outcome_group(new, coming, today, known)
        if group == "quiet" and outcome.stage in BUILDING and _is_project(outcome):
            group = "quiet_works"
        told.sentences += self._one_of("outcome", group, told, known)
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
        return "overdue" if coming.due_on < today else "preparing"

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
        for group in (step, "behind" if told.is_behind else "on_pace", "outcome", "on_pace", "done"):
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


def _is_project(outcome: Outcome) -> bool:
    """Whether the object is one of the task's named projects, so that there is a site to speak of."""
    names = [project["name"] for project in outcome.task.projects]
    return any(name in outcome.object or outcome.object in name for name in names)


def _name(target: Target) -> str:
    """The series' name; a fall that counts its own size is called one."""
    name = target.indicator.name
    return f"{name.removesuffix('增速')}降幅" if target.direction == "down" and name.endswith("增速") else name


def _adds_up(target: Target) -> bool:
    return target.accrual == Accrual.FLOW or target.kind == QuantityKind.INCREMENT


def _change(delta: Decimal, target: Target) -> str:
    """上升0.3个百分点, 减少2个, 持平."""
    if delta == 0:
        return "持平"
    is_rate = is_points(target.unit_of_measure)
    words = ("上升", "下降") if is_rate else ("增加", "减少")
    return f"{words[delta < 0]}{plain(abs(delta))}{'个百分点' if is_rate else target.unit_of_measure}"


def _rounded(value: Decimal, like: Decimal, target: Target) -> str:
    """A computed figure with as many decimals as the reported one, and at most one where that has none."""
    exponent = like.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0 if is_pieces(target.unit_of_measure) else 1
    return plain(round(value, places))
