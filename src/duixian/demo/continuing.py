"""After the story's last month: what was told goes on as it went, so that a demonstration can run to December."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from duixian.assessing import TargetFacts
from duixian.demo.chance import Chance
from duixian.demo.script import Course, NodeCourse, OutcomeCourse, Release, Script, Values
from duixian.demo.simulating.figures import continued
from duixian.periods import add_months, month_end, months_between
from duixian.reading import Accrual
from duixian.register.models import Outcome, Task
from duixian.reporting.facts import Knowledge, target_facts

DAYS_UNTIL_SETTLED = 45
DAYS_LATE = 25
MOST_DAYS_EARLY = 5


def continue_story(script: Script, tasks: Sequence[Task], known: Knowledge, last_told: date, chance: Chance) -> None:
    """Write later figures, releases and days of nodes into the script; what is told stays as it is."""
    later = months_between(add_months(last_told, 1), date(last_told.year, 12, 1))
    for task in tasks:
        for target in task.targets.all():
            past = script.history.get(target.indicator_id, {})
            facts = replace(
                target_facts(target, task, known),
                members=None,
                monthly_plan=script.plans[target.pk].figures if target.pk in script.plans else None,
                baseline=past.get(date(last_told.year - 1, 12, 1)) if target.accrual == Accrual.STOCK else None,
            )
            _continue_figures(script, target.indicator_id, facts, later)
        for outcome in task.outcomes.all():
            if outcome.pk in script.outcomes:
                course = _to_the_end(script.outcomes[outcome.pk], outcome, month_end(last_told), chance)
                script.outcomes[outcome.pk] = course


def _continue_figures(script: Script, indicator_id: int, facts: TargetFacts, later: Sequence[date]) -> None:
    course = script.courses.get(indicator_id)
    if course is not None:
        script.courses[indicator_id] = Course(
            values=_continued(course.values, facts, later),
            members={pk: _continued(values, facts, later) for pk, values in course.members.items()},
        )
        return
    publication = next((p for p in script.publications if p.indicator_id == indicator_id), None)
    out = [r for r in script.releases if r.indicator_id == indicator_id]
    if publication is None or not out or any(r.month in later for r in out):
        return
    months = [month for month in later if month.month % publication.frequency.months == 0]
    for month, value in continued(facts, {r.month: r.value for r in out}, months).items():
        day = month_end(month) + timedelta(days=publication.lag_days)
        script.releases.append(Release(indicator_id, month, value, out[0].status, day, out[0].source))


def _continued(values: Values, facts: TargetFacts, later: Sequence[date]) -> Mapping[date, Decimal | None]:
    """Months already there (of a series that serves two targets) are not written twice."""
    known = {month: value for month, value in values.items() if value is not None}
    new = [month for month in later if month not in values]
    return dict(values) | continued(facts, known, new)


def _to_the_end(course: OutcomeCourse, outcome: Outcome, told_until: date, chance: Chance) -> OutcomeCourse:
    """Nodes without a day are reached some time after the story: what is late comes later than planned."""
    nodes = tuple(
        replace(node, done_on=node.done_on or _day(node, course, told_until, chance)) for node in course.nodes
    )
    reached = course.reached_on
    if reached is None and nodes:
        reached = max(node.done_on or node.due_on for node in nodes)
    if reached is None and not outcome.is_implied:
        reached = max(outcome.due_on, told_until + timedelta(days=DAYS_UNTIL_SETTLED))
    return replace(course, nodes=nodes, reached_on=reached)


def _day(node: NodeCourse, course: OutcomeCourse, told_until: date, chance: Chance) -> date:
    if node.due_on <= told_until:
        return told_until + timedelta(days=DAYS_UNTIL_SETTLED)
    if course.late:
        return node.due_on + timedelta(days=DAYS_LATE)
    early = timedelta(days=chance.whole(0, MOST_DAYS_EARLY, course.outcome_id, node.name))
    return max(node.due_on - early, told_until + timedelta(days=DAYS_LATE))
