"""A unit's month: one way of counting told from the other, what is known taken over, parts, files, delegation."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from duixian.audit.command import InvalidInput, NotAllowed
from duixian.audit.models import AuditEntry
from duixian.projects.commands import bind_measure, enter_project
from duixian.projects.entries import ProjectEntry
from duixian.projects.enums import Measure, ProjectKind
from duixian.register.commands import acknowledge_duties, divide_task
from duixian.reporting.commands import save_report, send_back_report, send_up_report, sign_off_report
from duixian.reporting.content import ReportContent
from duixian.reporting.models import EvidenceFile, PartReport, Report, Round
from duixian.units.commands import appoint, create_account, delegate_signing, revoke_delegation
from duixian.units.enums import Role
from duixian.units.models import Account
from tests.cast import FOUNDER, PASSWORD, SET_UP, Cast, at
from tests.console.conftest import NOW, Visit
from tests.console.test_stocktake import fill, form_of, month, row_of
from tests.factories.fixtures import fresh
from tests.factories.play import Stage, content_for

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def test_the_months_own_figure_becomes_the_sum(stage: Stage, june: Round, visit: Visit) -> None:
    liaison, jobs, url = visit(stage.cast.labour.liaison), stage.task("jobs"), f"{month(stage)}?as=month"
    field = row_of(liaison.get(url), jobs).figures[0]
    assert (field.as_month, field.base) == (True, Decimal(1))
    name = f"{row_of(liaison.get(url), jobs).prefix}{field.name}-as"
    fill(liaison, url, jobs, "0.4", **{name: "month"})
    assert Report.objects.get(round=june).figures.get().value == Decimal("1.4")
    assert (
        row_of(liaison.get(url), jobs).figures[0].value,
        row_of(liaison.get(month(stage)), jobs).figures[0].beside,
    ) == (
        "0.4",
        "当月0.4",
    )


def test_what_looks_like_the_months_own_is_mended_with_one_click(stage: Stage, june: Round, visit: Visit) -> None:
    liaison, jobs, url = visit(stage.cast.labour.liaison), stage.task("jobs"), month(stage)
    fill(liaison, url, jobs, "0.4")
    row = row_of(liaison.get(url), jobs)
    assert row.figures[0].mended == "1.4"
    fill(liaison, url, jobs, "0.4", act=f"sum:{row.prefix}{row.figures[0].name}")
    assert Report.objects.get(round=june).figures.get().value == Decimal("1.4")


def test_nothing_new_is_said_with_one_click(stage: Stage, june: Round, visit: Visit) -> None:
    liaison, jobs, url = visit(stage.cast.labour.liaison), stage.task("jobs"), month(stage)
    prefix = row_of(liaison.get(url), jobs).prefix
    liaison.post(url, form_of(liaison, url, jobs) | {"act": f"same:{prefix}"})
    report = Report.objects.get(round=june)
    assert (report.figures.get().value, report.account) == (Decimal(1), "本月没有新的变化。")


def test_what_is_typed_is_saved_by_itself_and_a_quarrel_is_shown(stage: Stage, june: Round, visit: Visit) -> None:
    liaison, jobs, url = visit(stage.cast.labour.liaison), stage.task("jobs"), month(stage)
    opened = form_of(liaison, url, jobs)
    prefix = row_of(liaison.get(url), jobs).prefix
    own = opened | {f"{prefix}account": "一句。", "act": "autosave"}
    answer = liaison.post(url, own)
    assert (answer.status_code, answer["X-Saved"], answer["X-Saved-At"]) == (200, "saved", "09:00")
    assert f'name="{prefix}revision" value="1"' in answer.content.decode()
    late = visit(stage.cast.labour.head).post(url, opened | {f"{prefix}account": "另一句。", "act": "autosave"})
    assert late["X-Saved"] == "faulty"
    assert "一句。" in late.content.decode()
    assert "另一句。" in late.content.decode()
    assert Report.objects.get(round=june).account == "一句。"


@pytest.fixture
def parted(stage: Stage, june: Round) -> Any:
    """The county does a part of the roads."""
    who = {"actor": stage.cast.building.liaison, "now": at(3, 2)}
    part = divide_task(
        task=stage.task("roads"), unit=stage.cast.county.unit, text="征地拆迁", due_on=date(2026, 5, 31), **who
    )
    county = stage.cast.county.liaison
    acknowledge_duties(duties=[part], accountable_person="王建国", liaison_name="李梅", actor=county, now=at(3, 2))
    return part


def test_a_cooperating_unit_tells_and_the_lead_takes_over(stage: Stage, parted: Any, visit: Visit) -> None:
    county, url = visit(stage.cast.county.liaison), month(stage, "云东区政府")
    said = {f"p{parted.pk}-revision": "0", f"p{parted.pk}-progress": "UNDER_WAY", f"p{parted.pk}-account": "拆完八成。"}
    assert county.post(url, said | {"act": "save"}).status_code == 302
    assert PartReport.objects.get().account == "拆完八成。"
    # a colleague with the page still open is told
    late = county.post(url, said | {f"p{parted.pk}-account": "拆完七成。", "act": "save"})
    assert late.status_code == 422
    assert "拆完八成。" in late.content.decode()
    assert "拆完七成。" in late.content.decode()
    lead, url, roads = visit(stage.cast.building.liaison), month(stage, "市住建局"), stage.task("roads")
    row = row_of(lead.get(url), roads)
    assert [p.account for p in row.parts] == ["拆完八成。"]
    lead.post(url, form_of(lead, url, roads) | {"act": f"part:{row.prefix}/{parted.pk}"})
    assert Report.objects.get(task=roads, round__month="2026-06-01").account == "云东区政府：拆完八成。"


def test_evidence_is_kept_once_handed_out_and_taken_away(
    stage: Stage, june: Round, visit: Visit, settings: Any
) -> None:
    liaison, jobs, url = visit(stage.cast.labour.liaison), stage.task("jobs"), month(stage)
    prefix = row_of(liaison.get(url), jobs).prefix
    file = SimpleUploadedFile("../验收.pdf", PDF)
    assert liaison.post(url, form_of(liaison, url, jobs) | {f"{prefix}evidence": file}).status_code == 302
    kept = EvidenceFile.objects.get()
    assert kept.file_name == "验收.pdf"
    assert (Path(settings.MEDIA_ROOT) / "evidence" / kept.sha256[:2] / f"{kept.sha256}.pdf").read_bytes() == PDF
    address = reverse("evidence", args=[kept.pk])
    answer = visit(stage.cast.leader).get(address)
    assert (b"".join(answer.streaming_content), answer["Content-Type"]) == (PDF, "application/octet-stream")
    assert answer["Content-Disposition"].startswith("attachment")
    assert visit(stage.cast.building.liaison).get(address).status_code == 404
    liaison.post(url, form_of(liaison, url, jobs) | {"act": f"unfile:{kept.pk}"})
    assert liaison.get(address).status_code == 404


def test_evidence_that_is_not_what_it_says_is_refused(stage: Stage, june: Round, visit: Visit) -> None:
    liaison, jobs, url = visit(stage.cast.labour.liaison), stage.task("jobs"), month(stage)
    prefix = row_of(liaison.get(url), jobs).prefix
    for name, data in {"脚本.pdf": b"<html><script>1</script>", "程序.exe": b"MZ" + bytes(100)}.items():
        file = SimpleUploadedFile(name, data)
        response = liaison.post(url, form_of(liaison, url, jobs) | {f"{prefix}evidence": file})
        assert response.status_code == 422
        assert "不符" in row_of(response, jobs).message
    assert not EvidenceFile.objects.exists()


def delegate(cast: Cast, first: date = date(2026, 7, 6), last: date = date(2026, 7, 10)) -> Any:
    about: dict[str, Any] = {"unit": cast.labour.unit, "deputy": cast.labour.liaison, "reason": "出差"}
    return delegate_signing(**about, from_on=first, until_on=last, actor=cast.labour.head, now=NOW)


def test_a_deputy_signs_for_a_time_and_it_says_so(stage: Stage, june: Round, visit: Visit) -> None:
    deputy, jobs = stage.cast.labour.liaison, stage.task("jobs")
    report = stage.send_up(june, jobs, content_for(jobs, "2"))
    with pytest.raises(NotAllowed):
        sign_off_report(report=report, actor=fresh(deputy), now=NOW)
    delegation = delegate(stage.cast)
    assert "审签" in [i.label for i in visit(deputy).get(month(stage)).context["shell"].nav]
    with pytest.raises(NotAllowed):
        sign_off_report(report=report, actor=fresh(deputy), now=at(7, 11))
    signed = sign_off_report(report=report, actor=fresh(deputy), now=at(7, 10))
    assert signed.signed_by == "labour-liaison（受labour-head委托代签）"
    assert "委托代签" in AuditEntry.objects.filter(action="sign_off_report").latest("pk").after
    revoke_delegation(delegation=delegation, actor=stage.cast.labour.head, now=NOW)
    assert visit(deputy).get(reverse("sign-off")).status_code == 404


def test_only_the_head_delegates_and_only_to_the_units_own(cast: Cast) -> None:
    about: dict[str, Any] = {"unit": cast.labour.unit, "from_on": NOW.date(), "until_on": NOW.date(), "reason": "出差"}
    with pytest.raises(NotAllowed):
        delegate_signing(**about, deputy=cast.labour.liaison, actor=cast.labour.liaison, now=NOW)
    with pytest.raises(InvalidInput, match="不是市人社局的人"):
        delegate_signing(**about, deputy=cast.building.liaison, actor=cast.labour.head, now=NOW)
    with pytest.raises(InvalidInput, match="早于"):
        delegate(cast, first=date(2026, 7, 8), last=date(2026, 7, 7))
    delegate(cast)
    with pytest.raises(InvalidInput, match="已经委托"):
        delegate(cast)


def second(cast: Cast, role: Role) -> Account:
    """副联络员 or 副职 of the unit."""
    about: dict[str, Any] = {"government": cast.city, "actor": FOUNDER, "now": SET_UP}
    name = f"second-{role.lower()}"
    account = create_account(username=name, name=name, password=PASSWORD, must_change_password=False, **about)
    appoint(account=account, role=role, unit=cast.labour.unit, is_deputy=True, **about)
    return account


def test_any_colleague_may_be_the_deputy(stage: Stage, june: Round, visit: Visit) -> None:
    cast, jobs = stage.cast, stage.task("jobs")
    report = stage.send_up(june, jobs, content_for(jobs, "2"))
    colleague, deputy_head = second(cast, Role.LIAISON), second(cast, Role.UNIT_HEAD)
    head, url = visit(cast.labour.head), reverse("delegations")
    choices = set(head.get(url).context["form"].fields["deputy"].queryset)
    assert choices == {cast.labour.liaison, colleague}
    given = {"unit": cast.labour.unit.pk, "reason": "休假", "from_on": "2026-07-06", "until_on": "2026-07-09"}
    assert head.post(url, given | {"deputy": colleague.pk}).status_code == 302
    signed = sign_off_report(report=report, actor=fresh(colleague), now=NOW)
    assert signed.signed_by == "second-liaison（受labour-head委托代签）"
    about: dict[str, Any] = {"unit": cast.labour.unit, "from_on": NOW.date(), "until_on": NOW.date(), "reason": "休假"}
    with pytest.raises(InvalidInput, match="本来就能审签"):
        delegate_signing(**about, deputy=deputy_head, actor=cast.labour.head, now=NOW)


def test_the_ledgers_figure_is_taken_over_with_one_click(stage: Stage, june: Round, visit: Visit) -> None:
    """One of two continued projects has resumed: 50 % is offered beside the field, and stored as one asks for it."""
    task, office = stage.task("resuming"), stage.cast.office_staff
    bind_measure(target=stage.target("resuming"), measure=Measure.RESUMPTION_RATE, actor=office, now=NOW)
    about: dict[str, Any] = {"government": stage.cast.city, "year": 2026, "actor": FOUNDER, "now": NOW}
    for name, day in (("老路", date(2026, 3, 1)), ("旧桥", None)):
        entry = ProjectEntry(name, kind=ProjectKind.CONTINUED, resumed_on=day, planned_investment=Decimal(1000))
        enter_project(entry=entry, **about)
    liaison = visit(stage.cast.crew(task.reporting_unit).liaison)
    url = month(stage, task.reporting_unit.name)
    row = row_of(liaison.get(url), task)
    [item] = row.figures
    assert (item.offered, item.offer.words if item.offer else "") == ("50", "1/2个")
    data = form_of(liaison, url, task) | {f"{row.prefix}account": "又有一个复工。"}
    assert liaison.post(url, data | {"act": f"offer:{row.prefix}{item.name}"}).status_code == 302
    assert Report.objects.get(round=june, task=task).figures.get().value == 50
    assert row_of(liaison.get(url), task).figures[0].offered == ""


def test_delegating_on_the_page(stage: Stage, june: Round, visit: Visit) -> None:
    head = visit(stage.cast.labour.head)
    given = {"unit": stage.cast.labour.unit.pk, "deputy": stage.cast.labour.liaison.pk, "reason": "休假"}
    url = reverse("delegations")
    assert head.post(url, given | {"from_on": "2026-07-06", "until_on": "2026-07-09"}).status_code == 302
    assert "休假" in head.get(url).content.decode()
    assert visit(stage.cast.labour.liaison).get(url).status_code == 404


def test_versions_stand_with_what_they_changed(stage: Stage, june: Round, visit: Visit) -> None:
    jobs, crew = stage.task("jobs"), stage.cast.labour
    report = stage.submit(june, jobs, content_for(jobs, "2"))
    report = send_back_report(report=report, note="请核对。", actor=stage.cast.office_staff, now=NOW)
    content = content_for(jobs, "2.2")
    mended = ReportContent(content.figures, content.nodes, "已核对。", content.next_step)
    report = save_report(round=june, task=jobs, content=mended, revision=report.revision, actor=crew.liaison, now=NOW)
    report = send_up_report(report=report, actor=crew.liaison, now=NOW)
    sign_off_report(report=report, actor=crew.head, now=NOW)
    url = reverse("report-versions", args=[report.pk])
    shown = visit(crew.liaison).get(url).context["shown"]
    assert [one.version.number for one in shown] == [2, 1]
    assert {(c.before, c.after) for c in shown[0].changes} == {("2", "2.2"), ("按计划推进。", "已核对。")}
    assert visit(stage.cast.building.liaison).get(url).status_code == 404
