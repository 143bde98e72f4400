"""Views that are kept, files that are taken away, acts on many: all by the one rule of who sees what."""

import csv
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from duixian.audit.models import AuditEntry
from duixian.register.commands import save_view
from duixian.register.models import SavedView, Task
from duixian.reporting.models import Round
from duixian.units.commands import create_task_force
from tests.cast import at
from tests.console.conftest import Visit
from tests.factories.play import Stage, content_for

REGISTER = "/register/"


def csv_rows(client: Client, query: str = "") -> list[list[str]]:
    content = client.get(f"{reverse('register-export', args=['csv'])}?{query}").content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def table(rows: list[list[str]]) -> list[dict[str, str]]:
    """What stands below the header, by its labels."""
    head = next(n for n, row in enumerate(rows) if row[0] == "序号")
    return [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :]]


def numbers_of(rows: list[list[str]]) -> list[str]:
    return [row["序号"] for row in table(rows) if row["序号"]]


def save(client: Client, name: str, address: str, **more: str) -> None:
    response = client.post(reverse("register-view-save"), {"name": name, "address": address, **more})
    assert response.status_code == 302


def test_a_view_is_kept_and_shows_what_its_owner_sees(stage: Stage, june: Round, visit: Visit) -> None:
    office = visit(stage.cast.office_staff)
    save(office, "灰灯", "light=GREY&sort=-due&col=lead&made=up", is_shared="1")
    view = SavedView.objects.get()
    assert (view.address, view.is_shared) == ("light=GREY&sort=-due&col=number&col=what&col=lead", True)
    own, seen = (
        next(t for t in client.get(REGISTER).context["tabs"] if t.view)
        for client in (office, visit(stage.cast.building.liaison))
    )
    # the liaison's count is of the liaison's own register
    assert (own.label, own.count) == ("灰灯", 5)
    assert (seen.label, seen.count, seen.may_delete) == ("office：灰灯", 2, False)


def test_only_the_office_shares_and_only_owners_delete(stage: Stage, visit: Visit) -> None:
    liaison = visit(stage.cast.labour.liaison)
    save(liaison, "我的", "light=RED", is_shared="1")
    assert not SavedView.objects.exists()
    save(liaison, "我的", "light=RED")
    view = SavedView.objects.get()
    delete = reverse("register-view-delete", args=[view.pk])
    assert visit(stage.cast.office_staff).post(delete).status_code == 404
    liaison.post(delete)
    assert not SavedView.objects.exists()


def test_the_file_is_what_the_page_shows(stage: Stage, june: Round, visit: Visit) -> None:
    leader = visit(stage.cast.leader)
    rows = csv_rows(leader, "light=GREY&sort=-order&col=lead")
    assert numbers_of(rows) == ["12", "11", "10", "9", "4"]
    assert list(table(rows)[0]) == ["序号", "任务与分项", "牵头单位"]
    above = "\n".join(row[0] for row in rows[:4])
    assert "亮灯：灰" in above
    assert "清单倒序" in above
    assert "2026-07-06 09:00由云溪市政府督查室 leader导出" in above


def test_a_workbook_holds_figures_and_no_formula(stage: Stage, june: Round, visit: Visit) -> None:
    stage.approve(june, stage.task("jobs"), content_for(stage.task("jobs"), "2.5"))
    Task.objects.filter(pk=stage.task("spirit").pk).update(text='=HYPERLINK("http://x","点我")')
    content = visit(stage.cast.leader).get(reverse("register-export", args=["xlsx"])).content
    sheet = load_workbook(io.BytesIO(content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type != "f" for cell in cells)
    assert 2.5 in [cell.value for cell in cells]
    line = next(row for row in csv_rows(visit(stage.cast.leader)) if "HYPERLINK" in "".join(row))
    assert line[3].startswith("'=")


def test_simulated_data_says_so(stage: Stage, visit: Visit) -> None:
    stage.cast.city.is_simulated = True
    stage.cast.city.save()
    leader = visit(stage.cast.leader)
    assert csv_rows(leader)[1] == ["模拟数据 / simulated"]
    assert "%E6%A8%A1%E6%8B%9F" in leader.get(reverse("register-export", args=["xlsx"]))["Content-Disposition"]


WHO = ["leader", "office_staff", "auditor", "liaison", "other_liaison", "county_liaison", "head"]
# on a second database one of each kind is enough: the office, a unit, a county
TWICE = {"office_staff", "liaison", "county_liaison"}
EACH = [pytest.param(who, marks=[] if who in TWICE else pytest.mark.once) for who in WHO]
WAYS = ["", "q=市", "sort=-due", "unit_kind=COUNTY", "kind=NODE&kind=QUANTITATIVE", "q=幸福桥"]


@pytest.mark.parametrize("who", EACH)
def test_no_way_shows_more_than_one_may_see(who: str, stage: Stage, june: Round, visit: Visit) -> None:
    """Page, search, file, counts and views of everybody hold to the rule."""
    person = stage.cast.everybody[who]
    view = {"plan": stage.plan, "name": "全部", "address": "", "is_shared": True}
    save_view(**view, actor=stage.cast.office_staff, now=at(7, 1))
    seen = {t.number for t in Task.objects.visible_to(person)}
    client = visit(person)
    for way in WAYS:
        page = client.get(f"{REGISTER}?{way}")
        shown = {row.task.number for group in page.context["groups"] for row in group.rows}
        assert shown <= seen, way
        assert shown == set(numbers_of(csv_rows(client, way))), way
        assert page.context["page"].paginator.count == len(shown)
        assert page.context["total"] == len(seen)
        assert all(tab.count <= len(seen) for tab in page.context["tabs"])
        assert sum(count for _code, _light, count in page.context["lights"]) == len(seen)


@pytest.mark.parametrize("who", ["outsider", "system_admin", "security_admin"])
def test_whoever_has_no_register_finds_none(who: str, stage: Stage, visit: Visit) -> None:
    client = visit(stage.cast.everybody[who])
    for address in (REGISTER, reverse("register-export", args=["csv"])):
        assert client.get(address).status_code == 404
    for address in (reverse("register-bulk"), reverse("register-view-save")):
        assert client.post(address, {"name": "甲", "act": "sponsor"}).status_code == 404


def bulk(client: Client, act: str, whom: object, **more: object) -> str:
    """What the page says afterwards."""
    response = client.post(reverse("register-bulk"), {"act": act, act: whom, **more}, follow=True)
    return "".join(str(message) for message in response.context["messages"])


def test_ticked_rows_get_a_sponsor(stage: Stage, visit: Visit) -> None:
    office, leader = visit(stage.cast.office_staff), stage.cast.leader
    jobs, roads = stage.task("jobs"), stage.task("roads")
    assert bulk(office, "sponsor", leader.pk, task=[jobs.pk]) == "已办理1项。"
    before = AuditEntry.objects.count()
    assert bulk(office, "sponsor", leader.pk, task=[jobs.pk, roads.pk]) == ("已办理1项。1项未办：第5项已由leader包联。")
    assert AuditEntry.objects.count() == before + 1
    assert "没有一项可以办理" in bulk(office, "sponsor", leader.pk, task=[jobs.pk])
    shown = office.get(REGISTER, {"leader": leader.pk}).context["groups"]
    assert [row.task.number for group in shown for row in group.rows] == ["5", "8"]


def test_all_of_the_filter_goes_to_a_task_force(stage: Stage, visit: Visit) -> None:
    force = create_task_force(government=stage.cast.city, name="城建专班", actor=stage.cast.office_staff, now=at(3, 1))
    office = visit(stage.cast.office_staff)
    entries = AuditEntry.objects.count()
    said = bulk(office, "force", force.pk, which="all", address=f"unit={stage.cast.building.unit.pk}")
    assert said == "已办理3项。"
    assert AuditEntry.objects.count() == entries + 1
    assert set(force.linked_tasks.values_list("task__number", flat=True)) == {"8", "9", "10"}
    assert "请先选中任务" in bulk(office, "force", force.pk)
    assert "请选定" in bulk(office, "force", 999999, which="all")


def test_many_are_handed_out_and_given_to_another_unit(stage: Stage, visit: Visit) -> None:
    office, unit = visit(stage.cast.office_staff), stage.cast.building.unit
    jobs, roads = stage.task("jobs"), stage.task("roads")
    assert "请先交办" in bulk(office, "unit", unit.pk, task=[jobs.pk], note="职能调整")
    assert bulk(office, "hand_out", 0, task=[jobs.pk, roads.pk]) == "已办理2项。"
    bulk(office, "unit", unit.pk, task=[jobs.pk])
    assert stage.task("jobs").reporting_unit != unit
    said = bulk(office, "unit", unit.pk, task=[jobs.pk, roads.pk], note="职能调整")
    assert said == "已办理1项。1项未办：第8项已由市住建局填报。"
    assert stage.task("jobs").reporting_unit == unit


@pytest.mark.parametrize("who", ["leader", "liaison", "head", "auditor"])
def test_only_the_office_acts_on_many(who: str, stage: Stage, visit: Visit) -> None:
    client = visit(stage.cast.everybody[who])
    assert client.get(REGISTER).context["bulk_acts"] == []
    response = client.post(reverse("register-bulk"), {"act": "sponsor", "sponsor": 1, "which": "all"})
    assert response.status_code == 404


def queries(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


@pytest.mark.parametrize(("rows", "query"), [(1, "section={parks}"), (3, "section={roads}")])
def test_queries_of_the_file(rows: int, query: str, stage: Stage, june: Round, visit: Visit) -> None:
    client: Client = visit(stage.cast.leader)
    query = query.format(**{name: stage.task(name).section_id for name in ("parks", "roads")})
    assert len(numbers_of(csv_rows(client, query))) == rows
    assert queries(lambda: csv_rows(client, query)) == 19
