"""A unit's month for the page and the sheet: the same rows, gathered in a fixed number of queries."""

from datetime import date

from duixian.console.reportfields import ReportRow
from duixian.console.reportforms import rows_of
from duixian.register.models import Task
from duixian.register.queries import tasks_with_parts
from duixian.reporting.asking import tasks_of_month
from duixian.reporting.facts import gather
from duixian.reporting.listings import doubts_of_reports, last_reports, reports_of_round
from duixian.reporting.locks import is_open_for
from duixian.reporting.models import Round
from duixian.units.models import Account, Unit


def month_rows(account: Account, unit: Unit, round: Round, *, today: date, is_mine: bool) -> list[ReportRow]:
    """What the unit owes in the round, as far as the person sees it, in printed order."""
    visible = Task.objects.visible_to(account).filter(pk__in=tasks_of_month(round, unit).values("pk"))
    tasks = list(tasks_with_parts(visible).order_by("order"))
    is_locked = not is_open_for(round, unit, today)
    ids = [t.pk for t in tasks]
    reports = reports_of_round(round, ids)
    doubts = doubts_of_reports(list(reports.values()), {t.pk: t for t in tasks})
    known = gather(tasks, month=round.month, today=today)
    return rows_of(
        tasks, round, reports, last_reports(ids, round.month), doubts, known, is_mine=is_mine, is_locked=is_locked
    )
