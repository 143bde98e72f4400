"""What a quarter's bulletin says: it adds up, names whoever is behind once, and speaks only of what was approved."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from duixian.assessing import Grade, Light
from duixian.audit.command import InvalidInput
from duixian.audit.models import AuditHead
from duixian.bulletins.commands import draw_up_bulletin
from duixian.bulletins.composing import compose
from duixian.bulletins.content import BulletinContent, Heading, Paragraph, Row, RowKind, Table
from duixian.bulletins.documents import document_of
from duixian.bulletins.figures import quarter_figures
from duixian.bulletins.models import Bulletin
from duixian.bulletins.rules import bulletins_visible_to
from duixian.periods import Quarter
from duixian.register.commands import name_light
from duixian.register.models import Plan, Target
from duixian.reporting.commands import approve_report, reopen_report, send_back_report, start_plan
from duixian.reporting.enums import Progress
from duixian.reporting.models import Report
from duixian.reporting.recomputing import recompute_plan
from tests.cast import Cast, at, build_cast
from tests.factories.fixtures import cast, stage
from tests.factories.list import EVERY_KIND, whole_list
from tests.factories.play import Stage, after, content_for, month, set_stage
from tests.factories.snapshot import once

__all__ = ["cast", "stage"]

TASKS = len(EVERY_KIND)
FIRST, SECOND = Quarter(2026, 1), Quarter(2026, 2)
TODAY = date(2026, 4, 25)
# what March brings: one of each grade, the yellow ones printed before the red
MARCH = {"gdp": "5.7", "prices": "2.1", "resuming": "100", "jobs": "0.9", "income": "5", "air": "50"}


@dataclass(frozen=True, slots=True)
class Said:
    """A bulletin taken apart."""

    content: BulletinContent

    def part(self, title: str) -> list[Heading | Paragraph | Table]:
        """The blocks under a heading of the first level."""
        blocks, inside = [], False
        for block in self.content.body:
            if isinstance(block, Heading) and block.level == 1:
                inside = block.title == title
            elif inside:
                blocks.append(block)
        return blocks

    @property
    def behind(self) -> list[Heading]:
        return [b for b in self.part("进度滞后的任务") if isinstance(b, Heading)]

    @property
    def table(self) -> Table:
        return next(b for b in self.content.body if isinstance(b, Table))

    @property
    def annex(self) -> Table:
        block = self.content.attachments[0].blocks[0]
        assert isinstance(block, Table)
        return block

    def text(self, title: str) -> str:
        return "".join(b.text for b in self.part(title) if isinstance(b, Paragraph))

    @property
    def overall(self) -> str:
        return self.text("总体情况")


def said(stage: Stage, quarter: Quarter = FIRST) -> Said:
    return Said(compose(quarter_figures(stage.plan, quarter), today=TODAY))


def march(stage: Stage, *, is_locked: bool = True) -> None:
    round = stage.open(3)
    for name, value in MARCH.items():
        stage.approve(round, stage.task(name), content_for(stage.task(name), value, blocker=f"{name}的堵点"))
    if is_locked:
        stage.lock(round)


@pytest.fixture
def reported(db: None) -> Stage:
    """March as it was approved, and locked."""
    return once("march", _whole_march)


def _whole_march() -> Stage:
    stage = set_stage(build_cast())
    march(stage)
    return stage


def numbers(pattern: str, text: str) -> list[int]:
    found = re.search(pattern, text)
    assert found, text
    return [int(n) for n in found.groups()]


def number_of(name: str) -> int:
    return list(EVERY_KIND).index(name) + 1


def test_the_grades_in_the_text_add_up_to_all_tasks(reported: Stage) -> None:
    pattern = r"(\d+)项任务中，已完成(\d+)项、超进度(\d+)项、达进度(\d+)项，合计(\d+)项；欠进度(\d+)项；缺报(\d+)项；"
    total, done, ahead, on_pace, well, behind, missing = numbers(pattern, said(reported).overall)
    (others,) = numbers(r"暂不评定）(\d+)项", said(reported).overall)
    assert (total, well) == (TASKS, done + ahead + on_pace)
    assert done + ahead + on_pace + behind + missing + others == TASKS
    kept = Counter(reported.plan.tasks.values_list("grade", flat=True))
    assert (
        kept
        == Counter(
            {
                Grade.COMPLETED: done,
                Grade.AHEAD: ahead,
                Grade.ON_PACE: on_pace,
                Grade.BEHIND: behind,
                Grade.NOT_REPORTED: missing,
                Grade.OTHER: others,
            }
        )
        - Counter()
    )


def test_the_lights_in_the_text_add_up_to_all_tasks(reported: Stage) -> None:
    pattern = r"红灯(\d+)项、黄灯(\d+)项、绿灯(\d+)项、蓝灯(\d+)项、灰灯(\d+)项，不亮灯(\d+)项"
    lights = numbers(pattern, said(reported).overall)
    assert sum(lights) == TASKS
    wanted = (Light.RED, Light.YELLOW, Light.GREEN, Light.BLUE, Light.GREY, "")
    assert lights == [reported.plan.tasks.filter(light=light).count() for light in wanted]


def test_lights_bear_the_plans_names_and_an_amended_target_stands_beside_the_first(stage: Stage) -> None:
    """A city that calls red 警 and commends with blue; jobs are adjusted from 4.8 to 2.4."""
    office = stage.cast.office_head
    name_light(plan=stage.plan, light="RED", word="警", is_reward=False, actor=office, now=at(3, 1))
    name_light(plan=stage.plan, light="BLUE", word="星", is_reward=True, actor=office, now=at(3, 1))
    march(stage)
    Target.objects.filter(pk=stage.target("jobs").pk).update(amended_value=Decimal("2.4"))
    recompute_plan(plan=stage.plan, months=[month(3)], actor=office, now=at(4, 20))
    told = said(Stage(stage.cast, Plan.objects.get(pk=stage.plan.pk)))
    assert re.search(r"按亮灯分，警灯\d+项、黄灯\d+项、绿灯\d+项、星灯（表扬）\d+项", told.overall)
    jobs = next(row for row in told.annex.rows if row.cells[0] == str(number_of("jobs")))
    assert (jobs.cells[2], jobs.cells[-1]) == ("≥2.4万人（原定≥4.8万人）", "绿△")
    assert f"第{number_of('jobs')}项按原定目标或期限为欠进度、警灯" in "".join(told.annex.notes)
    assert "红灯" not in "".join(block.text for block in told.behind if block.text)


def test_the_table_by_lead_unit_adds_up_row_by_row_and_in_all(reported: Stage) -> None:
    *rows, total = said(reported).table.rows
    assert [row.cells[0] for row in rows] == ["市发改委", "市人社局", "市住建局", "市农业农村局", "市生态环境局"]
    figures = [[int(cell) for cell in row.cells[1:]] for row in rows]
    assert all(first == sum(rest) for first, *rest in figures)
    assert total.kind is RowKind.TOTAL
    assert [int(cell) for cell in total.cells[1:]] == [sum(column) for column in zip(*figures, strict=True)]
    assert int(total.cells[1]) == TASKS


@pytest.mark.parametrize("is_locked", [True, False])
def test_every_task_counts_also_one_that_was_never_graded_by_then(cast: Cast, is_locked: bool) -> None:
    """A list adopted in the autumn, its spring entered afterwards: what has no grade by June is 其它, not forgotten."""
    adoption = start_plan(
        reading=whole_list(), government=cast.city, year=2026, actor=cast.office_staff, now=at(11, 21)
    )
    stage = Stage(cast, adoption.plan)
    march(stage, is_locked=is_locked)
    taken = said(stage)
    assert int(taken.table.rows[-1].cells[1]) == TASKS
    assert len([r for r in taken.annex.rows if r.kind is RowKind.ITEM]) == TASKS
    assert len(taken.behind) == 4


def test_the_annex_has_every_task_under_its_heading(reported: Stage) -> None:
    rows = said(reported).annex.rows
    assert [row.cells[0] for row in rows if row.kind is RowKind.GROUP] == [
        "市发改委（4项）",
        "市人社局（3项）",
        "市住建局（3项）",
        "市农业农村局（1项）",
        "市生态环境局（1项）",
    ]
    assert [row.cells[0] for row in rows if row.kind is RowKind.ITEM] == [str(n) for n in range(1, TASKS + 1)]


def row_of(stage: Stage, name: str) -> Row:
    wanted = str(number_of(name))
    return next(r for r in said(stage).annex.rows if r.kind is RowKind.ITEM and r.cells[0] == wanted)


def test_the_annex_tells_target_due_actual_and_distance(reported: Stage) -> None:
    assert row_of(reported, "jobs").cells[2:] == ("≥4.8万人", "1.2", "0.9", "75.0%", "欠进度", "红")
    assert row_of(reported, "gdp").cells[2:] == ("≥6%", "6", "5.7", "−0.3个百分点", "欠进度", "黄")
    assert row_of(reported, "income").cells[2:4] == ("对照地区生产总值增速", "5.7")
    assert row_of(reported, "prices").cells[2:] == ("2%左右", "2", "2.1", "0.1个百分点", "达进度", "绿")


def test_what_was_not_reported_shows_its_target_and_no_figure(reported: Stage) -> None:
    assert row_of(reported, "coverage").cells[2:] == ("70%", "—", "—", "—", "缺报", "灰")
    assert row_of(reported, "parks").cells[2:] == ("1—2个", "—", "—", "—", "缺报", "灰")
    assert row_of(reported, "roads").cells[2:] == ("—", "—", "—", "—", "缺报", "灰")


def test_every_task_behind_is_named_once_red_before_yellow(reported: Stage) -> None:
    named = [int(re.match(r"第(\d+)项", heading.title)[1]) for heading in said(reported).behind]  # type: ignore[index]
    lights = [reported.plan.tasks.get(order=n).light for n in named]
    assert sorted(named) == sorted(int(t.number) for t in reported.plan.tasks.filter(grade=Grade.BEHIND))
    assert len(named) == len(set(named)) == 4
    assert lights == sorted(lights)
    assert lights[0] == Light.RED
    reds = [n for n, light in zip(named, lights, strict=True) if light == Light.RED]
    assert reds == sorted(reds)


def test_a_task_behind_is_told_with_figures_cause_and_next_step(reported: Stage) -> None:
    text = next(h for h in said(reported).behind if h.title.startswith(f"第{number_of('jobs')}项"))
    assert text.title.endswith("（市人社局）")
    for words in (
        "完成0.9万人",
        "应达1.2万人",
        "75.0%",
        "亮红灯，本季度新增",
        "据市人社局上报，jobs的堵点",
        "继续推进",
    ):
        assert words in text.text
    assert ".。" not in text.text
    assert "。。" not in text.text


def test_whoever_did_not_report_is_named_with_every_number(reported: Stage) -> None:
    text = said(reported).text("未按要求上报的任务")
    missing = {int(t.number) for t in reported.plan.tasks.filter(grade=Grade.NOT_REPORTED)}
    assert len(missing) == TASKS - len(MARCH)
    assert f"以下{len(missing)}项" in text
    assert {int(n) for n in re.findall(r"\d+", text.split("：")[1])} == missing
    assert "市住建局第8、9、10项" in text


def test_an_open_round_does_not_claim_that_everybody_reported(stage: Stage) -> None:
    march(stage, is_locked=False)
    text = said(stage).text("未按要求上报的任务")
    assert "均已上报" not in text
    assert "3月盘点尚未锁定" in text


def test_nobody_missing_is_said(stage: Stage) -> None:
    round = stage.open(3)
    for name in EVERY_KIND:
        stage.approve(round, stage.task(name), content_for(stage.task(name), MARCH.get(name, "1")))
    stage.lock(round)
    assert said(stage).text("未按要求上报的任务") == "各单位均已上报，没有缺报。"


def test_nothing_behind_is_said(stage: Stage) -> None:
    stage.lock(stage.open(3))
    assert said(stage).text("进度滞后的任务") == "本季度没有欠进度的任务。"
    assert said(stage).text("完成较好的任务") == "本季度没有已完成和超进度的任务。"


def test_movement_since_the_last_quarter_adds_up(reported: Stage) -> None:
    assert "上季末尚未评定" in said(reported).overall
    june = reported.open(6)
    better = {**MARCH, "jobs": "2.5", "prices": "4.5"}
    for name, value in better.items():
        if name != "resuming":
            reported.approve(june, reported.task(name), content_for(reported.task(name), value, is_confirmed=True))
    reported.lock(june)
    second = said(reported, SECOND)
    was = {"gdp", "jobs", "income", "air"}
    now = {"gdp", "prices", "income", "air"}
    out, new, on = numbers(r"持平，其中退出(\d+)项，新增(\d+)项，延续(\d+)项", second.overall)
    assert (out, new, on) == (len(was - now), len(now - was), len(was & now))
    history = {h.title: h.text for h in second.behind}
    told = {name: next(t for k, t in history.items() if k.startswith(f"第{number_of(name)}项")) for name in now}
    assert "连续两个季度亮黄灯" in told["gdp"]
    assert "由绿灯转为红灯" in told["prices"]


def test_only_approved_figures_speak(reported: Stage) -> None:
    """A report that waits for the office, or is being corrected, says nothing yet."""
    april = reported.open(4)
    before = said(reported, SECOND).content.to_dict()
    reported.submit(april, reported.task("jobs"), content_for(reported.task("jobs"), "1.5", blocker="未经审核的话"))
    assert "未经审核的话" not in str(said(reported, SECOND).content.to_dict())
    changed = said(reported, SECOND).content.to_dict()
    assert [b for b in changed["body"] if "份" not in str(b)] == [b for b in before["body"] if "份" not in str(b)]


def test_a_reopened_report_speaks_as_it_was_approved(stage: Stage) -> None:
    round, task = stage.open(3), stage.task("jobs")
    report = stage.approve(round, task, content_for(task, "0.9", blocker="审核过的话"))
    report = reopen_report(report=report, note="核对", actor=stage.cast.office_staff, now=after(month(3), 8))
    stage.save(round, task, content_for(task, "1.9", blocker="改到一半的话"), revision=report.revision)
    text = str(said(stage).content.to_dict())
    assert "0.9" in text
    assert "改到一半的话" not in text


def test_the_quality_of_reporting_is_counted_in_reports(stage: Stage) -> None:
    round = stage.open(3)
    for name, day in (("jobs", 3), ("income", 3), ("gdp", 9), ("air", 9)):
        stage.submit(round, stage.task(name), content_for(stage.task(name), "5"), day=day)
    reports = {r.task.number: r for r in Report.objects.all()}
    office, now = stage.cast.office_staff, after(month(3), 10)
    approve_report(report=reports[str(number_of("jobs"))], actor=office, now=now)
    send_back_report(report=reports[str(number_of("gdp"))], note="更正", actor=office, now=now)
    pattern = r"共上报(\d+)份，其中按时(\d+)份、迟报(\d+)份；审核通过(\d+)份，曾退回修改(\d+)份"
    assert numbers(pattern, said(stage).overall) == [4, 2, 2, 1, 1]


def test_a_bulletin_needs_a_stocktake_of_its_quarter(reported: Stage) -> None:
    for quarter in (SECOND, Quarter(2025, 1)):
        with pytest.raises(InvalidInput, match="还没有盘点"):
            draw(reported, quarter)
    assert not Bulletin.objects.exists()


def draw(stage: Stage, quarter: Quarter = FIRST) -> Bulletin:
    plan = Plan.objects.get(pk=stage.plan.pk)
    return draw_up_bulletin(plan=plan, quarter=quarter, actor=stage.cast.office_head, now=at(4, 25))


def test_the_same_figures_say_the_same_and_the_same_snapshot_gives_the_same_bytes(reported: Stage) -> None:
    first, second = draw(reported), draw(reported)
    assert first.snapshot_sha256 == second.snapshot_sha256
    assert document_of(first) == document_of(Bulletin.objects.get(pk=first.pk))
    assert Bulletin.objects.count() == 2


def test_a_snapshot_carries_its_hash_and_the_trails_head(reported: Stage) -> None:
    head = AuditHead.objects.get().hash
    content = BulletinContent.from_dict(draw(reported).snapshot)
    assert content.properties.audit_head == head
    assert content.properties.snapshot_hash == content.digest()


def test_a_snapshot_does_not_change_with_what_comes_after(reported: Stage) -> None:
    kept = draw(reported)
    before = document_of(kept)
    reported.approve(reported.open(4), reported.task("jobs"), content_for(reported.task("jobs"), "2"))
    assert document_of(Bulletin.objects.get(pk=kept.pk)) == before


def test_a_real_government_has_a_red_head_a_simulated_one_none(reported: Stage) -> None:
    real = said(reported).content
    assert real.red_head == "云溪市人民政府办公室文件"
    assert not real.is_simulated
    reported.plan.government.is_simulated = True
    simulated = said(reported).content
    assert simulated.is_simulated
    assert simulated.red_head is None
    assert simulated.doc_number is None


def test_a_draft_is_read_by_who_sees_the_whole_register(reported: Stage) -> None:
    kept = draw(reported)
    readers = {n for n, who in reported.cast.everybody.items() if kept in bulletins_visible_to(who)}
    assert readers == {"office_head", "office_staff", "leader", "auditor"}


def test_what_is_done_is_named_with_how_early(stage: Stage) -> None:
    round = stage.open(3)
    done = content_for(stage.task("roads"), progress=Progress.REACHED, done_on=date(2026, 3, 20))
    stage.approve(round, stage.task("roads"), done)
    stage.approve(round, stage.task("jobs"), content_for(stage.task("jobs"), "2.4"))
    text = said(stage).text("完成较好的任务")
    assert "已完成的1项：第8项" in text
    assert "提前" in text
    assert f"超进度的1项：第{number_of('jobs')}项城镇新增就业4.8万人以上，完成2.4万人" in text


def test_every_figure_of_the_text_stands_in_the_annex(reported: Stage) -> None:
    """The text may not say a figure of a task that the table tells otherwise."""
    taken = said(reported)
    cells = {r.cells[0]: r.cells for r in taken.annex.rows if r.kind is RowKind.ITEM}
    for heading in taken.behind:
        number = re.match(r"第(\d+)项", heading.title)
        assert number is not None
        due, actual = (Decimal(cells[number[1]][column].replace("−", "-")) for column in (3, 4))
        figures = {Decimal(n) for n in re.findall(r"\d+(?:\.\d+)?", heading.text)}
        assert actual in figures, heading
        # growth and means are told by their distance from the target, all else by what was due
        is_told_by_distance = int(number[1]) in (number_of("gdp"), number_of("air"))
        assert (abs(actual - due) if is_told_by_distance else due) in figures, heading
