"""The sample city's story laid onto the register: which figure belongs to which target, which day to which outcome.

Names are paired by nearness within a task (`city.matching`). What finds no counterpart is kept in `mismatches`: the
story is our own, so a name that fits nothing is a fault of it, and a test says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from duixian.demo.city import Story
from duixian.demo.city.matching import pair
from duixian.demo.city.story import Event, Figure, FullFigure, Months, OutcomeStory, Series
from duixian.demo.script import (
    Course,
    FirstVersion,
    Habit,
    NodeCourse,
    Noticed,
    Obstacle,
    OutcomeCourse,
    PlanFiling,
    Publication,
    Release,
    Script,
)
from duixian.indicators.enums import Frequency, ValueStatus
from duixian.periods import month_end, parse_month
from duixian.reading import Reading, ReadTask
from duixian.register.models import Outcome, Plan, Target, Task
from duixian.register.queries import tasks_with_parts
from duixian.units.models import Unit
from duixian.units.queries import Directory

# a figure of a locked month is corrected on this day of the month the story names
CORRECTED_ON_DAY = 24


@dataclass(slots=True)
class Binding:
    """A story on its way into a script."""

    story: Story
    plan: Plan
    directory: Directory
    script: Script = field(default_factory=Script)
    mismatches: list[str] = field(default_factory=list)
    tasks: dict[int, Task] = field(default_factory=dict)
    # (task number, name as the story has it) -> target
    targets: dict[tuple[int, str], Target] = field(default_factory=dict)

    @property
    def year(self) -> int:
        return self.plan.year

    def bind(self, reading: Reading) -> Script:
        """Everything the story tells, as a script; what fits nothing is in `mismatches`."""
        self.tasks = {int(task.number): task for task in tasks_with_parts(self.plan.tasks.all())}
        for item in reading.tasks:
            self._pair_targets(item)
        for series in self.story.series:
            self._bind_series(series)
        for figure in self.story.figures:
            self._bind_figure(figure)
        for full in self.story.fulls:
            self._bind_full(full)
        for number in dict.fromkeys(each.task for each in self.story.outcomes):
            self._bind_outcomes(number)
        self._bind_habits()
        for event in self.story.events:
            self._bind_event(event)
        self.script.reasons = {self.tasks[n].pk: reason for n, reason in self.story.delay_of_task.items()}
        self.script.standing = {self.tasks[n].pk: state for n, state in self.story.standing.items()}
        return self.script

    # figures

    def _pair_targets(self, item: ReadTask) -> None:
        """The story names figures as printed; the reader may cut them longer or shorter."""
        number = int(item.number)
        task = self.tasks[number]
        by_order = {target.order: target for target in task.targets.all()}
        orders = {q.indicator: place for place, q in enumerate(item.quantities, 1)}
        orders |= {r.indicator: place for place, r in enumerate(item.relations, len(item.quantities) + 2)}
        told = [f.indicator for f in self.story.figures if f.task == number]
        told += [name for series in self.story.series for n, name in series.serves if n == number]
        pairs = pair(told, list(orders))
        self.mismatches += [f"第{number}项“{name}”：清单中没有这个数" for name in told if name not in pairs]
        self.targets |= {(number, name): by_order[orders[read]] for name, read in pairs.items()}

    def _bind_series(self, series: Series) -> None:
        targets = [self.targets[key] for key in series.serves if key in self.targets]
        if not targets:
            return
        indicator, owner = targets[0].indicator, self._unit(series.owner)
        frequency = Frequency(series.frequency)
        self.script.publications.append(Publication(indicator.pk, frequency, series.lag_days, owner.pk))
        history = self.script.history.setdefault(indicator.pk, {})
        history |= {date(self.year - 1, number, 1): value for number, value in series.last_year.items()}
        if series.baseline is not None:
            history[date(self.year - 1, 12, 1)] = series.baseline
        for number, value in series.values.items():
            month = date(self.year, number, 1)
            out_on = month_end(month).toordinal() + series.lag_days
            self._release(indicator.pk, month, value, series.status, date.fromordinal(out_on), f"{owner}发布")
        for revision in series.revisions:
            month = date(self.year, revision.month, 1)
            self._release(indicator.pk, month, revision.value, revision.status, revision.on, f"{owner}修订")

    def _release(self, indicator_id: int, month: date, value: Decimal, status: str, on: date, source: str) -> None:
        self.script.releases.append(Release(indicator_id, month, value, ValueStatus(status), on, source))

    def _bind_figure(self, figure: Figure) -> None:
        target = self.targets.get((figure.task, figure.indicator))
        if target is None:
            return
        history = self.script.history.setdefault(target.indicator_id, {})
        last_year = self._months(figure.last_year)
        history |= {m.replace(year=self.year - 1): v for m, v in last_year.items() if v is not None}
        if figure.baseline is not None:
            history[date(self.year - 1, 12, 1)] = figure.baseline
        if figure.members is None:
            self._add_course(target, Course(values=self._months(figure.values)))
        else:
            members = {self._unit(name).pk: self._months(values) for name, values in figure.members.items()}
            self._add_course(target, Course(members=members))
        self._add_plan(target, figure.plan, figure.plan_on)

    def _bind_full(self, full: FullFigure) -> None:
        found = [t for t in self.tasks[full.task].targets.all() if t.indicator.name.endswith("比例") and t.value == 100]
        if not found:
            self.mismatches.append(f"第{full.task}项“{full.object}”：清单中没有读出这个全覆盖")
            return
        self._add_course(found[-1], Course(values=self._months(full.values)))
        self._add_plan(found[-1], full.plan, full.plan_on)

    def _add_course(self, target: Target, course: Course) -> None:
        if target.indicator_id in self.script.courses:
            self.mismatches.append(f"第{target.task.number}项“{target.indicator.name}”：有两处说到同一个数")
        self.script.courses[target.indicator_id] = course

    def _add_plan(self, target: Target, plan: Months, on: date | None) -> None:
        if on is not None:
            figures = {month: value for month, value in self._months(plan).items() if value is not None}
            self.script.plans[target.pk] = PlanFiling(target.pk, figures, on)

    def _months(self, values: Sequence[Decimal | None]) -> dict[date, Decimal | None]:
        return {date(self.year, number, 1): value for number, value in enumerate(values, 1)}

    # outcomes

    def _bind_outcomes(self, number: int) -> None:
        """A task's outcomes by object; a second state of the same object goes the same way."""
        outcomes = list(self.tasks[number].outcomes.all())
        told = {each.object: each for each in self.story.outcomes if each.task == number}
        pairs = pair(list(told), list(dict.fromkeys(o.object for o in outcomes)))
        self.mismatches += [f"第{number}项“{name}”：清单中没有读出这个事项" for name in told if name not in pairs]
        for name, read in pairs.items():
            same = [o for o in outcomes if o.object == read and o.covered_by_id is None]
            self._bind_outcome(told[name], same)

    def _bind_outcome(self, told: OutcomeStory, same: Sequence[Outcome]) -> None:
        """Of several states of one object, each ends with the node of its limit; the last carries the nodes."""
        ordered = sorted(same, key=lambda o: o.due_on)
        for outcome in ordered:
            is_last = outcome is ordered[-1]
            nodes = tuple(NodeCourse(n.name, n.due_on, n.done_on) for n in told.nodes) if is_last else ()
            by_limit = next((n for n in told.nodes if n.due_on == outcome.due_on), None)
            self.script.outcomes[outcome.pk] = OutcomeCourse(
                outcome.pk,
                nodes=nodes,
                filed_on=told.filed_on if is_last else None,
                starts_on=told.filed_on,
                reached_on=told.reached_on if is_last or by_limit is None else by_limit.done_on,
                late=told.late or "",
            )

    # habits and events

    def _bind_habits(self) -> None:
        for name in {each.reporting_unit.name for each in self.tasks.values()}:
            character = self.story.character_of(name)
            is_terse = "terse" in character.words
            self.script.habits[self._unit(name).pk] = Habit(character.days, character.draft_first, is_terse)

    def _bind_event(self, event: Event) -> None:
        said = event.details
        if event.kind == "SILENT":
            self.script.silent |= {(self._unit(said["unit"]).pk, parse_month(month)) for month in said["months"]}
        elif event.kind == "LATE":
            self.script.late[self._unit(said["unit"]).pk, parse_month(said["month"])] = said["days"]
        elif event.kind == "CATCH_UP":
            self.script.catching_up[self.tasks[said["task"]].pk] = parse_month(said["back"])
        elif event.kind == "BLOCKED":
            self._bind_blocker(event)
        else:
            self._bind_first_version(event)

    def _bind_blocker(self, event: Event) -> None:
        said = event.details
        until = date.fromisoformat(said["until"])
        text = f"{said['text']}需{said['needs']}于{until.month}月{until.day}日前解决。"
        closed = parse_month(said["closed"]) if "closed" in said else None
        self.script.obstacles[self.tasks[said["task"]].pk] = Obstacle(
            text, parse_month(said["month"]), said["reason"], closed, said.get("how", "")
        )

    def _bind_first_version(self, event: Event) -> None:
        """SENT_BACK, TYPO and CORRECTED: a version that was not right, and who noticed."""
        said = event.details
        noticed = {"SENT_BACK": "OFFICE", "CORRECTED": "LATER"}.get(event.kind) or said["noticed_by"]
        figures: dict[int, Decimal | None] = {}
        if "indicator" in said:
            target = self.targets.get((said["task"], said["indicator"]))
            if target is None:
                self.mismatches.append(f"第{said['task']}项“{said['indicator']}”：事件说到的数不在清单中")
                return
            figures[target.indicator_id] = Decimal(said["wrong"]) if said["wrong"] else None
        task, month = self.tasks[said["task"]], parse_month(said["month"])
        if said.get("later", said["month"]) == said["month"]:
            first = FirstVersion(Noticed(noticed), said["note"], said.get("account", ""), figures)
            self.script.first_versions[task.pk, month] = first
            return
        self._correct_in_a_later_month(task, month, parse_month(said["later"]), figures, said)

    def _correct_in_a_later_month(
        self, task: Task, month: date, later: date, figures: dict[int, Decimal | None], said: object
    ) -> None:
        """The month is locked by then: the wrong figure stands in its report, the right one enters the series."""
        right = Decimal(said["right"])  # type: ignore[index]
        for indicator_id, wrong in figures.items():
            values = dict(self.script.courses[indicator_id].values) | {month: wrong}
            self.script.courses[indicator_id] = Course(values=values)
            on = later.replace(day=CORRECTED_ON_DAY)
            source = f"{task.reporting_unit}更正：{said['note']}"  # type: ignore[index]
            self._release(indicator_id, month, right, ValueStatus.REVISED, on, source)

    def _unit(self, name: str) -> Unit:
        found = self.directory.find(name)
        assert isinstance(found, Unit), name
        return found


def untold(script: Script, tasks: Iterable[Task]) -> tuple[list[str], list[str]]:
    """Figures and outcomes the story is silent about, for whoever writes on: task and name."""
    published = {publication.indicator_id for publication in script.publications}
    figures, outcomes = [], []
    for task in tasks:
        for target in task.targets.all():
            if target.indicator_id not in script.courses and target.indicator_id not in published:
                figures.append(f"第{task.number}项 {target.indicator.name}")
        for outcome in task.outcomes.all():
            if outcome.covered_by_id is None and outcome.pk not in script.outcomes:
                outcomes.append(f"第{task.number}项 {outcome.object}")
    return figures, outcomes
