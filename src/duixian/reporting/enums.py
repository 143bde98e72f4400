"""States of a report and of a round."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    """起草 → 送审签 → 上报 → 通过; sent back, it is worked on again. The state answers for itself what it allows."""

    DRAFT = "DRAFT", _("起草中")
    SENT_UP = "SENT_UP", _("待审签")
    SUBMITTED = "SUBMITTED", _("待审核")
    SENT_BACK = "SENT_BACK", _("已退回")
    APPROVED = "APPROVED", _("已通过")

    @property
    def may_edit(self) -> bool:
        """The liaison may change it."""
        return self in (ReportState.DRAFT, ReportState.SENT_BACK)

    @property
    def may_send_up(self) -> bool:
        """The liaison may hand it to the unit's head."""
        return self.may_edit

    @property
    def may_sign_off(self) -> bool:
        """The head may sign, which submits it; or return it to the liaison."""
        return self is ReportState.SENT_UP

    @property
    def may_review(self) -> bool:
        """The office may approve it or send it back."""
        return self is ReportState.SUBMITTED

    @property
    def may_reopen(self) -> bool:
        """The office may send an approved report back for a correction, until the round is locked."""
        return self is ReportState.APPROVED


class Progress(models.TextChoices):
    """How far an outcome or a node has come, as its unit reports it."""

    NOT_STARTED = "NOT_STARTED", _("未启动")
    UNDER_WAY = "UNDER_WAY", _("推进中")
    REACHED = "REACHED", _("已达到")


class ProposalKind(models.TextChoices):
    """Where a proposal for a unit's month was read from."""

    SHEET = "SHEET", _("填报表")
    DOCUMENT = "DOCUMENT", _("月度报告")


class VerificationWay(models.TextChoices):
    """核查: how the office found out."""

    DOCUMENTS = "DOCUMENTS", _("查阅资料")
    PHONE = "PHONE", _("电话核查")
    ON_SITE = "ON_SITE", _("现场核查")


class CorrectionState(models.TextChoices):
    """更正: proposed by the office, then agreed to or refused by the unit, or taken back by the office."""

    PROPOSED = "PROPOSED", _("待单位同意")
    AGREED = "AGREED", _("单位已同意")
    REFUSED = "REFUSED", _("单位不同意")
    WITHDRAWN = "WITHDRAWN", _("已撤回")

    @property
    def may_answer(self) -> bool:
        """The unit may agree or refuse, the office may take it back or note a consent by telephone."""
        return self is CorrectionState.PROPOSED


class JobKind(models.TextChoices):
    """Acts of background work. Of those due at one moment the first named goes first."""

    EXPIRE = "EXPIRE", _("到期失效")
    LOCK = "LOCK", _("锁定盘点")
    OPEN = "OPEN", _("开始盘点")
    REMIND = "REMIND", _("提醒")
    RECOMPUTE = "RECOMPUTE", _("重新评定")
    EXPORT = "EXPORT", _("导出审计链尾")

    @property
    def rank(self) -> int:
        """Its place among those due at the same moment."""
        return list(JobKind).index(self)


class JobState(models.TextChoices):
    """How the last try of an act ended."""

    RUNNING = "RUNNING", _("正在办")
    DONE = "DONE", _("已办")
    WAITING = "WAITING", _("等条件")
    FAILED = "FAILED", _("出错")

    @property
    def may_retry(self) -> bool:
        """A person may ask for it to be tried at once."""
        return self in (JobState.FAILED, JobState.WAITING)
