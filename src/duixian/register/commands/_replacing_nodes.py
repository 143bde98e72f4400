"""A newly approved set of nodes takes the place of the one in force; part of approving nodes."""

from duixian.register.enums import FilingState
from duixian.register.models import Milestone, Task

# what goes along when a node goes on with another day: who filed it and who approved it
TRAIL = ("due_on", "filed_by", "filed_at", "decided_by", "decided_at", "note")


def replace_nodes(task: Task) -> int:
    """Of every outcome (or of the task as a whole) for which nodes are filed, mark those in force as replaced.

    Called before the filed ones are approved. A node that goes on under its own name keeps its row, so that what was
    reported of it stays with it: the row takes the new day, and the filed one keeps the old, as replaced. Returns how
    many are replaced by the new set.
    """
    filed = list(task.milestones.filter(part=None, state=FilingState.FILED).order_by("due_on", "pk"))
    touched = {node.outcome_id for node in filed}
    standing = [n for n in task.milestones.filter(part=None, state=FilingState.APPROVED) if n.outcome_id in touched]
    for node in filed:
        known = next((n for n in standing if (n.outcome_id, n.name) == (node.outcome_id, node.name)), None)
        if known is not None:
            standing.remove(known)
            _go_on(known, node)
    Milestone.objects.filter(pk__in=[node.pk for node in standing]).update(state=FilingState.REPLACED)
    return len(standing)


def _go_on(known: Milestone, filed: Milestone) -> None:
    for name in TRAIL:
        old, new = getattr(known, name), getattr(filed, name)
        setattr(known, name, new)
        setattr(filed, name, old)
    known.state, filed.state = FilingState.FILED, FilingState.REPLACED
    known.save()
    filed.save()


__all__ = ["replace_nodes"]
