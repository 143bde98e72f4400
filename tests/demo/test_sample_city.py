"""The sample city as it stands on 6 July 2026: built once, through commands alone, with the patterns of life in it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib.auth import authenticate

from duixian.assessing import Grade, Light
from duixian.audit import trail
from duixian.audit.models import AuditEntry
from duixian.bulletins.models import Bulletin
from duixian.demo.cast import PASSWORD, shown_accounts
from duixian.demo.city import load_city
from duixian.demo.sample import build_sample
from duixian.periods import month_label
from duixian.register.coverage import carried_targets, carriers_of, coverage_of, unmatched_targets
from duixian.register.enums import LinkState, SumState
from duixian.register.models import AlignmentLink, Milestone, MonthlyPlan, Plan, Task
from duixian.register.queries import tasks_with_parts
from duixian.reporting.enums import ReportState
from duixian.reporting.models import GradeChange, Report, ReportFigure, ReportVersion, Standing
from duixian.reporting.models.standing import TASK_PART
from duixian.reporting.queries import completeness, current_round
from duixian.units.enums import OFFICE_ROLES, Role, UnitKind
from duixian.units.models import Account, Membership, Unit

from .building import rolled_back, silent

pytestmark = [pytest.mark.django_db, pytest.mark.once]
JUNE, MAY = date(2026, 6, 1), date(2026, 5, 1)


@pytest.fixture(scope="module")
def plan(django_db_setup: None, django_db_blocker: Any) -> Iterator[Plan]:
    with rolled_back(django_db_blocker):
        yield build_sample(JUNE, silent)


def test_size_of_the_city(plan: Plan) -> None:
    assert plan.tasks.count() == plan.declared_tasks
    assert plan.tasks.count() >= 80
    assert plan.tasks.values("reporting_unit").distinct().count() >= 20
    assert plan.government.units.filter(kind=UnitKind.COUNTY).count() == 6
    assert not plan.government.is_simulated


def test_six_rounds_of_which_the_last_is_open(plan: Plan) -> None:
    rounds = list(plan.rounds.order_by("month"))
    assert [each.month.month for each in rounds] == [1, 2, 3, 4, 5, 6]
    assert [each.is_locked for each in rounds] == [True] * 5 + [False]
    assert rounds[-1].due_on == date(2026, 7, 7)


def test_every_grade_and_every_light_is_to_be_seen_today(plan: Plan) -> None:
    assert set(plan.tasks.values_list("grade", flat=True)) == set(Grade)
    assert set(plan.tasks.values_list("light", flat=True)) == {*Light, ""}
    # a city in which most goes wrong would be a caricature
    lights = Counter(plan.tasks.values_list("light", flat=True))
    assert lights[Light.GREEN] > lights[Light.YELLOW] > lights[Light.RED] > lights[Light.GREY] > 0


def test_reasons_for_having_no_pace_occur(plan: Plan) -> None:
    others = set(Standing.objects.filter(task__plan=plan, month__gte=MAY).values_list("other", flat=True))
    assert {"NO_PLAN", "NO_BASELINE", "NOT_DUE", "NOT_PUBLISHED"} <= others


def test_some_are_on_pace_and_some_catch_up(plan: Plan) -> None:
    changes = GradeChange.objects.filter(task__plan=plan, part=TASK_PART)
    better = changes.filter(from_grade=Grade.BEHIND, to_grade__in=(Grade.ON_PACE, Grade.AHEAD, Grade.COMPLETED))
    worse = changes.filter(from_grade__in=(Grade.ON_PACE, Grade.AHEAD), to_grade=Grade.BEHIND)
    assert better.count() >= 5
    assert worse.count() >= 5
    assert all(change.reason for change in changes)


def test_some_units_are_silent_and_some_late(plan: Plan) -> None:
    silent_months = Standing.objects.filter(task__plan=plan, part=TASK_PART, grade=Grade.NOT_REPORTED)
    assert silent_months.values("task__reporting_unit").distinct().count() >= 4
    assert Report.objects.filter(is_late=True, round__plan=plan).values("unit").distinct().count() >= 2


def test_some_are_blocked_and_blockers_are_closed(plan: Plan) -> None:
    blocked = Report.objects.filter(round__plan=plan).exclude(blocker="")
    assert blocked.values("task").distinct().count() >= 6
    # one blocker was told in May and is no longer told in June
    in_may = set(blocked.filter(round__month=MAY).values_list("task", flat=True))
    in_june = set(blocked.filter(round__month=JUNE).values_list("task", flat=True))
    told_in_june = set(
        Report.objects.filter(round__month=JUNE, state=ReportState.APPROVED).values_list("task", flat=True)
    )
    assert (in_may & told_in_june) - in_june


def test_some_are_sent_back_and_mended(plan: Plan) -> None:
    sent_back = ReportVersion.objects.filter(report__round__plan=plan, decision=ReportState.SENT_BACK)
    assert sent_back.count() >= 4
    assert all(version.decision_note for version in sent_back)
    mended = Report.objects.filter(versions__in=sent_back, state=ReportState.APPROVED)
    assert mended.count() >= 4
    for report in mended:
        first, last = report.versions.earliest("number"), report.versions.latest("number")
        assert first.content != last.content


def test_some_figures_are_corrected_later(plan: Plan) -> None:
    actions = Counter(AuditEntry.objects.values_list("action", flat=True))
    assert actions["reopen_report"] >= 1
    assert actions["return_report"] >= 1
    parks = ReportFigure.objects.get(report__task__number="53", report__round__month=MAY, indicator__name="口袋公园")
    assert parks.value == 7
    in_force = parks.indicator.values.get(month=MAY, superseded_at=None)
    assert in_force.value == 6
    assert in_force.status == "REVISED"


def test_last_round_holds_work_for_every_role(plan: Plan) -> None:
    last = current_round(plan)
    assert last is not None
    done = completeness(last, plan.tasks.all())
    assert done.untouched > 0
    assert all(done.by_state.get(state, 0) > 0 for state in ReportState)
    own = Counter(last.reports.filter(unit__name="市住建局").values_list("state", flat=True))
    assert {"DRAFT", "SENT_UP", "SUBMITTED", "SENT_BACK"} <= set(own)
    assert sum(own.values()) < Task.objects.filter(plan=plan, reporting_unit__name="市住建局").count()
    assert last.reports.filter(unit__name="岫阳区政府", state=ReportState.SENT_UP).exists()


def test_nobody_of_the_office_fills_in_or_signs(plan: Plan) -> None:
    office = Membership.objects.filter(role__in=OFFICE_ROLES).values_list("account", flat=True)
    ids = {f"account:{pk}" for pk in office}
    unit_work = AuditEntry.objects.filter(action__in=["save_report", "send_up_report", "sign_off_report"])
    assert not unit_work.filter(actor_id__in=ids).exists()
    assert not unit_work.filter(actor_id__startswith="system:").exists()
    reviews = AuditEntry.objects.filter(action__in=["approve_report", "send_back_report", "lock_round"])
    assert set(reviews.values_list("actor_id", flat=True)) <= ids


def test_the_system_only_founds(plan: Plan) -> None:
    actions = AuditEntry.objects.filter(actor_id__startswith="system:").values_list("action", flat=True)
    assert set(actions) == {
        "create_government", "create_unit", "create_group", "create_account", "appoint", "set_calendar_exception",
        "receive_return", "apply_return", "close_return", "put_in_charge", "create_task_force",
    }  # fmt: skip


def test_the_trail_is_sound_and_runs_forward(plan: Plan) -> None:
    found = trail.verify()
    assert found.broken_number is None
    assert found.count > 3000
    instants = list(AuditEntry.objects.order_by("number").values_list("at", flat=True))
    assert instants == sorted(instants)
    assert instants[-1].isoformat() <= "2026-07-06T01:20:00+00:00"


def test_plans_and_nodes_are_filed_and_approved(plan: Plan) -> None:
    assert MonthlyPlan.objects.filter(target__task__plan=plan, state="APPROVED").count() >= 40
    assert Milestone.objects.filter(task__plan=plan, state="APPROVED").count() >= 60
    # nodes of a part are the cooperating unit's own and wait for nobody
    assert not Milestone.objects.filter(task__plan=plan, part=None, state="FILED").exists()


def test_every_task_has_something_to_be_graded_by(plan: Plan) -> None:
    for task in tasks_with_parts(plan.tasks.all()):
        assert task.targets.all() or task.outcomes.all(), task
        assert task.reason, task


def test_first_quarters_bulletin_is_drawn_up(plan: Plan) -> None:
    drawn = Bulletin.objects.get(plan=plan)
    assert (drawn.year, drawn.quarter) == (2026, 1)
    assert not drawn.snapshot["is_simulated"]


def test_accounts_say_facts_in_whole_sentences(plan: Plan) -> None:
    reports = Report.objects.filter(round__plan=plan).exclude(state=ReportState.DRAFT)
    told = reports.filter(versions__isnull=False).exclude(state=ReportState.SENT_BACK).distinct()
    for report in told:
        assert report.account.endswith("。"), report
        assert "{" not in report.account + report.next_step, report
        assert "完成完成" not in report.account + report.next_step, report
        assert "None" not in report.account + report.next_step, report
    kinds = {report.account for report in told}
    assert len(kinds) > 0.8 * told.count()


def test_blanks_say_why(plan: Plan) -> None:
    blank = ReportFigure.objects.filter(report__round__plan=plan, value=None)
    assert blank.exists()
    submitted = blank.exclude(report__state=ReportState.DRAFT)
    assert not submitted.filter(unavailable_reason="").exists()


def test_one_account_of_every_role_is_shown_and_lets_in(plan: Plan) -> None:
    shown = shown_accounts([person.username for person in load_city().people if person.shown])
    assert {membership.role for membership in shown} == set(Role)
    for membership in shown:
        account = authenticate(username=membership.account.username, password=PASSWORD)
        assert account == membership.account
        assert isinstance(account, Account)
        assert account.is_active
        assert not account.must_change_password


def test_every_reporting_unit_has_its_two_people(plan: Plan) -> None:
    for unit in Unit.objects.filter(tasks_to_report__plan=plan).distinct():
        roles = set(unit.memberships.values_list("role", flat=True))
        assert {Role.LIAISON, Role.UNIT_HEAD} <= roles, unit


def test_published_statistics_are_no_earlier_than_they_can_be(plan: Plan) -> None:
    early = [
        f"{value.indicator} {month_label(value.month)}"
        for task in tasks_with_parts(plan.tasks.all())
        for target in task.targets.all()
        if target.indicator.publication_lag_days
        for value in target.indicator.values.filter(month__year=2026).select_related("indicator")
        if value.entered_at.date() <= value.month
    ]
    assert early == []


def test_the_counties_plans_stand_beside_the_citys(plan: Plan) -> None:
    """A gap, an over-allocation and a figure alone, each with its words; some links looked at, most not yet."""
    carriers = carriers_of(plan)
    assert (carriers.read, len(carriers.units)) == (6, 7)
    found = coverage_of(carried_targets(plan.tasks.in_force()), carriers, plan.thresholds())
    by_name = {coverage.target.indicator.name: coverage for coverage in found}
    assert by_name["营造林"].state is SumState.OVER
    assert by_name["农村公路"].state is SumState.GAP
    assert all(link.text in link.county_task.text for cell in by_name["营造林"].cells for link in cell.links)
    assert unmatched_targets(carriers)
    links = AlignmentLink.objects.filter(task__plan=plan)
    assert links.filter(state=LinkState.CONFIRMED).exists()
    assert links.filter(state=LinkState.PROPOSED).exists()
