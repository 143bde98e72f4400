"""Context processor: the shell, for every template."""

from typing import Any

from django.http import HttpRequest

from duixian.console.shell import shell_of


def shell(request: HttpRequest) -> dict[str, Any]:
    """`shell` (None for a visitor) and the name of the current page, which marks its entry in the navigation."""
    match = getattr(request, "resolver_match", None)
    return {"shell": shell_of(request), "page_name": match.url_name if match else ""}
