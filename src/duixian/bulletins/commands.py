"""Drawing up a quarter's bulletin."""

from dataclasses import replace
from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, command
from duixian.audit.holding import HEAD_ID
from duixian.audit.models import AuditHead
from duixian.audit.trail import GENESIS, record
from duixian.bulletins.composing import compose
from duixian.bulletins.content import Properties
from duixian.bulletins.figures import quarter_figures
from duixian.bulletins.models import Bulletin
from duixian.bulletins.rules import may_draw_up
from duixian.periods import Quarter, today_in
from duixian.register.models import Plan
from duixian.units.rules import require


@command
def draw_up_bulletin(*, plan: Plan, quarter: Quarter, actor: Actor, now: datetime) -> Bulletin:
    """Freeze the quarter's approved figures as a snapshot, from which the document is rendered.

    Raises InvalidInput where the quarter has no stocktake. The snapshot carries the head of the audit chain, so that
    whoever owns the database cannot rebuild the chain unseen.
    """
    require(may_draw_up(actor, plan))
    figures = quarter_figures(plan, quarter)
    if not figures.rounds:
        raise InvalidInput(f"{quarter.label}还没有盘点，没有可通报的数。", {"quarter": "无盘点"})
    content = compose(figures, today=today_in(now))
    content = replace(content, properties=Properties(audit_head=_audit_head(), snapshot_hash=content.digest()))
    bulletin = Bulletin.objects.create(
        plan=plan,
        year=quarter.year,
        quarter=quarter.number,
        snapshot=content.to_dict(),
        snapshot_sha256=content.properties.snapshot_hash,
        drawn_up_at=now,
        drawn_up_by=actor.audit_name,
    )
    record(actor=actor, now=now, action="draw_up_bulletin", target=bulletin, after={"sha256": content.digest()})
    return bulletin


def _audit_head() -> str:
    return AuditHead.objects.filter(pk=HEAD_ID).values_list("hash", flat=True).first() or GENESIS
