"""Putting an approved amendment in force beside the promise; part of its approval."""

from datetime import date

from duixian.register.enums import AmendmentState
from duixian.register.models import ExtensionRequest, Outcome, Target, TargetAdjustment, Task
from duixian.register.rules import Amendments


def put_in_force(amendment: Amendments) -> None:
    """The amended value or limit is set; what was in force by an earlier amendment is marked as replaced."""
    if isinstance(amendment, TargetAdjustment):
        amendment.target.adjustments.filter(state=AmendmentState.APPROVED).update(state=AmendmentState.REPLACED)
        target = amendment.target
        target.amended_value, target.amended_value_max = amendment.value, amendment.value_max
        if (amendment.value, amendment.value_max) == (target.value, target.value_max):
            # back at the promise: nothing else is in force
            target.amended_value = target.amended_value_max = None
        target.save(update_fields=["amended_value", "amended_value_max"])
    else:
        _extend(amendment)


def _extend(request: ExtensionRequest) -> None:
    same = ExtensionRequest.objects.filter(task=request.task, target=request.target, outcome=request.outcome)
    same.filter(state=AmendmentState.APPROVED).update(state=AmendmentState.REPLACED)
    for thing in _extended(request):
        promised = thing.due_on or date(request.task.plan.year, 12, 31)
        thing.amended_due_on = None if request.due_on == promised else request.due_on
        thing.save(update_fields=["amended_due_on"])


def _extended(request: ExtensionRequest) -> list[Target | Outcome | Task]:
    """What the new limit is for; of a whole task also the amounts and outcomes that had the task's own limit."""
    if request.target is not None:
        return [request.target]
    if request.outcome is not None:
        return [request.outcome]
    if request.document is not None:
        # a document says each limit by itself
        return [request.task]
    task, limit = request.task, request.task.current_due_on
    year_end = date(task.plan.year, 12, 31)
    targets = [t for t in task.targets.all() if (t.current_due_on or year_end) == limit]
    outcomes = [o for o in task.outcomes.all() if o.current_due_on == limit]
    return [task, *targets, *outcomes]
