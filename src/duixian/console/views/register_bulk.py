"""台账: one act on the ticked rows, or on all that the filter leaves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from duixian.audit.command import CommandError
from duixian.console.access import only_for, plan_or_404, signed_in
from duixian.console.bulk import act_on, bulk_acts, told
from duixian.console.filters import in_order
from duixian.console.listed import listed
from duixian.console.shell import the_shell

LONGEST_ADDRESS = 4000


@signed_in
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Only tasks the person sees and the filter leaves are touched, whatever the form names."""
    shell = the_shell(request)
    plan = plan_or_404(shell)
    only_for(bool(bulk_acts(shell, plan)))
    found = listed(shell, QueryDict(request.POST.get("address", "")[:LONGEST_ADDRESS]))
    tasks = in_order(found.found, found.filters)
    if request.POST.get("which") != "all":
        tasks = tasks.filter(pk__in=[pk for pk in request.POST.getlist("task") if pk.isdecimal() and len(pk) < 12])
    act = request.POST.get("act", "")
    whom, note = request.POST.get(act, ""), request.POST.get("note", "")
    try:
        messages.success(request, told(act_on(tasks, act, whom, note, shell, plan)))
    except CommandError as error:
        messages.error(request, error.message)
    return redirect(f"{reverse('register')}?{found.filters.address()}")
