"""A plan of the register as the phrases `aligning` compares: as adopted, mended and adjusted, not as first read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from duixian.aligning import Commitment, is_of_several_years, is_part, phrase_end, phrase_start
from duixian.reading import Accrual, Comparator, QuantityKind, Span, Stage
from duixian.register.models import Outcome, Plan, SourceDocument, Target, Task

# the longest phrase a link shows, and how near before a figure the projects it counts are named
LONGEST = 60
TARGET, OUTCOME, TASK = "target", "outcome", "task"


def commitments_of_plan(plan: Plan) -> tuple[Commitment, ...]:
    """Every phrase of the plan in the order of its text; `reference` is (kind, primary key) of its row."""
    tasks = list(
        plan.tasks.filter(withdrawn_at=None)
        .order_by("order")
        .select_related("section", "plan")
        .prefetch_related("targets__indicator", "targets__against", "outcomes")
    )
    documents = SourceDocument.objects.filter(pk__in={task.document_id for task in tasks})
    texts = dict(documents.values_list("pk", "text"))
    found = [_OfTask(task, plan, texts.get(task.document_id, "")) for task in tasks]
    return tuple(phrase for one in found for phrase in one.phrases())


@dataclass(frozen=True, slots=True)
class _OfTask:
    """A task's phrases; `text` is the document its words stand in."""

    task: Task
    plan: Plan
    text: str

    def phrases(self) -> list[Commitment]:
        found = [
            *map(self._figure, self.task.targets.all()),
            *(self._state(outcome) for outcome in self.task.outcomes.all() if outcome.covered_by_id is None),
        ]
        return sorted(found or [self._words()], key=lambda p: (p.span.start, p.span.end) if p.span else (0, 0))

    def _whose(self, kind: str, key: int) -> dict[str, Any]:
        number = self.task.number
        return {
            "task": int(number) if number.isdecimal() else number,
            "whole": self.task.text,
            "section": self.task.section.name,
            "government": self.plan.government.name,
            "reference": (kind, key),
        }

    def _figure(self, target: Target) -> Commitment:
        """A figure at the value in force."""
        start, end = target.span_start, target.span_end
        return Commitment(
            **self._whose(TARGET, target.pk),
            text=target.text[-LONGEST:],
            span=phrase_end(Span(start, end)),
            indicator=target.indicator.name if target.against is None else target.text,
            value=target.current_value,
            value_max=target.current_value_max,
            unit=target.unit_of_measure,
            comparator=Comparator(target.comparator),
            kind=QuantityKind(target.kind),
            accrual=Accrual(target.accrual),
            stage=Stage(target.stage) if target.stage else None,
            due=target.current_due_on,
            per=target.per or None,
            strive=target.is_strive,
            within=is_part(self.text, start),
            several_years=is_of_several_years(self.text, start, end, self.plan.year),
            against=target.against.name if target.against else None,
            projects=tuple(self._projects_before(start)),
        )

    def _projects_before(self, start: int) -> Iterator[str]:
        """The projects named just before a figure that counts them."""
        for project in self.task.projects:
            if 0 <= start - project["span"][1] < LONGEST:
                yield project["name"]

    def _state(self, outcome: Outcome) -> Commitment:
        names = [project["name"] for project in self.task.projects]
        return Commitment(
            **self._whose(OUTCOME, outcome.pk),
            text=outcome.text[:LONGEST],
            span=phrase_start(Span(outcome.span_start, outcome.span_end)),
            indicator=outcome.object,
            stage=Stage(outcome.stage),
            due=None if outcome.is_implied else outcome.current_due_on,
            projects=tuple(name for name in names if name in outcome.object or outcome.object in name),
        )

    def _words(self) -> Commitment:
        span = phrase_start(Span(self.task.span_start, self.task.span_end))
        text = self.task.text[:LONGEST]
        return Commitment(**self._whose(TASK, self.task.pk), text=text, span=span, indicator=text)
