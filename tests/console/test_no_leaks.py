"""What one may not see is nowhere: not in a page, a file, a total, a title, a search or an error; nor is it changed.

The scene is that of the table of who may: what belongs to one side alone carries a word of its own. Every page and
file of the table is searched for such words where it is opened, in test_who_may.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from duixian.audit.models import AuditEntry
from duixian.register.models import Assignment, Plan, SavedView, TargetAdjustment, Task
from duixian.register.models.task import TaskQuerySet
from duixian.reporting.models import EvidenceFile, Report
from duixian.units.commands import appoint
from duixian.units.enums import Role
from duixian.units.models import Account
from tests.cast import FOUNDER, PASSWORD, SET_UP, at, person
from tests.console import who_may
from tests.console.conftest import NOW, Visit
from tests.console.who_may_scene import Scene, build_scene
from tests.console.words import ALL, KNOWS, words_of
from tests.factories.fixtures import fresh
from tests.factories.snapshot import once

# the same addresses, asked in other ways
ASKED = [
    "/register/?" + "&".join(f"col={code}" for code in ("goal", "actual", "told", "blocker", "parties", "leader")),
    *(f"/register/?q={word}" for word in ("隐情", "食堂", "推进", "市人社局")),
    "/register/?sort=-light&month=2026-06",
    *(f"/lists/{name}/?form=xlsx" for name in ("tasks", "duties", "nodes")),
    "/lists/tasks/?all=1",
    *("/projects/?view=pipeline", "/projects/?view=stale", "/projects/?q=学校"),
    *("/stocktake/?month=2026-05", "/counties/?weaker=all", "/units/?q=市", "/accounts/?q=a"),
]


@pytest.fixture
def scene(db: None) -> Scene:
    """Built once, put back every other time."""
    return once("who-may", build_scene)


def opened(scene: Scene, visit: Visit, role: str) -> Client:
    """A window of that role."""
    found = scene.people[role]
    assert found is not None
    return visit(found)


def addresses(scene: Scene) -> Iterator[str]:
    """Other ways of asking, and numbers of things of others as filters."""
    yield from ASKED
    yield from (f"/overview/?plan={plan}" for plan in Plan.objects.values_list("pk", flat=True))
    for side in who_may.OFFICES:
        yield f"/lists/tasks/?force={scene.things['force'][side]['pk']}&form=csv"
    for side in who_may.UNITS:
        unit, task = scene.things["unit"][side]["pk"], scene.things["task"][side]["pk"]
        yield f"/register/?unit={unit}"
        yield f"/projects/?task={task}"
        yield f"/duties/?unit={unit}"
        yield f"/stocktake/units/{unit}/?proposal={scene.things['month-proposal'][side]['pk']}&as=month"


@pytest.mark.parametrize("role", KNOWS)
def test_however_it_is_asked_nothing_speaks_of_what_is_others(role: str, scene: Scene, visit: Visit) -> None:
    """That of every page and file as it is: test_who_may, which opens them all."""
    client = opened(scene, visit, role)
    hidden = ALL - KNOWS[role]
    told = {}
    for address in addresses(scene):
        # each asked by itself: a plan once chosen stays chosen
        session = client.session
        session.pop("plan", None)
        session.save()
        words = words_of(client.get(address))
        # what a person typed is shown again
        typed = unquote(address)
        if found := [word for word in hidden if word in words and word not in typed]:
            told[address] = found
    assert not told


UNITED = ("liaison", "head", "partner_liaison", "county_liaison", "elsewhere")


@pytest.mark.parametrize("role", UNITED)
def test_totals_count_what_one_sees(role: str, scene: Scene, visit: Visit) -> None:
    client = opened(scene, visit, role)
    account = fresh(scene.people[role])  # type: ignore[arg-type]
    register = client.get(reverse("register"))
    plan = register.wsgi_request.shell.plan  # type: ignore[attr-defined]
    seen: TaskQuerySet = Task.objects.visible_to(account).filter(plan=plan)
    count, units = seen.count(), {m.unit_id for m in account.current_memberships if m.unit_id}
    assert 0 < count < 13
    context: Any = register.context
    assert context["total"] == context["page"].paginator.count == count
    assert sum(n for _code, _key, n in context["lights"]) == sum(n for _k, _l, n in context["kinds"]) == count
    assert max(tab.count for tab in context["tabs"]) == count
    assert {unit.government_id for unit in context["units"]} <= {plan.government_id}
    overview: Any = client.get(reverse("overview")).context["overview"]
    assert overview.total == sum(section.total for section in overview.sections) == count
    assert overview.round_state.counts.owed <= count
    if not units:
        return
    duties: Any = client.get(reverse("duties")).context
    assert duties["given"] == sum(row.given for row in duties["rows"])
    assert {row.unit.pk for row in duties["rows"]} <= units
    matrix: Any = client.get(reverse("timeliness")).context["matrix"]
    assert {row.unit.pk for row in matrix.rows} <= units
    waiting: Any = client.get(reverse("corrections")).context["open"]
    assert {c.report.unit_id for c in waiting} <= units


def test_a_ledger_counts_ones_own_projects(scene: Scene, visit: Visit) -> None:
    totals = {role: opened(scene, visit, role).get(reverse("projects")).context["total"] for role in UNITED}
    assert totals == {"liaison": 1, "head": 1, "partner_liaison": 0, "county_liaison": 0, "elsewhere": 1}


def test_what_is_not_found_looks_the_same_whether_it_is_there_or_not(scene: Scene, visit: Visit) -> None:
    client = opened(scene, visit, "partner_liaison")
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    differing = []
    for name in (
        "task",
        "source",
        "evidence",
        "project",
        "bulletin",
        "check-report",
        "month-proposal",
        "unit",
        "force",
    ):
        side = "own" if "own" in who_may.SIDES[name] else "city" if name != "source" else "county"
        there, nowhere = reverse(name, kwargs=scene.things[name][side]), reverse(name, args=[99999])
        answers = [client.get(there), client.get(nowhere)]
        assert [answer.status_code for answer in answers] == [404, 404]
        first, second = (token.sub("", answer.content.decode()) for answer in answers)
        differing += [name] if first != second else []
    assert not differing


def test_a_unit_reads_its_own_passages_of_the_printed_list(scene: Scene, visit: Visit) -> None:
    source = reverse("source", kwargs=scene.things["source"]["city"])
    own = words_of(opened(scene, visit, "liaison").get(source))
    assert "城镇新增就业4.8万人以上" in own
    assert "企业家精神" not in own
    whole = words_of(opened(scene, visit, "leader").get(source))
    assert "城镇新增就业4.8万人以上" in whole
    assert "企业家精神" in whole


# -- acts with the numbers of others ---------------------------------------------------------------------------------


@pytest.fixture
def intruder(scene: Scene, visit: Visit) -> Client:
    """The liaison of 市住建局, who knows every number of 市人社局's things."""
    return visit(scene.stage.cast.building.liaison)


def test_decisions_on_things_of_others_are_not_found(scene: Scene, intruder: Client) -> None:
    stage = scene.stage
    given = Assignment.objects.create(
        task=stage.task("jobs"), unit=stage.cast.labour.unit, assigned_by="督查室", assigned_at=NOW
    )
    wish, task = TargetAdjustment.objects.get(task=stage.task("jobs")), stage.task("jobs").pk
    tried = [
        {"act": "acknowledge", "duty": f"assignment-{given.pk}", "accountable_person": "甲", "liaison_name": "乙"},
        {"act": "object", "duty": f"assignment-{given.pk}", "note": "不是我们的"},
        *(
            {"act": act, "amendment": f"adjustment-{wish.pk}", "note": "好"}
            for act in ("withdraw", "approve", "endorse")
        ),
        *({"act": act, "task": str(task), "note": "好"} for act in ("approve-nodes", "send-back-nodes")),
        {"act": "acknowledge", "duty": "assignment-0"},
    ]
    entries = AuditEntry.objects.count()
    assert {intruder.post(reverse("decide"), given).status_code for given in tried} == {404}
    assert AuditEntry.objects.count() == entries


def test_fields_of_others_in_ones_own_form_are_nobodys(scene: Scene, intruder: Client) -> None:
    stage = scene.stage
    report = Report.objects.get(pk=scene.things["check-report"]["own"]["pk"])
    before = (report.revision, report.account)
    file = EvidenceFile.objects.get(pk=scene.things["evidence"]["own"]["pk"])
    month = reverse("stocktake-unit", args=[stage.cast.building.unit.pk])
    prefix = f"t{report.task_id}-"
    given = {f"{prefix}revision": str(report.revision), f"{prefix}account": "别人写的", f"{prefix}seen": "x"}
    for act in ("save", "send-all", "autosave", f"unfile:{file.pk}", f"unfile:{prefix}{file.pk}"):
        assert intruder.post(f"{month}?month=2026-06", given | {"act": act}).status_code in (302, 404, 422)
    report.refresh_from_db()
    file.refresh_from_db()
    assert (report.revision, report.account, file.removed_at) == (*before, None)


def test_corrections_and_reports_of_others_are_not_found(scene: Scene, visit: Visit, intruder: Client) -> None:
    theirs = Report.objects.get(pk=scene.things["check-report"]["own"]["pk"])
    mine = reverse("check-report", kwargs=scene.things["check-report"]["other"])
    correction = theirs.corrections.get()
    for act in ("agree", "refuse", "withdraw"):
        assert intruder.post(mine, {"act": act, "correction": correction.pk, "note": "好"}).status_code == 404
    head = visit(scene.stage.cast.building.head)
    assert head.post(reverse("sign-off"), {"sign": theirs.pk}).status_code == 404
    assert head.post(reverse("sign-off"), {"return": theirs.pk}).status_code == 404
    correction.refresh_from_db()
    assert correction.is_open


def test_only_the_office_shares_a_view(scene: Scene, visit: Visit, intruder: Client) -> None:
    given = {"name": "大家都来看", "address": "light=RED", "is_shared": "1"}
    intruder.post(reverse("register-view-save"), given)
    opened(scene, visit, "auditor").post(reverse("register-view-save"), given | {"is_shared": ""})
    assert not SavedView.objects.filter(name="大家都来看").exists()


def test_acts_on_many_touch_only_what_one_sees(scene: Scene, visit: Visit) -> None:
    """Numbers of another government's tasks and units among one's own."""
    office = opened(scene, visit, "office_staff")
    own, abroad = (scene.things["task"][side]["pk"] for side in ("own", "abroad"))
    office.post(reverse("register-bulk"), {"task": [own, abroad], "act": "hand_out", "hand_out": "0"})
    assert list(Assignment.objects.values_list("task", flat=True)) == [own]
    unit = scene.things["unit"]["abroad"]["pk"]
    office.post(reverse("register-bulk"), {"task": [own], "act": "unit", "unit": unit, "note": "改派"})
    assert Task.objects.get(pk=own).reporting_unit == scene.stage.cast.labour.unit
    may = reverse("grant-exception", kwargs=scene.things["grant-exception"]["city"])
    given = {"unit": unit, "reason": "系统故障", "expires_on": "2026-07-10"}
    assert office.post(may, given).status_code == 404


OUTSIDE = ("//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "data:,x")


@pytest.mark.parametrize("target", OUTSIDE)
def test_no_form_and_no_login_leads_outside(target: str, scene: Scene, visit: Visit, client: Client) -> None:
    office = opened(scene, visit, "office_staff")
    done = office.post(reverse("decide"), {"act": "assign-all", "next": target})
    assert done["Location"] == reverse("to-do")
    entered = client.post(f"/login/?next={target}", {"username": "leader", "password": PASSWORD, "next": target})
    assert entered["Location"] == "/"


def test_a_word_that_is_no_page_leads_back_to_ones_own(scene: Scene, visit: Visit) -> None:
    done = opened(scene, visit, "office_staff").post(reverse("decide"), {"act": "assign-all", "next": "evil"})
    assert done["Location"] == reverse("to-do")


# -- who is somebody else today --------------------------------------------------------------------------------------


def test_an_office_of_a_county_is_no_office_of_its_city(scene: Scene, visit: Visit) -> None:
    """Who works in the county's office and reports for it to the city sees there what the county's people see."""
    cast = scene.stage.cast
    both = person("both", Role.LIAISON, cast.city, cast.county.unit)
    office = {"role": Role.OFFICE_STAFF, "government": cast.county_government}
    appoint(account=both, **office, actor=FOUNDER, now=SET_UP)
    client = visit(fresh(both))
    assert client.get(f"/register/?plan={scene.stage.plan.pk}").context["total"] == 3
    closed = ("month-table", "differences", "differences-export", "bulletins", "review", "round-calendar")
    for name in closed:
        address = reverse(name, kwargs=scene.things[name]["june"] if name == "month-table" else {})
        assert client.get(address).status_code == 404, name
    assert client.get(reverse("stocktake")).status_code == 302
    foreign = reverse("stocktake-unit", kwargs=scene.things["stocktake-unit"]["own"])
    assert client.get(foreign).status_code == 404
    county = client.get(f"/register/?plan={Plan.objects.get(government=cast.county_government).pk}")
    assert county.context["total"] == 1


def test_a_countys_people_keep_the_countys_plan_and_no_other(scene: Scene, visit: Visit) -> None:
    client = opened(scene, visit, "county_liaison")
    target = scene.things["define-target"]
    assert client.get(reverse("define-target", kwargs=target["county"])).status_code == 200
    assert client.get(reverse("define-target", kwargs=target["other"])).status_code == 404
    draft = reverse("import-act", kwargs=scene.things["import-act"]["county"])
    assert client.post(draft, {"accept-all": "all"}).status_code == 302
    made = Plan.objects.get(government=scene.stage.cast.county_government, year=2027)
    assert made.tasks.count() == 1
    entries = AuditEntry.objects.filter(actor_id=scene.stage.cast.county.liaison.audit_id)
    assert entries.filter(action="accept_items").exists()
    for side in ("city", "abroad"):
        other = reverse("import-act", kwargs=scene.things["import-act"][side])
        assert client.post(other, {"accept-all": "all"}).status_code == 404


def test_who_signs_for_a_time_signs_no_longer_afterwards(
    scene: Scene, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    deputy = opened(scene, visit, "deputy")
    assert deputy.get(reverse("sign-off")).status_code == 200
    monkeypatch.setattr("duixian.console.shell.read_clock", lambda: at(7, 11))
    assert deputy.get(reverse("sign-off")).status_code == 404


def test_a_locked_account_is_told_what_a_wrong_password_is_told(scene: Scene, client: Client) -> None:
    told = []
    for username, password in (("locked", PASSWORD), ("locked", "不对的-口令-1"), ("nobody", PASSWORD)):
        page = client.post(reverse("login"), {"username": username, "password": password})
        assert page.status_code == 200
        told.append(page.context["form"].non_field_errors())
    assert told[0] == told[1] == told[2]
    assert "_auth_user_id" not in client.session


def test_people_of_other_governments_are_in_no_list(scene: Scene, visit: Visit) -> None:
    cast = scene.stage.cast
    gone: Account = person("gone-abroad", Role.LEADER, cast.elsewhere)
    gone.memberships.update(ended_at=NOW)
    window = opened(scene, visit, "security_admin")
    listed = {one.username for one in window.get(reverse("accounts")).context["page"].object_list}
    assert "deputy" in listed
    assert not listed & {"outsider", "gone-abroad"}
    assert window.get(reverse("account", args=[gone.pk])).status_code == 404
    own = reverse("account", kwargs=scene.things["account"]["own"])
    taking = window.get(own).context["takers"]
    assert not {one.username for one in taking} & {"outsider", "gone-abroad"}
    # nor does their number do anything
    entries = AuditEntry.objects.count()
    window.post(reverse("slips"), {"account": [cast.outsider.pk, gone.pk]})
    held = cast.labour.liaison.memberships.get()
    refused = window.post(own, {"act": "hand-over", "membership": held.pk, "to": cast.outsider.pk})
    assert refused.status_code == 422
    assert AuditEntry.objects.count() == entries
