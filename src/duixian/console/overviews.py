"""What the overview says: counts with their change, who is behind and why, who still owes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from duixian.assessing import Light
from duixian.console import wording
from duixian.console.filters import NONE, SOON
from duixian.console.shell import Shell
from duixian.console.sparks import Segment, bar
from duixian.periods import add_months, month_label
from duixian.register.models import Plan, Task
from duixian.register.models.task import TaskQuerySet
from duixian.reporting.aging import reasons_on
from duixian.reporting.deadlines import Due, dues_between, tasks_due_between, tasks_past_due
from duixian.reporting.enums import ReportState
from duixian.reporting.listings import last_reports, lights_at, with_standing_at
from duixian.reporting.models import Report, Round
from duixian.reporting.queries import (
    Completeness,
    SectionCounts,
    counts_by_section,
    light_counts,
    light_counts_by_month,
    tasks_behind_pace,
    tasks_not_reported,
    whole_and_units,
)

# rows on the first screen; the rest is one click away in the register
SHOWN_BEHIND = 14
SHOWN_DUE = 8
SHOWN_UNITS = 10
SHOWN_OWING = 4
STATE_STEPS = (
    ReportState.APPROVED,
    ReportState.SUBMITTED,
    ReportState.SENT_UP,
    ReportState.SENT_BACK,
    ReportState.DRAFT,
)
TROUBLE = (Light.RED, Light.GREY, Light.YELLOW)


@dataclass(frozen=True, slots=True)
class LightCell:
    """One light of the strip."""

    code: str
    key: str
    meaning: str
    count: int
    change: str


@dataclass(frozen=True, slots=True)
class MonthBar:
    """One month's tasks by light."""

    month: date
    red: int
    segments: list[Segment]


@dataclass(frozen=True, slots=True)
class Behind:
    """A task that is red or not reported: why, and what its unit says it does next."""

    task: Task
    report: Report | None
    is_new: bool
    reason: str


@dataclass(frozen=True, slots=True)
class RoundState:
    """How complete the current round is."""

    round: Round
    counts: Completeness
    segments: list[Segment]
    owing: list[tuple[str, int, int]]
    more_units: int
    more_owed: int

    @property
    def share(self) -> str:
        """Submitted of owed, in per cent."""
        return f"{100 * self.counts.submitted / self.counts.owed:.1f}%" if self.counts.owed else "—"

    @property
    def steps(self) -> list[tuple[str, str, int]]:
        """State, label, count; what is not begun comes last."""
        steps = [(s.value, str(s.label), self.counts.by_state.get(s, 0)) for s in STATE_STEPS]
        return [*steps, ("NONE", _("未动"), self.counts.untouched)]


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole page."""

    total: int
    section_count: int
    before: date | None
    cells: list[LightCell]
    headline: str
    remark: str
    behind: list[Behind]
    behind_total: int
    months: list[MonthBar]
    sections: list[SectionCounts]
    worst_sections: list[SectionCounts]
    due: list[Due]
    due_total: int
    past_total: int
    round_state: RoundState | None

    @property
    def red(self) -> int:
        """Red lights now."""
        return next(c.count for c in self.cells if c.code == Light.RED)

    @property
    def grade_totals(self) -> dict[str, int]:
        """Grade -> tasks, over all lead units."""
        totals: Counter[str] = Counter()
        for row in self.sections:
            totals.update(row.grades)
        return dict(totals)

    @property
    def grey(self) -> int:
        """Tasks not reported."""
        return next(c.count for c in self.cells if c.code == Light.GREY)


def overview_of(plan: Plan, tasks: TaskQuerySet, shell: Shell) -> Overview:
    """Everything the overview shows of the tasks the person sees."""
    now = light_counts(tasks)
    by_month = light_counts_by_month(plan, tasks)
    before = _month_before(shell.round, by_month)
    sections = counts_by_section(plan, tasks)
    silent, red = tasks_not_reported(tasks), tasks_behind_pace(tasks).filter(light=Light.RED)
    days = (shell.today, shell.today + SOON)
    return Overview(
        total=sum(now.values()),
        section_count=len(sections),
        before=before,
        cells=_cells(now, by_month.get(before, {}) if before else {}),
        headline=_comparison(now, by_month, before),
        remark=_remark(_new_among(red, before)),
        behind=_behind(silent, red, before, shell.today),
        behind_total=silent.count() + red.count(),
        months=[MonthBar(m, c[Light.RED], bar(c)) for m, c in by_month.items()],
        sections=sections,
        worst_sections=_worst(sections),
        due=dues_between(tasks, *days, SHOWN_DUE),
        due_total=tasks_due_between(tasks, *days).count(),
        past_total=tasks_past_due(tasks, shell.today).count(),
        round_state=_round_state(shell.round, tasks),
    )


def _month_before(round: Round | None, by_month: Mapping[date, dict[str, int]]) -> date | None:
    """The month to compare with: the round before the current one."""
    if round is None:
        return None
    month = add_months(round.month, -1)
    return month if month in by_month else None


def _cells(now: Mapping[str, int], before: Mapping[str, int]) -> list[LightCell]:
    order = wording.LIGHT_ORDER
    return [
        LightCell(
            code,
            code or NONE,
            wording.light_meaning(code),
            now[code],
            wording.change(now[code], before.get(code, 0)) if before else "",
        )
        for code in order
    ]


def _comparison(now: Mapping[str, int], by_month: Mapping[date, dict[str, int]], before: date | None) -> str:
    """比5月多4项."""
    if before is None:
        return ""
    difference = now[Light.RED] - by_month[before][Light.RED]
    label = month_label(before)
    if difference == 0:
        return _("与%(month)s持平") % {"month": label}
    words = _("比%(month)s多%(n)s项") if difference > 0 else _("比%(month)s少%(n)s项")
    return words % {"month": label, "n": abs(difference)}


def _behind(silent: TaskQuerySet, red: TaskQuerySet, before: date | None, today: date) -> list[Behind]:
    """缺报 first, then the reds; what the first screen shows of them."""
    shown = [*silent[:SHOWN_BEHIND], *red[:SHOWN_BEHIND]][:SHOWN_BEHIND]
    keys = [t.pk for t in shown]
    earlier = lights_at(Task.objects.filter(pk__in=keys), before) if before else {}
    reports = last_reports(keys)
    told = reasons_on(shown, today)
    return [Behind(t, reports.get(t.pk), earlier.get(t.pk) != t.light, told.get(t.pk, t.reason)) for t in shown]


def _new_among(red: TaskQuerySet, before: date | None) -> TaskQuerySet:
    """The reds that were not red the month before."""
    if before is None:
        return red
    return with_standing_at(red, before).filter(Q(light_then=None) | ~Q(light_then=Light.RED))


def _remark(new: TaskQuerySet) -> str:
    """Which reds are new; names at most six."""
    count = new.count()
    if not count:
        return ""
    names = "、".join(new.values_list("number", flat=True)[:6]) + (_("等") if count > 6 else "")
    return _("本月新转红%(n)s项：第%(names)s项。") % {"n": count, "names": names}


def _worst(sections: Sequence[SectionCounts]) -> list[SectionCounts]:
    troubled = [s for s in sections if any(s.lights.get(light) for light in TROUBLE)]
    return sorted(troubled, key=lambda s: [-s.lights.get(light, 0) for light in TROUBLE])[:SHOWN_UNITS]


def _round_state(round: Round | None, tasks: TaskQuerySet) -> RoundState | None:
    if round is None:
        return None
    counts, units = whole_and_units(round, tasks)
    by_unit = [(u.name, u.pk, c.missing) for u, c in units.items()]
    owing = [row for row in by_unit if row[2]]
    rest = owing[SHOWN_OWING:]
    steps = {**{s.value: counts.by_state.get(s, 0) for s in STATE_STEPS}, "NONE": counts.untouched}
    segments = bar(steps, [*(s.value for s in STATE_STEPS), "NONE"])
    return RoundState(round, counts, segments, owing[:SHOWN_OWING], len(rest), sum(n for _name, _pk, n in rest))
