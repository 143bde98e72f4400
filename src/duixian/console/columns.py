"""The register's columns: what each is called, and what stands in it on a page and in a sheet.

A line is a task, or one of its parts beneath it. A task of one part carries that part's figures.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from duixian.console import wording
from duixian.console.rows import PartRow, TaskRow, marks_of
from duixian.register.models import Task

Value = str | Decimal | date


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list. `part` is None on a task's own line where its parts follow."""

    row: TaskRow
    part: PartRow | None
    is_part: bool = False

    @property
    def light(self) -> str:
        """The code of the light, "" for none."""
        return self.part.light if self.is_part and self.part else self.row.light

    @property
    def marks(self) -> tuple[str, ...]:
        """What stands beside the light: 认定, 原定红."""
        if self.is_part and self.part:
            return marks_of(self.part.standing, self.part.light)
        return self.row.marks

    @property
    def grade(self) -> str:
        """The grade in words."""
        return self.part.grade if self.is_part and self.part else self.row.grade

    @property
    def limit(self) -> str:
        """The limit as printed."""
        return self.part.limit if self.is_part and self.part else self.row.limit

    @property
    def deviation(self) -> str:
        """The deviation, or why there is none; how many parts follow on a line of its own."""
        if self.part is not None:
            return self.part.deviation or self.part.other
        return f"{len(self.row.parts)}{_('个分项')}" if self.row.parts else ""


@dataclass(frozen=True, slots=True)
class Column:
    """`css` is the class of its cells (p2, p3: left out on narrower screens); `sort` its word in the address."""

    code: str
    label: str | Promise
    value: Callable[[Line], Value]
    css: str = ""
    sort: str = ""
    width: int = 12

    @property
    def is_number(self) -> bool:
        """Whether its cells stand at the right."""
        return self.css.startswith("n ") or self.css == "n"


def lines_of(row: TaskRow) -> list[Line]:
    """A task's line, and one for each part that needs its own."""
    return [Line(row, row.only), *(Line(row, part, is_part=True) for part in row.shown_parts)]


def _of_task(value: Callable[[TaskRow], Value]) -> Callable[[Line], Value]:
    """A column that a part's line leaves empty."""
    return lambda line: "" if line.is_part else value(line.row)


def _of_part(name: str) -> Callable[[Line], Value]:
    return lambda line: getattr(line.part, name) if line.part else ""


def _figure(name: str) -> Callable[[Line], Value]:
    """A figure as a number where it is one, else its words."""

    def value(line: Line) -> Value:
        if line.part is None:
            return ""
        number = getattr(line.part.standing, name, None) if line.part.is_figure else None
        return Decimal(wording.exact(number)) if number is not None else str(getattr(line.part, name))

    return value


def _what(line: Line) -> Value:
    return line.part.name if line.is_part and line.part else line.row.task.text


def _light(line: Line) -> Value:
    words = wording.light_word(line.light)
    return f"{words}（{'，'.join(line.marks)}）" if line.marks else words


def _due(line: Line) -> Value:
    return "" if line.is_part else line.row.task.current_due_on


def number_of(task: Task) -> str | Decimal:
    """The printed number; as a number where it is one, so that sheets sort by it."""
    return Decimal(task.number) if task.number.isdecimal() else task.number


def _number(line: Line) -> Value:
    return "" if line.is_part else number_of(line.row.task)


_ALL = (
    Column("number", _("序号"), _number, "serial", "order", 6),
    Column("light", _("亮灯"), lambda line: _light(line), "", "light", 8),
    Column("grade", _("等次"), lambda line: line.grade, "p2", "grade", 8),
    Column("what", _("任务与分项"), _what, "what", "", 60),
    Column("section", _("清单标题"), _of_task(lambda row: row.task.section.name), "p2 named", "", 18),
    Column("lead", _("牵头单位"), _of_task(lambda row: _named(row.task.leads)), "p2 named", "", 18),
    Column("unit", _("填报单位"), _of_task(lambda row: row.task.reporting_unit.name), "p2 named", "unit", 16),
    Column("with", _("配合单位"), _of_task(lambda row: _named(row.task.cooperating)), "p3 named", "", 30),
    Column("kind", _("类别"), _of_task(lambda row: str(row.task.get_kind_display())), "p2", "kind", 8),
    Column("limit", _("期限"), lambda line: line.limit, "p2 nowrap quiet", "due", 14),
    Column("due", _("截止日"), _due, "p2 nowrap quiet", "due", 12),
    Column("uom", _("计量单位"), _of_part("uom"), "uom p3", "", 8),
    Column("goal", _("目标"), _of_part("goal"), "n p2", "", 12),
    Column("actual", _("完成"), _figure("actual"), "n actual", "", 12),
    Column("expected", _("序时应达"), _figure("expected"), "n expected p2", "", 12),
    Column("deviation", _("完成比应达"), lambda line: line.deviation, "n p2", "", 14),
    Column("course", _("走势"), lambda line: "", "p3", "", 0),
    Column("data", _("数据截至"), _of_part("data"), "p2 nowrap quiet", "data", 10),
    Column("reason", _("亮灯原因"), _of_task(lambda row: row.reason), "p2 said-why", "", 50),
)
COLUMNS = {column.code: column for column in _ALL}
USUAL = (
    "number",
    "light",
    "grade",
    "what",
    "limit",
    "uom",
    "goal",
    "actual",
    "expected",
    "deviation",
    "course",
    "data",
)
# what a list without its tasks would be
ALWAYS = ("number", "what")


def _named(parties: list) -> str:
    return "、".join(party.printed for party in parties)


def columns_of(chosen: tuple[str, ...]) -> list[Column]:
    """The columns to show, in their own order; the usual ones where none was chosen."""
    wanted = {*ALWAYS, *(chosen or USUAL)}
    return [column for column in _ALL if column.code in wanted]
