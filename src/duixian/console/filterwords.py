"""What a list holds, in words: for the head of a file and of a printed sheet."""

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from duixian.console import wording
from duixian.console.bulk import leaders_of
from duixian.console.filters import NONE, QUARTERS, Filters
from duixian.console.listed import Listed
from duixian.console.shell import Shell
from duixian.register.enums import TaskKind
from duixian.reporting.enums import ReportState
from duixian.units.enums import UnitKind

SIMULATED = "模拟数据 / simulated"
REPORT_WORDS = {"NONE": "应报未动", "MISSING": "应报未报", "OWED": "应报"}


def marks_of(shell: Shell) -> list[str]:
    """What must stand above every sheet of a demonstration that tells of a real government."""
    return [SIMULATED] if shell.is_simulated else []


def sort_choices() -> list[tuple[str, str]]:
    """Orders of the register: the word in the address and in Chinese."""
    return [
        ("order", _("清单顺序")),
        ("-order", _("清单倒序")),
        ("light", _("亮灯由重到轻")),
        ("-light", _("亮灯由轻到重")),
        ("grade", _("等次")),
        ("-grade", _("等次倒序")),
        ("due", _("期限先后")),
        ("-due", _("期限后先")),
        ("unit", _("单位")),
        ("-unit", _("单位倒序")),
        ("kind", _("类别")),
        ("-kind", _("类别倒序")),
        ("data", _("数据截至先后")),
        ("-data", _("数据截至后先")),
    ]


def filter_words(found: Listed) -> str:
    """亮灯：红、黄；期限：30天内到期. Empty where nothing is filtered."""
    filters = found.filters
    said = [
        (_("亮灯"), "、".join(wording.light_word("" if code == NONE else code) for code in filters.lights)),
        (_("类别"), "、".join(str(TaskKind(kind).label) for kind in filters.kinds)),
        (_("等次"), wording.grade_word(filters.grade) if filters.grade else ""),
        (_("清单标题"), _name(found.plan.sections.all(), filters.section)),
        (_("参与单位"), _name(found.plan.government.units.all(), filters.unit)),
        (_("单位类别"), str(UnitKind(filters.unit_kind).label) if filters.unit_kind else ""),
        (_("领导"), _name(leaders_of(found.plan), filters.leader)),
        (_("专班"), _name(found.forces, filters.force)),
        (_("期限"), _due(filters)),
        (_("填报"), _report(filters)),
        (_("含"), filters.q),
    ]
    return "；".join(f"{label}：{words}" for label, words in said if words)


def _name(choices: QuerySet[Any], pk: int | None) -> str:
    """What the choice is called; a number that is none of the choices has no name."""
    found = choices.filter(pk=pk).first() if pk else None
    return str(found) if found else ""


def scope_of(found: Listed) -> str:
    """Whose list it is: the unit's, leader's, task force's or heading's that is filtered by, else the government's."""
    plan, filters = found.plan, found.filters
    named = [
        _name(leaders_of(plan), filters.leader),
        _name(found.forces, filters.force),
        _name(plan.government.units.all(), filters.unit),
        _name(plan.sections.all(), filters.section),
    ]
    return "".join(filter(None, named)) or plan.government.name


def _due(filters: Filters) -> str:
    if filters.due in QUARTERS:
        return _("%(n)s季度到期") % {"n": "一二三四"[QUARTERS[filters.due] - 1]}
    return {"30": _("30天内到期"), "past": _("已过期限")}.get(filters.due, "")


def _report(filters: Filters) -> str:
    if filters.report in ReportState.values:
        return str(ReportState(filters.report).label)
    return REPORT_WORDS.get(filters.report, "")


def notes_of(found: Listed, count: int) -> list[str]:
    """What a file says above its table: which plan, what of it, in which order, when and by whom; whether simulated."""
    shell, filters = found.shell, found.filters
    order = dict(sort_choices())[filters.sorted_by]
    words = filter_words(found) or _("未筛选")
    month = _("%(y)s年%(m)s月时的亮灯") % {"y": filters.month.year, "m": filters.month.month} if filters.month else ""
    notes = [
        f"{found.plan.short_title}　{found.plan.source.doc_number}".strip(),
        "；".join(
            filter(None, [_("筛选：%(words)s") % {"words": words}, _("排序：%(order)s") % {"order": order}, month])
        ),
        _("共%(n)s项，%(when)s由%(who)s导出")
        % {"n": count, "when": f"{localtime(shell.now):%Y-%m-%d %H:%M}", "who": f"{shell.whose} {shell.account.name}"},
    ]
    return [SIMULATED, *notes] if shell.is_simulated else notes
