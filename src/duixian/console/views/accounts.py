from django.http import HttpRequest, HttpResponse

from duixian.console.access import signed_in


@signed_in
def accounts(request: HttpRequest, **kwargs: int) -> HttpResponse:
    """To be written."""
    return HttpResponse("")


@signed_in
def create(request: HttpRequest, **kwargs: int) -> HttpResponse:
    """To be written."""
    return HttpResponse("")


@signed_in
def account(request: HttpRequest, **kwargs: int) -> HttpResponse:
    """To be written."""
    return HttpResponse("")
