"""The register with 20,000 tasks and 5,000 projects against the same with 200 and 50: pages, search, files.

Promised: no page asks the database more often with more rows, and takes under three times as long. How many figures
the counties carry is the counties' plans' to say and not the register's: these stay the same.
TEST_DATABASE_URL measures on PostgreSQL (scripts/with-postgres .venv/bin/python benchmarks/register.py).
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

FEW, MANY, PROJECTS = 200, 20_000, 5_000
MOST = 3.0
ROUNDS = 5
PAGES = {
    "page": "/register/",
    "last page": "/register/?page=4000",
    "by light": "/register/?sort=light",
    "red": "/register/?light=RED",
    "unit": "/register/?unit={unit}",
    "section": "/register/?section={section}",
    "due": "/register/?due=30",
    "missing": "/register/?report=MISSING",
    "as of May": "/register/?month=2026-05",
    "search": "/register/?q=就业 工程",
    "search unit": "/register/?q=市7局",
    "search nothing": "/register/?q=没有这样的词",
    "list of tasks": "/lists/tasks/",
    "list of duties": "/lists/duties/",
    "list of nodes": "/lists/nodes/",
    "projects": "/projects/",
    "projects found": "/projects/?q=项目4",
    "pipeline": "/projects/?view=pipeline",
    "counties": "/counties/",
    "unmatched": "/counties/unmatched/",
    "overview": "/overview/",
    "stocktake": "/stocktake/",
    "units by month": "/stocktake/timeliness/",
}
# told and not held: what each unit owed is worked out anew for every task and month
TOLD = ("units by month",)


def main() -> int:
    """Print a line a figure; exit 1 where a promise is broken."""
    with tempfile.TemporaryDirectory() as folder:
        _start(folder)
        from benchmarks._many import add_counties, add_projects, add_tasks, found_city

        plan = found_city()
        add_tasks(plan, FEW)
        add_counties(plan)
        add_projects(plan, PROJECTS * FEW // MANY)
        _analyse()
        client = _signed_in(plan)
        few = {name: _measure(client, _address(plan, path)) for name, path in PAGES.items()}
        began = time.perf_counter()
        add_tasks(plan, MANY - FEW)
        add_projects(plan, PROJECTS - PROJECTS * FEW // MANY)
        _analyse()
        print(f"built {MANY} tasks and {PROJECTS} projects in {time.perf_counter() - began:.0f} s")
        many = {name: _measure(client, _address(plan, path)) for name, path in PAGES.items()}
        broken = [fault for name in PAGES for fault in _compare(name, _as_long(name, few), many[name])]
        for form in ("csv", "xlsx"):
            _export(client, form)
        print(f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    for fault in broken:
        print(f"BROKEN {fault}")
    return 1 if broken else 0


def _start(folder: str) -> None:
    """An empty installation of its own."""
    os.environ["DUIXIAN_DATA"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0, interactive=False)
    print(
        f"{connection.vendor}, {os.cpu_count()} cores, Python {sys.version.split()[0]}, load {os.getloadavg()[0]:.1f}"
    )


def _analyse() -> None:
    """What the databases do by themselves at night."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _signed_in(plan: Any) -> Any:
    from unittest import mock

    from django.test import Client

    from benchmarks._many import NOW
    from duixian.units.models import Account

    mock.patch("duixian.console.shell.read_clock", return_value=NOW).start()
    client = Client()
    client.force_login(Account.objects.get(username="office"))
    return client


def _address(plan: Any, path: str) -> str:
    units, sections = plan.government.units.order_by("pk"), plan.sections.order_by("pk")
    return path.format(unit=units[6].pk, section=sections[6].pk)


def _measure(client: Any, address: str) -> tuple[float, int]:
    """The least milliseconds of several rounds, and the number of queries."""
    from django.db import connection

    asked = []

    def count(execute: Any, *arguments: Any) -> Any:
        asked.append(arguments[0])
        return execute(*arguments)

    client.get(address)
    with connection.execute_wrapper(count):
        assert client.get(address).status_code == 200, address
    return _least(lambda: client.get(address)), len(asked)


def _export(client: Any, form: str) -> None:
    """The whole register as a file."""
    clock = _clock()
    began = clock()
    size = len(client.get(f"/register/export/{form}/").content)
    print(f"export {form:5} {clock() - began:6.1f} s for {MANY} tasks, {size // 1024} KB")


def _clock() -> Callable[[], float]:
    return time.process_time if _is_inside() else time.perf_counter


def _is_inside() -> bool:
    """Whether the database works inside this process, so that processor time is all the time there is."""
    from django.db import connection

    return connection.vendor == "sqlite"


def _least(act: Callable[[], object]) -> float:
    clock = _clock()
    times = []
    for _ in range(ROUNDS):
        began = clock()
        act()
        times.append((clock() - began) * 1000)
    # whatever else the machine does only ever adds
    return min(times)


def _as_long(name: str, few: dict[str, tuple[float, int]]) -> tuple[float, int]:
    """What to compare with. A filter leaves few of 200 tasks less than a page: then the page of 50 of them counts."""
    milliseconds, queries = few[name]
    if PAGES[name].startswith("/register/"):
        return max(milliseconds, few["page"][0]), queries
    return milliseconds, queries


def _compare(name: str, few: tuple[float, int], many: tuple[float, int]) -> list[str]:
    ratio = many[0] / few[0]
    print(
        f"{name:15} {many[0]:7.0f} ms with {MANY}, {few[0]:6.0f} ms with {FEW}: x {ratio:.2f};"
        f" queries {many[1]} and {few[1]}"
    )
    faults = [f"{name}: {many[1]} queries, {few[1]} with {FEW} tasks"] if many[1] > few[1] else []
    return [*faults, f"{name}: x {ratio:.2f}"] if name not in TOLD and ratio > MOST else faults


if __name__ == "__main__":
    sys.exit(main())
