"""目标调整 and 延期: asking for them, and the file that came along."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from duixian.audit.command import CommandError, InvalidInput
from duixian.console import wording
from duixian.console.access import only_for, signed_in
from duixian.console.dutyforms import AdjustForm, ExtendForm
from duixian.console.forms import tell
from duixian.console.shell import Shell, the_shell
from duixian.register.commands import LARGEST_FILE, Attachment, ask_adjustment, ask_extension
from duixian.register.models import ExtensionRequest, TargetAdjustment, Task
from duixian.register.rules import Amendments, may_decide, may_file

Choices = Sequence[tuple[str, str]]


@signed_in
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Two forms: another value, or a later limit."""
    shell = the_shell(request)
    tasks = Task.objects.visible_to(shell.account).select_related("plan__government", "reporting_unit")
    task = get_object_or_404(tasks.prefetch_related("targets__indicator", "outcomes"), pk=pk)
    only_for(may_file(shell.account, task))
    which = request.POST.get("act", "")
    given = {name: (request.POST, request.FILES) if which == name else (None, None) for name in ("adjust", "extend")}
    adjusting = AdjustForm(*given["adjust"], targets=_targets(task), prefix="a")
    extending = ExtendForm(*given["extend"], things=_things(task), prefix="e")
    forms: dict[str, AdjustForm | ExtendForm] = {"adjust": adjusting, "extend": extending}
    form = forms.get(which)
    if form is not None and form.is_valid() and _asked(form, task, shell):
        messages.success(request, _("已提交，先由督查室审核，再报批。"))
        return redirect("task", pk)
    context = {
        "task": task,
        "adjusting": adjusting,
        "extending": extending,
        "is_past": task.current_due_on < shell.today,
        "may_decide": may_decide(shell.account, task.plan),
    }
    return render(request, "console/ask-amendment.html", context, status=422 if form is not None else 200)


def _targets(task: Task) -> Choices:
    return [
        (str(t.pk), f"{t.part_name}（{_('现行')}{wording.goal(t)}{t.unit_of_measure}）")
        for t in task.targets.all()
        if t.value is not None
    ]


def _things(task: Task) -> Choices:
    """The task as a whole, then what has a limit of its own."""
    found = [("task", _("整项任务（%(on)s）") % {"on": task.current_due_on})]
    found += [
        (f"target-{t.pk}", f"{t.part_name}（{t.current_due_on}）") for t in task.targets.all() if t.current_due_on
    ]
    outcomes = [o for o in task.outcomes.all() if o.covered_by_id is None]
    return found + [(f"outcome-{o.pk}", f"{o}（{o.current_due_on}）") for o in outcomes]


def _asked(form: AdjustForm | ExtendForm, task: Task, shell: Shell) -> bool:
    """Whether it was accepted; what was refused stands in the form."""
    given, by = form.cleaned_data, {"actor": shell.account, "now": shell.now}
    about: dict[str, Any] = {"reason": given["reason"], **by}
    try:
        about["file"] = _attachment(given["file"])
        if isinstance(form, AdjustForm):
            target = task.targets.get(pk=given["target"])
            ask_adjustment(target=target, value=given["value"], value_max=given["value_max"], **about)
        else:
            ask_extension(task=task, due_on=given["due_on"], **_thing(task, given["what"]), **about)
    except InvalidInput as error:
        tell(form, error)
    except CommandError as error:
        form.add_error(None, error.message)
    else:
        return True
    return False


def _thing(task: Task, what: str) -> dict[str, Any]:
    kind, _dash, pk = what.partition("-")
    if kind == "target":
        return {"target": task.targets.get(pk=pk)}
    return {"outcome": task.outcomes.get(pk=pk)} if kind == "outcome" else {}


def _attachment(file: UploadedFile | None) -> Attachment | None:
    """The upload in memory; one that is too large is not even read to its end."""
    return Attachment(file.name or "", file.read(LARGEST_FILE + 1)) if file else None


@signed_in
@require_safe
def adjustment_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file of an adjustment."""
    tasks = Task.objects.visible_to(the_shell(request).account)
    return _file(get_object_or_404(TargetAdjustment.objects.filter(task__in=tasks), pk=pk))


@signed_in
@require_safe
def extension_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file of an extension."""
    tasks = Task.objects.visible_to(the_shell(request).account)
    return _file(get_object_or_404(ExtensionRequest.objects.filter(task__in=tasks), pk=pk))


def _file(amendment: Amendments) -> FileResponse:
    """Always as a download: nothing that was uploaded is shown inside a page."""
    only_for(bool(amendment.file))
    return FileResponse(
        amendment.file.open(), as_attachment=True, filename=amendment.file_name, content_type="application/octet-stream"
    )
