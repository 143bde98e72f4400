"""总览: how do we stand?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from duixian.assessing import Grade
from duixian.console.access import plan_or_404, signed_in
from duixian.console.overviews import overview_of
from duixian.console.shell import the_shell
from duixian.console.wording import GRADE_ORDER, LIGHT_ORDER
from duixian.register.duties import count_overdue, overdue_before
from duixian.register.models import Task
from duixian.units.queries import calendar_exceptions


@signed_in
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """One screen: the answer, the reasons, whose move it is; below it the table by lead unit."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    tasks = Task.objects.visible_to(shell.account).filter(plan=plan)
    context = {
        "overview": overview_of(plan, tasks, shell),
        "lights": [(code, code or "NONE") for code in LIGHT_ORDER],
        "grades": GRADE_ORDER,
        "not_reported": Grade.NOT_REPORTED,
        "duties_overdue": count_overdue(tasks, overdue_before(plan, shell.today, calendar_exceptions())),
    }
    return render(request, "console/overview.html", context)
