"""The door of every page behind the login."""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from duixian.audit.command import Conflict
from duixian.console.numbers import whole_number
from duixian.console.shell import Shell
from duixian.periods import parse_month
from duixian.register.models import Plan
from duixian.reporting.models import Report, Round
from duixian.units.models import Account

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def signed_in(view: View[P]) -> View[P]:
    """Only for people who signed in and whose password is their own; a given password must be changed first.

    Pages answer GET, HEAD and POST alone; one that only shows something says so with `require_safe` besides.
    """

    @require_http_methods(["GET", "HEAD", "POST"])
    @login_required
    @functools.wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if isinstance(request.user, Account) and request.user.must_change_password:
            return redirect("change-password")
        return view(request, *args, **kwargs)

    return wrapper


def plan_or_404(shell: Shell) -> Plan:
    """The plan in front of the person; whoever sees none gets "not found"."""
    if shell.plan is None:
        raise Http404("没有可看的任务清单")
    return shell.plan


def only_for(allowed: bool) -> None:
    """What a person may not see does not exist for them: raises Http404 unless `allowed`."""
    if not allowed:
        raise Http404


def check_seen(report: Report, request: HttpRequest) -> None:
    """Raise Conflict where the report is another than the page showed: nobody approves what they have not read."""
    seen = request.POST.get(f"revision-{report.pk}")
    if seen is not None and seen != str(report.revision):
        raise Conflict(f"{report.task}的填报刚有变动，请看过最新的内容再办理。")


def report_or_404(pk: str, shell: Shell, plan: Plan) -> Report:
    """A report of the plan that the person may see."""
    only_for(whole_number(pk) is not None)
    return get_object_or_404(Report.objects.visible_to(shell.account).filter(round__plan=plan), pk=pk)


def back_or(request: HttpRequest, otherwise: str) -> str:
    """The page a form says it stood on, where that is a page of this installation; else `otherwise`."""
    page = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if here and page.startswith("/") else otherwise


def asked_round(request: HttpRequest, plan: Plan, current: Round | None) -> Round | None:
    """The round the form was opened for, else that of ?month, else the current one.

    A page that lies open while the next month begins must not put its figures into that month.
    """
    try:
        month = parse_month(request.POST.get("month") or request.GET.get("month", ""))
    except ValueError:
        return current
    return plan.rounds.filter(month=month).first() or current
