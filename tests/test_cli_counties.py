"""`duixian import --county`: a county's plan comes in under its city, or is refused with the names there are."""

import pytest

from duixian.audit.actors import COMMAND_LINE
from duixian.cli_counties import adopt_county
from duixian.cli_errors import BadInput
from duixian.register.models import AlignmentLink, Plan
from tests.cast import build_cast
from tests.factories.counties import city_list, qingshi_plan
from tests.factories.play import set_stage

pytestmark = pytest.mark.django_db


def test_a_countys_plan_is_adopted_and_compared() -> None:
    cast = build_cast()
    set_stage(cast, city_list())
    with pytest.raises(BadInput, match="已登记的县区：云东区、青石县"):
        adopt_county(qingshi_plan(), county="火星县", year=2026, actor=COMMAND_LINE)
    adoption, links = adopt_county(qingshi_plan(), county="青石县", year=2026, actor=COMMAND_LINE)
    assert adoption.plan.government.parent == cast.city
    assert links == AlignmentLink.objects.count() > 0


def test_without_a_list_of_the_city_there_is_nothing_to_compare() -> None:
    build_cast()
    adoption, links = adopt_county(qingshi_plan(), county="青石县政府", year=2026, actor=COMMAND_LINE)
    assert (Plan.objects.get(), links) == (adoption.plan, 0)
