"""Views of the register that are kept."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duixian.audit.command import CommandError
from duixian.console.access import plan_or_404, signed_in
from duixian.console.filters import Filters
from duixian.console.shell import the_shell
from duixian.register.commands import delete_view, save_view
from duixian.register.queries import views_of


@signed_in
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the address shown; what it made up is dropped first."""
    shell = the_shell(request)
    address = Filters.of(request.POST.get("address", "")[:4000]).address()
    try:
        view = save_view(
            plan=plan_or_404(shell),
            name=request.POST.get("name", ""),
            address=address,
            is_shared=request.POST.get("is_shared") == "1",
            actor=shell.account,
            now=shell.now,
        )
        messages.success(request, _("已存为视图“%(name)s”。") % {"name": view.name})
    except CommandError as error:
        messages.error(request, error.message)
    return redirect(f"{reverse('register')}?{address}")


@signed_in
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a view away; another's private view does not exist for anybody else."""
    shell = the_shell(request)
    view = get_object_or_404(views_of(shell.account, plan_or_404(shell)), pk=pk)
    try:
        delete_view(view=view, actor=shell.account, now=shell.now)
        messages.success(request, _("已删除视图“%(name)s”。") % {"name": view.name})
    except CommandError as error:
        messages.error(request, error.message)
    return redirect("register")
