"""配合情况: what a cooperating unit says of its part moves the light of the task it is part of."""

from datetime import date

from duixian.assessing import Grade, Light
from duixian.register.commands import acknowledge_duties, divide_task
from duixian.register.models import Part
from duixian.reporting.commands import report_part
from duixian.reporting.enums import Progress
from duixian.reporting.models import GradeChange, PartReport, Round, Standing
from duixian.reporting.models.standing import TASK_PART
from tests.cast import at
from tests.factories.play import Stage, after, content_for, month

NOW = at(3, 2)


def divided(stage: Stage, due_on: date) -> Part:
    """A county's part of the roads, acknowledged."""
    part = divide_task(
        task=stage.task("roads"),
        unit=stage.cast.county.unit,
        text="征地拆迁",
        due_on=due_on,
        actor=stage.cast.building.liaison,
        now=NOW,
    )
    acknowledge_duties(
        duties=[part], accountable_person="王建国", liaison_name="李梅", actor=stage.cast.county.liaison, now=NOW
    )
    return part


def say(stage: Stage, round: Round, part: Part, progress: Progress, revision: int, day: int) -> PartReport:
    return report_part(
        round=round,
        part=part,
        progress=progress,
        account="拆完。",
        revision=revision,
        actor=stage.cast.county.liaison,
        now=after(round.month, day),
    )


def row_of(part: Part, number: int) -> Standing:
    return Standing.objects.get(task=part.task, part=part.part_key, month=month(number))


def test_a_part_said_to_be_reached_is_done_at_once_and_taken_back_it_is_not(stage: Stage) -> None:
    part = divided(stage, date(2026, 3, 31))
    march = stage.open(3)
    stage.approve(march, part.task, content_for(part.task), day=4)
    assert (row_of(part, 3).grade, row_of(part, 3).light) == (Grade.BEHIND, Light.RED)
    others = dict(Standing.objects.exclude(task=part.task).values_list("pk", "assessed_at"))
    say(stage, march, part, Progress.REACHED, 0, 5)
    assert (row_of(part, 3).grade, row_of(part, 3).light) == (Grade.COMPLETED, Light.BLUE)
    changed = GradeChange.objects.get(task=part.task, part=part.part_key, to_light=Light.BLUE)
    assert (changed.from_light, changed.month, changed.reason) == (Light.RED, month(3), row_of(part, 3).reason)
    assert Standing.objects.get(task=part.task, part=TASK_PART, month=month(3)).decided_by != part.part_key
    assert dict(Standing.objects.exclude(task=part.task).values_list("pk", "assessed_at")) == others
    say(stage, march, part, Progress.UNDER_WAY, 1, 6)
    assert row_of(part, 3).light == Light.RED


def test_words_alone_and_a_month_not_graded_yet_change_nothing(stage: Stage) -> None:
    part = divided(stage, date(2026, 3, 31))
    march = stage.open(3)
    say(stage, march, part, Progress.REACHED, 0, 2)
    assert not Standing.objects.filter(task=part.task, month=month(3)).exists()
    stage.approve(march, part.task, content_for(part.task), day=4)
    assert row_of(part, 3).light == Light.BLUE
    known = list(Standing.objects.values_list("pk", "assessed_at"))
    say(stage, march, part, Progress.REACHED, 1, 6)
    assert list(Standing.objects.values_list("pk", "assessed_at")) == known


def test_a_month_told_late_moves_the_months_after_it(stage: Stage) -> None:
    """April was graded without the part; March's word of it, still open, reaches April too."""
    part = divided(stage, date(2026, 3, 31))
    march, april = stage.open(3), stage.open(4)
    for round in (march, april):
        stage.approve(round, part.task, content_for(part.task), day=4)
    say(stage, march, part, Progress.REACHED, 0, 8)
    assert [row_of(part, number).light for number in (3, 4)] == [Light.BLUE, Light.BLUE]
