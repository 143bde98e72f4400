"""What background work has to do by now, worked out from what stands in the database.

Nothing is queued: a round that should be open and is not is due, however long the machine stood still, and is due no
more once it is open. So no act is lost, none is done twice, and a clock set back finds nothing new to do.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from duixian.periods import SHANGHAI, add_months, month_label, month_of, months_of_year, today_in
from duixian.register.models import Plan
from duixian.reporting.calendars import days_among, plans_with_an_office
from duixian.reporting.days import round_dates
from duixian.reporting.enums import JobKind, JobState
from duixian.reporting.models import GradeOverride, JobRun, LockException, Round
from duixian.units.queries import calendar_exceptions

# what is done once a day, and when
DAILY = {JobKind.RECOMPUTE: time(1, 0), JobKind.EXPORT: time(1, 30)}
OPENS_AT, REMINDS_AT, MIDNIGHT = time(8, 0), time(8, 30), time(0, 0)
LABELS = {JobKind.RECOMPUTE: "重新评定没有锁定的月份", JobKind.EXPORT: "导出审计链尾"}


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do; `key` is its name for ever, `month` and `subject` (an id) say what it is about."""

    kind: JobKind
    key: str
    label: str
    due_at: datetime
    plan: Plan | None = None
    month: date | None = None
    subject: int = 0

    @property
    def order(self) -> tuple[datetime, int, str]:
        """The earliest first; of one moment, endings before beginnings."""
        return self.due_at, self.kind.rank, self.key


def due_acts(now: datetime) -> list[Act]:
    """Everything that is due, in the order in which it is to be done."""
    acts = [act for act in _all(now) if act.due_at <= now]
    return sorted(acts, key=lambda act: act.order)


def _all(now: datetime) -> Iterator[Act]:
    yield from _expiries()
    plans = list(plans_with_an_office(today_in(now)).prefetch_related("round_calendars", "rounds"))
    exceptions = calendar_exceptions()
    for plan in plans:
        yield from _openings(plan, exceptions)
    yield from _of_rounds(plans)
    yield from _daily(now, plans)


def at(day: date, hour: time) -> datetime:
    """An instant in Shanghai."""
    return datetime.combine(day, hour, SHANGHAI)


def after(day: date) -> datetime:
    """The moment at which a day has ended."""
    return at(day + timedelta(days=1), MIDNIGHT)


def _expiries() -> Iterator[Act]:
    for held in LockException.objects.filter(ended_at=None).select_related("unit", "round__plan"):
        yield Act(
            JobKind.EXPIRE,
            f"expire-exception:{held.pk}",
            f"{held}到期",
            after(held.expires_on),
            held.round.plan,
            subject=held.pk,
        )
    yield from _overrides()


def _overrides() -> Iterator[Act]:
    """人工认定 ends after its day, or when a stocktake later than the one it names begins."""
    for word in GradeOverride.objects.filter(ended_at=None).select_related("task__plan"):
        plan = word.task.plan
        due_at = word.ends_at
        if word.until_month is not None:
            later = plan.rounds.filter(month__gt=word.until_month).order_by("opened_at").first()
            due_at = later.opened_at if later else None
        if due_at is not None:
            yield Act(JobKind.EXPIRE, f"expire-override:{word.pk}", f"{word}到期", due_at, plan, subject=word.pk)


def first_by_itself(plan: Plan) -> date:
    """The first month that is opened by itself: that of adoption, or the one after the last round; earlier by hand."""
    return max([month_of(today_in(plan.adopted_at)), *(add_months(round.month, 1) for round in plan.rounds.all())])


def _openings(plan: Plan, exceptions: dict[date, bool]) -> Iterator[Act]:
    first = first_by_itself(plan)
    for month in months_of_year(plan.year):
        days = days_among(plan.round_calendars.all(), month)
        if month < first or not days.is_automatic:
            continue
        opens_on = round_dates(days, month, exceptions).opens_on
        key, label = f"open:{plan.pk}:{month:%Y-%m}", f"开始{plan.year}年{month_label(month)}盘点"
        yield Act(JobKind.OPEN, key, label, at(opens_on, OPENS_AT), plan, month)


def _of_rounds(plans: Iterable[Plan]) -> Iterator[Act]:
    for plan in plans:
        for round in plan.rounds.all():
            if not round.is_locked and days_among(plan.round_calendars.all(), round.month).is_automatic:
                yield from _of_round(round, plan)


def _of_round(round: Round, plan: Plan) -> Iterator[Act]:
    about = {"plan": plan, "month": round.month, "subject": round.pk}
    if round.remind_on is not None and round.reminded_at is None:
        when = at(round.remind_on, REMINDS_AT)
        yield Act(JobKind.REMIND, f"remind:{round.pk}", f"{round}提醒", when, **about)  # type: ignore[arg-type]
    if round.locks_on is not None:
        yield Act(JobKind.LOCK, f"lock:{round.pk}", f"锁定{round}", after(round.locks_on), **about)  # type: ignore[arg-type]


def _daily(now: datetime, plans: Iterable[Plan]) -> Iterator[Act]:
    """Today's only: a day of standstill needs no making up for, nor one that a clock goes back to."""
    today = today_in(now)
    rows = JobRun.objects.filter(kind__in=DAILY, state=JobState.DONE, due_at__gte=at(today, MIDNIGHT))
    done = set(rows.values_list("kind", "plan"))
    open_plans = [plan for plan in plans if any(not round.is_locked for round in plan.rounds.all())]
    wanted: list[tuple[JobKind, Plan | None]] = [(JobKind.RECOMPUTE, plan) for plan in open_plans]
    for kind, plan in [*wanted, (JobKind.EXPORT, None)]:
        if (kind.value, plan.pk if plan else None) not in done:
            key = ":".join([kind.lower(), *([str(plan.pk)] if plan else []), str(today)])
            yield Act(kind, key, f"{LABELS[kind]}（{today}）", at(today, DAILY[kind]), plan)
