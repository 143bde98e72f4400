"""A register of any size, made in bulk: what commands write one by one is written here in rows of thousands."""

from __future__ import annotations

import itertools
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from duixian.periods import SHANGHAI
from duixian.register.searching import search_words

NOW = datetime(2026, 7, 6, 9, tzinfo=SHANGHAI)
MONTHS = [date(2026, n, 1) for n in range(2, 7)]
UNITS, COUNTIES, SECTIONS = 60, 14, 60
WORDS = ("道路", "学校", "医院", "就业", "企业", "项目", "粮食", "植树", "污水", "供热", "养老", "文旅")
ACTS = ("新建", "改造", "新增", "完成", "推进", "保持", "提升", "培育")
LIGHTS = (("ON_PACE", "GREEN"), ("BEHIND", "YELLOW"), ("BEHIND", "RED"), ("AHEAD", "GREEN"), ("COMPLETED", "BLUE"))
BATCH = 2000
# of a county's plan: figures that carry the city's, and such that stand alone
FIGURES, ALONE = 40, 20


def found_city() -> Any:
    """A city with its office, units, and an empty plan with five rounds."""
    from duixian.register.models import Plan, Section, SourceDocument
    from duixian.reporting.models import Round
    from duixian.units.models import Account, Government, Membership, Unit, UnitAlias

    city = Government.objects.create(name="大量市", level="CITY", office_name="市政府督查室")
    office = Account.objects.create(username="office", name="办事员")
    Membership.objects.create(account=office, role="OFFICE_STAFF", government=city, started_at=NOW)
    units = [Unit(government=city, name=f"市{n}局", kind="DEPARTMENT", order=n) for n in range(UNITS)]
    units += [Unit(government=city, name=f"第{n}县", kind="COUNTY", order=UNITS + n) for n in range(COUNTIES)]
    Unit.objects.bulk_create(units)
    UnitAlias.objects.bulk_create(
        [UnitAlias(unit=u, government=city, text=f"{u.name}（全称）") for u in Unit.objects.all()]
    )
    source = SourceDocument.objects.create(
        government=city, title="任务清单", sha256="0" * 64, text="原文", reading={}, read_at=NOW
    )
    plan = Plan.objects.create(government=city, year=2026, title="任务清单", source=source, adopted_at=NOW)
    Section.objects.bulk_create(
        [Section(plan=plan, order=n, name=f"市{n}局", heading=f"市{n}局牵头工作") for n in range(SECTIONS)]
    )
    Round.objects.bulk_create([Round(plan=plan, month=m, opened_at=NOW, due_on=date(2026, 7, 8)) for m in MONTHS])
    return plan


def add_tasks(plan: Any, count: int) -> None:
    """`count` more tasks: each with three parties, a target, an outcome every other time, five months' standings."""
    first = plan.tasks.count()
    units, sections = list(plan.government.units.order_by("pk")), list(plan.sections.all())
    for start in range(first, first + count, BATCH):
        _add_batch(plan, range(start, min(start + BATCH, first + count)), units, sections)


def _add_batch(plan: Any, numbers: range, units: list[Any], sections: list[Any]) -> None:
    from duixian.indicators.models import Indicator
    from duixian.register.models import Outcome, SearchText, Target, Task, TaskParty

    made = Task.objects.bulk_create([_task(plan, n, units, sections) for n in numbers])
    TaskParty.objects.bulk_create(_parties(made, units))
    series = Indicator.objects.bulk_create(
        [Indicator(government=plan.government, name=f"指标{task.order}", unit_of_measure="个") for task in made]
    )
    targets = Target.objects.bulk_create(
        [
            Target(
                task=task, order=1, indicator=indicator, text=task.text[:-1], value=Decimal(100),
                unit_of_measure="个", span_start=0, span_end=1,
            )
            for task, indicator in zip(made, series, strict=True)
        ]
    )  # fmt: skip
    Outcome.objects.bulk_create(
        [
            Outcome(
                task=task, order=1, object=f"工程{task.order}", stage="COMPLETE", text="工程建成",
                span_start=0, span_end=1, due_on=task.due_on,
            )
            for task in made[::2]
        ]
    )  # fmt: skip
    SearchText.objects.bulk_create([SearchText(task=t, words=search_words([t.text, t.section.heading])) for t in made])
    _add_months(plan, made, targets)


def _task(plan: Any, n: int, units: list[Any], sections: list[Any]) -> Any:
    from duixian.register.models import Task

    grade, light = LIGHTS[n % len(LIGHTS)]
    word, act = WORDS[n % len(WORDS)], ACTS[n // 7 % len(ACTS)]
    return Task(
        plan=plan, section=sections[n % SECTIONS], order=n + 1, number=str(n + 1), span_start=0, span_end=1,
        text=f"{act}{word}{n % 97 + 3}个以上，年内{act}{WORDS[n // 11 % len(WORDS)]}工程{n}号，确保按期完成目标任务。",
        kind=("QUANTITATIVE", "NODE", "QUALITATIVE")[n % 3], reporting_unit=units[n % UNITS],
        due_on=date(2026, n % 12 + 1, 28), grade=grade, light=light, reason="按序时进度评定", graded_month=MONTHS[-1],
    )  # fmt: skip


def _parties(tasks: list[Any], units: list[Any]) -> list[Any]:
    from duixian.register.models import TaskParty

    parties = []
    for task in tasks:
        for place, role in enumerate(("LEAD", "COOPERATING", "COOPERATING")):
            unit = units[(task.order * (place + 1) + place) % len(units)]
            parties.append(TaskParty(task=task, role=role, order=place, printed=unit.name, unit=unit))
    return parties


def _add_months(plan: Any, tasks: list[Any], targets: list[Any]) -> None:
    from duixian.reporting.models import Report, Standing

    standings, rounds = [], list(plan.rounds.all())
    for (task, target), month in itertools.product(zip(tasks, targets, strict=True), MONTHS):
        for part in ("task", target.part_key):
            standings.append(
                Standing(
                    task=task, part=part, month=month, grade=task.grade, light=task.light, reason="按序时进度评定",
                    expected=Decimal(50), actual=Decimal(45), ratio=Decimal("0.9"), data_month=month, assessed_at=NOW,
                )
            )  # fmt: skip
    Standing.objects.bulk_create(standings, batch_size=5000)
    Report.objects.bulk_create(
        [
            Report(
                round=rounds[-2], task=task, unit=task.reporting_unit, state="APPROVED",
                account="已完成征地，正在施工。", changed_at=NOW,
            )
            for task in tasks
        ]
    )  # fmt: skip


def add_counties(plan: Any) -> None:
    """Every county with a plan of its own, whose figures carry the city's first targets or stand alone."""
    from duixian.register.models import AlignmentLink, Plan, Section, SourceDocument, Target
    from duixian.units.models import Government

    city_targets = list(Target.objects.filter(task__plan=plan).select_related("task").order_by("task__order")[:FIGURES])
    for unit in plan.government.units.filter(kind="COUNTY"):
        county = Government.objects.create(name=unit.name, level="COUNTY", parent=plan.government, office_name="督查室")
        unit.governs = county
        unit.save()
        source = SourceDocument.objects.create(
            government=county, title=unit.name, sha256="1" * 64, text="原文", reading={}, read_at=NOW
        )
        own = Plan.objects.create(government=county, year=2026, title=unit.name, source=source, adopted_at=NOW)
        section = Section.objects.create(plan=own, order=1, name=unit.name, heading=unit.name)
        tasks = _county_tasks(own, section, unit)
        figures = _county_figures(tasks, county)
        AlignmentLink.objects.bulk_create(
            [
                AlignmentLink(
                    task=city.task, target=city, city_text=city.text, city_start=0, city_end=1, unit=unit,
                    county_task=figure.task, county_target=figure, text=figure.text, span_start=0, span_end=1,
                    relation="CONTRIBUTES", share=Decimal("0.07"),
                )
                for city, figure in zip(city_targets, figures, strict=False)
            ]
        )  # fmt: skip


def _county_tasks(plan: Any, section: Any, unit: Any) -> list[Any]:
    from duixian.register.models import Task

    return Task.objects.bulk_create(
        [
            Task(
                plan=plan, section=section, order=n + 1, number=str(n + 1), span_start=0, span_end=1,
                text=f"{unit.name}完成第{n}件事7个。", kind="QUANTITATIVE", reporting_unit=unit,
                due_on=date(2026, 12, 31),
            )
            for n in range(FIGURES + ALONE)
        ]
    )  # fmt: skip


def _county_figures(tasks: list[Any], county: Any) -> list[Any]:
    from duixian.indicators.models import Indicator
    from duixian.register.models import Target

    series = Indicator.objects.bulk_create(
        [Indicator(government=county, name=f"指标{task.order}", unit_of_measure="个") for task in tasks]
    )
    return Target.objects.bulk_create(
        [
            Target(
                task=task, order=1, indicator=indicator, text=task.text[:-1], value=Decimal(7), unit_of_measure="个",
                span_start=0, span_end=1,
            )
            for task, indicator in zip(tasks, series, strict=True)
        ]
    )  # fmt: skip


def add_projects(plan: Any, count: int) -> None:
    """A ledger of projects beside the register."""
    from duixian.projects.models import Project

    first = plan.government.projects.count()
    Project.objects.bulk_create(
        [
            Project(government=plan.government, name=f"项目{n}", total_investment=Decimal(n), last_told_on=MONTHS[-1])
            for n in range(first, first + count)
        ],
        batch_size=BATCH,
    )
