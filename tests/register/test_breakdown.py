"""A target split over counties: by hand, by rule, from their own plans; what the sum says."""

from datetime import date
from decimal import Decimal

import pytest

from duixian.assessing import Thresholds
from duixian.audit.command import InvalidInput, WrongState
from duixian.indicators.commands import record_value
from duixian.indicators.enums import ValueStatus
from duixian.register.achieving import achieved_by
from duixian.register.commands import Share, break_down, clear_breakdown, set_breakdown
from duixian.register.coverage import Coverage, carried_targets, carriers_of, coverage_of, state_of
from duixian.register.enums import BreakdownMethod, CarryState, SumState
from duixian.register.models import BreakdownItem, Task
from tests.cast import Cast
from tests.factories.counties import READ_AT, Counties, set_counties

D = Decimal


def carried(counties: Counties) -> dict[str, Coverage]:
    targets = carried_targets(Task.objects.filter(plan=counties.plan))
    found = coverage_of(targets, carriers_of(counties.plan), Thresholds())
    return {coverage.target.indicator.name: coverage for coverage in found}


def give(counties: Counties, name: str, *shares: Share) -> list[BreakdownItem]:
    return set_breakdown(target=counties.target(name), shares=shares, actor=counties.cast.office_staff, now=READ_AT)


def by_rule(counties: Counties, name: str, method: BreakdownMethod) -> dict[str, Decimal | None]:
    rows = break_down(target=counties.target(name), method=method, actor=counties.cast.office_staff, now=READ_AT)
    return {row.unit.name: row.value for row in rows}


def test_the_counties_own_plans_speak_first(counties: Counties) -> None:
    found = carried(counties)
    forests, roads, works = found["营造林"], found["农村公路"], found["农业生产托管"]
    # 40000亩 are 4万亩
    assert (forests.committed, forests.difference, forests.state) == (D(13), D(-2), SumState.GAP)
    assert (roads.committed, roads.state) == (D(850), SumState.COVERED)
    assert (works.committed, works.state) == (D(70), SumState.COVERED)
    assert [cell.state for cell in works.cells] == [CarryState.FIGURE, CarryState.NOT_WRITTEN]
    assert (forests.read, forests.expected, forests.sum.missing) == (2, 2, ())
    assert works.sum.missing == ("青石县政府",)


def test_a_sum_of_too_few_plans_is_incomplete_and_no_gap(cast: Cast) -> None:
    counties = set_counties(cast, "yundong")
    forests = carried(counties)["营造林"]
    assert (forests.committed, forests.state, forests.read, forests.expected) == (D(9), SumState.INCOMPLETE, 1, 2)


@pytest.mark.parametrize(
    ("share", "read", "state"),
    [
        ("0.99", 10, SumState.GAP),
        ("0.99", 8, SumState.GAP),
        ("0.99", 7, SumState.INCOMPLETE),
        ("1", 1, SumState.COVERED),
        ("1.1999", 10, SumState.COVERED),
        ("1.2", 1, SumState.OVER),
        (None, 10, SumState.GAP),
        (None, 0, SumState.INCOMPLETE),
    ],
)
def test_what_a_sum_says(share: str | None, read: int, state: SumState) -> None:
    assert state_of(D(share) if share else None, read, 10, Thresholds()) is state


def test_by_hand_in_another_unit_of_measure(counties: Counties) -> None:
    give(
        counties,
        "营造林",
        Share(counties.yundong, value=D(10)),
        Share(counties.qingshi, value=D(80000), unit_of_measure="亩"),
    )
    forests = carried(counties)["营造林"]
    assert (forests.committed, forests.state) == (D(18), SumState.OVER)
    # what the county itself says is not forgotten
    assert [cell.planned for cell in forests.cells] == [D(9), D(4)]


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ({"value": D(3), "unit_of_measure": "公里"}, "不是同一种量"),
        ({"value": D(-1)}, "不小于0"),
        ({"value": D("NaN")}, "不小于0"),
        ({}, "没有填数"),
        ({"value": D(1) / 3}, "15位"),
    ],
)
def test_one_faulty_share_and_nothing_is_kept(counties: Counties, share: dict, words: str) -> None:
    with pytest.raises(InvalidInput, match=words) as refused:
        give(counties, "营造林", Share(counties.yundong, value=D(10)), Share(counties.qingshi, **share))
    assert list(refused.value.fields) == [str(counties.qingshi.pk)]
    assert not BreakdownItem.objects.exists()


def test_somebody_elses_unit_and_one_unit_twice_are_refused(counties: Counties) -> None:
    twice = [Share(counties.yundong, value=D(1)), Share(counties.yundong, value=D(2))]
    with pytest.raises(InvalidInput, match="写了两次"):
        give(counties, "营造林", *twice)
    foreign = counties.yundong.governs.units.get()
    with pytest.raises(InvalidInput, match="不是云溪市的单位"):
        give(counties, "营造林", Share(foreign, value=D(1)))


def test_equally_to_the_last_piece(counties: Counties) -> None:
    assert by_rule(counties, "农村公路", BreakdownMethod.EQUALLY) == {"云东区政府": D(425), "青石县政府": D(425)}


def test_by_last_years_shares_or_with_the_names_of_those_unknown(counties: Counties) -> None:
    def last_year(unit: object, value: int) -> None:
        record_value(
            indicator=counties.target("营造林").indicator,
            month=date(2025, 12, 1),
            value=D(value),
            status=ValueStatus.FINAL,
            source="上年",
            member=unit,
            actor=counties.cast.office_staff,
            now=READ_AT,
        )

    last_year(counties.yundong, 2)
    with pytest.raises(InvalidInput, match="缺青石县政府的上年完成数"):
        by_rule(counties, "营造林", BreakdownMethod.LAST_YEAR)
    last_year(counties.qingshi, 1)
    assert by_rule(counties, "营造林", BreakdownMethod.LAST_YEAR) == {"云东区政府": D(10), "青石县政府": D(5)}


def test_from_the_counties_plans(counties: Counties) -> None:
    assert by_rule(counties, "农业生产托管", BreakdownMethod.FROM_PLANS) == {"云东区政府": D(70), "青石县政府": None}
    item = BreakdownItem.objects.get(unit=counties.yundong)
    assert item.county_target == counties.county_target(counties.yundong, "农业生产托管")


def test_who_does_not_carry_is_not_expected_to(counties: Counties) -> None:
    give(counties, "营造林", Share(counties.yundong, value=D(15)), Share(counties.qingshi, CarryState.NOT_CARRIED))
    forests = carried(counties)["营造林"]
    assert (forests.state, forests.read, forests.expected, forests.sum.missing) == (SumState.COVERED, 1, 1, ())


def test_taking_it_back_lets_the_plans_speak_again(counties: Counties) -> None:
    target = counties.target("营造林")
    give(counties, "营造林", Share(counties.yundong, value=D(15)))
    clear_breakdown(target=target, actor=counties.cast.office_staff, now=READ_AT)
    assert carried(counties)["营造林"].committed == D(13)
    with pytest.raises(WrongState):
        clear_breakdown(target=target, actor=counties.cast.office_staff, now=READ_AT)


def test_a_growth_is_not_broken_down(stage: object) -> None:
    with pytest.raises(InvalidInput, match="不能分解"):
        break_down(
            target=stage.target("gdp"),  # type: ignore[attr-defined]
            method=BreakdownMethod.EQUALLY,
            actor=stage.cast.office_staff,  # type: ignore[attr-defined]
            now=READ_AT,
        )


def test_a_rate_is_kept_by_numerator_and_denominator(stage: object) -> None:
    target, cast = stage.target("coverage"), stage.cast  # type: ignore[attr-defined]
    one, other = cast.units["云东区政府"], cast.units["青石县政府"]
    shares = [
        Share(one, numerator=D(5), denominator=D(10)),
        Share(other, numerator=D(90), denominator=D(100)),
    ]
    set_breakdown(target=target, shares=shares, actor=cast.office_staff, now=READ_AT)
    [found] = coverage_of([target], carriers_of(target.task.plan), Thresholds())
    assert found.committed == D(95) * 100 / 110
    assert found.state is SumState.OVER
    with pytest.raises(InvalidInput, match="比率不能按份额切分"):
        break_down(target=target, method=BreakdownMethod.EQUALLY, actor=cast.office_staff, now=READ_AT)


def test_what_the_counties_achieved_is_rolled_up_and_says_who_is_missing(counties: Counties) -> None:
    """A county reports in its own unit of measure; who has not reported is named, not counted as nothing."""
    june = date(2026, 6, 1)
    forests = carried(counties)["营造林"]
    assert (achieved_by(forests, june).value, achieved_by(forests, june).missing) == (
        None,
        ("云东区政府", "青石县政府"),
    )
    record_value(
        indicator=counties.county_target(counties.qingshi, "营造林").indicator,
        month=june,
        value=D(25000),
        status=ValueStatus.FINAL,
        source="县里",
        actor=counties.cast.office_staff,
        now=READ_AT,
    )
    found = achieved_by(forests, june)
    assert (found.value, found.children, found.missing) == (D("2.5"), ("青石县政府",), ("云东区政府",))
