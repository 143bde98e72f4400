from django.http import HttpRequest, HttpResponse

from duixian.console.access import signed_in


@signed_in
def audit(request: HttpRequest, **kwargs: int) -> HttpResponse:
    """To be written."""
    return HttpResponse("")
