from django.http import HttpRequest, HttpResponse

from duixian.console.access import signed_in


@signed_in
def bulletins(request: HttpRequest, **kwargs: int) -> HttpResponse:
    """To be written."""
    return HttpResponse("")


@signed_in
def download(request: HttpRequest, **kwargs: int) -> HttpResponse:
    """To be written."""
    return HttpResponse("")
