"""重建查找索引: what was lost or went stale is found again, by the task's words and by what was last reported."""

import pytest

from duixian.audit.command import NotAllowed
from duixian.register.finding import tasks_found
from duixian.register.models import SearchText
from duixian.reporting.commands import rebuild_search
from tests.cast import at
from tests.factories.play import Stage, content_for

NOW = at(6, 2)


def found(stage: Stage, text: str) -> list[str]:
    return [task.number for task in tasks_found(stage.plan.tasks.all(), text)]


def test_what_was_lost_is_found_again(stage: Stage) -> None:
    jobs = stage.plan.tasks.get(number="5")
    stage.approve(stage.open(5), jobs, content_for(jobs, "2"))
    kept = SearchText.objects.in_bulk()
    words, account = kept[jobs.pk].words, kept[jobs.pk].account
    SearchText.objects.filter(task=jobs).delete()
    SearchText.objects.exclude(task=jobs).update(words="旧话")
    assert (found(stage, "就业"), found(stage, "旧话")) == (
        [],
        [t.number for t in stage.plan.tasks.exclude(number="5")],
    )
    assert rebuild_search(plan=stage.plan, actor=stage.cast.office_staff, now=NOW) == stage.plan.tasks.count()
    assert (found(stage, "就业"), found(stage, "旧话")) == (["5"], [])
    again = SearchText.objects.get(task=jobs)
    assert account
    assert (again.words, again.account) == (words, account)


def test_it_is_the_offices(stage: Stage) -> None:
    with pytest.raises(NotAllowed):
        rebuild_search(plan=stage.plan, actor=stage.cast.leader, now=NOW)
