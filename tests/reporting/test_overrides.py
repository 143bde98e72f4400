"""人工认定: shown in place of what was computed, which stays beside it; marked, told apart, and ended by itself."""

from datetime import date

import pytest

from duixian.assessing import Grade, Light
from duixian.audit.command import InvalidInput, WrongState
from duixian.reporting.commands import lift_override, override_grade
from duixian.reporting.expiring import expire_overrides
from duixian.reporting.models import GradeChange, GradeOverride, Standing
from duixian.reporting.models.standing import TASK_PART
from duixian.reporting.queries import changes_of, overrides_in_force
from tests.cast import at
from tests.factories.play import Stage, after, content_for, month

REASON = "省厅系统故障，数未导出。"


def red_in_june(stage: Stage) -> None:
    jobs = stage.task("jobs")
    stage.approve(stage.open(6), jobs, content_for(jobs, "1.2"), day=3)


def say_green(stage: Stage, *, day: int = 4, **end: date) -> GradeOverride:
    return override_grade(
        task=stage.task("jobs"),
        grade=Grade.ON_PACE,
        light=Light.GREEN,
        reason=REASON,
        actor=stage.cast.office_staff,
        now=at(7, day),
        **(end or {"expires_on": date(2026, 7, 31)}),
    )


def row_of(stage: Stage, number: int = 6) -> Standing:
    return Standing.objects.get(task=stage.task("jobs"), part=TASK_PART, month=month(number))


def test_the_persons_word_is_shown_and_the_computed_grade_kept_beside(stage: Stage) -> None:
    red_in_june(stage)
    say_green(stage)
    row, task = row_of(stage), stage.task("jobs")
    assert (row.grade, row.light, row.computed_grade, row.computed_light) == ("ON_PACE", "GREEN", "BEHIND", "RED")
    assert row.reason.startswith("人工认定（至7月31日）：省厅系统故障，数未导出；测算为欠进度、红灯，")
    assert "应达2.4万人" in row.computed_reason
    assert (task.light, task.is_overridden, task.reason) == ("GREEN", True, row.reason)
    change = changes_of(task).first()
    assert change is not None
    assert (change.from_light, change.to_light, change.reason) == ("RED", "GREEN", row.reason)
    assert overrides_in_force([task], at(7, 31)).keys() == {task.pk}
    assert not overrides_in_force([task], at(8, 1))


def test_it_ends_by_itself_after_its_day_and_only_then(stage: Stage) -> None:
    red_in_june(stage)
    say_green(stage)
    assert expire_overrides(at(7, 31, hour=23)) == 0
    assert stage.task("jobs").light == "GREEN"
    assert expire_overrides(at(8, 1, hour=0)) == 1
    assert expire_overrides(at(8, 1, hour=0)) == 0
    row, task = row_of(stage), stage.task("jobs")
    assert (row.light, row.is_overridden, task.light, task.is_overridden) == ("RED", False, "RED", False)
    change = changes_of(task).first()
    assert change is not None
    assert change.reason.startswith("人工认定（达进度、绿灯）结束：至7月31日，到期；恢复测算结果，")
    assert GradeOverride.objects.get().ended_by == "系统（人工认定到期）"


def test_a_month_locked_under_it_keeps_it_while_the_task_goes_back(stage: Stage) -> None:
    red_in_june(stage)
    word = say_green(stage)
    stage.lock(stage.plan.rounds.get())
    lift_override(override=word, note="数已补报。", actor=stage.cast.office_head, now=at(7, 25))
    assert (row_of(stage).light, row_of(stage).computed_light) == ("GREEN", "RED")
    assert (stage.task("jobs").light, stage.task("jobs").is_overridden) == ("RED", False)


def test_it_covers_the_rounds_it_names_and_ends_when_a_later_one_begins(stage: Stage) -> None:
    red_in_june(stage)
    say_green(stage, until_month=month(7))
    stage.lock(stage.plan.rounds.get())
    jobs = stage.task("jobs")
    stage.approve(stage.open(7), jobs, content_for(jobs, "1.3"), day=3)
    july = row_of(stage, 7)
    assert (july.light, july.computed_light) == ("GREEN", "RED")
    assert "至7月盘点" in july.reason
    assert expire_overrides(after(month(7), 28)) == 0
    stage.lock(stage.plan.rounds.get(month=month(7)))
    round = stage.open(8)
    assert expire_overrides(after(month(8), 1)) == 1
    assert stage.task("jobs").light == "RED"
    stage.approve(round, jobs, content_for(jobs, "1.4"), day=3)
    assert not row_of(stage, 8).is_overridden
    assert row_of(stage, 7).light == "GREEN"


def test_a_new_figure_is_computed_beside_it(stage: Stage) -> None:
    red_in_june(stage)
    word = say_green(stage)
    from duixian.reporting.commands import reopen_report
    from tests.reporting.steps import sign_again

    report = reopen_report(
        report=stage.task("jobs").reports.get(), note="更正", actor=stage.cast.office_staff, now=after(month(6), 8)
    )
    sign_again(stage, report, "2.2")
    row = row_of(stage)
    assert (row.light, row.computed_light) == ("GREEN", "YELLOW")
    lift_override(override=word, note="已更正。", actor=stage.cast.office_staff, now=at(7, 10))
    assert stage.task("jobs").light == "YELLOW"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"light": Light.RED}, "不相配"),
        ({"grade": Grade.NOT_REPORTED, "light": Light.GREY}, "不相配"),
        ({"reason": " "}, "理由"),
        ({"reason": "长" * 501}, "最多500字"),
        ({"expires_on": None}, "二者选一"),
        ({"until_month": month(7)}, "二者选一"),
        ({"expires_on": date(2026, 7, 3)}, "早于今天"),
        ({"expires_on": None, "until_month": month(5)}, "不能早于6月"),
    ],
)
def test_what_means_nothing_is_refused(stage: Stage, more: dict[str, object], words: str) -> None:
    red_in_june(stage)
    given = {"grade": Grade.ON_PACE, "light": Light.GREEN, "reason": REASON, "expires_on": date(2026, 7, 31)} | more
    with pytest.raises(InvalidInput, match=words):
        override_grade(task=stage.task("jobs"), actor=stage.cast.office_staff, now=at(7, 4), **given)  # type: ignore[arg-type]
    assert not GradeOverride.objects.exists()


def test_one_at_a_time_and_ended_once(stage: Stage) -> None:
    red_in_june(stage)
    word = say_green(stage)
    changes = GradeChange.objects.count()
    with pytest.raises(WrongState, match="已有一份"):
        say_green(stage)
    lift_override(override=word, note="核实。", actor=stage.cast.office_staff, now=at(7, 5))
    with pytest.raises(WrongState, match="已经结束"):
        lift_override(override=word, note="核实。", actor=stage.cast.office_staff, now=at(7, 5))
    assert GradeChange.objects.count() == changes + 1
    say_green(stage, day=6)
