"""The way in: login, the first page, one's own password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from duixian.console.access import signed_in
from duixian.console.shell import the_shell
from duixian.units.commands import change_password


class Entrance(LoginView):
    """Account and password."""

    template_name = "console/login.html"
    redirect_authenticated_user = True


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To the first page that exists for this person."""
    shell = the_shell(request)
    if shell.is_office and shell.plan is None:
        # nothing to look at before a list has been adopted
        return redirect("imports")
    nav = shell.nav
    if nav:
        return redirect(nav[0].href)
    return render(request, "console/no-role.html", status=403)


@login_required
def change_own_password(request: HttpRequest) -> HttpResponse:
    """One's own new password; also where a given password must be changed first."""
    shell = the_shell(request)
    # whoever just came in with a given password need not type it again; at an open desk the old one is asked for
    form_class = SetPasswordForm if shell.account.must_change_password else PasswordChangeForm
    form = form_class(shell.account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["new_password1"]
        change_password(account=shell.account, password=password, actor=shell.account, now=shell.now)
        update_session_auth_hash(request, shell.account)
        messages.success(request, _("密码已修改。"))
        return redirect("home")
    return render(request, "console/change-password.html", {"form": form}, status=422 if form.errors else 200)
