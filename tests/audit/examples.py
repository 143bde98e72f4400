"""One example of every command of the product: what it needs, and which of the cast may call it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib import import_module
from inspect import getmembers
from pkgutil import walk_packages
from typing import Any

import duixian
from duixian.indicators.enums import Frequency, ValueStatus
from duixian.periods import Quarter
from duixian.projects.enums import Measure
from duixian.register.enums import AssignmentState
from duixian.units.commands import (
    lock_account,
    put_in_charge,
)
from duixian.units.enums import GovernmentLevel, Role, UnitKind
from tests.audit import (
    cases,
    county_cases,
    import_cases,
    month_cases,
    project_cases,
    review_cases,
    round_cases,
    unit_cases,
)
from tests.cast import PASSWORD, SET_UP, at
from tests.factories.list import whole_list
from tests.factories.play import Stage, after, content_for, month

OFFICE = frozenset({"office_head", "office_staff"})
OFFICE_OR_SYSTEM = OFFICE | {"system_admin"}
SECURITY = frozenset({"security_admin"})
COUNTY = frozenset({"county_liaison", "county_head"})
UNIT = frozenset({"liaison", "head"})
OTHER_UNIT = frozenset({"other_liaison", "other_head"})
NOBODY: frozenset[str] = frozenset()
NOW = at(4, 6)


@dataclass(frozen=True, slots=True)
class Example:
    """How to call a command in a given stage (without actor and now), and who may."""

    prepare: Callable[[Stage], dict[str, Any]]
    may: frozenset[str]


def every_command() -> dict[str, Callable[..., Any]]:
    """All functions under the mould of commands, by name."""
    return dict(_commands())


def _commands() -> Iterator[tuple[str, Callable[..., Any]]]:
    for module in walk_packages(duixian.__path__, "duixian."):
        if ".commands" in module.name:
            for name, thing in getmembers(import_module(module.name), callable):
                if getattr(thing, "is_command", False):
                    yield name, thing


EXAMPLES: dict[str, Example] = {
    # units
    "create_government": Example(
        lambda _: {"name": "南山市", "level": GovernmentLevel.CITY, "office_name": "督查室"}, NOBODY
    ),
    "create_unit": Example(cases.city(name="市新局"), OFFICE_OR_SYSTEM),
    "found_county": Example(lambda stage: {"unit": stage.cast.units["青石县政府"]}, OFFICE_OR_SYSTEM),
    "add_alias": Example(lambda stage: {"unit": stage.cast.labour.unit, "text": "就业专班"}, OFFICE_OR_SYSTEM),
    "remove_alias": Example(unit_cases.alias, OFFICE_OR_SYSTEM),
    "change_unit": Example(
        lambda stage: {
            "unit": stage.cast.labour.unit,
            "kind": UnitKind.VERTICAL,
            "parent": stage.cast.building.unit,
        },
        OFFICE_OR_SYSTEM,
    ),
    "rename_unit": Example(lambda stage: {"unit": stage.cast.labour.unit, "name": "市人力社保局"}, OFFICE_OR_SYSTEM),
    "merge_units": Example(
        lambda stage: {"unit": stage.cast.labour.unit, "into": stage.cast.building.unit}, OFFICE_OR_SYSTEM
    ),
    "deactivate_unit": Example(lambda stage: {"unit": unit_cases.idle(stage)}, OFFICE_OR_SYSTEM),
    "restore_unit": Example(unit_cases.restorable, OFFICE_OR_SYSTEM),
    "create_group": Example(cases.city(name="有关部门"), OFFICE_OR_SYSTEM),
    "create_account": Example(cases.city(username="new", name="新人", password=PASSWORD), SECURITY),
    "appoint": Example(lambda stage: cases.account(stage) | cases.city(role=Role.OFFICE_HEAD)(stage), SECURITY),
    "end_membership": Example(lambda stage: {"membership": stage.cast.leader.memberships.get()}, SECURITY),
    "change_password": Example(
        lambda stage: {"account": stage.cast.labour.liaison, "password": "另一个-口令-9"}, SECURITY | {"liaison"}
    ),
    "hand_over": Example(
        lambda stage: {
            "membership": stage.cast.labour.liaison.memberships.get(),
            "to": stage.cast.building.liaison,
        },
        SECURITY,
    ),
    "reset_passwords": Example(lambda stage: {"accounts": [stage.cast.labour.liaison]}, SECURITY),
    "change_person": Example(
        lambda stage: {"account": stage.cast.leader, "name": "某某", "post": "副市长", "phone": ""}, SECURITY
    ),
    "lock_account": Example(lambda stage: {"account": stage.cast.leader, "reason": "调离"}, SECURITY),
    "unlock_account": Example(
        lambda stage: {
            "account": lock_account(account=stage.cast.leader, reason="调离", actor=cases.founder(), now=SET_UP)
        },
        SECURITY,
    ),
    "put_in_charge": Example(unit_cases.in_charge, OFFICE_OR_SYSTEM),
    "end_leadership": Example(
        lambda stage: {"leadership": put_in_charge(**unit_cases.in_charge(stage), actor=cases.founder(), now=SET_UP)},
        OFFICE_OR_SYSTEM,
    ),
    "create_task_force": Example(cases.city(name="稳就业专班"), OFFICE_OR_SYSTEM),
    "change_task_force": Example(
        lambda stage: {
            "task_force": unit_cases.force(stage),
            "name": "稳就业工作专班",
            "purpose": "",
            "chief": None,
            "people": [],
            "units": [stage.cast.labour.unit],
        },
        OFFICE_OR_SYSTEM,
    ),
    "dissolve_task_force": Example(lambda stage: {"task_force": unit_cases.force(stage)}, OFFICE_OR_SYSTEM),
    "receive_return": Example(cases.city(data=unit_cases.RETURN, file_name="回执.xlsx"), OFFICE_OR_SYSTEM | SECURITY),
    "apply_return": Example(
        lambda stage: {"people_return": unit_cases.people_return(stage)}, OFFICE_OR_SYSTEM | SECURITY
    ),
    "close_return": Example(
        lambda stage: {"people_return": unit_cases.people_return(stage)}, OFFICE_OR_SYSTEM | SECURITY
    ),
    "set_calendar_exception": Example(
        cases.city(on=date(2026, 5, 9), is_working=True, note="劳动节调休"), OFFICE_OR_SYSTEM
    ),
    # indicators
    "create_indicator": Example(cases.city(name="用电量", unit_of_measure="亿千瓦时"), OFFICE),
    "set_publication": Example(
        lambda stage: {
            "indicator": stage.target("jobs").indicator,
            "frequency": Frequency.QUARTERLY,
            "publication_lag_days": 20,
        },
        OFFICE,
    ),
    "record_value": Example(
        lambda stage: cases.value(stage) | {"value": Decimal(2), "status": ValueStatus.FINAL, "source": "年报"},
        OFFICE | {"liaison"},
    ),
    "withdraw_value": Example(cases.value, OFFICE | {"liaison"}),
    # register
    "adopt_reading": Example(cases.city(reading=whole_list(), year=2027), OFFICE),
    "file_monthly_plan": Example(
        lambda stage: {"target": stage.target("jobs"), "figures": {month(12): Decimal("4.8")}}, OFFICE | UNIT
    ),
    "approve_monthly_plan": Example(lambda stage: {"monthly_plan": cases.plan_filed(stage)}, OFFICE),
    "send_back_monthly_plan": Example(cases.noted(lambda stage: {"monthly_plan": cases.plan_filed(stage)}), OFFICE),
    "file_milestones": Example(
        lambda stage: {"task": stage.task("jobs"), "nodes": [("招聘会", date(2026, 4, 1))]}, OFFICE | UNIT
    ),
    "approve_milestones": Example(cases.nodes_filed, OFFICE),
    "set_threshold": Example(
        lambda stage: {"plan": stage.plan, "name": "yellow_ratio", "value": Decimal("0.8")}, OFFICE
    ),
    "name_light": Example(
        lambda stage: {"plan": stage.plan, "light": "BLUE", "word": "亮牌", "is_reward": True}, OFFICE
    ),
    "save_view": Example(
        lambda stage: {"plan": stage.plan, "name": "红灯", "address": "light=RED", "is_shared": False},
        OFFICE | UNIT | {"leader", "other_liaison", "other_head", "county_liaison", "county_head"},
    ),
    "delete_view": Example(lambda stage: {"view": cases.view(stage, stage.cast.office_staff, is_shared=True)}, OFFICE),
    "adopt_county_plan": Example(
        lambda stage: {"unit": stage.cast.county.unit, "reading": county_cases.county_reading(), "year": 2026}, OFFICE
    ),
    "propose_links": Example(county_cases.county_plan, OFFICE),
    "confirm_link": Example(county_cases.proposed, OFFICE),
    "refuse_link": Example(county_cases.proposed, OFFICE),
    "count_link": Example(lambda stage: county_cases.proposed(stage) | {"is_counted": False}, OFFICE),
    "link_by_hand": Example(county_cases.to_join, OFFICE),
    "set_breakdown": Example(county_cases.to_set, OFFICE),
    "break_down": Example(county_cases.to_break_down, OFFICE),
    "clear_breakdown": Example(county_cases.broken_down, OFFICE),
    # importing
    "start_import": Example(cases.city(reading=whole_list(), year=2027), OFFICE),
    "start_county_import": Example(
        lambda stage: {"unit": stage.cast.county.unit, "reading": county_cases.county_reading(), "year": 2026}, OFFICE
    ),
    "name_import_unit": Example(import_cases.to_name, OFFICE),
    "register_import_units": Example(import_cases.to_register, OFFICE),
    "settle_import": Example(import_cases.to_settle, OFFICE),
    "withdraw_import": Example(import_cases.under_review, OFFICE),
    "correct_item": Example(import_cases.to_correct, OFFICE),
    "settle_item": Example(lambda stage: import_cases.item(stage) | {"key": "lead", "answer": "own"}, OFFICE),
    "split_item": Example(import_cases.to_split, OFFICE),
    "join_items": Example(import_cases.item, OFFICE),
    "leave_out_item": Example(import_cases.item, OFFICE),
    "take_back_item": Example(import_cases.left_out, OFFICE),
    "accept_items": Example(import_cases.under_review, OFFICE),
    "adopt_import": Example(import_cases.under_review, OFFICE),
    "divide_task": Example(
        lambda stage: {
            "task": stage.task("jobs"),
            "unit": stage.cast.county.unit,
            "text": "农民工就业",
            "due_on": date(2026, 6, 30),
        },
        OFFICE | UNIT,
    ),
    "entrust_tasks": Example(
        lambda stage: {"task_force": unit_cases.force(stage), "tasks": [stage.task("jobs")]}, OFFICE
    ),
    "sponsor_tasks": Example(lambda stage: {"tasks": [stage.task("jobs")], "leader": stage.cast.leader}, OFFICE),
    "set_force_tasks": Example(
        lambda stage: {"task_force": unit_cases.force(stage), "tasks": [stage.task("jobs")]}, OFFICE
    ),
    "set_sponsors": Example(lambda stage: {"task": stage.task("jobs"), "leaders": [stage.cast.leader]}, OFFICE),
    "assign_tasks": Example(lambda stage: {"plan": stage.plan}, OFFICE),
    "acknowledge_duties": Example(
        lambda stage: {"duties": [cases.part(stage)], "accountable_person": "王建国", "liaison_name": "李梅"}, COUNTY
    ),
    "object_to_duty": Example(
        lambda stage: {"duty": cases.part(stage), "state": AssignmentState.DISPUTED, "note": "不属本单位职责。"}, COUNTY
    ),
    "keep_duty": Example(lambda stage: {"duty": cases.disputed(stage), "note": "职责分工已定。"}, OFFICE | UNIT),
    "release_duty": Example(
        lambda stage: {"duty": cases.part(stage), "unit": stage.cast.building.unit, "note": "改由住建局办。"},
        OFFICE | UNIT,
    ),
    "send_back_milestones": Example(cases.noted(cases.nodes_filed), OFFICE),
    "define_target": Example(cases.definition, OFFICE),
    "ask_adjustment": Example(
        lambda stage: {"target": stage.target("jobs"), "value": Decimal("4.5"), "reason": "企业搬迁。"}, OFFICE | UNIT
    ),
    "ask_extension": Example(
        lambda stage: {"task": stage.task("jobs"), "due_on": date(2027, 3, 31), "reason": "汛期长。"}, OFFICE | UNIT
    ),
    "endorse_amendment": Example(lambda stage: {"amendment": cases.asked(stage)}, OFFICE),
    "approve_amendment": Example(cases.endorsed, frozenset({"leader"})),
    "refuse_amendment": Example(cases.noted(cases.endorsed), frozenset({"leader"})),
    "withdraw_amendment": Example(lambda stage: {"amendment": cases.asked(stage)}, OFFICE | UNIT),
    # reporting
    "start_plan": Example(cases.city(reading=whole_list(), year=2027), OFFICE),
    "assess_plan": Example(lambda stage: {"plan": stage.plan, "month": month(3)}, OFFICE),
    "regrade_tasks": Example(lambda stage: {"tasks": [stage.task("jobs")]}, OFFICE | {"leader"}),
    "set_assessment": Example(
        lambda stage: {"plan": stage.plan, "thresholds": {"yellow_ratio": Decimal("0.8")}}, OFFICE
    ),
    "publish_value": Example(
        lambda stage: cases.value(stage) | {"value": Decimal(2), "status": ValueStatus.FINAL, "source": "年报"},
        OFFICE | {"liaison"},
    ),
    "recompute_tasks": Example(
        lambda stage: {"plan": stage.plan, "tasks": [stage.task("jobs").pk], "months": [month(2)]}, OFFICE
    ),
    "rebuild_search": Example(lambda stage: {"plan": stage.plan}, OFFICE),
    "override_grade": Example(cases.verdict, OFFICE),
    "lift_override": Example(cases.noted(lambda stage: {"override": cases.overridden(stage)}), OFFICE),
    "expire_override": Example(lambda stage: {"override": cases.overridden(stage)}, OFFICE),
    "reassign_task": Example(
        lambda stage: {"assignment": cases.assigned(stage), "unit": stage.cast.building.unit, "note": "改由住建局办。"},
        OFFICE,
    ),
    "reassign_tasks": Example(
        lambda stage: {
            "tasks": [cases.assigned(stage).task],
            "unit": stage.cast.building.unit,
            "note": "改由住建局办。",
        },
        OFFICE,
    ),
    **{name: Example(*case) for name, case in round_cases.CASES.items()},
    **{name: Example(*case) for name, case in month_cases.CASES.items()},
    "open_round": Example(lambda stage: {"plan": stage.plan, "month": month(3)}, OFFICE),
    "lock_round": Example(lambda stage: {"round": cases.round(stage)}, OFFICE),
    "save_report": Example(cases.draft, UNIT),
    "send_up_report": Example(
        lambda stage: {"report": stage.save(cases.round(stage), stage.task("jobs"), content_for(stage.task("jobs")))},
        UNIT,
    ),
    "return_report": Example(cases.noted(cases.sent_up), frozenset({"head"})),
    "sign_off_report": Example(cases.sent_up, frozenset({"head"})),
    "approve_report": Example(cases.submitted, OFFICE),
    "send_back_report": Example(cases.noted(cases.submitted), OFFICE),
    "reopen_report": Example(cases.noted(cases.approved), OFFICE),
    "propose_correction": Example(review_cases.to_correct, OFFICE),
    "agree_to_correction": Example(review_cases.proposed, UNIT),
    "note_consent": Example(
        lambda stage: review_cases.proposed(stage) | {"name": "王建国", "said_at": after(month(3), 5)}, OFFICE
    ),
    "refuse_correction": Example(cases.noted(review_cases.proposed), UNIT),
    "withdraw_correction": Example(cases.noted(review_cases.proposed), OFFICE),
    "record_verification": Example(review_cases.to_verify, OFFICE),
    # projects
    "enter_project": Example(cases.city(entry=project_cases.ENTRY, year=2026), OFFICE),
    "change_project": Example(project_cases.to_change, OFFICE),
    "drop_project": Example(lambda stage: project_cases.entered(stage) | {"reason": "终止"}, OFFICE),
    "link_tasks": Example(lambda stage: project_cases.entered(stage) | {"tasks": [stage.task("roads")]}, OFFICE),
    "link_projects": Example(
        lambda stage: {"task": stage.task("roads"), "projects": [project_cases.project(stage)]}, OFFICE
    ),
    "record_progress": Example(
        lambda stage: project_cases.entered(stage) | {"on": date(2026, 4, 1), "words": "主体施工"},
        OFFICE | COUNTY | OTHER_UNIT,
    ),
    "set_milestones": Example(
        lambda stage: project_cases.entered(stage) | {"nodes": [("封顶", date(2026, 6, 30))]},
        OFFICE | COUNTY | OTHER_UNIT,
    ),
    "mark_milestone_done": Example(project_cases.node, OFFICE | COUNTY | OTHER_UNIT),
    "stage_sheet": Example(project_cases.sheet_rows, OFFICE),
    "apply_sheet": Example(project_cases.staged, OFFICE),
    "bind_measure": Example(
        lambda stage: {"target": stage.target("resuming"), "measure": Measure.RESUMPTION_RATE}, OFFICE
    ),
    "unbind_measure": Example(project_cases.bound, OFFICE),
    # bulletins
    "draw_up_bulletin": Example(lambda stage: {"plan": cases.round(stage).plan, "quarter": Quarter(2026, 1)}, OFFICE),
}
