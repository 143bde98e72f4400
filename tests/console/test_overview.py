"""总览: the answer first, and figures that add up and lead to what is behind them."""

import re

from django.urls import reverse

from duixian.reporting.models import Round
from tests.console.conftest import Visit
from tests.console.test_register import queries
from tests.factories.play import Stage, content_for


def test_totals_add_up_wherever_they_stand(stage: Stage, june: Round, visit: Visit) -> None:
    overview = visit(stage.cast.leader).get(reverse("overview")).context["overview"]
    assert overview.total == 12 == sum(cell.count for cell in overview.cells)
    assert sum(row.total for row in overview.sections) == 12
    assert sum(overview.grade_totals.values()) == 12
    for row in overview.sections:
        assert row.total == sum(row.lights.values()) == sum(row.grades.values())
    assert [sum(s.count for s in bar.segments) for bar in overview.months if bar.segments] == [12] * len(
        overview.months
    )


def test_what_was_not_reported_comes_before_the_reds(stage: Stage, june: Round, visit: Visit) -> None:
    overview = visit(stage.cast.leader).get(reverse("overview")).context["overview"]
    lights = [item.task.light for item in overview.behind]
    assert lights == sorted(lights)  # GREY before RED, as it happens also by letter
    assert {"GREY", "RED"} == set(lights)


def test_the_headline_compares_with_the_month_before(stage: Stage, june: Round, visit: Visit) -> None:
    jobs = stage.task("jobs")
    leader = visit(stage.cast.leader)
    before = leader.get(reverse("overview")).context["overview"]
    assert before.headline == "与5月持平"
    stage.approve(june, jobs, content_for(jobs, "4.9"))
    after = leader.get(reverse("overview")).context["overview"]
    assert (after.red, after.headline) == (before.red - 1, "比5月少1项")


def test_every_figure_leads_to_as_many_tasks(stage: Stage, june: Round, visit: Visit) -> None:
    leader = visit(stage.cast.leader)
    page = leader.get(reverse("overview"))
    for cell in page.context["overview"].cells:
        found = leader.get(reverse("register"), {"light": cell.key}).context["page"].paginator.count
        assert found == cell.count
    for key, _label, count in page.context["overview"].round_state.steps:
        found = leader.get(reverse("register"), {"report": key}).context["page"].paginator.count
        assert found == count, key


def test_links_of_the_page_open(stage: Stage, june: Round, visit: Visit) -> None:
    leader = visit(stage.cast.leader)
    page = leader.get(reverse("overview")).content.decode()
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/(?!static)[^"#]*)"', page)}
    assert len(links) > 20
    for link in links:
        assert leader.get(link, follow=True).status_code == 200, link


def test_an_empty_beginning_says_what_to_do(stage: Stage, visit: Visit) -> None:
    page = visit(stage.cast.leader).get(reverse("overview"))
    assert page.status_code == 200
    assert "还没有盘点过" in page.content.decode()


def test_queries_do_not_grow_with_what_is_behind(stage: Stage, june: Round, visit: Visit) -> None:
    leader, liaison = visit(stage.cast.leader), visit(stage.cast.labour.liaison)
    few = queries(lambda: liaison.get(reverse("overview")))
    many = queries(lambda: leader.get(reverse("overview")))
    assert many <= few + 2, (few, many)
