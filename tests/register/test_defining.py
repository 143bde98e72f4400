"""The office mends what a target is, and from which level it sets out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from duixian.audit.command import InvalidInput
from duixian.audit.models import AuditEntry
from duixian.indicators.enums import Frequency
from duixian.indicators.models import IndicatorValue
from duixian.reading import Accrual, Polarity, QuantityKind
from duixian.register.commands import Definition, define_target
from duixian.register.enums import Bindingness
from duixian.register.models import Target
from duixian.register.wishes import baseline_of
from duixian.units.models import Unit
from tests.cast import at
from tests.factories.play import Stage

NOW = at(3, 2)


def definition(unit: Unit, **more: Any) -> Definition:
    coverage = Definition(
        kind=QuantityKind.RATE,
        polarity=Polarity.MORE,
        accrual=Accrual.STOCK,
        bindingness=Bindingness.BINDING,
        unit_of_measure="%",
        frequency=Frequency.QUARTERLY,
        publication_lag_days=25,
        responsible_unit=unit,
        baseline=Decimal(61),
        baseline_source="2025年民政统计年报",
    )
    return replace(coverage, **more)


def define(stage: Stage, **more: Any) -> Target:
    target = stage.target("coverage")
    return define_target(
        target=target,
        definition=definition(stage.cast.labour.unit, **more),
        reason="与统计口径一致。",
        actor=stage.cast.office_staff,
        now=NOW,
    )


def test_everything_said_is_kept_where_it_is_read(stage: Stage) -> None:
    define(stage)
    target = stage.target("coverage")
    assert (target.bindingness, target.accrual) == ("BINDING", "stock")
    assert (target.indicator.frequency, target.indicator.publication_lag_days) == ("QUARTERLY", 25)
    baseline = baseline_of(target)
    assert baseline is not None
    assert (baseline.month, baseline.value, baseline.source) == (date(2025, 12, 1), 61, "2025年民政统计年报")
    entry = AuditEntry.objects.get(action="define_target")
    assert "与统计口径一致" in entry.after
    assert '"bindingness":""' in entry.before


def test_a_baseline_is_revised_and_taken_back_but_never_erased(stage: Stage) -> None:
    define(stage)
    define(stage)
    assert IndicatorValue.objects.count() == 1
    define(stage, baseline=Decimal(62))
    define(stage, baseline=None, baseline_source="")
    assert baseline_of(stage.target("coverage")) is None
    assert list(IndicatorValue.objects.order_by("pk").values_list("value", "status")) == [
        (61, "FINAL"),
        (62, "REVISED"),
    ]


def test_a_baseline_says_where_it_comes_from(stage: Stage) -> None:
    with pytest.raises(InvalidInput, match="来源"):
        define(stage, baseline_source=" ")


def test_the_unit_of_measure_may_change_only_before_there_are_figures(stage: Stage) -> None:
    define(stage, unit_of_measure="个百分点", baseline=None)
    assert stage.target("coverage").unit_of_measure == "个百分点"
    define(stage, unit_of_measure="个百分点")
    with pytest.raises(InvalidInput, match="已经有数"):
        define(stage, unit_of_measure="%")
