"""The door of every page behind the login."""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from duixian.console.shell import Shell, the_shell
from duixian.register.models import Plan

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def signed_in(view: View[P]) -> View[P]:
    """Only for people who signed in and whose password is their own; a given password must be changed first."""

    @login_required
    @functools.wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if the_shell(request).account.must_change_password:
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
