"""县区: what the page shows, to whom, and what can be done there."""

import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from duixian.register.commands import Share, confirm_link, set_breakdown
from duixian.register.models import AlignmentLink, BreakdownItem, Target
from duixian.sheets import SheetSpec, workbook_bytes
from duixian.units.enums import Role
from duixian.units.models import Government
from tests.cast import person
from tests.console.conftest import Visit
from tests.factories.counties import READ_AT, Counties

PAGE = reverse("counties")


def shown(response: HttpResponse) -> dict[str, tuple[str, str]]:
    """Target -> its sum and what it says."""
    return {r.target.indicator.name: (r.committed, r.difference) for r in response.context["rows"]}


def office(counties: Counties, visit: Visit) -> Client:
    return visit(counties.cast.office_staff)


def test_the_matrix_says_what_is_missing_worst_first(counties: Counties, visit: Visit) -> None:
    page = office(counties, visit).get(PAGE)
    assert list(shown(page).items()) == [
        ("营造林", ("13", "缺口 2")),
        ("农业生产托管", ("70", "够 +10")),
        ("农村公路", ("850", "正好")),
    ]
    cells = page.context["rows"][0].cells
    assert [(c.figure, c.share) for c in cells] == [("9", "60%"), ("4", "27%")]
    words = page.content.decode()
    assert "缺口1项" in words
    assert "style=" not in words


def test_a_gap_an_over_allocation_and_a_bar(counties: Counties, visit: Visit) -> None:
    share = Share(counties.yundong, value=Decimal(103))
    set_breakdown(target=counties.target("农业生产托管"), shares=[share], actor=counties.cast.office_staff, now=READ_AT)
    rows = {r.target.indicator.name: r for r in office(counties, visit).get(PAGE).context["rows"]}
    works, forests = rows["农业生产托管"], rows["营造林"]
    assert (works.share, works.difference, works.state) == ("171.7%", "加码 43", "OVER")
    assert works.bar.over > 0
    assert works.bar.gap == 0
    assert (round(forests.bar.filled + forests.bar.gap, 2), forests.bar.is_gap) == (forests.bar.mark, True)


def test_both_wordings_of_the_chosen_cell(counties: Counties, visit: Visit) -> None:
    target = counties.target("营造林")
    page = office(counties, visit).get(PAGE, {"target": target.pk, "unit": counties.qingshi.pk})
    both = page.context["chosen"]
    assert "".join(p.text for p in both.city if p.kind) == "完成营造林15万亩"
    assert ["".join(p.text for p in place.pieces if p.kind) for place in both.county] == ["完成营造林40000亩"]
    # an address of nowhere shows the page all the same
    assert office(counties, visit).get(PAGE, {"target": "999999", "unit": "x"}).status_code == 200


def act(client: Client, link: AlignmentLink, what: str) -> HttpResponse:
    return client.post(reverse("county-link", args=[link.pk]), {"act": what}, follow=True)


def test_confirm_refuse_count(counties: Counties, visit: Visit) -> None:
    client, link = office(counties, visit), counties.link("营造林", counties.qingshi)
    act(client, link, "confirm")
    link.refresh_from_db()
    assert link.state == "CONFIRMED"
    assert shown(act(client, link, "leave-out"))["营造林"][0] == "9"
    assert shown(act(client, link, "count"))["营造林"][0] == "13"
    assert shown(act(client, link, "refuse"))["营造林"][0] == "9"
    assert act(client, link, "dance").status_code == 404


def test_only_the_office_decides(counties: Counties, visit: Visit) -> None:
    link = counties.link("营造林", counties.qingshi)
    for who in ("leader", "auditor", "county_liaison", "liaison", "outsider"):
        client = visit(counties.cast.everybody[who])
        assert act(client, link, "confirm").status_code == 404, who
        assert client.post(reverse("counties-compute")).status_code == 404, who
    link.refresh_from_db()
    assert link.state == "PROPOSED"


def test_an_unmatched_figure_is_joined_by_hand(counties: Counties, visit: Visit) -> None:
    client = office(counties, visit)
    page = client.get(reverse("counties-unmatched"))
    [[row]] = page.context["groups"]
    alone = row.target
    assert alone.text in page.content.decode()
    wrong = client.post(reverse("counties-join"), {"county_target": alone.pk, "to": "99"})
    assert "没有第99项" in wrong.content.decode()
    measure = client.post(reverse("counties-join"), {"county_target": alone.pk, "to": "1-1"})
    assert "不是同一种量" in measure.content.decode()
    client.post(reverse("counties-join"), {"county_target": alone.pk, "to": "1"})
    assert client.get(reverse("counties-unmatched")).context["total"] == 0


# who may see


def test_a_county_sees_its_own_column_and_its_own_words_only(counties: Counties, visit: Visit) -> None:
    for unit in (counties.yundong, counties.qingshi):
        confirm_link(link=counties.link("营造林", unit), actor=counties.cast.office_staff, now=READ_AT)
    client = visit(counties.cast.county.liaison)
    page = client.get(PAGE, {"target": counties.target("营造林").pk, "unit": counties.qingshi.pk})
    words = page.content.decode()
    assert [c.figure for row in page.context["rows"] for c in row.cells] == ["9"]
    assert "完成营造林9万亩" in words
    for others in ("青石", "40000", ">13<", "缺口", "蜂箱"):
        assert others not in words, others
    assert "蜂箱" not in client.get(reverse("counties-unmatched")).content.decode()
    sheet = load_workbook(io.BytesIO(client.get(reverse("counties-export")).content)).active
    assert "青石" not in str([[c.value for c in row] for row in sheet.iter_rows()])
    assert client.get(reverse("breakdown", args=[counties.target("营造林").pk])).status_code == 404


def test_the_task_shows_a_county_its_own_share_and_no_sum(counties: Counties, visit: Visit) -> None:
    confirm_link(link=counties.link("营造林", counties.yundong), actor=counties.cast.office_staff, now=READ_AT)
    address = reverse("task", args=[counties.target("营造林").task_id])
    own = visit(counties.cast.county.liaison).get(address)
    assert [[c.figure for c in line.own] for line in own.context["breakdown"]] == [["9"]]
    assert "缺口 2" not in own.content.decode()
    assert "缺口 2" in visit(counties.cast.leader).get(address).content.decode()


def test_the_countys_own_office_comes_by_its_own_plan(counties: Counties, visit: Visit) -> None:
    confirm_link(link=counties.link("营造林", counties.yundong), actor=counties.cast.office_staff, now=READ_AT)
    page = visit(person("yundong-office", Role.OFFICE_STAFF, counties.yundong.governs)).get(PAGE)
    assert [c.figure for row in page.context["rows"] for c in row.cells] == ["9"]
    assert not page.context["scope"].may_decide


@pytest.mark.parametrize("who", ["liaison", "head", "outsider", "system_admin"])
def test_nobody_else_finds_the_page(who: str, counties: Counties, visit: Visit) -> None:
    client = visit(counties.cast.everybody[who])
    target = counties.target("营造林").pk
    for address in (
        PAGE,
        reverse("counties-unmatched"),
        reverse("counties-export"),
        reverse("breakdown", args=[target]),
        reverse("breakdown-sheet", args=[target]),
    ):
        assert client.get(address).status_code == 404, address


# breakdown


def test_typed_shares_are_saved_or_all_refused(counties: Counties, visit: Visit) -> None:
    client, target = office(counties, visit), counties.target("营造林")
    address = reverse("breakdown", args=[target.pk])
    one, other = counties.yundong.pk, counties.qingshi.pk
    typed = {"unit": [one, other], f"value-{one}": "8", f"value-{other}": "七", f"state-{one}": "FIGURE"}
    refused = client.post(address, typed)
    assert refused.status_code == 422
    assert "青石县政府：“七”不是数" in refused.content.decode()
    assert 'value="七"' in refused.content.decode()
    assert not BreakdownItem.objects.exists()
    assert client.post(address, typed | {f"value-{other}": "７．０"}).status_code == 302
    assert client.get(address).context["difference"] == "正好"
    client.post(address, {"act": "EQUALLY", "unit": [one, other]})
    assert [str(i.value) for i in BreakdownItem.objects.all()] == ["7.500000", "7.500000"]
    client.post(address, {"act": "clear"})
    assert client.get(address).context["difference"] == "缺口 2"


def upload(
    client: Client, target: Target, rows: list[list], header: tuple[str, ...] = ("单位", "情况", "数", "计量单位")
) -> HttpResponse:
    content = workbook_bytes([SheetSpec("分解", header, rows)])
    file = SimpleUploadedFile("分解.xlsx", content)
    return client.post(reverse("breakdown", args=[target.pk]), {"act": "upload", "file": file})


def test_the_workbook_goes_out_and_comes_back(counties: Counties, visit: Visit) -> None:
    client, target = office(counties, visit), counties.target("营造林")
    content = client.get(reverse("breakdown-sheet", args=[target.pk])).content
    file = SimpleUploadedFile("分解.xlsx", content)
    sent = client.post(reverse("breakdown", args=[target.pk]), {"act": "upload", "file": file})
    assert sent.status_code == 302
    assert {i.unit.name: i.value for i in BreakdownItem.objects.all()} == {"云东区政府": 9, "青石县政府": 4}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["云东区政府", "", "八", ""]], "分解!C2：“八”不是数字"),
        ([["云东区政府", "", 8, ""], ["火星县", "", 1, ""]], "分解!A3：“火星县”没有登记这个单位"),
        ([["云东区", "", 8, ""], ["云东区政府", "", 1, ""]], "分解!A3：云东区政府在A2已经有一行"),
        ([["云东区政府", "也许", 8, ""]], "分解!B2：“也许”不认识"),
        ([["云东区政府", "", None, ""]], "分解!C2：没有填数"),
        ([["云东区政府", "", 8, "公里"]], "分解!D2：“公里”与目标的“万亩”不是同一种量"),
        ([["云东区政府", "", -8, "万亩"]], "分解!C2：要填不小于0的数"),
    ],
)
def test_a_faulty_workbook_names_its_cells_and_changes_nothing(
    rows: list[list], words: str, counties: Counties, visit: Visit
) -> None:
    refused = upload(
        office(counties, visit), counties.target("营造林"), [*rows, ["青石县政府", "", "１，０００", "亩"]]
    )
    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert not BreakdownItem.objects.exists()


def test_a_foreign_sheet_is_refused_in_words(counties: Counties, visit: Visit) -> None:
    client, target = office(counties, visit), counties.target("营造林")
    assert "没有找到“单位”列" in upload(client, target, [["x"]], ("甲",)).content.decode()
    page = client.post(
        reverse("breakdown", args=[target.pk]), {"act": "upload", "file": SimpleUploadedFile("a.xlsx", b"PK no")}
    )
    assert page.status_code == 422


def test_no_cell_of_an_export_is_a_formula(counties: Counties, visit: Visit) -> None:
    indicator = counties.target("营造林").indicator
    indicator.name = "=cmd|' /C calc'!A0"
    indicator.save()
    sheet = load_workbook(io.BytesIO(office(counties, visit).get(reverse("counties-export")).content)).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("is_simulated", [True, False])
def test_sheets_of_invented_figures_say_so(is_simulated: bool, counties: Counties, visit: Visit) -> None:
    Government.objects.update(is_simulated=is_simulated)
    client = office(counties, visit)
    for address in (reverse("counties-export"), reverse("breakdown-sheet", args=[counties.target("营造林").pk])):
        sheet = load_workbook(io.BytesIO(client.get(address).content)).active
        words = str([[cell.value for cell in row] for row in sheet.iter_rows()])
        assert ("模拟数据 / simulated" in words) is is_simulated, address


def test_the_sum_is_held_against_the_target_as_adjusted(counties: Counties, visit: Visit) -> None:
    target = counties.target("营造林")
    client, address = office(counties, visit), {"target": target.pk}
    before = {row.target.pk: row for row in client.get(PAGE, address).context["rows"]}[target.pk]
    Target.objects.filter(pk=target.pk).update(amended_value=target.value * 2)  # type: ignore[operator]
    after = {row.target.pk: row for row in client.get(PAGE, address).context["rows"]}[target.pk]
    assert after.coverage.difference == before.coverage.difference - target.value
    assert Decimal(after.goal) == target.value * 2  # type: ignore[operator]


# effort


def queries(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def test_queries_do_not_grow_with_rows(counties: Counties, visit: Visit) -> None:
    client = office(counties, visit)
    many = queries(lambda: client.get(PAGE))
    matched = queries(lambda: client.get(reverse("counties-unmatched")))
    kept = counties.target("营造林")
    AlignmentLink.objects.exclude(target=kept).delete()
    assert len(client.get(PAGE).context["rows"]) == 1
    assert queries(lambda: client.get(PAGE)) == many
    assert queries(lambda: client.get(reverse("counties-unmatched"))) == matched
    assert many < 30


def test_any_department_may_be_given_a_share(counties: Counties, visit: Visit) -> None:
    client, target = office(counties, visit), counties.target("营造林")
    page = f"{reverse('breakdown', args=[target.pk])}?departments"
    labour = counties.cast.labour.unit
    first = client.get(page).context
    assert labour not in [row.unit for row in first["rows"]]
    assert labour in first["others"]
    assert not {counties.yundong, counties.qingshi} & set(first["others"])
    added = f"{page}&with={labour.pk}"
    rows = client.get(added).context["rows"]
    assert labour in [row.unit for row in rows]
    typed = {"act": "save", "unit": [row.unit.pk for row in rows], f"value-{labour.pk}": "6"}
    client.post(added, typed)
    assert BreakdownItem.objects.get(target=target, unit=labour).value == 6
    # saved, it stands there without being added again
    assert labour in [row.unit for row in client.get(page).context["rows"]]
