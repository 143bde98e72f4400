"""待办, 交办签收 and their forms: what waits for whom, and what each button does."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from duixian.register.commands import (
    acknowledge_duties,
    ask_adjustment,
    ask_extension,
    assign_tasks,
    divide_task,
    endorse_amendment,
    file_milestones,
    file_monthly_plan,
)
from duixian.register.enums import AssignmentState
from duixian.register.models import Assignment, ExtensionRequest, Milestone, MonthlyPlan, Part, TargetAdjustment
from duixian.register.wishes import baseline_of
from duixian.reporting.models import Round
from tests.cast import at
from tests.console.conftest import NOW, Visit
from tests.factories.play import Stage, month

ASSIGNED_AT = at(3, 2)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def assigned(stage: Stage) -> Stage:
    """Everything handed out in March, nothing acknowledged."""
    assign_tasks(plan=stage.plan, actor=stage.cast.office_staff, now=ASSIGNED_AT)
    return stage


def html_of(client: Client, name: str, *args: int, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return str(response.content.decode())


def decide(client: Client, act: str, **fields: Any) -> Any:
    return client.post(reverse("decide"), {"act": act, **fields}, follow=True)


def test_a_unit_acknowledges_all_with_one_click(assigned: Stage, visit: Visit) -> None:
    liaison = visit(assigned.cast.labour.liaison)
    page = liaison.get(reverse("to-do"))
    refs = [row.ref for row in page.context["waiting"].to_acknowledge]
    assert len(refs) == 3
    done = decide(liaison, "acknowledge", duty=refs, accountable_person="王建国", liaison_name="李梅")
    assert "已签收3项" in done.content.decode()
    assert "没有等您办的事" in html_of(liaison, "to-do")
    assert Assignment.objects.filter(state=AssignmentState.ACKNOWLEDGED).count() == 3
    assert "责任人王建国" in html_of(visit(assigned.cast.leader), "task", assigned.task("jobs").pk)


def test_an_objection_goes_to_the_office_which_moves_the_task(assigned: Stage, visit: Visit) -> None:
    cast = assigned.cast
    mine = Assignment.objects.get(task=assigned.task("jobs"))
    building = cast.building.unit
    asked = {"duty": f"assignment-{mine.pk}", "note": "职责已划转住建局。", "unit": building.pk}
    decide(visit(cast.labour.liaison), "object", **asked)
    office = visit(cast.office_staff)
    assert "职责已划转住建局" in html_of(office, "to-do")
    decide(office, "release", duty=f"assignment-{mine.pk}", note="同意。", unit=building.pk)
    assert assigned.task("jobs").reporting_unit == building
    assert len(visit(cast.building.liaison).get(reverse("to-do")).context["waiting"].to_acknowledge) == 4


def test_nobody_answers_for_others_nor_decides_without_the_right(assigned: Stage, visit: Visit) -> None:
    mine = Assignment.objects.get(task=assigned.task("jobs"))
    ref = {"duty": f"assignment-{mine.pk}", "note": "理由。"}
    names = {"accountable_person": "王", "liaison_name": "李"}
    # somebody else's task is not found; the county's people do not see it
    assert decide(visit(assigned.cast.building.liaison), "acknowledge", **ref, **names).status_code == 404
    # a leader sees it and may not
    assert decide(visit(assigned.cast.leader), "acknowledge", **ref, **names).status_code == 403
    assert decide(visit(assigned.cast.labour.liaison), "release", **ref, unit="1").status_code in (403, 404)
    for wrong in ({"act": "nonsense"}, {"act": "keep", "duty": "assignment-x"}, {"act": "keep", "duty": "task-1"}):
        assert visit(assigned.cast.office_staff).post(reverse("decide"), wrong).status_code == 404
    assert Assignment.objects.filter(state=AssignmentState.ASSIGNED).count() == 12


def test_a_refusal_says_why_and_what_was_written(assigned: Stage, visit: Visit) -> None:
    mine = Assignment.objects.get(task=assigned.task("jobs"))
    refused = decide(visit(assigned.cast.office_staff), "keep", duty=f"assignment-{mine.pk}", note="维持，因为三定。")
    assert refused.status_code == 409
    assert "没有待决定的异议" in refused.content.decode()
    assert "维持，因为三定。" in refused.content.decode()


def test_states_by_unit_and_what_is_overdue(assigned: Stage, june: Round, visit: Visit) -> None:
    leader = visit(assigned.cast.leader)
    page = leader.get(reverse("duties"))
    assert (page.context["given"], page.context["overdue"]) == (12, 12)
    assert "超过3个工作日未签收12项" in page.content.decode()
    one = leader.get(reverse("duties"), {"unit": assigned.cast.labour.unit.pk})
    assert len(one.context["listed"]) == 3
    own = visit(assigned.cast.labour.liaison).get(reverse("duties"))
    assert [row.unit for row in own.context["rows"]] == [assigned.cast.labour.unit]
    assert "未按时签收" in html_of(leader, "overview")


def test_the_office_hands_out_and_sets_the_rules(stage: Stage, visit: Visit) -> None:
    office = visit(stage.cast.office_head)
    assert "已交办12项" in decide(office, "assign-all").content.decode()
    office.post(reverse("duty-rules"), {"acknowledge_working_days": "5", "approved_by": "office"})
    rules = type(stage.plan).objects.get().rules()
    assert (rules.acknowledge_working_days, rules.leader_approves_amendments) == (5, False)
    wrong = office.post(reverse("duty-rules"), {"acknowledge_working_days": "-3", "approved_by": "office"})
    assert wrong.status_code == 400
    assert visit(stage.cast.leader).post(reverse("duty-rules"), {}).status_code == 404


def test_the_lead_divides_and_the_county_acknowledges(assigned: Stage, visit: Visit) -> None:
    cast, roads = assigned.cast, assigned.task("roads")
    lead, url = visit(cast.building.liaison), reverse("divide-task", args=[assigned.task("roads").pk])
    given = {"unit": cast.county.unit.pk, "text": "征地拆迁", "due_on": "2026-08-31"}
    wrong = lead.post(url, {**given, "nodes": "明天 签协议"})
    assert wrong.status_code == 422
    assert "第1行" in wrong.content.decode()
    done = lead.post(url, {**given, "nodes": "2026-07-31 签订协议\n８月20日\t完成腾退"})
    assert done.status_code == 302
    part = Part.objects.get()
    assert [(m.name, m.due_on) for m in part.milestones.all()] == [
        ("签订协议", date(2026, 7, 31)),
        ("完成腾退", date(2026, 8, 20)),
    ]
    county = visit(cast.county.head)
    decide(county, "acknowledge", duty=f"part-{part.pk}", accountable_person="张", liaison_name="赵")
    assert "完成腾退" in html_of(county, "task", roads.pk)
    assert visit(cast.county.head).get(url).status_code == 404


PLAN = {f"m{n:02}": "" for n in range(1, 13)}


def test_a_plan_is_pasted_filed_approved_and_graded_at_once(assigned: Stage, june: Round, visit: Visit) -> None:
    cast, target = assigned.cast, assigned.target("jobs")
    liaison, url = visit(cast.labour.liaison), reverse("monthly-plan", args=[target.pk])
    row = "\t".join(["", "", "0.5", "", "0.9", "1", "", "", "3", "", "", "4.8"])
    filled = liaison.post(url, {**PLAN, "row": row, "act": "fill"})
    assert [cell.text for cell in filled.context["cells"]][4:6] == ["0.9", "1"]
    assert not MonthlyPlan.objects.exists()
    typed = {cell.name: cell.text for cell in filled.context["cells"]}
    assert liaison.post(url, {**typed, "row": "", "act": "file"}).status_code == 302
    office = visit(cast.office_staff)
    assert [f.filing.target for f in office.get(reverse("to-do")).context["waiting"].plans] == [target]
    assert assigned.task("jobs").light == "RED"
    decide(office, "approve-plan", monthly_plan=MonthlyPlan.objects.get().pk)
    assert assigned.task("jobs").light == "GREEN"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"m06": "3", "m12": "2"}, "不能小于前一个月"),
        ({"m12": "4.7"}, "没有达到目标值4.8"),
        ({"m12": "很多"}, "不是数"),
        ({}, "至少"),
        ({"row": "1 2 3"}, "共12个"),
    ],
)
def test_a_plan_that_cannot_be_is_told_and_kept_on_the_page(
    stage: Stage, visit: Visit, given: dict[str, str], words: str
) -> None:
    liaison = visit(stage.cast.labour.liaison)
    page = liaison.post(reverse("monthly-plan", args=[stage.target("jobs").pk]), {**PLAN, **given, "act": "file"})
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not MonthlyPlan.objects.exists()


def test_what_is_sent_back_waits_for_the_unit(stage: Stage, visit: Visit) -> None:
    cast = stage.cast
    figures = {month(12): Decimal("4.8")}
    filed = file_monthly_plan(target=stage.target("jobs"), figures=figures, actor=cast.labour.liaison, now=NOW)
    nodes = [("招标", date(2026, 8, 1))]
    file_milestones(task=stage.task("jobs"), nodes=nodes, actor=cast.labour.liaison, now=NOW)
    office, liaison = visit(cast.office_staff), visit(cast.labour.liaison)
    decide(office, "send-back-plan", monthly_plan=filed.pk, note="请按月细化。")
    decide(office, "send-back-nodes", task=stage.task("jobs").pk, note="节点太少。")
    page = html_of(liaison, "to-do")
    assert "请按月细化。" in page
    assert "节点太少。" in page
    url = reverse("task-nodes", args=[stage.task("jobs").pk])
    assert liaison.post(url, {"outcome": "", "nodes": "8.1 招标"}).status_code == 302
    decide(office, "approve-nodes", task=stage.task("jobs").pk)
    assert Milestone.objects.filter(state="APPROVED").count() == 1


def test_the_office_defines_a_target_and_the_light_follows(stage: Stage, june: Round, visit: Visit) -> None:
    target = stage.target("coverage")
    office, url = visit(stage.cast.office_staff), reverse("define-target", args=[target.pk])
    assert visit(stage.cast.labour.liaison).get(url).status_code == 404
    form = office.get(url).context["form"]
    given = {name: "" if form[name].value() is None else form[name].value() for name in form.fields} | {
        "reason": "补基期。",
        "baseline": "61",
    }
    missing = office.post(url, given)
    assert missing.status_code == 422
    assert "来源" in missing.content.decode()
    assert office.post(url, given | {"baseline_source": "年报", "bindingness": "BINDING"}).status_code == 302
    baseline = baseline_of(stage.target("coverage"))
    assert baseline is not None
    assert baseline.value == 61
    assert stage.task("coverage").light == "RED"


def test_an_extension_asked_for_with_a_file_passes_two_steps(stage: Stage, june: Round, visit: Visit,
    settings: Any, tmp_path: Any) -> None:  # fmt: skip
    settings.MEDIA_ROOT = tmp_path
    cast, roads = stage.cast, stage.task("roads")
    road = roads.outcomes.get(object="英雄路改扩建")
    url = reverse("ask-amendment", args=[roads.pk])
    head = visit(cast.building.head)
    given = {"act": "extend", "e-what": f"outcome-{road.pk}", "e-due_on": "2027-03-31", "e-reason": "管线迁改。"}
    assert head.post(url, given | {"e-file": SimpleUploadedFile("纪要.png", PNG)}).status_code == 302
    wish = ExtensionRequest.objects.get()
    ref = f"extension-{wish.pk}"
    office, leader = visit(cast.office_staff), visit(cast.leader)
    assert decide(office, "endorse", amendment=ref).status_code == 200
    phone = html_of(leader, "to-do")
    assert ">批准<" in phone
    download = leader.get(reverse("extension-file", args=[wish.pk]))
    assert b"".join(download.streaming_content) == PNG
    assert "attachment" in download["Content-Disposition"]
    assert visit(cast.labour.liaison).get(reverse("extension-file", args=[wish.pk])).status_code == 404
    decide(leader, "approve", amendment=ref, note="同意。")
    road.refresh_from_db()
    assert (road.original_due_on, road.current_due_on) == (date(2026, 12, 31), date(2027, 3, 31))
    assert "2027-03-31" in html_of(head, "task", roads.pk)


def test_after_the_limit_the_form_says_whom_to_ask(stage: Stage, visit: Visit) -> None:
    bridge = stage.task("roads").outcomes.get(object="幸福桥")
    url = reverse("ask-amendment", args=[stage.task("roads").pk])
    given = {"act": "extend", "e-what": f"outcome-{bridge.pk}", "e-due_on": "2026-09-30", "e-reason": "汛期。"}
    late = visit(stage.cast.building.head).post(url, given)
    assert late.status_code == 422
    assert "请向督查室说明" in late.content.decode()
    assert visit(stage.cast.office_staff).post(url, given).status_code == 302
    assert ExtensionRequest.objects.get().is_after_limit


def test_an_adjustment_is_asked_for_and_withdrawn(stage: Stage, visit: Visit) -> None:
    liaison, target = visit(stage.cast.labour.liaison), stage.target("jobs")
    url = reverse("ask-amendment", args=[target.task_id])
    given = {"act": "adjust", "a-target": target.pk, "a-value": "4.5", "a-reason": "企业外迁。"}
    assert liaison.post(url, given | {"a-value": "很少"}).status_code == 422
    assert liaison.post(url, given).status_code == 302
    assert "撤回" in html_of(liaison, "to-do")
    decide(liaison, "withdraw", amendment=f"adjustment-{TargetAdjustment.objects.get().pk}")
    assert TargetAdjustment.objects.get().state == "WITHDRAWN"


def test_no_page_asks_more_for_more(assigned: Stage, visit: Visit, count: Callable[[Client, str], int]) -> None:
    """One of each kind, then three."""
    cast, office, leader = assigned.cast, visit(assigned.cast.office_staff), visit(assigned.cast.leader)
    county = visit(cast.county.head)
    names = ("jobs", "coverage", "gdp")
    seen = []
    for step in (names[:1], names[1:]):
        for name in step:
            target, task = assigned.target(name), assigned.task(name)
            by = {"actor": cast.office_staff, "now": NOW}
            file_monthly_plan(target=target, figures={month(12): Decimal(99)}, **by)
            file_milestones(task=task, nodes=[("招标", date(2026, 8, 1))], **by)
            divide_task(task=task, unit=cast.county.unit, text="配合", due_on=date(2026, 8, 1), **by)
            wish = ask_adjustment(target=target, value=Decimal(3), reason="外迁。", **by)
            endorse_amendment(amendment=wish, **by)
            ask_extension(task=task, due_on=date(2027, 8, 1), reason="汛期。", **by)
        pages = [(office, "/to-do/"), (leader, "/to-do/"), (county, "/to-do/"), (leader, "/duties/")]
        seen.append([count(client, url) for client, url in pages])
    assert seen[0] == seen[1]


@pytest.fixture
def count() -> Callable[[Client, str], int]:
    """How many queries a page takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def counted(client: Client, url: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    return counted


def test_acknowledged_by_others_is_not_lost(assigned: Stage) -> None:
    duty = Assignment.objects.get(task=assigned.task("jobs"))
    acknowledge_duties(
        duties=[duty], accountable_person="王", liaison_name="李", actor=assigned.cast.labour.head, now=NOW
    )
    assert Assignment.objects.get(pk=duty.pk).answered_at == NOW


def test_who_has_not_acknowledged_stands_on_the_stocktake_too(assigned: Stage, june: Round, visit: Visit) -> None:
    office = visit(assigned.cast.office_staff)
    days = assigned.plan.rules().acknowledge_working_days
    count = Assignment.objects.filter(task__plan=assigned.plan).count()
    assert f"超过{days}个工作日未签收{count}项" in html_of(office, "stocktake")
    for duty in Assignment.objects.filter(task__plan=assigned.plan):
        liaison = assigned.cast.crew(duty.unit).liaison
        about: dict[str, Any] = {"accountable_person": "王建国", "liaison_name": "李梅"}
        acknowledge_duties(duties=[duty], **about, actor=liaison, now=at(7, 3))
    assert "未签收" not in html_of(office, "stocktake")
