"""Where lights change and what they are called, as rows of a plan: the office sets them."""

from dataclasses import fields
from datetime import datetime
from decimal import Decimal

from duixian.assessing import Thresholds
from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, command
from duixian.audit.trail import record
from duixian.register.models import LightName, Plan, PlanRules, Threshold
from duixian.register.models.plan import MAY_COMMEND
from duixian.register.rules import may_decide
from duixian.units.rules import require

# what the column of a threshold holds
LARGEST_THRESHOLD = Decimal(10) ** 8


@command
def set_threshold(*, plan: Plan, name: str, value: Decimal | None, actor: Actor, now: datetime) -> Threshold:
    """Change one threshold or rule of a plan; `name` as in `assessing.Thresholds` or `PlanRules`.

    None says "no alarm on that side", of the thresholds that know it.
    """
    require(may_decide(actor, plan))
    kinds = {f.name: str(getattr(f.type, "__name__", f.type)) for of in (Thresholds, PlanRules) for f in fields(of)}
    if name not in kinds:
        raise InvalidInput(f"没有名为“{name}”的阈值。", {"name": "未知"})
    _check_threshold(name, kinds[name], value)
    before = plan.threshold_rows.filter(name=name).values_list("value", flat=True).first()
    row, _ = Threshold.objects.update_or_create(plan=plan, name=name, defaults={"value": value})
    _check_thresholds_agree(plan)
    record(actor=actor, now=now, action="set_threshold", target=plan, before={name: before}, after={name: value})
    return row


def _check_threshold(name: str, kind: str, value: Decimal | None) -> None:
    if value is None:
        if "None" not in kind:
            raise InvalidInput(f"阈值“{name}”不能空着。", {"value": "必填"})
        return
    is_whole = kind in ("int", "bool")
    if not value.is_finite() or not 0 <= value < LARGEST_THRESHOLD or (is_whole and value != int(value)):
        raise InvalidInput(f"阈值“{name}”不能是{value}。", {"value": "须为不小于0的数；天数和开关须为整数"})


def _check_thresholds_agree(plan: Plan) -> None:
    """Yellow below on pace below ahead; otherwise a better figure could have a worse light."""
    t = Plan.objects.get(pk=plan.pk).thresholds()
    if not t.yellow_ratio <= t.on_pace_ratio <= t.ahead_ratio:
        raise InvalidInput("亮黄灯的比例不能高于达进度的比例，达进度的不能高于超进度的。", {"value": "黄≤达≤超"})


@command
def name_light(*, plan: Plan, light: str, word: str, is_reward: bool, actor: Actor, now: datetime) -> LightName:
    """What a light is called in this plan, and whether it commends. Two lights may not bear one name.

    What asks for attention (behind, not reported) cannot commend.
    """
    require(may_decide(actor, plan))
    longest = LightName._meta.get_field("word").max_length or 0
    words = plan.light_words()
    if light not in words:
        raise InvalidInput(f"没有代号为“{light}”的灯。", {"light": "未知"})
    if not 0 < len(word.strip()) <= longest:
        raise InvalidInput(f"灯的叫法请用1至{longest}个字。", {f"word-{light}": f"1—{longest}字"})
    if word.strip() in {known for other, known in words.items() if other != light}:
        raise InvalidInput(f"已有一种灯叫“{word.strip()}”，请换一个叫法。", {f"word-{light}": "重复"})
    if is_reward and light not in MAY_COMMEND:
        raise InvalidInput(f"{words[light]}灯表示滞后或未报，不能作表扬用。", {f"reward-{light}": "不能作表扬用"})
    before = {"word": words[light], "is_reward": light in plan.rewarding_lights()}
    after = {"word": word.strip(), "is_reward": is_reward}
    row, _ = LightName.objects.update_or_create(plan=plan, light=light, defaults=after)
    record(actor=actor, now=now, action="name_light", target=plan, before={light: before}, after={light: after})
    return row
