"""A plan of the register as the phrases `aligning` compares: as adopted and mended, not as first read."""

from collections.abc import Iterator

from duixian.aligning import Commitment
from duixian.reading import Accrual, Comparator, QuantityKind, Span, Stage
from duixian.register.models import Outcome, Plan, Target, Task

# the longest phrase a link shows
LONGEST = 60
TARGET, OUTCOME, TASK = "target", "outcome", "task"


def commitments_of_plan(plan: Plan) -> tuple[Commitment, ...]:
    """Every phrase of the plan in the order of its text; `reference` is (kind, primary key) of its row."""
    tasks = (
        plan.tasks.filter(withdrawn_at=None)
        .order_by("order")
        .select_related("section")
        .prefetch_related("targets__indicator", "targets__against", "outcomes")
    )
    return tuple(phrase for task in tasks for phrase in _of_task(task, plan.government.name))


def _of_task(task: Task, government: str) -> list[Commitment]:
    found = [
        *(_figure(target, task, government) for target in task.targets.all()),
        *(_state(outcome, task, government) for outcome in task.outcomes.all() if outcome.covered_by_id is None),
    ]
    found = found or [_words(task, government)]
    return sorted(found, key=lambda phrase: (phrase.span.start, phrase.span.end) if phrase.span else (0, 0))


def _figure(target: Target, task: Task, government: str) -> Commitment:
    return Commitment(
        task=_number(task),
        text=target.text[-LONGEST:],
        span=Span(max(target.span_start, target.span_end - LONGEST), target.span_end),
        indicator=target.indicator.name if target.against is None else target.text,
        value=target.value,
        value_max=target.value_max,
        unit=target.unit_of_measure,
        comparator=Comparator(target.comparator),
        kind=QuantityKind(target.kind),
        accrual=Accrual(target.accrual),
        stage=Stage(target.stage) if target.stage else None,
        due=target.due_on,
        per=target.per or None,
        strive=target.is_strive,
        against=target.against.name if target.against else None,
        projects=tuple(_projects(task, target.span_start)),
        whole=task.text,
        section=task.section.name,
        government=government,
        reference=(TARGET, target.pk),
    )


def _projects(task: Task, start: int) -> Iterator[str]:
    """The projects named just before a figure that counts them."""
    for project in task.projects:
        if 0 <= start - project["span"][1] < LONGEST:
            yield project["name"]


def _state(outcome: Outcome, task: Task, government: str) -> Commitment:
    return Commitment(
        task=_number(task),
        text=outcome.text[:LONGEST],
        span=Span(outcome.span_start, min(outcome.span_end, outcome.span_start + LONGEST)),
        indicator=outcome.object,
        stage=Stage(outcome.stage),
        due=None if outcome.is_implied else outcome.due_on,
        projects=tuple(p["name"] for p in task.projects if p["name"] in outcome.object or outcome.object in p["name"]),
        whole=task.text,
        section=task.section.name,
        government=government,
        reference=(OUTCOME, outcome.pk),
    )


def _words(task: Task, government: str) -> Commitment:
    text = task.text[:LONGEST]
    return Commitment(
        task=_number(task),
        text=text,
        span=Span(task.span_start, min(task.span_end, task.span_start + LONGEST)),
        indicator=text,
        whole=task.text,
        section=task.section.name,
        government=government,
        reference=(TASK, task.pk),
    )


def _number(task: Task) -> int | str:
    return int(task.number) if task.number.isdecimal() else task.number
