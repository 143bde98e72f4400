"""What every page needs to know of the person in front of it: plan, round, navigation. Worked out once a request."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse

from duixian.console.clock import read_clock
from duixian.console.numbers import whole_number
from duixian.console.wording import call_lights
from duixian.periods import today_in
from duixian.register.coverage import CARRIERS
from duixian.register.models import Plan, Task
from duixian.register.rules import reads_imports
from duixian.reporting.models import Round
from duixian.reporting.queries import current_round
from duixian.units.enums import ADMIN_ROLES, OFFICE_ROLES, Role
from duixian.units.models import Account, Government, Unit
from duixian.units.rules import (
    counties_kept,
    has_role,
    may_read_audit,
    may_see_everything,
    sees_whole,
    signs_for,
)

COUNTY_PAGES = ("counties", "counties-unmatched", "breakdown")
STOCKTAKE_PAGES = (
    *("stocktake", "stocktake-unit", "review", "corrections", "check-report", "differences"),
    *("timeliness", "round-calendar", "jobs"),
)
UNIT_PAGES = (
    *("units", "unit", "unit-new", "unit-merge", "leaders", "forces", "force"),
    *("people-import", "people-return", "slips", "accounts", "account", "account-new"),
)
MONTH_PAGES = ("stocktake", "stocktake-unit", "month-upload", "month-proposal")
SIGN_PAGES = ("sign-off", "delegations")
REGISTER_PAGES = (
    "register",
    "task",
    "source",
    "list",
    "define-target",
    "monthly-plan",
    "task-nodes",
    "divide-task",
    "ask-amendment",
)


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the navigation; `names` are the URL names of the pages that belong to it."""

    label: str
    href: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Shell:
    """The person's surroundings. `plan` is None where no list has been adopted or the person sees no register.

    What only the head of a page shows is worked out when it is asked for: files and acts have no head.
    """

    account: Account
    now: datetime
    plan: Plan | None
    plans: tuple[Plan, ...]
    units: tuple[Unit, ...]
    is_whole: bool
    is_office: bool
    is_simulated: bool

    @cached_property
    def round(self) -> Round | None:
        """The plan's latest stocktake."""
        return current_round(self.plan) if self.plan else None

    @cached_property
    def nav(self) -> tuple[NavItem, ...]:
        """The pages that exist for this person."""
        return tuple(_nav(self.account, self.is_whole, self.is_office, self.today))

    @cached_property
    def subtitle(self) -> str:
        """What the person's register holds."""
        return _subtitle(self.account, self.plan, self.units, self.is_whole)

    @property
    def today(self) -> date:
        """The day in Shanghai."""
        return today_in(self.now)

    @property
    def acting(self) -> dict[str, Any]:
        """Who acts and when, as every command asks for it."""
        return {"actor": self.account, "now": self.now}

    @property
    def is_admin(self) -> bool:
        """Keeps the installation or its accounts, and sees no business data."""
        return any(m.role in ADMIN_ROLES for m in self.account.current_memberships)

    @property
    def may_import_people(self) -> bool:
        """Return forms are for the office, which knows the units, and for administrators."""
        return self.is_office or self.is_admin

    @property
    def whose(self) -> str:
        """The unit or office the person stands for, for the head of the page."""
        return self.account.audit_unit


def shell_of(request: HttpRequest) -> Shell | None:
    """The shell of a signed-in request, None for anybody else; kept on the request."""
    account = getattr(request, "user", None)
    if not isinstance(account, Account):
        return None
    known: Shell | None = getattr(request, "shell", None)
    if known is None:
        known = _build(request, account)
        request.shell = known  # type: ignore[attr-defined]
    return known


def the_shell(request: HttpRequest) -> Shell:
    """The shell inside a view that only signed-in people reach."""
    shell = shell_of(request)
    assert shell is not None
    return shell


def _build(request: HttpRequest, account: Account) -> Shell:
    governments = {m.government_id: m.government for m in account.current_memberships}
    plans = _plans(account, {*governments, *counties_kept(account)})
    plan = _chosen(request, plans)
    units = tuple(m.unit for m in account.current_memberships if m.unit is not None)
    if plan:
        # names and rewards are rows of one table: asked once a page
        prefetch_related_objects([plan], "light_names")
        call_lights(plan.light_words(), plan.rewarding_lights())
    else:
        call_lights(None)
    is_office, is_whole = _stands(account, plan)
    units = tuple(dict.fromkeys(units))
    return Shell(
        account=account,
        now=read_clock(),
        plan=plan,
        plans=plans,
        units=units,
        is_whole=is_whole,
        is_office=is_office,
        is_simulated=_is_simulated(plan, list(governments.values())),
    )


def _stands(account: Account, plan: Plan | None) -> tuple[bool, bool]:
    """Whether the person is of the office of the plan in front of them, and whether they see all of it.

    Of the plan, not of any: who works in a county's office may report for a unit of the city beside it.
    """
    if plan is not None:
        return has_role(account, plan.government, *OFFICE_ROLES), sees_whole(account, plan.government)
    return any(m.role in OFFICE_ROLES for m in account.current_memberships), bool(may_see_everything(account))


def _subtitle(account: Account, plan: Plan | None, units: tuple[Unit, ...], is_whole: bool) -> str:
    """What the person's register holds: the whole list, or a unit's duties."""
    if plan is None:
        return ""
    tasks = Task.objects.visible_to(account).filter(plan=plan)
    if is_whole or not units:
        found = tasks.aggregate(tasks=Count("pk"), sections=Count("section", distinct=True))
        parts = [plan.source.doc_number, f"{found['tasks']}项", f"{found['sections']}个牵头部门"]
        return " · ".join(filter(None, parts))
    found = tasks.aggregate(all=Count("pk"), own=Count("pk", filter=Q(reporting_unit__in=units)))
    return f"{'、'.join(u.name for u in units)}牵头{found['own']}项，配合{found['all'] - found['own']}项"


def _plans(account: Account, government_ids: set[int]) -> tuple[Plan, ...]:
    """Plans of the person's governments, latest first. Administrators work on accounts and see none."""
    admins = {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}
    if not any(m.role not in admins for m in account.current_memberships):
        return ()
    found = Plan.objects.filter(government__in=government_ids).select_related("government", "source")
    return tuple(found.defer("warnings", "source__text", "source__reading").order_by("-year", "pk"))


def _chosen(request: HttpRequest, plans: tuple[Plan, ...]) -> Plan | None:
    """The plan named by ?plan, remembered for the session; else the latest."""
    asked = whole_number(request.GET.get("plan", ""))
    if any(p.pk == asked for p in plans):
        request.session["plan"] = asked
    kept = request.session.get("plan")
    return next((p for p in plans if p.pk == kept), plans[0] if plans else None)


def _is_simulated(plan: Plan | None, governments: list[Government]) -> bool:
    return (plan is not None and plan.government.is_simulated) or any(g.is_simulated for g in governments)


def _signs(account: Account, today: date) -> bool:
    """As head, or as whom a head lets sign today."""
    return any(signs_for(account, m.unit, today) for m in account.current_memberships if m.unit is not None)


def _nav(account: Account, is_whole: bool, is_office: bool, today: date) -> list[NavItem]:
    """Only pages that exist for this person."""
    items = []
    roles = {Role(m.role) for m in account.current_memberships}
    if is_whole:
        items.append(NavItem("总览", reverse("overview"), ("overview",)))
        items.append(NavItem("台账", reverse("register"), REGISTER_PAGES))
        if reads_imports(account):
            items.append(_imports())
        items.append(NavItem("盘点", reverse("stocktake"), STOCKTAKE_PAGES))
        items.append(NavItem("县区", reverse("counties"), COUNTY_PAGES))
        items.append(_projects())
        items.append(NavItem("通报", reverse("bulletins"), ("bulletins",)))
    else:
        month = NavItem("本月盘点", reverse("stocktake"), MONTH_PAGES)
        # who only signs begins with what waits for a signature
        sign = [NavItem("审签", reverse("sign-off"), SIGN_PAGES)] if _signs(account, today) else []
        if Role.LIAISON in roles:
            items += [month, *sign]
        elif sign:
            items += [*sign, month]
        if roles & {Role.LIAISON, Role.UNIT_HEAD}:
            items.append(NavItem("本单位台账", reverse("register"), REGISTER_PAGES))
            items.append(_projects())
        if any(m.unit is not None and m.unit.kind in CARRIERS for m in account.current_memberships):
            items.append(NavItem("县区承接", reverse("counties"), COUNTY_PAGES))
        if reads_imports(account):
            items.append(_imports())
    if roles & {*OFFICE_ROLES, Role.LEADER, Role.LIAISON, Role.UNIT_HEAD}:
        pages = ("to-do", "duties", *(() if is_whole else ("corrections", "check-report")))
        items.append(NavItem("待办", reverse("to-do"), pages))
    if is_whole or roles & {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}:
        items.append(NavItem("单位" if is_whole else "单位与用户", reverse("units"), UNIT_PAGES))
    if Role.SYSTEM_ADMIN in roles:
        items.append(NavItem("后台任务", reverse("jobs"), ("jobs",)))
    if may_read_audit(account):
        items.append(NavItem("审计", reverse("audit"), ("audit",)))
    return items


def _imports() -> NavItem:
    return NavItem("导入", reverse("imports"), ("imports", "import-new", "import-review", "import-item"))


def _projects() -> NavItem:
    names = ("projects", "project", "project-new", "project-change", "project-import", "project-sheet")
    return NavItem("项目", reverse("projects"), (*names, "project-measures"))
