"""盘点表: a month's stocktake as a workbook: every task, then by lead unit, then the whole."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duixian.assessing import Grade, Light, OtherReason
from duixian.assessing.wording import GRADE_WORDS, OTHER_WORDS
from duixian.periods import month_label
from duixian.register.models import Plan, Target, Task
from duixian.register.queries import tasks_with_parts
from duixian.reporting.enums import ReportState
from duixian.reporting.models import Report, Round, Standing
from duixian.reporting.models.standing import TASK_PART
from duixian.reporting.obligations import tasks_owing
from duixian.sheets import SheetSpec, workbook_bytes
from duixian.sheets.writing import Out

SIMULATED = "模拟数据 / simulated"
HEADER = (
    *(
        "序号",
        "任务",
        "牵头单位（清单标题）",
        "填报单位",
        "所示部分",
        "计量单位",
        "目标",
        "原定目标",
        "应达",
        "完成",
        "完成比（%）",
    ),
    *("等次", "亮灯", "说明", "等次月份", "填报", "迟报"),
)
WIDTHS = (6, 44, 18, 16, 22, 8, 10, 10, 10, 10, 9, 9, 6, 44, 9, 12, 6)
NOT_OWED, NOT_BEGUN = "本月不必报", "未报"


@dataclass(frozen=True, slots=True)
class Line:
    """One task in a month: what it shows, how it stood, and how it was reported. `standing` is None before any."""

    task: Task
    standing: Standing | None
    shown: Standing | None
    target: Target | None
    report: Report | None
    is_owed: bool

    @property
    def light(self) -> str:
        """The light's code, "" for none."""
        return self.standing.light if self.standing else ""

    @property
    def state(self) -> str:
        """How far the month's report has come, in words."""
        if self.report is not None:
            return str(self.report.get_state_display())
        return NOT_BEGUN if self.is_owed else NOT_OWED


def lines_of(round: Round) -> list[Line]:
    """Every task of the plan as the month found it, in printed order; a fixed number of queries.

    A task that the month did not grade stands as it last stood before, and says in which month that was.
    """
    tasks = list(tasks_with_parts(round.plan.tasks.in_force()).order_by("order"))
    standings: dict[tuple[int, str], Standing] = {}
    rows = Standing.objects.filter(task__plan=round.plan_id, month__lte=round.month).order_by("month")
    for row in rows:
        standings[row.task_id, row.part] = row
    reports = {r.task_id: r for r in round.reports.order_by("pk")}
    owing = set(tasks_owing(round).values_list("pk", flat=True))
    return [_line(task, standings, reports.get(task.pk), task.pk in owing) for task in tasks]


def _line(task: Task, standings: dict[tuple[int, str], Standing], report: Report | None, is_owed: bool) -> Line:
    whole = standings.get((task.pk, TASK_PART))
    targets = list(task.targets.all())
    decided = next((t for t in targets if whole and t.part_key == whole.decided_by), None)
    target = decided or (targets[0] if targets and not (whole and whole.decided_by) else None)
    shown = standings.get((task.pk, whole.decided_by)) if whole and whole.decided_by else None
    return Line(task, whole, shown or whole, target, report, is_owed)


def month_workbook(round: Round, *, today: date) -> bytes:
    """The .xlsx file: 各项任务, 按牵头单位, 合计."""
    lines = lines_of(round)
    plan = round.plan
    words = plan.light_words()
    title = f"{plan.government.name}{plan.year}年{month_label(round.month)}重点任务盘点表"
    state = "已锁定" if round.is_locked else f"未锁定，{round.due_on}上报截止"
    notes = [f"截至{today}，{state}。"]
    if plan.government.is_simulated:
        notes.insert(0, SIMULATED)
    return workbook_bytes(
        [
            SheetSpec("各项任务", HEADER, list(_task_rows(lines, words)), title=title, notes=notes, widths=WIDTHS),
            _by_section(lines, title, notes),
            _total(lines, title, notes, plan),
        ]
    )


def _task_rows(lines: Iterable[Line], words: Mapping[str, str]) -> Iterator[list[Out]]:
    for line in lines:
        task, shown, target, standing = line.task, line.shown, line.target, line.standing
        yield [
            _number(task.number),
            task.text,
            task.section.name,
            task.reporting_unit.name,
            target.part_name if target else "",
            target.unit_of_measure if target else "",
            _plain(target.current_value) if target else None,
            _plain(target.original_value) if target and target.amended_value is not None else None,
            _plain(shown.expected) if shown else None,
            _plain(shown.actual) if shown else None,
            _percent(shown.ratio) if shown else None,
            _grade(standing),
            _light(standing, words),
            standing.reason if standing else "",
            month_label(standing.month) if standing else "",
            line.state,
            "迟报" if line.report and line.report.is_late else "",
        ]


def _grade(standing: Standing | None) -> str:
    if standing is None:
        return ""
    why = OTHER_WORDS[OtherReason(standing.other)] if standing.other else ""
    return GRADE_WORDS[Grade(standing.grade)] + (f"（{why}）" if why else "")


def _light(standing: Standing | None, words: Mapping[str, str]) -> str:
    """As the plan calls it; where something else was promised first, what it would be then: 绿（原定红）."""
    if standing is None:
        return "—"
    light = words[standing.light] if standing.light else "—"
    if not standing.is_amended:
        return light
    first = words[standing.promised_light] if standing.promised_light else GRADE_WORDS[Grade(standing.promised_grade)]
    return f"{light}（原定{first}）"


def _number(text: str) -> Out:
    return int(text) if text.isascii() and text.isdecimal() else text


def _plain(value: Decimal | None) -> Decimal | None:
    """Without idle zeros: what a column keeps with six decimals was given with one."""
    if value is None:
        return None
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def _percent(ratio: Decimal | None) -> Decimal | None:
    return None if ratio is None else _plain(round(ratio * 100, 1))


COUNTED = ("项数", *GRADE_WORDS.values(), "应报", "已报", "未报", "迟报")


def _counts(lines: Iterable[Line]) -> list[int]:
    lines = list(lines)
    grades = Counter(line.standing.grade if line.standing else Grade.OTHER for line in lines)
    owed = [line for line in lines if line.is_owed]
    signed = (ReportState.SUBMITTED, ReportState.APPROVED)
    told = sum(1 for line in owed if line.report is not None and line.report.state in signed)
    late = sum(1 for line in lines if line.report is not None and line.report.is_late)
    return [len(lines), *(grades[grade] for grade in GRADE_WORDS), len(owed), told, len(owed) - told, late]


def _by_section(lines: list[Line], title: str, notes: list[str]) -> SheetSpec:
    """By the headings of the list, so that its own count of lead units holds; the sum at the end."""
    groups: dict[int, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.task.section_id, []).append(line)
    rows: list[list[Out]] = [[group[0].task.section.name, *_counts(group)] for group in groups.values()]
    rows.append(["合计", *_counts(lines)])
    header = ("牵头单位（清单标题）", *COUNTED)
    widths = (26, *[8] * len(COUNTED))
    return SheetSpec("按牵头单位", header, rows, title=f"{title}：按牵头单位", notes=notes, widths=widths)


def _total(lines: list[Line], title: str, notes: list[str], plan: Plan) -> SheetSpec:
    lights = Counter(line.light for line in lines)
    words, rewards = plan.light_words(), plan.rewarding_lights()
    rows: list[list[Out]] = [
        [f"亮灯：{words[light]}{'（表扬）' if light in rewards else ''}", lights[light]] for light in Light
    ]
    rows.append(["亮灯：暂不可比", lights[""]])
    rows += [[name, count] for name, count in zip(COUNTED, _counts(lines), strict=True)]
    return SheetSpec("合计", ("项目", "数"), rows, title=f"{title}：合计", notes=notes, widths=(22, 10))
