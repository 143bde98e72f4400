"""What stands around every page: headers that keep it closed, where an act came from, and refusals in words."""

import errno
import re
import sqlite3
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from duixian.audit.command import CommandError, Conflict, InvalidInput, NotAllowed, WrongState
from duixian.audit.origin import acting_from

DISK_FULL = "服务器磁盘已满，这一步没有保存，也没有保存一半。请联系系统管理员腾出空间，再回到上一页重新提交。"
Handler = Callable[[HttpRequest], HttpResponse]

# vertical tab and form feed, as word processors write a manual line or page break
BREAKS = re.compile("[\x0b\x0c]")
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff\u202a-\u202e\u2066-\u2069]")

# charts set styles through the object model, which this allows; neither styles nor scripts stand inside a page
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


class SecurityHeadersMiddleware:
    """Everything a page loads comes from the installation; pages with people's data are not kept by caches."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if hasattr(request, "user") and request.user.is_authenticated:
            response.setdefault("Cache-Control", "private, no-store")
        return response


class PlainTextMiddleware:
    """What people paste brings signs nobody sees: NUL, which PostgreSQL refuses, control characters, which a document
    cannot hold, and marks that turn the direction of writing. They are dropped at the door; a page break is a new line.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _needs_cleaning(request.GET):
            request.GET = _cleaned(request.GET)
        if request.method == "POST" and _needs_cleaning(request.POST):
            request.POST = _cleaned(request.POST)
        return self.get_response(request)


def _needs_cleaning(given: QueryDict) -> bool:
    return any(UNSEEN.search(value) or BREAKS.search(value) for _name, values in given.lists() for value in values)


def _cleaned(given: QueryDict) -> Any:  # the stubs have a private type for what a request holds
    cleaned = given.copy()
    for name, values in given.lists():
        cleaned.setlist(name, [UNSEEN.sub("", BREAKS.sub("\n", value)) for value in values])
    cleaned._mutable = False
    return cleaned


class OriginMiddleware:
    """Tells the trail that an act came from a page, and turns a command's refusal into a page that says why."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting_from(f"网页 {request.META.get('REMOTE_ADDR', '')}".strip()):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for a CommandError a view did not show itself, and for a full disk; others take their usual way."""
        if is_disk_full(exception):
            context = {"message": DISK_FULL, "title": "没有保存"}
            return render(request, "console/refused.html", context, status=507)
        if not isinstance(exception, CommandError):
            return None
        context = {"message": exception.message, "title": _title(exception)}
        return render(request, "console/refused.html", context, status=_status(exception))


def is_disk_full(error: BaseException | None) -> bool:
    """Whether files or the database could not be written for want of room."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    if isinstance(error, DatabaseError):
        cause = error.__cause__
        return (
            getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL or getattr(cause, "sqlstate", "") == "53100"
        )
    return False


def _status(error: CommandError) -> int:
    if isinstance(error, NotAllowed):
        return 403
    if isinstance(error, WrongState | Conflict):
        return 409
    return 400


def _title(error: CommandError) -> str:
    if isinstance(error, NotAllowed):
        return "没有权限"
    if isinstance(error, Conflict):
        return "别人刚刚改过"
    return "填写有误" if isinstance(error, InvalidInput) else "现在不能办理"
