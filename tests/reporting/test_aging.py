"""Days go on counting after the day a task was graded; what is done, and what was said then, stays."""

from datetime import date

import pytest

from duixian.assessing import Grade
from duixian.reporting.aging import reasons_on, standing_on, words_on
from duixian.reporting.models import Standing
from tests.cast import at
from tests.factories.play import Stage, content_for

GRADED = date(2026, 6, 4)


@pytest.mark.parametrize(
    ("reason", "today", "told"),
    [
        ("应于5月31日前完成，逾期4天", date(2026, 7, 6), "应于5月31日前完成，逾期36天"),
        ("逾期4天，另有2个节点逾期", date(2026, 6, 5), "逾期5天，另有2个节点逾期"),
        ("应于6月20日前完成，还剩16天", date(2026, 6, 10), "应于6月20日前完成，还剩10天"),
        ("应于6月20日前完成，还剩16天", date(2026, 6, 20), "应于6月20日前完成，还剩0天"),
        ("应于6月20日前完成，还剩16天", date(2026, 7, 6), "应于6月20日前完成，期限已过16天"),
        ("6月12日建成，逾期12天完成", date(2026, 7, 6), "6月12日建成，逾期12天完成"),
        ("完成11个，应达16个，为68.8%", date(2026, 7, 6), "完成11个，应达16个，为68.8%"),
        ("逾期4天", GRADED, "逾期4天"),
        ("逾期4天", date(2026, 6, 1), "逾期4天"),
    ],
)
def test_the_sentence_is_told_today(reason: str, today: date, told: str) -> None:
    assert words_on(reason, GRADED, today) == told


def test_days_late_grow_and_what_is_done_does_not_age() -> None:
    late = Standing(grade=Grade.BEHIND, reason="逾期4天", days_late=4, assessed_at=at(6, 4))
    assert (standing_on(late, date(2026, 7, 6)).days_late, late.days_late) == (36, 4)
    done = Standing(grade=Grade.COMPLETED, reason="逾期4天完成", days_late=4, assessed_at=at(6, 4))
    assert standing_on(done, date(2026, 7, 6)) is done


def test_a_task_tells_its_days_today(stage: Stage) -> None:
    roads = stage.task("roads")
    stage.approve(stage.open(3), roads, content_for(roads))
    roads.refresh_from_db()
    told = reasons_on([roads], date(2026, 12, 30))
    assert set(told) == {roads.pk}
