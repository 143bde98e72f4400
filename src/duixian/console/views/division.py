"""分工: the lead gives a cooperating unit its part of a task."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from duixian.audit.command import InvalidInput
from duixian.console.access import only_for, signed_in
from duixian.console.dutyforms import DivideForm
from duixian.console.forms import tell
from duixian.console.shell import the_shell
from duixian.register.commands import divide_task
from duixian.register.models import Task
from duixian.register.rules import may_file


@signed_in
def divide(request: HttpRequest, pk: int) -> HttpResponse:
    """One form; what was divided before is on the task's page."""
    shell = the_shell(request)
    tasks = Task.objects.visible_to(shell.account).select_related("plan__government", "reporting_unit")
    task = get_object_or_404(tasks, pk=pk)
    only_for(may_file(shell.account, task))
    form = DivideForm(request.POST or None, task=task, initial={"due_on": task.current_due_on})
    if form.is_valid():
        try:
            part = divide_task(task=task, **form.cleaned_data, actor=shell.account, now=shell.now)
        except InvalidInput as error:
            tell(form, error)
        else:
            messages.success(request, _("已分给%(unit)s，等其签收。") % {"unit": part.unit})
            return redirect("task", pk)
    context = {
        "task": task,
        "form": form,
        "heading": _("分工"),
        "hint": _("对方签收后，节点即为双方商定；对方有异议的，由牵头单位或督查室答复。"),
        "button": _("分给该单位"),
    }
    return render(request, "console/task-form.html", context, status=422 if form.is_bound else 200)
