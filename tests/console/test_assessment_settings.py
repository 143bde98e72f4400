"""评定设置: what lights are called and which commend, as the office sets it and everybody sees it."""

import pytest
from django.urls import reverse

from duixian.assessing import Light
from duixian.audit.command import InvalidInput
from duixian.register.commands import name_light
from duixian.register.models import Plan
from tests.cast import at
from tests.console.conftest import Visit
from tests.factories.play import Stage


def test_a_light_that_commends_says_so_where_lights_are_explained(stage: Stage, visit: Visit) -> None:
    office = visit(stage.cast.office_head)
    page, overview = reverse("assessment-settings"), reverse("overview")
    assert "表扬" not in office.get(overview).content.decode()
    form = office.get(page).context["form"]
    assert [code for code, _, reward in form.light_rows if reward is not None] == [Light.GREEN, Light.BLUE]
    given = {name: "" if field.initial is None else field.initial for name, field in form.fields.items()}
    sent = {name: value for name, value in given.items() if value is not False} | {
        "word-BLUE": "星",
        "reward-BLUE": "on",
        # nobody can tick it; who sends it all the same is not heard
        "reward-RED": "on",
    }
    assert office.post(page, sent).status_code == 302
    plan = Plan.objects.get(pk=stage.plan.pk)
    assert (plan.light_words()["BLUE"], plan.rewarding_lights()) == ("星", {"BLUE"})
    shown = office.get(overview)
    cells = {cell.code: cell.meaning for cell in shown.context["overview"].cells}
    assert (cells["BLUE"], cells["RED"]) == ("已完成·表扬", "滞后逾期")
    # beside the cell and in the legend of the months
    assert shown.content.decode().count("表扬") == 2


def test_what_asks_for_attention_cannot_commend(stage: Stage) -> None:
    for light in (Light.RED, Light.YELLOW, Light.GREY):
        with pytest.raises(InvalidInput, match="不能作表扬用"):
            name_light(
                plan=stage.plan, light=light, word="奖", is_reward=True, actor=stage.cast.office_head, now=at(7, 6)
            )
