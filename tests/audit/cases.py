"""What the commands of units, register and reporting need, for the examples of every command."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from duixian.assessing import Grade, Light
from duixian.indicators.commands import record_value
from duixian.indicators.enums import Frequency, ValueStatus
from duixian.indicators.models import IndicatorValue
from duixian.reading import Accrual, Polarity, QuantityKind
from duixian.register.commands import (
    Definition,
    ask_adjustment,
    assign_tasks,
    divide_task,
    endorse_amendment,
    file_milestones,
    file_monthly_plan,
    object_to_duty,
    save_view,
)
from duixian.register.enums import AssignmentState, Bindingness
from duixian.register.models import Assignment, MonthlyPlan, Part, SavedView, TargetAdjustment
from duixian.reporting.commands import approve_report, override_grade, sign_off_report
from duixian.reporting.models import GradeOverride, Round
from duixian.units.commands import (
    appoint,
    create_account,
)
from duixian.units.enums import Role
from duixian.units.models import Account
from tests.cast import PASSWORD, SET_UP, at
from tests.factories.play import Stage, after, content_for, month

NOW = at(4, 6)


def city(**more: object) -> Callable[[Stage], dict[str, Any]]:
    return lambda stage: {"government": stage.cast.city, **more}


def account(stage: Stage) -> dict[str, Any]:
    account = create_account(
        username="newcomer", name="新人", password=PASSWORD, government=stage.cast.city, actor=founder(), now=SET_UP
    )
    appoint(account=account, role=Role.LEADER, government=stage.cast.city, actor=founder(), now=SET_UP)
    return {"account": account}


def founder() -> Any:
    from tests.cast import FOUNDER

    return FOUNDER


def value(stage: Stage) -> dict[str, Any]:
    known: dict[str, Any] = {"indicator": stage.target("jobs").indicator, "month": month(3)}
    record_value(**known, value=Decimal(1), status=ValueStatus.ESTIMATED, source="预计", actor=founder(), now=SET_UP)
    assert IndicatorValue.objects.exists()
    return known


def verdict(stage: Stage) -> dict[str, Any]:
    return {
        "task": stage.task("jobs"),
        "grade": Grade.ON_PACE,
        "light": Light.GREEN,
        "reason": "招聘会延期到下旬，数月底补录。",
        "expires_on": date(2026, 4, 30),
    }


def overridden(stage: Stage) -> GradeOverride:
    """One whose day has passed by `NOW`."""
    ended = verdict(stage) | {"expires_on": date(2026, 3, 31)}
    return override_grade(**ended, actor=founder(), now=at(3, 2))


def plan_filed(stage: Stage) -> MonthlyPlan:
    figures = {month(12): Decimal("4.8")}
    return file_monthly_plan(target=stage.target("jobs"), figures=figures, actor=founder(), now=SET_UP)


def nodes_filed(stage: Stage) -> dict[str, Any]:
    task = stage.task("jobs")
    file_milestones(task=task, nodes=[("招聘会", date(2026, 4, 1))], actor=founder(), now=SET_UP)
    return {"task": task}


def part(stage: Stage) -> Part:
    return divide_task(
        task=stage.task("jobs"),
        unit=stage.cast.county.unit,
        text="农民工就业",
        due_on=date(2026, 6, 30),
        actor=founder(),
        now=SET_UP,
    )


def disputed(stage: Stage) -> Part:
    duty, county = part(stage), stage.cast.county.head
    object_to_duty(duty=duty, state=AssignmentState.DISPUTED, note="不属本单位职责。", actor=county, now=SET_UP)
    return duty


def assigned(stage: Stage) -> Assignment:
    return assign_tasks(plan=stage.plan, tasks=[stage.task("jobs")], actor=founder(), now=SET_UP)[0]


def definition(stage: Stage) -> dict[str, Any]:
    target = stage.target("jobs")
    definition = Definition(
        kind=QuantityKind.AMOUNT,
        polarity=Polarity.MORE,
        accrual=Accrual.FLOW,
        bindingness=Bindingness.BINDING,
        unit_of_measure="万人",
        frequency=Frequency.MONTHLY,
        publication_lag_days=10,
        responsible_unit=stage.cast.labour.unit,
        baseline=Decimal("4.5"),
        baseline_source="统计公报",
    )
    return {"target": target, "definition": definition, "reason": "按统计口径更正。"}


def asked(stage: Stage) -> TargetAdjustment:
    return ask_adjustment(
        target=stage.target("jobs"),
        value=Decimal("4.5"),
        reason="企业搬迁。",
        actor=stage.cast.labour.liaison,
        now=SET_UP,
    )


def endorsed(stage: Stage) -> dict[str, Any]:
    return {"amendment": endorse_amendment(amendment=asked(stage), actor=founder(), now=SET_UP)}


def view(stage: Stage, by: Account, *, is_shared: bool = False) -> SavedView:
    about: dict[str, Any] = {"plan": stage.plan, "name": "红灯", "address": "light=RED", "is_shared": is_shared}
    return save_view(**about, actor=by, now=SET_UP)


def round(stage: Stage) -> Round:
    return stage.open(3)


def draft(stage: Stage) -> dict[str, Any]:
    june, task = round(stage), stage.task("jobs")
    stage.save(june, task, content_for(task, "1"))
    return {"round": june, "task": task, "content": content_for(task, "1.1"), "revision": 1}


def sent_up(stage: Stage) -> dict[str, Any]:
    return {"report": stage.send_up(round(stage), stage.task("jobs"))}


def submitted(stage: Stage) -> dict[str, Any]:
    report = sent_up(stage)["report"]
    return {"report": sign_off_report(report=report, actor=stage.cast.labour.head, now=after(month(3), 3))}


def approved(stage: Stage) -> dict[str, Any]:
    report = submitted(stage)["report"]
    return {"report": approve_report(report=report, actor=stage.cast.office_head, now=after(month(3), 4))}


def noted(prepare: Callable[[Stage], dict[str, Any]]) -> Callable[[Stage], dict[str, Any]]:
    return lambda stage: prepare(stage) | {"note": "请补充。"}
