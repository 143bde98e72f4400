"""Words of the register. What the reader distinguishes keeps the reader's own values."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from duixian.reading import Accrual, Comparator, Polarity, QuantityKind, Stage

COMPARATOR_CHOICES = [
    (Comparator.AT_LEAST, "≥"),
    (Comparator.AT_MOST, "≤"),
    (Comparator.ABOUT, _("左右")),
    (Comparator.EQUAL, "="),
    (Comparator.RANGE, "—"),
    (Comparator.ABOVE, ">"),
]
KIND_CHOICES = [
    (QuantityKind.GROWTH, _("增长")),
    (QuantityKind.RATE, _("比率")),
    (QuantityKind.INCREMENT, _("增减量")),
    (QuantityKind.AMOUNT, _("总量")),
]
POLARITY_CHOICES = [(Polarity.MORE, _("越多越好")), (Polarity.LESS, _("越少越好")), (Polarity.NEAR, _("越近越好"))]
ACCRUAL_CHOICES = [
    (Accrual.FLOW, _("累计")),
    (Accrual.STOCK, _("存量")),
    (Accrual.RUNNING, _("年内均值")),
    (Accrual.DATED, _("定日")),
]
STAGE_CHOICES = [
    (Stage.PLAN, _("谋划")),
    (Stage.APPROVE, _("核准")),
    (Stage.START, _("开工")),
    (Stage.RESUME, _("复工")),
    (Stage.ADVANCE, _("推进")),
    (Stage.COMPLETE, _("建成")),
    (Stage.IN_USE, _("投用")),
    (Stage.ESTABLISH, _("健全")),
    (Stage.OBTAIN, _("获得")),
    (Stage.HOLD, _("开展")),
    (Stage.RECTIFY, _("整治")),
    (Stage.SUSTAIN, _("保持")),
]
# stages without an end of their own: they are kept up, not reached
OPEN_STAGES = (Stage.ADVANCE, Stage.SUSTAIN, Stage.ESTABLISH, Stage.HOLD, Stage.RECTIFY)


class PartyRole(models.TextChoices):
    LEAD = "LEAD", _("牵头")
    COOPERATING = "COOPERATING", _("配合")


class TaskKind(models.TextChoices):
    """What the task can be measured by."""

    QUANTITATIVE = "QUANTITATIVE", _("定量")
    NODE = "NODE", _("节点")
    QUALITATIVE = "QUALITATIVE", _("定性")


class FilingState(models.TextChoices):
    """A unit's monthly plan or nodes, on their way to approval."""

    FILED = "FILED", _("已报送")
    APPROVED = "APPROVED", _("已批准")
    SENT_BACK = "SENT_BACK", _("已退回")
    REPLACED = "REPLACED", _("已更换")

    @property
    def may_approve(self) -> bool:
        """The office may approve it or send it back."""
        return self is FilingState.FILED


class AssignmentState(models.TextChoices):
    """What became of a duty handed to a unit: a whole task (交办) or a part of one (分工).

    待签收 → 已签收, 有异议 or 申请转办; the last two are decided: kept (a new row is to be acknowledged) or released.
    """

    ASSIGNED = "ASSIGNED", _("待签收")
    ACKNOWLEDGED = "ACKNOWLEDGED", _("已签收")
    DISPUTED = "DISPUTED", _("有异议")
    TRANSFER_ASKED = "TRANSFER_ASKED", _("申请转办")
    KEPT = "KEPT", _("维持原交办")
    RELEASED = "RELEASED", _("已改派")

    @property
    def may_acknowledge(self) -> bool:
        """The unit may acknowledge it, dispute it or ask for its transfer."""
        return self is AssignmentState.ASSIGNED

    @property
    def may_decide(self) -> bool:
        """Whoever handed it out may decide on the objection."""
        return self in (AssignmentState.DISPUTED, AssignmentState.TRANSFER_ASKED)

    @property
    def is_in_force(self) -> bool:
        """The unit (still) has the duty."""
        return self not in (AssignmentState.KEPT, AssignmentState.RELEASED)


DUTIES_IN_FORCE = tuple(state for state in AssignmentState if state.is_in_force)


class Bindingness(models.TextChoices):
    """约束性 targets must be kept, 预期性 ones are expected."""

    BINDING = "BINDING", _("约束性")
    ANTICIPATORY = "ANTICIPATORY", _("预期性")


class AmendmentState(models.TextChoices):
    """A wish to change a target or a limit: asked for by the unit, agreed to by the office, then approved at last."""

    ASKED = "ASKED", _("待督查室审核")
    ENDORSED = "ENDORSED", _("待批准")
    APPROVED = "APPROVED", _("已批准")
    REPLACED = "REPLACED", _("已被新的调整代替")
    REFUSED = "REFUSED", _("未批准")
    WITHDRAWN = "WITHDRAWN", _("已撤回")

    @property
    def may_endorse(self) -> bool:
        """The office may agree or refuse: the first step."""
        return self is AmendmentState.ASKED

    @property
    def may_approve(self) -> bool:
        """The leader in charge (or the office's head) may approve or refuse: the second step."""
        return self is AmendmentState.ENDORSED

    @property
    def may_withdraw(self) -> bool:
        """The unit may take its wish back."""
        return self in (AmendmentState.ASKED, AmendmentState.ENDORSED)

    @property
    def is_open(self) -> bool:
        """Somebody still has to decide."""
        return self.may_withdraw


OPEN_AMENDMENTS = tuple(state for state in AmendmentState if state.is_open)


class ImportState(models.TextChoices):
    """A document under review on its way into the register."""

    REVIEWING = "REVIEWING", _("核对中")
    ADOPTED = "ADOPTED", _("已采纳")
    WITHDRAWN = "WITHDRAWN", _("已撤销")

    @property
    def may_review(self) -> bool:
        return self is ImportState.REVIEWING


class ItemState(models.TextChoices):
    """One read item of a document under review."""

    TO_SEE = "TO_SEE", _("待看")
    READY = "READY", _("已核")
    LEFT_OUT = "LEFT_OUT", _("非承诺")
    ADOPTED = "ADOPTED", _("已采纳")

    @property
    def may_correct(self) -> bool:
        return self in (ItemState.TO_SEE, ItemState.READY)

    @property
    def may_adopt(self) -> bool:
        return self in (ItemState.TO_SEE, ItemState.READY)


class ItemChange(models.TextChoices):
    """What an item of a changed document is to the register adopted before it."""

    NEW = "NEW", _("新增")
    CHANGED = "CHANGED", _("有改动")
    SAME = "SAME", _("未变")
    GONE = "GONE", _("不再列入")


class CarryState(models.TextChoices):
    """What a unit's plan says about its share of a city's target."""

    FIGURE = "FIGURE", _("有数")
    NO_FIGURE = "NO_FIGURE", _("无数")
    NOT_WRITTEN = "NOT_WRITTEN", _("未写")
    NOT_CARRIED = "NOT_CARRIED", _("不承担")


class BreakdownMethod(models.TextChoices):
    """How a share came about."""

    BY_HAND = "BY_HAND", _("逐个填写")
    EQUALLY = "EQUALLY", _("平均分")
    LAST_YEAR = "LAST_YEAR", _("按上年比重")
    FROM_PLANS = "FROM_PLANS", _("按县区计划")


class SumState(models.TextChoices):
    """The sum of the shares held against the target."""

    GAP = "GAP", _("缺口")
    COVERED = "COVERED", _("够")
    OVER = "OVER", _("加码")
    INCOMPLETE = "INCOMPLETE", _("计划未读全")


class LinkRelation(models.TextChoices):
    """How a county's words stand to the city's; the values are those of `aligning`."""

    CONTRIBUTES = "contributes", _("计入总数")
    SAME_RATE = "same-rate", _("同一比率")
    SAME_PROJECT = "same-project", _("同一项目")
    SUPPORTS = "supports", _("支撑")


class LinkState(models.TextChoices):
    """What people have said about a proposed link."""

    PROPOSED = "PROPOSED", _("待认定")
    CONFIRMED = "CONFIRMED", _("已认定")
    REFUSED = "REFUSED", _("不对应")

    @property
    def is_decided(self) -> bool:
        """Whether a person has spoken; a new computation leaves such a link alone."""
        return self is not LinkState.PROPOSED
