from django.http import HttpRequest, HttpResponse

from duixian.console.access import signed_in


@signed_in
def stocktake(request: HttpRequest, **kwargs: int) -> HttpResponse:
    """To be written."""
    return HttpResponse("")


@signed_in
def open_month(request: HttpRequest, **kwargs: int) -> HttpResponse:
    """To be written."""
    return HttpResponse("")


@signed_in
def lock_month(request: HttpRequest, **kwargs: int) -> HttpResponse:
    """To be written."""
    return HttpResponse("")


@signed_in
def stocktake_unit(request: HttpRequest, **kwargs: int) -> HttpResponse:
    """To be written."""
    return HttpResponse("")
