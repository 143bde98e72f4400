"""Where lights change and what they are called, set by the office: the open month follows at once."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet

from duixian.assessing import Thresholds
from duixian.audit.actors import Actor
from duixian.audit.command import command
from duixian.audit.trail import record
from duixian.register.commands import name_light, set_threshold
from duixian.register.models import Plan
from duixian.register.rules import may_decide
from duixian.reporting.commands._grading import grade_again
from duixian.reporting.models import Standing
from duixian.units.rules import require

LADDER = ("yellow_ratio", "on_pace_ratio", "ahead_ratio")


@command
def set_assessment(
    *,
    plan: Plan,
    thresholds: Mapping[str, Decimal | None],
    actor: Actor,
    now: datetime,
    lights: Mapping[str, tuple[str, bool]] | None = None,
) -> int:
    """Change thresholds (as in `assessing.Thresholds`) and lights (light -> its name, whether it commends).

    Only what differs is set, each with its own entry. Tasks of the open month are graded anew at once; what was told
    in a locked month stays as it was told. Returns how many were graded.
    """
    require(may_decide(actor, plan))
    standing = plan.thresholds()
    changed = {name: value for name, value in thresholds.items() if _number(getattr(standing, name, None)) != value}
    for name, value in sorted(changed.items(), key=lambda item: _turn(item[0], item[1], standing)):
        set_threshold(plan=plan, name=name, value=value, actor=actor, now=now)
    words, rewarding = plan.light_words(), plan.rewarding_lights()
    named = {light: given for light, given in (lights or {}).items() if given != (words.get(light), light in rewarding)}
    for light, (word, is_reward) in named.items():
        name_light(plan=plan, light=light, word=word, is_reward=is_reward, actor=actor, now=now)
    plan = Plan.objects.get(pk=plan.pk)
    graded = grade_again(_open_standings(plan), now=now) if changed else 0
    before = {name: getattr(standing, name) for name in changed}
    after = {"thresholds": changed, "lights": named, "graded": graded}
    record(actor=actor, now=now, action="set_assessment", target=plan, before=before, after=after)
    return graded


def _turn(name: str, value: Decimal | None, standing: Thresholds) -> tuple[int, int]:
    """When to set it, so that the ladder keeps its order meanwhile: rises from the top down, then falls."""
    if name not in LADDER or value is None:
        return 2, 0
    step = LADDER.index(name)
    return (0, -step) if value > getattr(standing, name) else (1, step)


def _number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(int(value) if isinstance(value, bool) else value))


def _open_standings(plan: Plan) -> QuerySet[Standing]:
    """Of the rounds not locked; before the first round, of the month of adoption."""
    standings = Standing.objects.filter(task__in=plan.tasks.in_force())
    if not plan.rounds.exists():
        return standings
    return standings.filter(month__in=plan.rounds.filter(locked_at=None).values("month"))
