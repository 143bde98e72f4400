"""Without a login there is the login and the files pages are made of, and nothing else."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from duixian.console.urls import urlpatterns
from tests.console.test_doors import OPEN_TO_ALL, address

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def _all_patterns(patterns: list[URLPattern | URLResolver]) -> list[URLPattern]:
    found: list[URLPattern] = []
    for pattern in patterns:
        found += _all_patterns(pattern.url_patterns) if isinstance(pattern, URLResolver) else [pattern]
    return found


def test_there_are_no_addresses_beside_the_console() -> None:
    assert {p.name for p in _all_patterns(get_resolver().url_patterns)} == {p.name for p in urlpatterns}


@pytest.mark.django_db
def test_nothing_answers_but_the_login(client: Client) -> None:
    answered = {}
    for pattern in urlpatterns:
        if pattern.name in OPEN_TO_ALL:
            continue
        for method in METHODS:
            response = client.generic(method, address(pattern))
            is_login = response.status_code == 302 and response["Location"].startswith("/login/?next=/")
            if not is_login and response.status_code != 405:
                answered[pattern.name, method] = response.status_code
    assert not answered


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/uploads/", "/media/", "/data/", "/admin/", "/static/../settings.py", "/.env", "/api/"]
)
def test_no_folder_is_served(path: str, client: Client) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_the_login_tells_nothing_of_who_uses_it(client: Client) -> None:
    page = client.get("/login/").content.decode()
    assert 'class="nav"' not in page
    assert 'role="search"' not in page
