"""人工认定 and 原定 on a task's page: what stands beside the light, and the form of the office."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from duixian.assessing import Grade, Light
from duixian.audit.command import InvalidInput
from duixian.console import wording
from duixian.console.shell import Shell
from duixian.periods import months_between, parse_month
from duixian.register.models import Task
from duixian.reporting.commands.override import VERDICTS
from duixian.reporting.listings import Courses
from duixian.reporting.models import GradeOverride, Standing
from duixian.reporting.models.standing import TASK_PART
from duixian.reporting.queries import overrides_in_force
from duixian.reporting.rules import may_override

Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Judged:
    """The task's own standing, the person's word that holds, and what the office may choose from."""

    standing: Standing | None
    word: GradeOverride | None
    may_override: bool
    verdicts: Choices
    rounds: Choices


def judged_of(task: Task, courses: Courses, shell: Shell) -> Judged:
    """What stands beside the task's light. `courses` as told today."""
    own = courses.get(TASK_PART) or []
    standing = next((row for row in reversed(own) if row.month == task.graded_month), None)
    may = may_override(shell.account, task.plan) and standing is not None
    word = overrides_in_force([task], shell.now).get(task.pk)
    verdicts = [(f"{grade}-{light or ''}", wording.verdict(grade, light or "")) for grade, light in VERDICTS]
    return Judged(standing, word, may, verdicts, _rounds(task))


def _rounds(task: Task) -> Choices:
    """The stocktakes it may hold for: this one and those to come in the plan's year."""
    if task.graded_month is None:
        return []
    months = months_between(task.graded_month, date(max(task.plan.year, task.graded_month.year), 12, 1))
    return [(f"{m:%Y-%m}", _("到%(month)s月盘点") % {"month": m.month}) for m in months]


def verdict_from(given: QueryDict) -> dict[str, object]:
    """What the form says, as the command takes it. Raises InvalidInput where it cannot be read."""
    grade, _dash, light = given.get("verdict", "").partition("-")
    try:
        said: dict[str, object] = {"grade": Grade(grade), "light": Light(light) if light else None}
        if given.get("end") == "day":
            said["expires_on"] = date.fromisoformat(given.get("expires_on", ""))
        else:
            said["until_month"] = parse_month(given.get("end", ""))
    except ValueError as error:
        raise InvalidInput("请选认定的等次，并写明到哪个月的盘点或哪一天为止。") from error
    return said | {"reason": given.get("reason", "")}
