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


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the document: a task's words, or what stands between tasks."""

    pieces: list[Piece]
    task: Task | None = None


@signed_in
@require_safe
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole text; whoever sees a task of it may read it, with links to the tasks one sees."""
    shell = the_shell(request)
    visible = Task.objects.visible_to(shell.account).filter(Q(source=pk) | Q(source=None, plan__source=pk))
    tasks = list(tasks_with_parts(visible).order_by("span_start"))
    # without a task there is nothing to see: not found, like the document itself
    document = get_object_or_404(SourceDocument.objects.defer("reading"), pk=pk if tasks else None)
    return render(request, "console/source.html", {"document": document, "passages": _passages(document.text, tasks)})


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
