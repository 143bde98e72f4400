"""One figure is asked once, however many tasks of a unit need it."""

from decimal import Decimal

import pytest

from duixian.audit.command import InvalidInput
from duixian.register.queries import tasks_with_parts
from duixian.reporting.asking import asked_elsewhere, asked_once, tasks_of_month
from duixian.reporting.commands import send_up_report
from duixian.reporting.content import FigureEntry, ReportContent
from duixian.reporting.enums import ReportState
from tests.cast import Cast
from tests.factories.play import Stage, after, set_stage
from tests.factories.readings import growth, item, reading_of

WORDS = ReportContent(account="平稳。", next_step="继续。")


@pytest.fixture
def shared(cast: Cast) -> Stage:
    """Two tasks of one unit on one series, a third on another."""
    quantities = [growth("地区生产总值增长6%以上", "地区生产总值", "6")]
    other = [growth("居民消费价格涨2%", "居民消费价格", "2")]
    return set_stage(
        cast,
        reading_of(
            item("地区生产总值增长6%以上。", ["市发改委"], quantities=quantities),
            item("稳住经济大盘,地区生产总值增长6%以上。", ["市发改委"], quantities=quantities),
            item("居民消费价格涨2%。", ["市发改委"], quantities=other),
        ),
    )


def test_the_first_task_is_asked(shared: Stage) -> None:
    round = shared.open(5)
    tasks = list(tasks_with_parts(tasks_of_month(round, shared.cast.units["市发改委"])).order_by("order"))
    asked = asked_once(tasks)
    assert [[s.name for s in asked[t.pk]] for t in tasks] == [["地区生产总值增速"], [], ["居民消费价格增速"]]
    assert [bool(asked_elsewhere(round, t)) for t in tasks] == [False, True, False]


def test_the_second_goes_up_without_the_figure(shared: Stage) -> None:
    round, crew = shared.open(5), shared.cast.crew(shared.cast.units["市发改委"])
    first, second = shared.plan.tasks.order_by("order")[:2]
    report = shared.save(round, second, WORDS)
    assert (
        send_up_report(report=report, actor=crew.liaison, now=after(round.month, 2)).current_state
        is ReportState.SENT_UP
    )
    bare = shared.save(round, first, WORDS)
    with pytest.raises(InvalidInput) as refused:
        send_up_report(report=bare, actor=crew.liaison, now=after(round.month, 2))
    assert list(refused.value.fields) == [f"figure-{first.targets.get().indicator_id}"]


def test_both_are_graded_by_the_one_figure(shared: Stage) -> None:
    round = shared.open(5)
    first, second = shared.plan.tasks.order_by("order")[:2]
    shared.approve(round, second, WORDS)
    figure = FigureEntry(first.targets.get().indicator_id, Decimal("6.2"))
    shared.approve(round, first, ReportContent(figures=(figure,), account="增长6.2%。"))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.grade, second.grade) == ("ON_PACE", "ON_PACE")
