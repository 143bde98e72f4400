"""后台任务: what ran, when, how long, what failed and why; a button to have it tried again."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from duixian.config.beat import is_running, last_turn
from duixian.console.access import only_for, signed_in
from duixian.console.shell import Shell, the_shell
from duixian.reporting.commands import retry_job
from duixian.reporting.enums import JobState
from duixian.reporting.models import JobRun
from duixian.reporting.rules import may_watch_jobs

PAGE_SIZE = 50


@signed_in
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """Those that need somebody first, then the newest."""
    shell = the_shell(request)
    runs = _visible(shell)
    troubled = list(runs.filter(state__in=[JobState.FAILED, JobState.WAITING]))
    page = Paginator(runs, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "troubled": troubled,
        "querystring": "",
        "last": last_turn(settings.DATA),
        "is_running": is_running(settings.DATA, shell.now),
    }
    return render(request, "console/jobs.html", context)


def _visible(shell: Shell) -> QuerySet[JobRun]:
    """Runs of the person's own governments, and those of the installation."""
    only_for(may_watch_jobs(shell.account, None))
    own = {m.government_id for m in shell.account.current_memberships if may_watch_jobs(shell.account, m.government)}
    return JobRun.objects.filter(Q(plan=None) | Q(plan__government__in=own)).select_related("plan__government")


@signed_in
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Have it tried at the worker's next turn."""
    shell = the_shell(request)
    run = get_object_or_404(_visible(shell), pk=pk)
    retry_job(run=run, **shell.acting)
    messages.success(request, _("一分钟内重试“%(label)s”。") % {"label": run.label})
    return redirect("jobs")
