"""What stands on the stage of the table of who may: an object of every kind for every side, made by commands.

What belongs to one side alone carries a word of its own (MARKS), so that a leak can be seen in any page or file.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from duixian.audit.actors import SystemActor
from duixian.bulletins.commands import draw_up_bulletin
from duixian.periods import Quarter
from duixian.projects.commands import enter_project, stage_sheet
from duixian.projects.entries import ProjectEntry
from duixian.projects.sheet import LedgerRow
from duixian.register.commands import (
    Attachment,
    acknowledge_duties,
    adopt_county_plan,
    ask_adjustment,
    ask_extension,
    divide_task,
    link_by_hand,
    save_view,
    start_import,
)
from duixian.register.models import AlignmentLink, Plan, Target, Task
from duixian.reporting.commands import propose_correction, send_up_report, sign_off_report, start_plan
from duixian.reporting.commands.evidence import add_evidence
from duixian.reporting.commands.exceptions import grant_exception
from duixian.reporting.commands.proposals import keep_proposal
from duixian.reporting.enums import JobKind, JobState, ProposalKind
from duixian.reporting.models import JobRun, Report, Round
from duixian.units.commands import create_task_force, create_unit, lock_account, receive_return
from duixian.units.commands.delegating import delegate_signing
from duixian.units.enums import Role
from duixian.units.models import Account, Government
from tests.audit.unit_cases import RETURN
from tests.cast import FOUNDER, SET_UP, Cast, Crew, build_cast, person
from tests.console.conftest import NOW
from tests.console.who_may import SIDES
from tests.factories.play import ADOPTED_AT, Stage, content_for, set_stage
from tests.factories.readings import item, quantity, reading_of

Arguments = dict[str, Any]
Sides = dict[str, Arguments]
PDF = b"%PDF-1.4\n%%EOF\n"
# side -> words that stand in its own objects and nowhere else
MARKS = {
    "own": ("城镇新增就业4.8万人", "人社隐情", "技工学校"),
    "other": ("社区食堂", "住建隐情", "幸福桥配套"),
    "county": ("云东果园",),
    "other-county": ("青石梯田",),
    "abroad": ("白川引水", "白川隐情", "白川大坝", "白川市内务"),
    "offices": ("云溪市内务",),
}


@dataclass(slots=True)
class Scene:
    """Everybody, and what each address is called with: address -> side -> arguments."""

    stage: Stage
    people: dict[str, Account | None]
    things: dict[str, Sides]


@dataclass(slots=True)
class Place:
    """One unit's part of the scene: who works there, on which task, with which word of its own."""

    stage: Stage
    crew: Crew
    task: Task
    mark: str

    @property
    def government(self) -> Government:
        """Whose unit it is."""
        return self.crew.unit.government

    @property
    def target(self) -> Target:
        """The task's target."""
        target = self.task.targets.first()
        assert target is not None
        return target


def build_scene() -> Scene:
    """Set everything up."""
    stage = set_stage(build_cast())
    own = Place(stage, stage.cast.labour, stage.task("jobs"), "人社隐情")
    other = Place(stage, stage.cast.building, stage.task("canteens"), "住建隐情")
    abroad = _abroad(stage.cast)
    counties = _county_plans(stage)
    partner = _partner(stage)
    people = _people(stage, partner)
    things = _of_units({"own": own, "other": other, "abroad": abroad}, people)
    things |= _of_plans({"own": own.task, "other": other.task, "county": counties[0], "abroad": abroad.task})
    _of_offices(things, {"city": own, "abroad": abroad}, counties[0].plan)
    things["county-link"] = _links(stage, counties)
    things |= {"month-table": {"june": {"month": "2026-06"}}}
    things |= {name: {side: {key: side} for side in SIDES[name]} for name, key in FORMS.items()}
    assert {name: set(sides) for name, sides in things.items()} == {name: set(sides) for name, sides in SIDES.items()}
    return Scene(stage, people, things)


FORMS = {"register-export": "form", "list": "name"}


def _people(stage: Stage, partner: Crew) -> dict[str, Account | None]:
    """Role of the table -> the person; somebody locked out keeps a session from before."""
    cast = stage.cast
    labour = {"role": Role.LIAISON, "government": cast.city, "unit": cast.labour.unit}
    deputy, locked = person("deputy", **labour), person("locked", **labour)
    lock_account(account=locked, reason="离岗。", actor=cast.security_admin, now=NOW)
    named = {name: cast.everybody[name] for name in cast.everybody if name not in ("outsider",)}
    return {
        **named,
        "deputy": deputy,
        "partner_liaison": partner.liaison,
        "partner_head": partner.head,
        "county_office": person("county-office", Role.OFFICE_STAFF, cast.county_government),
        "elsewhere": cast.outsider,
        "locked": locked,
        "anonymous": None,
    }


def _partner(stage: Stage) -> Crew:
    """市农业农村局 has a part in two tasks of 市住建局."""
    crew = stage.cast.crew(stage.cast.units["市农业农村局"])
    for name in ("roads", "canteens"):
        task = stage.task(name)
        about: dict[str, Any] = {"task": task, "unit": crew.unit, "text": "做好用地保障", "due_on": task.due_on}
        part = divide_task(**about, actor=stage.cast.building.liaison, now=ADOPTED_AT)
        names = {"accountable_person": "丙某", "liaison_name": "丁某"}
        acknowledge_duties(duties=[part], **names, actor=crew.liaison, now=ADOPTED_AT)
    return crew


def _abroad(cast: Cast) -> Place:
    """白川市 has a list, a unit and a month of its own."""
    unit = create_unit(government=cast.elsewhere, name="白川市水务局", actor=FOUNDER, now=SET_UP)
    water = quantity("白川引水5亿立方米以上", "白川引水", "5", "亿立方米")
    reading = reading_of(item("白川引水5亿立方米以上。", [unit.name], quantities=[water]))
    about: dict[str, Any] = {"government": cast.elsewhere, "year": 2026, "actor": cast.outsider, "now": ADOPTED_AT}
    plan = start_plan(reading=reading, **about).plan
    office = replace(cast, city=cast.elsewhere, office_staff=cast.outsider, office_head=cast.outsider)
    task = plan.tasks.get()
    return Place(Stage(office, plan), cast.crew(unit), task, "白川隐情")


def _county_plans(stage: Stage) -> tuple[Task, Task]:
    """云东区 and 青石县 each have a plan of one figure."""
    found = []
    for name, thing in (("云东区政府", "云东果园"), ("青石县政府", "青石梯田")):
        amount = quantity(f"{thing}2万亩以上", thing, "2", "万亩")
        jobs = quantity("新增就业1万人以上", "城镇新增就业", "1", "万人")
        reading = reading_of(item(f"{thing}2万亩以上。新增就业1万人以上。", [], quantities=[amount, jobs]))
        unit = stage.cast.units[name]
        adopted = adopt_county_plan(unit=unit, reading=reading, year=2026, actor=FOUNDER, now=SET_UP)
        found.append(adopted.plan.tasks.get())
    first, second = found
    return first, second


def _links(stage: Stage, counties: tuple[Task, Task]) -> Sides:
    """What each county's figure is to the city's, not yet decided on."""
    made = []
    for task in counties:
        joined: dict[str, Any] = {"task": stage.task("jobs"), "target": stage.target("jobs")}
        link = link_by_hand(**joined, county_target=task.targets.last(), actor=FOUNDER, now=SET_UP)
        AlignmentLink.objects.filter(pk=link.pk).update(state="PROPOSED")
        made.append({"pk": link.pk})
    return dict(zip(SIDES["county-link"], made, strict=True))


def _of_plans(tasks: dict[str, Task]) -> dict[str, Sides]:
    """Pages of a task, of its target and of the unit that reports it."""
    of: dict[str, Callable[[Task], int]] = {
        **dict.fromkeys(("task", "ask-amendment", "divide-task", "task-nodes", "override-grade"), lambda t: t.pk),
        **dict.fromkeys(
            ("define-target", "monthly-plan", "breakdown", "breakdown-sheet"), lambda t: t.targets.all()[0].pk
        ),
        **dict.fromkeys(("unit", "unit-merge"), lambda t: t.reporting_unit_id),
    }
    return {name: {side: {"pk": pk(task)} for side, task in tasks.items()} for name, pk in of.items()}


def _of_units(places: dict[str, Place], people: dict[str, Account | None]) -> dict[str, Sides]:
    """What a unit's people make: reports, files, wishes, projects, views, delegations."""
    things: dict[str, Sides] = {}

    def put(name: str, side: str, pk: int, key: str = "pk") -> None:
        things.setdefault(name, {})[side] = {key: pk}

    for side, place in places.items():
        june = _june(place)
        report, evidence = _reported(place, june)
        for name, pk in _wishes(place).items():
            put(name, side, pk)
        for name in ("check-report", "report-versions"):
            put(name, side, report.pk)
        for name in ("stocktake-unit", "month-sheet", "month-upload"):
            put(name, side, place.crew.unit.pk, "unit_id")
        project = _project(place)
        for name in ("project", "project-change"):
            put(name, side, project)
        put("evidence", side, evidence)
        put("month-proposal", side, _proposal(place, june))
        put("delegation-revoke", side, _delegation(place, people["deputy"] if side == "own" else None))
        put("account", side, place.crew.liaison.pk)
        put("register-view-delete", side, _view(place, place.crew.liaison))
    city = places["own"]
    put("register-view-delete", "shared", _view(city, city.stage.cast.office_staff, is_shared=True))
    return things


def _june(place: Place) -> Round:
    """The current round; the first unit of a plan to ask opens it, with May locked before it."""
    found = place.stage.plan.rounds.order_by("month").last()
    if found is None:
        place.stage.lock(place.stage.open(5))
        found = place.stage.open(6)
    return found


def _reported(place: Place, june: Round) -> tuple[Report, int]:
    """Submitted, with a file, and a correction that waits for the unit."""
    by: dict[str, Any] = {"actor": place.crew.liaison, "now": NOW}
    content = replace(content_for(place.task, "2"), account=f"{place.mark}：正在推进。")
    draft = place.stage.save(june, place.task, content, by=place.crew.liaison)
    file = add_evidence(report=draft, name=f"{place.mark}.pdf", data=PDF + place.mark.encode(), **by)
    sent = send_up_report(report=draft, **by)
    report = sign_off_report(report=sent, actor=place.crew.head, now=NOW)
    figure = report.figures.first()
    assert figure is not None
    about: dict[str, Any] = {"indicator": figure.indicator, "member": figure.member, "value": Decimal(1)}
    office = place.stage.cast.office_staff
    propose_correction(report=report, **about, reason=f"{place.mark}：核减。", actor=office, now=NOW)
    return report, file.pk


def _wishes(place: Place) -> dict[str, int]:
    file = Attachment(f"{place.mark}.pdf", PDF)
    why: dict[str, Any] = {"reason": f"{place.mark}。", "file": file, "actor": place.crew.liaison, "now": NOW}
    adjusted = ask_adjustment(target=place.target, value=Decimal(3), **why)
    extended = ask_extension(task=place.task, due_on=date(2027, 3, 31), **why)
    return {"adjustment-file": adjusted.pk, "extension-file": extended.pk}


def _project(place: Place) -> int:
    name = {"人社隐情": "技工学校", "住建隐情": "幸福桥配套", "白川隐情": "白川大坝"}[place.mark]
    entry = ProjectEntry(name, lead_unit=place.crew.unit)
    return enter_project(government=place.government, entry=entry, year=2026, actor=FOUNDER, now=SET_UP).pk


def _proposal(place: Place, june: Round) -> int:
    about: dict[str, Any] = {"kind": ProposalKind.SHEET, "file_name": f"{place.mark}.xlsx", "data": b"x", "rows": []}
    return keep_proposal(round=june, unit=place.crew.unit, **about, actor=place.crew.liaison, now=NOW).pk


def _delegation(place: Place, deputy: Account | None) -> int:
    """From today for a few days; where no deputy is named, the liaison signs."""
    days: dict[str, Any] = {"from_on": NOW.date(), "until_on": date(2026, 7, 10), "reason": f"{place.mark}：出差。"}
    unit, crew = place.crew.unit, place.crew
    return delegate_signing(unit=unit, deputy=deputy or crew.liaison, **days, actor=crew.head, now=NOW).pk


def _view(place: Place, account: Account, *, is_shared: bool = False) -> int:
    name = "大家看" if is_shared else f"{place.mark}视图"
    about: dict[str, Any] = {"plan": place.stage.plan, "address": "light=RED", "is_shared": is_shared}
    return save_view(name=name, **about, actor=account, now=NOW).pk


def _of_offices(things: dict[str, Sides], places: dict[str, Place], county: Plan) -> None:
    """What an office or the administrators keep."""
    for side, place in places.items():
        government, office = place.government, place.stage.cast.office_staff
        may, june = place.stage.plan.rounds.order_by("month")
        by: dict[str, Any] = {"actor": office, "now": NOW}
        inside = f"{government.name}内务"
        form: dict[str, Any] = {"government": government, "data": RETURN, "file_name": f"{inside}.xlsx"}
        ledger = [LedgerRow(3, ProjectEntry(f"{inside}机场"), Decimal(10), "开工")]
        sheet: dict[str, Any] = {"file_name": f"{inside}.xlsx", "year": 2026, "rows": ledger}
        why: dict[str, Any] = {"reason": "故障。", "expires_on": date(2026, 7, 10)}
        made = {
            "bulletin": draw_up_bulletin(plan=place.stage.plan, quarter=Quarter(2026, 2), **by).pk,
            "force": create_task_force(government=government, name=f"{inside}专班", **by).pk,
            "people-return": receive_return(**form, **by).pk,
            "project-sheet": stage_sheet(government=government, **sheet, **by).pk,
            "job-retry": _failed(place).pk,
            "revoke-exception": grant_exception(round=may, unit=place.crew.unit, **why, **by).pk,
            "remind-round": june.pk,
            "grant-exception": may.pk,
        }
        for name, pk in made.items():
            things.setdefault(name, {})[side] = {"pk": pk}
    sources = {side: place.stage.plan.source_id for side, place in places.items()} | {"county": county.source_id}
    things["source"] = {side: {"pk": pk} for side, pk in sources.items()}
    governments = {side: place.government for side, place in places.items()} | {"county": county.government}
    _under_review(things, governments)


def _failed(place: Place) -> JobRun:
    label = f"{place.government.name}内务导出"
    about: dict[str, Any] = {"key": label, "kind": JobKind.EXPORT, "state": JobState.FAILED}
    return JobRun.objects.create(**about, plan=place.stage.plan, label=label, due_at=NOW, started_at=NOW)


def _under_review(things: dict[str, Sides], governments: dict[str, Government]) -> None:
    """A document of next year before each office, with its file."""
    for side, government in governments.items():
        words, lead = f"{government.name}内务道路新建10公里以上。", government.units.all()[0].name
        roads = quantity("内务道路新建10公里以上", "内务道路", "10", "公里")
        reading = reading_of(item(words, [lead], quantities=[roads]))
        head = replace(reading.document, source=f"{government.name}内务.txt", sha256=f"{government.pk:064}")
        content: dict[str, Any] = {"reading": replace(reading, document=head), "content": words.encode()}
        draft = start_import(government=government, year=2027, **content, actor=SystemActor("导入"), now=NOW)
        first = draft.items.order_by("pk").first()
        assert first is not None
        for name in ("import-review", "import-act", "import-file"):
            things.setdefault(name, {})[side] = {"pk": draft.pk}
        things.setdefault("import-item", {})[side] = {"pk": draft.pk, "item_id": first.pk}
