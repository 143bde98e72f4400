"""What a standing says of days goes on counting after the day it was graded: 逾期3天 on Monday is 逾期4天 on Tuesday.

The grade and the light stay as they were approved (a task without this round's report shows its last one); days are
no matter of judgement, and a page that says fewer than the calendar is wrong.
"""

import copy
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import F
from django.utils.timezone import localdate

from duixian.assessing import Grade
from duixian.register.models import Task
from duixian.reporting.models import Standing
from duixian.reporting.models.standing import TASK_PART

# 逾期31天完成 is a fact of the past and stays
DAYS = re.compile(r"(逾期|还剩|期限已过)(\d+)天(?!完成)")


def words_on(reason: str, graded_on: date, today: date) -> str:
    """The sentence with its days as they are `today`."""
    passed = (today - graded_on).days
    if passed <= 0:
        return reason
    return DAYS.sub(lambda found: _days(found[1], int(found[2]), passed), reason)


def _days(words: str, days: int, passed: int) -> str:
    if words != "还剩":
        return f"{words}{days + passed}天"
    return f"还剩{days - passed}天" if days >= passed else f"期限已过{passed - days}天"


def standing_on(standing: Standing, today: date) -> Standing:
    """The standing (itself, or a copy never saved) as it is to be told `today`. What is completed does not age."""
    if standing.grade == Grade.COMPLETED or standing.assessed_at is None:
        return standing
    graded_on = standing.judged_on or localdate(standing.assessed_at)
    told = copy.copy(standing)
    told.reason = words_on(standing.reason, graded_on, today)
    if standing.days_late:
        told.days_late = standing.days_late + max((today - graded_on).days, 0)
    return told


def courses_on(courses: Mapping[str, list[Standing]], today: date) -> dict[str, list[Standing]]:
    """Part -> its standings, of which the last one is told `today`; the earlier ones are history."""
    told = {part: [*course[:-1], standing_on(course[-1], today)] for part, course in courses.items() if course}
    return defaultdict(list, told)


def reasons_on(tasks: Iterable[Task], today: date) -> dict[int, str]:
    """Task id -> why it stands as it does, told today; in one query."""
    rows = Standing.objects.filter(
        task__in=[t.pk for t in tasks], part=TASK_PART, month=F("task__graded_month")
    ).select_related("task")
    return {row.task_id: standing_on(row, today).reason for row in rows if row.reason == row.task.reason}
