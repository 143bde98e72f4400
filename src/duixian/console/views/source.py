"""原文: the document as read, every task where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from duixian.console.access import signed_in
from duixian.console.marks import Piece, marked
from duixian.console.shell import the_shell
from duixian.console.views.task import marks_of
from duixian.register.models import SourceDocument, Task
from duixian.register.queries import tasks_with_parts
from duixian.units.rules import sees_whole


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the document: a task's words, or what stands between tasks."""

    pieces: list[Piece]
    task: Task | None = None


@signed_in
@require_safe
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole text for whoever sees the whole list; for units the passages of the tasks they see, and no others."""
    shell = the_shell(request)
    visible = Task.objects.visible_to(shell.account).filter(Q(source=pk) | Q(source=None, plan__source=pk))
    tasks = list(tasks_with_parts(visible).order_by("span_start"))
    # without a task there is nothing to see: not found, like the document itself
    document = get_object_or_404(SourceDocument.objects.defer("reading"), pk=pk if tasks else None)
    is_whole = all(sees_whole(shell.account, task.plan.government) for task in tasks)
    passages = _passages(document.text, tasks) if is_whole else _own_passages(document.text, tasks)
    return render(request, "console/source.html", {"document": document, "passages": passages, "is_whole": is_whole})


def _own_passages(text: str, tasks: Sequence[Task]) -> list[Passage]:
    """The tasks' own words under their printed headings; what stands between them is left out."""
    passages: list[Passage] = []
    heading = ""
    for task in tasks:
        if task.section.heading != heading:
            heading = task.section.heading
            passages.append(Passage([Piece(f"{heading}\n")]))
        words = marked(text[task.span_start : task.span_end], task.span_start, marks_of(task))
        passages += [Passage(words, task), Passage([Piece("\n")])]
    return passages


def _passages(text: str, tasks: Sequence[Task]) -> list[Passage]:
    """The text cut at the tasks' spans, nothing lost; a task that begins inside another follows it."""
    passages, at = [], 0
    for task in tasks:
        start, end = max(task.span_start, at), max(task.span_end, at)
        if start > at:
            passages.append(Passage([Piece(text[at:start])]))
        passages.append(Passage(marked(text[start:end], start, marks_of(task)), task))
        at = end
    return [*passages, Passage([Piece(text[at:])])]
