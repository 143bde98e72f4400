"""台账: filters in the address, counts that add up, a number of queries that does not grow."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from duixian.console.filters import SORTS, Filters
from duixian.register.models import Task
from duixian.reporting.models import Round
from tests.console.conftest import Visit
from tests.factories.play import Stage, content_for


def numbers(response: object) -> list[str]:
    return [row.task.number for group in response.context["groups"] for row in group.rows]  # type: ignore[attr-defined]


def test_the_whole_list_stands_in_printed_order_under_its_headings(stage: Stage, visit: Visit) -> None:
    page = visit(stage.cast.leader).get(reverse("register"))
    assert numbers(page) == [str(n) for n in range(1, 13)]
    assert sum(group.total for group in page.context["groups"]) == 12
    assert "12项中符合筛选<b>12</b>项" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=就业", ["5"]),
        ("q=第5项", ["5"]),
        ("q=云东区政府", ["8"]),
        ("q=第５项", ["5"]),
        ("q=ＰＭ２．５", ["12"]),
        ("q=企业家精神 弘扬", ["4"]),
        ("q=就业 桥", []),
        ("kind=QUALITATIVE", ["4"]),
        ("light=GREY", ["4", "9", "10", "11", "12"]),
        ("grade=NOT_REPORTED", ["4", "9", "10", "11", "12"]),
        ("due=past", ["3", "8"]),
        ("due=q1", ["3"]),
        ("due=q2", ["8"]),
        ("unit_kind=COUNTY", ["8", "9", "10"]),
    ],
)
def test_filters(query: str, expected: list[str], stage: Stage, june: Round, visit: Visit) -> None:
    assert numbers(visit(stage.cast.leader).get(f"{reverse('register')}?{query}")) == expected


def test_an_extended_task_is_found_sorted_and_shown_by_the_limit_in_force(
    stage: Stage, june: Round, visit: Visit
) -> None:
    Task.objects.filter(pk=stage.task("resuming").pk).update(amended_due_on=date(2026, 9, 30))
    leader = visit(stage.cast.leader)
    for query, expected in (("due=past", ["8"]), ("due=q1", []), ("due=q3", ["3"])):
        assert numbers(leader.get(f"{reverse('register')}?{query}")) == expected, query
    assert numbers(leader.get(reverse("register"), {"sort": "due"}))[:2] == ["8", "3"]
    row = leader.get(reverse("register"), {"due": "q3"}).context["groups"][0].rows[0]
    assert row.limit.startswith("9月30日（原")


def test_counts_beside_the_filters_are_what_the_filters_find(stage: Stage, june: Round, visit: Visit) -> None:
    leader = visit(stage.cast.leader)
    page = leader.get(reverse("register"))
    assert sum(count for _code, _light, count in page.context["lights"]) == 12
    for code, _light, count in page.context["lights"]:
        assert leader.get(reverse("register"), {"light": code}).context["page"].paginator.count == count, code
    for tab in page.context["tabs"]:
        found = leader.get(f"{reverse('register')}?{tab.address}").context["page"].paginator.count
        assert found == tab.count, tab.label


def test_an_earlier_month_shows_what_stood_then(stage: Stage, june: Round, visit: Visit) -> None:
    stage.approve(june, stage.task("jobs"), content_for(stage.task("jobs"), "4.9"))
    leader = visit(stage.cast.leader)
    now = leader.get(reverse("register"), {"q": "就业"}).context["groups"][0].rows[0]
    then = leader.get(reverse("register"), {"q": "就业", "month": "2026-05"}).context["groups"][0].rows[0]
    assert (now.light, now.parts[0].actual) == ("BLUE", "4.9")
    assert (then.light, then.parts[0].actual) == ("RED", "1.0")


def test_missing_reports_are_found_by_state(stage: Stage, june: Round, visit: Visit) -> None:
    jobs = stage.task("jobs")
    leader = visit(stage.cast.leader)
    before = set(numbers(leader.get(reverse("register"), {"report": "MISSING"})))
    assert "5" in before
    stage.submit(june, jobs, content_for(jobs, "2"))
    assert set(numbers(leader.get(reverse("register"), {"report": "MISSING"}))) == before - {"5"}
    assert numbers(leader.get(reverse("register"), {"report": "SUBMITTED"})) == ["5"]


def test_worst_first_puts_what_is_not_reported_before_everything(stage: Stage, june: Round, visit: Visit) -> None:
    page = visit(stage.cast.leader).get(reverse("register"), {"sort": "light"})
    lights = [row.light for group in page.context["groups"] for row in group.rows]
    rank = {light: n for n, light in enumerate(("GREY", "RED", "YELLOW", "", "GREEN", "BLUE"))}
    assert [rank[light] for light in lights] == sorted(rank[light] for light in lights)
    assert lights[0] == "GREY"


def queries(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


@pytest.mark.parametrize(
    ("rows", "query", "count"),
    [(1, "q=幸福桥", 34), (3, "q=住建局", 34), (1, "section={parks}", 30), (3, "section={roads}", 30), (12, "", 29)],
)
def test_queries_of_the_page(rows: int, query: str, count: int, stage: Stage, june: Round, visit: Visit) -> None:
    """One row, three or all. A search reads the names of units and the last reports besides, a heading its name."""
    leader = visit(stage.cast.leader)
    sections = {name: stage.task(name).section_id for name in ("parks", "roads")}
    address = f"{reverse('register')}?{query.format(**sections)}"
    assert len(numbers(leader.get(address))) == rows
    assert queries(lambda: leader.get(address)) == count


@given(
    st.dictionaries(
        st.sampled_from(
            ["light", "kind", "grade", "section", "unit", "unit_kind", "due", "report", "q", "sort", "month", "col"]
        ),
        st.text(max_size=12),
    )
)
def test_any_address_is_read_without_fault(address: dict[str, str]) -> None:
    query = QueryDict(mutable=True)
    query.update(address)
    filters = Filters.read(query)
    assert filters.sort in SORTS
    assert filters.section is None or filters.section >= 0
    assert Filters.of(filters.address()) == filters
