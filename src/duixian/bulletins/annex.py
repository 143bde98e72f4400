"""附件1: every task under its lead unit, with target, due, actual, ratio or gap, grade and light in words."""

from collections.abc import Mapping
from decimal import Decimal

from duixian.assessing import Grade
from duixian.assessing.wording import GRADE_WORDS, figure, percent, points, verdict_words
from duixian.bulletins.content import Align, Column, Row, RowKind, Table
from duixian.bulletins.figures import QuarterFigures, TaskFigures
from duixian.bulletins.phrases import in_force, task_name
from duixian.register.models import Target
from duixian.reporting.models import Standing

# widths in mm, 156 in all
COLUMNS = (
    ("序号", 9, Align.CENTER),
    ("任务", 52, Align.LEFT),
    ("年度目标", 20, Align.RIGHT),
    ("序时应达", 17, Align.RIGHT),
    ("实际", 17, Align.RIGHT),
    ("完成比或差距", 19, Align.RIGHT),
    ("评价", 13, Align.CENTER),
    ("亮灯", 9, Align.CENTER),
)
NOTES = (
    "注：1.序时应达依次按单位报经批准的分月计划、上年同期进度、月均进度确定；无计划的建设类任务不设序时。",
    "2.有几个分项的任务，列最差的分项；“—”表示不适用或未到期。3.数为各单位上报并经审核的数。",
)
PERCENT_UNITS = ("%", "个百分点", "百分点", "‰")


def annex_table(figures: QuarterFigures) -> Table:
    """The whole register as it stood; its rows are all tasks and one row a lead unit."""
    rows: list[Row] = []
    for section, tasks in figures.by_section():
        rows.append(Row((f"{section.name}（{len(tasks)}项）",), RowKind.GROUP))
        rows += [Row(_cells(t, figures.light_words)) for t in tasks]
    return Table(
        tuple(Column(title, Decimal(width), align) for title, width, align in COLUMNS),
        tuple(rows),
        notes=(*NOTES, *_notes_on_marks(figures)),
    )


def _notes_on_marks(figures: QuarterFigures) -> tuple[str, ...]:
    """What the marks beside lights mean, and what each marked task would be otherwise; nothing where there are none."""
    told, words = [], figures.light_words
    for t in figures.tasks:
        row = t.standing
        if row.is_overridden:
            told.append(f"第{t.task.number}项测算为{verdict_words(row.computed_grade, row.computed_light, words)}")
        if row.is_amended:
            first = verdict_words(row.promised_grade, row.promised_light, words)
            told.append(f"第{t.task.number}项按原定目标或期限为{first}")
    if not told:
        return ()
    return (f"4.※为人工认定，△为目标或期限经批准调整，亮灯按现行目标：{'；'.join(told)}。",)


def _cells(t: TaskFigures, words: Mapping[str, str]) -> tuple[str, ...]:
    target, part = t.deciding_target, t.deciding_part
    is_graded = t.grade is not Grade.NOT_REPORTED
    return (
        t.task.number,
        task_name(t),
        in_force(target) if target else "—",
        _figure(part.expected, _places(target)) if target and is_graded else "—",
        _figure(part.actual) if target and is_graded else "—",
        _compared(part, target.unit_of_measure) if target and is_graded else _node_distance(part),
        GRADE_WORDS[t.grade],
        (words[t.light] if t.light else "—") + t.marks,
    )


def _figure(value: Decimal | None, places: int | None = None) -> str:
    return "—" if value is None else figure(value, places)


def _places(target: Target) -> int:
    """Decimals of what is due: two, or as many as the target has; as the text says it, so that both say the same."""
    value = target.current_value
    exponent = value.normalize().as_tuple().exponent if value is not None else 0
    return max(2, -int(exponent))


def _compared(part: Standing, unit: str) -> str:
    if unit in PERCENT_UNITS and part.gap is not None:
        return points(part.gap)
    if part.ratio is not None:
        return percent(part.ratio)
    return "—"


def _node_distance(part: Standing) -> str:
    if part.days_late:
        return f"逾期{part.days_late}天"
    if part.days_early:
        return f"提前{part.days_early}天"
    return "—"
