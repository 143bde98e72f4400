"""The sample city's ledger of projects, as its office keeps it: one sheet in February, a sheet of news every month."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from duixian.demo.cast import Cast
from duixian.demo.chance import Chance
from duixian.demo.diary import Diary
from duixian.demo.moments import at
from duixian.periods import month_end, months_between
from duixian.projects.commands import apply_sheet, bind_measure, link_projects, stage_sheet
from duixian.projects.entries import LABELS
from duixian.projects.enums import ProjectKind
from duixian.projects.models import Project
from duixian.projects.queries import proposed_measure
from duixian.projects.sheet import read_ledger, template
from duixian.register.models import Plan
from duixian.sheets import workbook_bytes
from duixian.units.queries import Directory, directory_of

YEAR_MONTHS = 12
NEWS_AT_HOUR = 16
#: Of a hundred projects so many have news in a month.
WITH_NEWS = 30
Row = dict[str, Any]


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(files("duixian.demo.city").joinpath("projects.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Ledger:
    """Writes the ledger's sheets for the diary."""

    plan: Plan
    cast: Cast
    chance: Chance
    opened_on: date

    def add_all(self, diary: Diary, last_month: date) -> None:
        """Enter the ledger on its day, bind what it measures, and tell its news at the end of every month."""
        diary.add(at(self.opened_on, NEWS_AT_HOUR), self._opening())
        for month in months_between(self.opened_on, last_month):
            diary.add(at(month_end(month), NEWS_AT_HOUR), self._news(month))

    def _opening(self) -> Callable[[datetime], None]:
        def act(now: datetime) -> None:
            self._take_in(self.first_rows(), now)
            task = self.plan.tasks.get(number=_words()["task"])
            major = Project.objects.filter(government=self.plan.government).exclude(kind=ProjectKind.RESERVE)
            link_projects(task=task, projects=list(major), actor=self.cast.office_head, now=now)
            for target in task.targets.all():
                measure = proposed_measure(target)
                if (
                    measure is not None
                    and target.unit_of_measure == "%"
                    and target.due_on == date(self.plan.year, 3, 31)
                ):
                    bind_measure(target=target, measure=measure, actor=self.cast.office_head, now=now)

        return act

    def _news(self, month: date) -> Callable[[datetime], None]:
        return lambda now: self._take_in(self.month_rows(month), now)

    def _take_in(self, rows: Sequence[Row], now: datetime) -> None:
        """Through the very sheet the office would upload. Raises ValueError where the story writes what cannot be."""
        spec = template([], [[row.get(key) for key in LABELS] for row in rows])
        said = read_ledger(workbook_bytes([spec]), "台账.xlsx", directory=self._directory(), today=now.date())
        if said.faults:
            raise ValueError("示例项目台账有误：" + "；".join(map(str, said.faults[:5])))
        sheet = stage_sheet(
            government=self.plan.government,
            file_name=f"项目台账{now:%Y%m}.xlsx",
            year=self.plan.year,
            rows=said.rows,
            actor=self.cast.office_head,
            now=now,
        )
        apply_sheet(sheet=sheet, actor=self.cast.office_head, now=now)

    def _directory(self) -> Directory:
        return directory_of(self.plan.government)

    def first_rows(self) -> list[Row]:
        """Every project as it was known on the day the ledger was opened."""
        words = _words()
        kinds = (
            [(ProjectKind.NEW, rank) for rank in range(words["new"])]
            + [(ProjectKind.CONTINUED, rank) for rank in range(words["continued"])]
            + [(ProjectKind.RESERVE, rank) for rank in range(words["reserve"] + words["signed"])]
        )
        return [self._first_row(number, kind, rank) for number, (kind, rank) in enumerate(kinds, 1)]

    def _first_row(self, number: int, kind: ProjectKind, rank: int) -> Row:
        words, chance, year = _words(), self.chance, self.plan.year
        work = words["works"][number % len(words["works"])]
        place = words["places"][number % len(words["places"])]
        site = words["sites"][number // len(words["places"]) % len(words["sites"])]
        total = Decimal(chance.whole(8, 320, "total", number) * 100)
        row: Row = {
            "number": f"HC{year % 100}-{number:03}",
            "name": f"{place[:2]}{site}{work['word']}项目{number // 70 + 1 if number >= 70 else ''}",
            "kind": str(kind.label),
            "field": work["field"],
            "county": place,
            "lead_unit": work["unit"],
            "sponsor": chance.pick(words["sponsors"], "sponsor", number),
            "total_investment": total,
        }
        if kind is ProjectKind.RESERVE:
            return row | self._reserve(number, rank, total)
        planned = (total * chance.whole(25, 60, "share", number) / 100).quantize(Decimal(1))
        row |= {"owner": f"{place[:2]}建设发展公司", "planned_investment": planned}
        if kind is ProjectKind.NEW:
            due = self._day(rank, words["starts"], number)
            return row | {
                "stage": "前期",
                "planned_start_on": due + timedelta(days=chance.whole(0, 12, "slip", number)),
            }
        return row | {"stage": "在建", "started_on": date(year - 1, chance.whole(3, 10, "old", number), 12)}

    def _reserve(self, number: int, rank: int, total: Decimal) -> Row:
        """The pipeline, and what was signed this year."""
        chance, words, year = self.chance, _words(), self.plan.year
        if rank < words["reserve"]:
            start = date(year + chance.whole(0, 3, "later", number), chance.whole(4, 11, "month", number), 1)
            is_open = chance.holds(20, "open", number)
            return {"stage": "储备", "planned_start_on": None if is_open else start}
        signed = self.opened_on - timedelta(days=chance.whole(0, 25, "signed", number))
        return {
            "stage": "签约",
            "investor": chance.pick(words["investors"], "investor", number),
            "contract_amount": total,
            "signed_on": signed,
            "planned_start_on": signed + timedelta(days=chance.whole(20, 200, "start", number)),
        }

    def _day(self, rank: int, by_month: Mapping[str, int], number: int) -> date:
        """The day on which the project of that rank starts: in the month that brings the count to its rank."""
        months = sorted((int(month), count) for month, count in by_month.items())
        month = next(m for m, count in months if rank < count)
        return date(self.plan.year, month, self.chance.whole(3, 26, "day", number))

    def month_rows(self, month: date) -> list[Row]:
        """What is new by the end of a month: starts and resumptions, money, words."""
        rows = []
        for first in self.first_rows():
            number = int(first["number"].split("-")[1])
            row = self._month_row(first, number, month)
            if row:
                rows.append({"number": first["number"], "name": first["name"]} | row)
        return rows

    def _month_row(self, first: Row, number: int, month: date) -> Row:
        words, end = _words(), month_end(month)
        new, continued = words["new"], words["continued"]
        if number <= new:
            begun = self._day(number - 1, words["starts"], number)
            return self._building(first, number, month, "开工", "started_on", begun) if begun <= end else {}
        if number <= new + continued:
            begun = self._day(number - 1 - new, words["resumes"], number)
            return self._building(first, number, month, "复工", "resumed_on", begun) if begun <= end else {}
        starts = first.get("planned_start_on")
        is_signed = first["stage"] == "签约"
        if is_signed and starts and starts.replace(day=1) == month and self.chance.holds(85, "kept", number):
            return {"stage": "开工", "started_on": min(starts, end), "words": words["words"]["started"][0]}
        return {}

    def _building(self, first: Row, number: int, month: date, stage: str, field: str, begun: date) -> Row:
        """A project that is being built: the month it begins, and news now and then."""
        words, chance = _words()["words"], self.chance
        begins = begun.replace(day=1) == month
        if not begins and not chance.holds(WITH_NEWS, "news", number, month):
            return {}
        share = Decimal(month.month - begun.month + 1) / (YEAR_MONTHS - begun.month + 1)
        share *= Decimal(chance.whole(70, 105, "speed", number)) / 100
        told = words["started" if stage == "开工" else "resumed"] if begins else words["going"]
        row: Row = {
            "stage": stage if begins else "在建",
            "invested": (first["planned_investment"] * share).quantize(Decimal(1)),
            "words": chance.pick(told, "words", number, month),
        }
        return row | ({field: begun} if begins else {})
