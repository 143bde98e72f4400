"""What a quarter's bulletin says: restrained, figures first, no praise and no ranking.

The wording follows the practice of 按季通报: grades sum to all tasks, every 欠进度 task is named, what was not reported
is said, and every figure in the text stands in the snapshot it was composed from.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from duixian.assessing import Grade, Light
from duixian.assessing.wording import GRADE_WORDS
from duixian.bulletins.annex import annex_table
from duixian.bulletins.content import (
    Align,
    Attachment,
    Block,
    BulletinContent,
    Column,
    Heading,
    Imprint,
    Paragraph,
    Row,
    RowKind,
    Signature,
    Table,
    TableSize,
)
from duixian.bulletins.figures import GRADE_ORDER, LIGHT_ORDER, QuarterFigures, TaskFigures
from duixian.bulletins.phrases import ended, reason_of, task_name
from duixian.periods import month_end, month_label

QUARTER_WORDS = "一二三四"
# the text names so many tasks that go well; the annex has them all
MOST_GOOD_NAMED = 8


def compose(figures: QuarterFigures, *, today: date) -> BulletinContent:
    """The whole bulletin from a quarter's figures."""
    figures = figures.told_on(today)
    plan = figures.plan
    government = plan.government
    issuer = f"{government.name}人民政府办公室"
    quarter = f"{figures.quarter.year}年第{QUARTER_WORDS[figures.quarter.number - 1]}季度"
    annex_title = (f"{quarter}政府工作报告重点目标任务", "完成情况表")
    return BulletinContent(
        issuer=issuer,
        title_lines=(f"{issuer}关于", f"{quarter}政府工作报告", "重点目标任务完成情况的通报"),
        addressees="各县、区人民政府，各开发区管委会，市直各有关单位",
        opening=(_opening(figures, quarter),),
        body=(
            *_overall(figures),
            *_going_well(figures),
            *_behind(figures),
            *_not_reported(figures),
        ),
        signature=Signature(issuer, today),
        red_head=None if government.is_simulated else f"{issuer}文件",
        attachments=(Attachment(annex_title, (annex_table(figures),)),),
        imprint=Imprint(issuer, today),
        is_simulated=government.is_simulated,
    )


def _opening(figures: QuarterFigures, quarter: str) -> str:
    source = figures.plan.source
    number = f"（{source.doc_number}）" if source.doc_number else ""
    sections = len(figures.by_section())
    return (
        f"按照《{source.title}》{number}要求，对{len(figures.tasks)}项任务、{sections}个牵头单位"
        f"{quarter}的完成情况进行了盘点。现将有关情况通报如下。"
    )


def _overall(figures: QuarterFigures) -> list[Block]:
    return [
        Heading(1, "总体情况"),
        Paragraph(_grades_sentence(figures)),
        Paragraph(_movement_sentence(figures)),
        Paragraph(_reporting_sentence(figures)),
        _section_table(figures),
    ]


def _grades_sentence(figures: QuarterFigures) -> str:
    grades, lights = figures.grades, figures.lights
    on_pace = grades[Grade.COMPLETED] + grades[Grade.AHEAD] + grades[Grade.ON_PACE]
    cut_off = month_end(figures.rounds[-1].month)
    light_words = "、".join(
        f"{figures.light_words[light]}灯{'（表扬）' if light in figures.rewards else ''}{lights[light]}项"
        for light in LIGHT_ORDER
        if light
    )
    return (
        f"截至{cut_off.year}年{cut_off.month}月{cut_off.day}日，{len(figures.tasks)}项任务中，"
        f"已完成{grades[Grade.COMPLETED]}项、超进度{grades[Grade.AHEAD]}项、达进度{grades[Grade.ON_PACE]}项，"
        f"合计{on_pace}项；欠进度{grades[Grade.BEHIND]}项；缺报{grades[Grade.NOT_REPORTED]}项；"
        f"其它（未到期、未定计划、缺基期等，暂不评定）{grades[Grade.OTHER]}项。"
        f"按亮灯分，{light_words}，不亮灯{lights[None]}项。"
    )


def _movement_sentence(figures: QuarterFigures) -> str:
    was = {t.task.pk for t in figures.tasks if t.before and t.before.grade == Grade.BEHIND}
    now = {t.task.pk for t in figures.tasks if t.grade is Grade.BEHIND}
    if not any(t.before for t in figures.tasks):
        return "上季末尚未评定，本季度不作比较。"
    change = len(now) - len(was)
    words = f"净增{change}项" if change > 0 else f"净减{-change}项" if change < 0 else "持平"
    return f"欠进度任务较上季末{words}，其中退出{len(was - now)}项，新增{len(now - was)}项，延续{len(was & now)}项。"


def _reporting_sentence(figures: QuarterFigures) -> str:
    r = figures.reporting
    return (
        f"本季度各单位共上报{r.submitted}份，其中按时{r.submitted - r.late}份、迟报{r.late}份；"
        f"审核通过{r.approved}份，曾退回修改{r.sent_back}份。"
    )


def _section_table(figures: QuarterFigures) -> Table:
    columns = (
        Column("牵头单位", width_mm=_mm(44), align=Align.LEFT),
        Column("任务数", width_mm=_mm(16), align=Align.RIGHT),
        *(Column(GRADE_WORDS[grade], width_mm=_mm(16), align=Align.RIGHT) for grade in GRADE_ORDER),
    )
    rows = [Row((section.name, str(len(tasks)), *_counts(tasks))) for section, tasks in figures.by_section()]
    total = Row(("合计", str(len(figures.tasks)), *_counts(figures.tasks)), RowKind.TOTAL)
    return Table(
        columns,
        (*rows, total),
        caption="各牵头单位任务完成情况",
        notes=("注：按清单所列标题统计；一项任务有几个分项的，按最差的分项评定。",),
        size=TableSize.COMPACT,
    )


def _counts(tasks: list[TaskFigures]) -> tuple[str, ...]:
    return tuple(str(sum(t.grade is grade for t in tasks)) for grade in GRADE_ORDER)


def _mm(width: int) -> Decimal:
    return Decimal(width)


def _going_well(figures: QuarterFigures) -> list[Block]:
    done = [t for t in figures.tasks if t.grade is Grade.COMPLETED]
    ahead = [t for t in figures.tasks if t.grade is Grade.AHEAD]
    blocks: list[Block] = [Heading(1, "完成较好的任务")]
    for words, tasks in (("已完成", done), ("超进度", ahead)):
        if tasks:
            blocks.append(Paragraph(_good_sentence(words, tasks)))
    if len(blocks) == 1:
        blocks.append(Paragraph("本季度没有已完成和超进度的任务。"))
    return blocks


def _good_sentence(words: str, tasks: list[TaskFigures]) -> str:
    named = "；".join(f"第{t.task.number}项{task_name(t)}，{reason_of(t)}" for t in tasks[:MOST_GOOD_NAMED])
    rest = f"。其余{len(tasks) - MOST_GOOD_NAMED}项见附件" if len(tasks) > MOST_GOOD_NAMED else ""
    return f"{words}的{len(tasks)}项：{named}{rest}。"


def _behind(figures: QuarterFigures) -> list[Block]:
    behind = [t for t in figures.tasks if t.grade is Grade.BEHIND]
    # red before yellow, each in the list's own order
    behind.sort(key=lambda t: (t.light is not Light.RED, t.task.order))
    blocks: list[Block] = [Heading(1, "进度滞后的任务")]
    if not behind:
        blocks.append(Paragraph("本季度没有欠进度的任务。"))
    for t in behind:
        title = f"第{t.task.number}项{task_name(t)}（{t.task.reporting_unit.name}）"
        blocks.append(Heading(3, title, _behind_text(t, figures.light_words)))
    return blocks


def _behind_text(t: TaskFigures, words: Mapping[str, str]) -> str:
    sentences = [ended(reason_of(t)), f"{_light_history(t, words)}。"]
    if t.report is not None:
        cause = t.report.blocker or t.report.account
        sentences.append(f"据{t.task.reporting_unit.name}上报，{ended(cause)}" if cause else "")
        sentences.append(f"下一步，{ended(t.report.next_step)}" if t.report.next_step else "")
    return "".join(sentences)


def _light_history(t: TaskFigures, words: Mapping[str, str]) -> str:
    light = words[t.light] if t.light else "不亮"
    if t.before is None or not t.before.light:
        return f"亮{light}灯，本季度新增"
    before = words[t.before.light]
    if before == light:
        return f"连续两个季度亮{light}灯"
    return f"由{before}灯转为{light}灯"


def _not_reported(figures: QuarterFigures) -> list[Block]:
    missing = [t for t in figures.tasks if t.grade is Grade.NOT_REPORTED]
    sentences = [_missing_sentence(missing)] if missing else []
    if figures.open_rounds:
        months = "、".join(month_label(r.month) for r in figures.open_rounds)
        sentences.append(f"{months}盘点尚未锁定，是否缺报待锁定后确认。")
    return [Heading(1, "未按要求上报的任务"), Paragraph("".join(sentences) or "各单位均已上报，没有缺报。")]


def _missing_sentence(missing: list[TaskFigures]) -> str:
    by_unit: dict[str, list[str]] = {}
    for t in missing:
        by_unit.setdefault(t.task.reporting_unit.name, []).append(t.task.number)
    named = "；".join(f"{unit}第{'、'.join(numbers)}项" for unit, numbers in by_unit.items())
    month = max(t.standing.month for t in missing)
    return f"至{month_label(month)}盘点锁定，以下{len(missing)}项没有经审核的上报：{named}。"
