"""From a founded government and a reading to a demonstration that stands: the common way of both kinds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from duixian.assessing import Thresholds, expected_at
from duixian.bulletins.commands import draw_up_bulletin
from duixian.demo.cast import Cast
from duixian.demo.chance import Chance
from duixian.demo.content import Desk
from duixian.demo.diary import Diary
from duixian.demo.duties import Handing
from duixian.demo.filing import Filing
from duixian.demo.moments import WorkingTime, at, standing_moment
from duixian.demo.script import Script
from duixian.demo.setting import add_releases, set_the_scene
from duixian.demo.stocktake import Stocktakes
from duixian.demo.telling import Teller, Words
from duixian.periods import Quarter, months_between, months_of_year
from duixian.register.models import Plan, Task
from duixian.register.queries import tasks_with_parts
from duixian.reporting.facts import Knowledge, gather, target_facts
from duixian.units.models import Unit
from duixian.units.queries import calendar_exceptions

Say = Callable[[str], None]

# after the list was adopted that morning
SCENE_AT_HOUR = 11
BULLETIN_AT_HOUR = 16
BULLETIN_ON_DAY = 28


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a script is played."""

    plan: Plan
    cast: Cast
    script: Script
    chance: Chance
    words: Words
    adopted_on: date
    handed_out_on: date
    first_month: date
    last_month: date
    bulletins: Mapping[str, date]
    say: Say
    # what else a demonstration tells: each writes its own days into the diary
    more: tuple[Callable[[Diary], None], ...] = ()

    def play(self) -> None:
        """Everything from handing out the list to the moment at which the demonstration stands."""
        note_expectations(self.script, list(tasks_with_parts(self.plan.tasks.all())), self.plan.year)
        set_the_scene(self.script, self.cast, at(self.adopted_on, SCENE_AT_HOUR))
        diary, working = Diary(), WorkingTime(calendar_exceptions())
        Filing(self.script, self.cast, diary, working, self.chance).add_all(self.handed_out_on)
        stands_at = standing_moment(self.last_month)
        Handing(self.plan, self.cast, diary, working, self.chance).add_all(self.handed_out_on, stands_at.date())
        add_releases(self.script, self.cast, diary, working, self.handed_out_on)
        self._add_rounds(diary, working)
        self._add_bulletins(diary, working)
        for add_more in self.more:
            add_more(diary)
        diary.run(stands_at)

    def _add_rounds(self, diary: Diary, working: WorkingTime) -> None:
        names = dict(Unit.objects.filter(government=self.cast.government).values_list("pk", "name"))
        teller = Teller(self.script, self.words, self.chance, names)
        desk = Desk(self.script, teller)
        rounds = Stocktakes(
            self.plan, self.script, self.cast, diary, desk, working, self.chance, self.last_month, self.say
        )
        for month in months_between(self.first_month, self.last_month):
            rounds.add_month(month, self.handed_out_on)

    def _add_bulletins(self, diary: Diary, working: WorkingTime) -> None:
        for month in months_between(self.first_month, self.last_month):
            if month.month % 3 == 0:
                quarter = Quarter.of(month)
                after = Quarter.of(month).ends_on.toordinal() + BULLETIN_ON_DAY
                day = self.bulletins.get(str(quarter)) or working.first_day(date.fromordinal(after))
                diary.add(at(day, BULLETIN_AT_HOUR), self._drawing_up(quarter))

    def _drawing_up(self, quarter: Quarter) -> Callable[[datetime], None]:
        def draw_up(now: datetime) -> None:
            draw_up_bulletin(plan=self.plan, quarter=quarter, actor=self.cast.office_head, now=now)

        return draw_up


def knowledge_at_start(tasks: list[Task], year: int) -> Knowledge:
    """What is known of the tasks before anything was reported."""
    first = date(year, 1, 1)
    return gather(tasks, month=first, today=first)


def note_expectations(script: Script, tasks: list[Task], year: int) -> None:
    """Work out what each target expects by month, from the script's own plans and past, for the words of reports."""
    known = knowledge_at_start(tasks, year)
    for task in tasks:
        for target in task.targets.all():
            past = script.history.get(target.indicator_id, {})
            facts = replace(
                target_facts(target, task, known),
                baseline=past.get(date(year - 1, 12, 1)) if target.accrual == "stock" else None,
                last_year=past or None,
                monthly_plan=script.plans[target.pk].figures if target.pk in script.plans else None,
                members=None,
            )
            values = {m: expected_at(facts, month=m, thresholds=Thresholds()) for m in months_of_year(year)}
            script.expected[target.pk] = {m: value for m, value in values.items() if value is not None}
