"""A month's stocktake as it happens: opened, filled in unit by unit, signed, reviewed, mended, locked.

Everything is an act in the diary. What lies after the moment at which the demonstration stands has simply not
happened yet, so the last round is left half-way as a real one would be.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from duixian.audit.command import InvalidInput
from duixian.demo.cast import Cast
from duixian.demo.chance import Chance
from duixian.demo.content import Desk
from duixian.demo.diary import Diary
from duixian.demo.moments import WorkingTime, at
from duixian.demo.script import FirstVersion, Habit, Noticed, Script
from duixian.periods import add_months, today_in
from duixian.register.models import Plan, Task
from duixian.register.queries import tasks_with_parts
from duixian.reporting.commands import (
    approve_report,
    lock_round,
    open_round,
    reopen_report,
    return_report,
    save_report,
    send_back_report,
    send_up_report,
    sign_off_report,
)
from duixian.reporting.content import FigureEntry, ReportContent
from duixian.reporting.models import Report, Round
from duixian.reporting.obligations import tasks_open
from duixian.reporting.queries import doubts_of

OPENS_AT = (8, 30)
LOCKS_AT = (17, 30)
# a round is locked so many working days after its due date, once the late ones are in and mended
LOCKED_AFTER = 3
MINUTES_A_REPORT = 4

# states in which the last month's report may be left by the script
LEFT_UNTOUCHED, LEFT_DRAFT, LEFT_SENT_UP, LEFT_SUBMITTED = "NONE", "DRAFT", "SENT_UP", "SUBMITTED"
LEFT_SENT_BACK, LEFT_APPROVED = "SENT_BACK", "APPROVED"


@dataclass(frozen=True, slots=True)
class Hours:
    """When one unit's reports of a round are sent up, signed and reviewed."""

    sent_up: datetime
    signed: datetime
    reviewed: datetime


@dataclass(slots=True)
class Month:
    """One round while it runs."""

    round: Round
    locks_at: datetime
    # about when reports were written last, for what is new since
    last_told: date


@dataclass(slots=True)
class Stocktakes:
    """All rounds of a plan."""

    plan: Plan
    script: Script
    cast: Cast
    diary: Diary
    desk: Desk
    working: WorkingTime
    chance: Chance
    last_month: date
    say: Callable[[str], None]
    loaded: dict[int, Task] = field(default_factory=dict)
    loaded_on: date | None = None

    def add_month(self, month: date, not_before: date) -> None:
        """Enter a round's opening: the first working day after the month, but not before the list was handed out."""
        day = self.working.first_day(max(add_months(month, 1), not_before))
        self.diary.add(at(day, *OPENS_AT), lambda now: self._open(month, now))

    def _open(self, month: date, now: datetime) -> None:
        self.say(f"{month:%Y年}{month.month}月盘点")
        opened = open_round(plan=self.plan, month=month, actor=self.cast.office_head, now=now)
        locks_on = self.working.later(max(opened.due_on, today_in(now)), LOCKED_AFTER)
        running = Month(opened, at(locks_on, *LOCKS_AT), last_told=month.replace(day=3))
        self.diary.add(running.locks_at, lambda now: self._lock(running, now))
        by_unit: dict[int, list[int]] = {}
        for task_id, unit_id in tasks_open(opened).order_by("order").values_list("pk", "reporting_unit_id"):
            by_unit.setdefault(unit_id, []).append(task_id)
        for unit_id, task_ids in by_unit.items():
            if (unit_id, month) not in self.script.silent:
                self._await_unit(running, unit_id, task_ids, now)

    def _lock(self, running: Month, now: datetime) -> None:
        lock_round(round=running.round, actor=self.cast.office_head, now=now)

    # one unit

    def _await_unit(self, running: Month, unit_id: int, task_ids: list[int], now: datetime) -> None:
        hours = self._hours(running, unit_id, today_in(now))
        habit = self.script.habits.get(unit_id, Habit())
        left = {pk: self.script.standing[pk] for pk in task_ids if pk in self.script.standing}
        if running.round.month != self.last_month:
            left = {}
        natural = [pk for pk in task_ids if pk not in left]
        # of a locked round nobody sees any more who kept a draft
        if habit.keeps_draft and running.round.month == self.last_month:
            drafted = [pk for number, pk in enumerate(natural) if number % 2 == 0]
            for place, pk in enumerate(drafted):
                self.diary.add(self._draft_time(hours, now, place), self.drafting(running, pk))
        for place, pk in enumerate(natural):
            Thread(self, running, pk, hours, place).begin()
        for place, (pk, state) in enumerate(left.items()):
            early = self._early_hours(now)
            Thread(self, running, pk, early, place, stops_at=state).begin()

    def _hours(self, running: Month, unit_id: int, opened_on: date) -> Hours:
        """By the unit's habit, within the due date; late where the script says so."""
        month, due_on = running.round.month, running.round.due_on
        name = (self.desk.teller.names[unit_id], month)
        habit = self.script.habits.get(unit_id, Habit())
        late = self.script.late.get((unit_id, month))
        if late is not None:
            day = self.working.first_day(due_on + timedelta(days=late))
        else:
            offset = self.chance.whole(*habit.days, *name, "day")
            day = min(self.working.later(opened_on, offset), max(due_on, opened_on))
        sent_up = at(day, 9, self.chance.whole(5, 330, *name, "minute"))
        signed = sent_up + timedelta(minutes=self.chance.pick((75, 100, 150), *name, "signs"))
        if late is None and day < due_on and self.chance.holds(45, *name, "signs tomorrow"):
            signed = at(self.working.later(day, 1), 10, self.chance.whole(0, 50, *name, "signs"))
        wait = 1 if late is not None else self.chance.whole(0, 2, *name, "review")
        reviewed = at(self.working.later(today_in(signed), wait), 10, self.chance.whole(0, 90, *name, "reviewed"))
        return Hours(sent_up, signed, max(reviewed, signed + timedelta(minutes=60)))

    def _early_hours(self, now: datetime) -> Hours:
        """Soon after the opening, so that what the script leaves standing does stand when the demonstration begins."""
        day = today_in(now)
        return Hours(at(day, 10), at(day, 14), at(self.working.later(day, 1), 10))

    def _draft_time(self, hours: Hours, opened_at: datetime, place: int) -> datetime:
        before = self.working.later(today_in(hours.sent_up), -1)
        drafted = at(before, 15, place * MINUTES_A_REPORT)
        return max(drafted, opened_at + timedelta(minutes=20 + place))

    def drafting(self, running: Month, task_id: int) -> Callable[[datetime], None]:
        """A liaison keeps what is at hand; the rest is filled in before it goes up."""

        def draft(now: datetime) -> None:
            task = self.load(task_id, now)
            if not Report.objects.filter(round=running.round, task=task).exists():
                content = self.fill_in(running, task, now, None)
                begun = ReportContent(figures=content.figures, nodes=content.nodes)
                self.save(running, task, begun, now)

        return draft

    # what every report needs

    def load(self, task_id: int, now: datetime) -> Task:
        """A task with its parts as of the day, read together with all others of its unit."""
        if self.loaded_on != today_in(now):
            self.loaded, self.loaded_on = {}, today_in(now)
        if task_id not in self.loaded:
            unit = Task.objects.filter(pk=task_id).values("reporting_unit")
            tasks = tasks_with_parts(self.plan.tasks.filter(reporting_unit__in=unit))
            self.loaded |= {task.pk: task for task in tasks}
        return self.loaded[task_id]

    def fill_in(self, running: Month, task: Task, now: datetime, first: FirstVersion | None) -> ReportContent:
        """The report's content on this day."""
        return self.desk.fill_in(task, running.round.month, today_in(now), running.last_told, first)

    def save(self, running: Month, task: Task, content: ReportContent, now: datetime) -> Report:
        """Save over whatever there is."""
        revision = Report.objects.filter(round=running.round, task=task).values_list("revision", flat=True).first() or 0
        liaison = self.cast.liaisons[task.reporting_unit_id]
        return save_report(round=running.round, task=task, content=content, revision=revision, actor=liaison, now=now)


@dataclass(slots=True)
class Thread:
    """One report on its way, step by step; a step after the lock is not taken."""

    all: Stocktakes
    running: Month
    task_id: int
    hours: Hours
    place: int
    stops_at: str = LEFT_APPROVED
    report: Report | None = None

    def begin(self) -> None:
        """Enter the first step."""
        if self.stops_at != LEFT_UNTOUCHED:
            self._at(self.hours.sent_up + self._after(MINUTES_A_REPORT), self._first_version)

    def _after(self, minutes: int) -> timedelta:
        return timedelta(minutes=self.place * minutes)

    def _at(self, when: datetime, act: Callable[[datetime], None]) -> None:
        if when < self.running.locks_at:
            self.all.diary.add(when, act)

    @property
    def first(self) -> FirstVersion | None:
        """What the script says was wrong at first."""
        return self.all.script.first_versions.get((self.task_id, self.running.round.month))

    def _first_version(self, now: datetime) -> None:
        if self.stops_at == LEFT_DRAFT:
            self.all.drafting(self.running, self.task_id)(now)
            return
        self._send_up(now, self.first)
        if self.stops_at == LEFT_SENT_UP:
            return
        signing = max(self.hours.signed + self._after(1), now + timedelta(minutes=30))
        if self.first is not None and self.first.noticed_by is Noticed.UNIT:
            self._at(signing, self._return)
        else:
            self._at(signing, self._sign)

    def _send_up(self, now: datetime, first: FirstVersion | None) -> None:
        """Save and send up; where a figure is out of the ordinary, the liaison is told and stands by it."""
        task = self.all.load(self.task_id, now)
        content = self.all.fill_in(self.running, task, now, first)
        self.report = self.all.save(self.running, task, content, now)
        liaison = self.all.cast.liaisons[task.reporting_unit_id]
        try:
            send_up_report(report=self.report, actor=liaison, now=now)
        except InvalidInput:
            doubts = doubts_of(self.report)
            figures = tuple(_confirmed(entry, doubts) for entry in content.figures)
            content = replace(content, figures=figures)
            self.report = self.all.save(self.running, task, content, now)
            send_up_report(report=self.report, actor=liaison, now=now)

    def _return(self, now: datetime) -> None:
        assert self.report is not None
        assert self.first is not None
        head = self.all.cast.heads[self.report.unit_id]
        return_report(report=self.report, note=self.first.note, actor=head, now=now)
        self._at(now + timedelta(minutes=35), self._mend)

    def _sign(self, now: datetime) -> None:
        assert self.report is not None
        self.report = sign_off_report(report=self.report, actor=self.all.cast.heads[self.report.unit_id], now=now)
        if self.stops_at != LEFT_SUBMITTED:
            self._at(max(self.hours.reviewed + self._after(2), now + timedelta(minutes=20)), self._review)

    def _review(self, now: datetime) -> None:
        assert self.report is not None
        office = self.all.chance.pick(self.all.cast.office_staff, self.all.desk.teller.names[self.report.unit_id])
        is_first = self.report.versions.count() == 1
        first = self.first
        if is_first and (self.stops_at == LEFT_SENT_BACK or (first and first.noticed_by is Noticed.OFFICE)):
            note = first.note if first else "请补充完成情况和佐证。"
            self.report = send_back_report(report=self.report, note=note, actor=office, now=now)
            if self.stops_at != LEFT_SENT_BACK:
                self._at(self._next_day(now, 14), self._mend)
            return
        self.report = approve_report(report=self.report, actor=office, now=now)
        if is_first and first is not None and first.noticed_by is Noticed.LATER:
            self._at(self._next_day(now, 9), self._reopen)

    def _reopen(self, now: datetime) -> None:
        assert self.report is not None
        assert self.first is not None
        office = self.all.cast.office_head
        self.report = reopen_report(report=self.report, note=self.first.note, actor=office, now=now)
        self._at(now + timedelta(hours=1), self._mend)

    def _mend(self, now: datetime) -> None:
        self._send_up(now, None)
        self._at(now + timedelta(minutes=50), self._sign)

    def _next_day(self, now: datetime, hour: int) -> datetime:
        return at(self.all.working.later(today_in(now), 1), hour, 10 + self.place)


def _confirmed(entry: FigureEntry, doubts: Collection[str]) -> FigureEntry:
    return replace(entry, is_confirmed=True) if entry.field in doubts else entry
