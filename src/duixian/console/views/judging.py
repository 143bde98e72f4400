"""人工认定 and 评定设置: what the office decides of lights."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duixian.audit.command import InvalidInput
from duixian.console.access import only_for, plan_or_404, signed_in
from duixian.console.forms import tell
from duixian.console.judging import verdict_from
from duixian.console.settingforms import AssessmentForm
from duixian.console.shell import the_shell
from duixian.register.models import Task
from duixian.register.rules import may_decide
from duixian.reporting.commands import lift_override, override_grade, set_assessment
from duixian.reporting.models import GradeOverride
from duixian.reporting.rules import may_override


@signed_in
@require_POST
def override(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a person's word on a task's light, or take it back."""
    shell = the_shell(request)
    tasks = Task.objects.visible_to(shell.account).select_related("plan__government")
    task = get_object_or_404(tasks, pk=pk)
    only_for(may_override(shell.account, task.plan))
    if request.POST.get("act") == "lift":
        word = get_object_or_404(GradeOverride, task=task, ended_at=None)
        lift_override(override=word, note=request.POST.get("note", ""), **shell.acting)
        messages.success(request, _("已撤销，恢复测算结果。"))
    else:
        said: dict[str, Any] = verdict_from(request.POST)
        override_grade(task=task, **said, **shell.acting)
        messages.success(request, _("已认定，测算结果照样保存。"))
    return redirect("task", pk)


@signed_in
def assessment(request: HttpRequest) -> HttpResponse:
    """Where lights change and what they are called, for the plan in front of the person."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    only_for(may_decide(shell.account, plan))
    form = AssessmentForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            graded = set_assessment(plan=plan, thresholds=form.thresholds(), lights=form.lights(), **shell.acting)
        except InvalidInput as error:
            tell(form, error)
        else:
            said = _("已保存，当月%(n)s项任务重新评定。") % {"n": graded} if graded else _("已保存。")
            messages.success(request, said)
            return redirect("assessment-settings")
    status = 422 if form.is_bound else 200
    return render(request, "console/assessment.html", {"form": form, "plan": plan}, status=status)
