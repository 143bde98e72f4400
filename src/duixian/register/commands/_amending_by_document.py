"""A changed document amends what was promised: the promise stays beside it, with the document as the reason."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from duixian.audit.actors import Actor
from duixian.audit.trail import record
from duixian.register.commands._amending import put_in_force
from duixian.register.enums import AmendmentState
from duixian.register.models import ExtensionRequest, Outcome, SourceDocument, Target, TargetAdjustment, Task
from duixian.register.printed import printed_limit, printed_value
from duixian.register.rules import Amendments


@dataclass(frozen=True, slots=True)
class ByDocument:
    """Whoever accepts the changed document, and the document."""

    document: SourceDocument
    actor: Actor
    now: datetime

    def set_value(self, target: Target, value: Decimal, value_max: Decimal | None) -> None:
        """The document's figure is in force; nothing happens where the document before said the same."""
        if (value, value_max) == printed_value(target):
            return
        before = target.current_value
        assert before is not None
        adjustment = TargetAdjustment(target=target, value=value, value_max=value_max, value_before=before)
        self._decide(adjustment, target.task, {"target": target.text, "value": value, "value_max": value_max})

    def set_limit(self, task: Task, due_on: date, *, of: Target | Outcome | None = None) -> None:
        """The document's limit is in force, of a target, an outcome or the task itself; it may be an earlier one."""
        year_end = date(task.plan.year, 12, 31)
        thing = of or task
        if due_on == (printed_limit(thing) or year_end):
            return
        request = ExtensionRequest(
            target=of if isinstance(of, Target) else None,
            outcome=of if isinstance(of, Outcome) else None,
            due_on=due_on,
            due_on_before=thing.current_due_on or year_end,
        )
        self._decide(request, task, {"of": str(thing), "due_on": due_on})

    def _decide(self, amendment: Amendments, task: Task, what: dict[str, object]) -> None:
        """Decided by the document: there is nothing left to ask for or to approve."""
        amendment.task, amendment.document = task, self.document
        amendment.reason = f"文件改版：《{self.document.title}》{self.document.doc_number}"
        amendment.asked_by, amendment.asked_by_unit = self.actor.audit_name, self.actor.audit_unit
        amendment.decided_by = self.actor.audit_name
        amendment.asked_at = amendment.decided_at = self.now
        put_in_force(amendment)
        amendment.state = AmendmentState.APPROVED
        amendment.save()
        after = what | {"reason": amendment.reason}
        record(actor=self.actor, now=self.now, action="amend_by_document", target=task, after=after)


__all__ = ["ByDocument"]
