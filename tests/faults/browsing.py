"""A person at a browser, signed in, as a few lines of HTTP: reads the form on a page, fills it in, sends it."""

import http.client
import urllib.error
import urllib.request
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

# what a client sees when the server dies under it, before, during or after the answer
LOST = (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError)
SECONDS = 60


class _Fields(HTMLParser):
    """Names and values of all inputs and text areas of a page, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self._area: str | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "textarea":
            self._area, self._words = given.get("name"), []
        elif tag == "input" and given.get("name") and given.get("type") not in ("checkbox", "radio", "file"):
            self.fields.append((given["name"] or "", given.get("value") or ""))
        elif tag == "input" and given.get("name") == "sign":
            self.fields.append(("sign", given.get("value") or ""))

    def handle_data(self, data: str) -> None:
        if self._area:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            self.fields.append((self._area, "".join(self._words).lstrip("\n")))
            self._area = None


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is the answer, not the way to another."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


class Browser:
    """One person's session, which outlives the server; "" is nobody's."""

    def __init__(self, root: str, session: str = "") -> None:
        self.root = root
        # no proxy: the server is on this machine
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay())
        self._session = f"sessionid={session}"
        self._csrf = ""

    def open(self, path: str, data: list[tuple[str, str]] | None = None) -> tuple[int, str]:
        """Status and body; raises one of LOST where no whole answer came."""
        body = None if data is None else urlencode(data).encode()
        cookies = "; ".join(filter(None, (self._session, self._csrf)))
        request = urllib.request.Request(self.root + path, body, {"Cookie": cookies})
        try:
            with self._opener.open(request, timeout=SECONDS) as response:
                self._remember(response.headers)
                return response.status, response.read().decode()
        except urllib.error.HTTPError as answer:
            with answer:
                self._remember(answer.headers)
                return answer.code, answer.read().decode()

    def _remember(self, headers: Any) -> None:
        """The one cookie that pages with a form set."""
        for cookie in headers.get_all("Set-Cookie", []):
            if cookie.startswith("csrftoken="):
                self._csrf = cookie.split(";")[0]

    def fields(self, path: str) -> dict[str, str]:
        """The form on the page."""
        _status, html = self.open(path)
        parser = _Fields()
        parser.feed(html)
        return dict(parser.fields)
