"""What every act on a document under review does first and last: may it, is it still as it was seen, keep the trail."""

from collections.abc import Iterable
from datetime import datetime

from duixian.audit.actors import Actor
from duixian.audit.command import Conflict, WrongState
from duixian.reading import ReadTask
from duixian.reading.serialise import task_to_dict
from duixian.register.differing import Difference
from duixian.register.models import Correction, ImportDraft, ImportItem, Task
from duixian.register.rules import may_adopt
from duixian.units.rules import require

# between two items of a document, so that a split one finds room for a long time
STEP = 1024


def open_draft(draft: ImportDraft, actor: Actor) -> ImportDraft:
    """The import as it is now, held until the act is done. Raises NotAllowed, WrongState."""
    require(may_adopt(actor, draft.government))
    fresh = ImportDraft.objects.select_for_update().defer("reading", "text").get(pk=draft.pk)
    if not fresh.current_state.may_review:
        raise WrongState(f"《{fresh.title}》{fresh.get_state_display()}，不能再改。")
    return fresh


def open_item(item: ImportItem, revision: int, actor: Actor) -> ImportItem:
    """The item as it is now. Raises Conflict where somebody changed it after it was shown."""
    open_draft(item.draft, actor)
    fresh = ImportItem.objects.select_for_update().select_related("draft__government").filter(pk=item.pk).first()
    if fresh is None or fresh.revision != revision:
        raise Conflict(f"{item}刚刚被别人改过，您的改动没有保存。请看过现在的内容再改。")
    return fresh


def keep(item: ImportItem, read: ReadTask | None, now: datetime) -> None:
    """Write the item with its new fields, and let those who have seen it before know."""
    if read is not None:
        item.fields = task_to_dict(read)
        item.__dict__.pop("read", None)
    item.revision += 1
    item.save()
    touch(item.draft, now)


def touch(draft: ImportDraft, now: datetime) -> None:
    """The review was last worked on now."""
    ImportDraft.objects.filter(pk=draft.pk).update(changed_at=now)


def keep_corrections(
    found: Iterable[Difference],
    *,
    draft: ImportDraft,
    number: str,
    actor: Actor,
    now: datetime,
    item: ImportItem | None = None,
    task: Task | None = None,
) -> None:
    """One row a field: before, after, who, when."""
    Correction.objects.bulk_create(
        Correction(
            draft=draft,
            item=item,
            task=task,
            number=number[:20],
            field=difference.field[:60],
            before=difference.before,
            after=difference.after,
            by=actor.audit_name,
            at=now,
        )
        for difference in found
    )


def as_json(found: Iterable[Difference]) -> list[dict[str, str]]:
    """Differences for the trail and for an item's own column."""
    return [{"field": d.field, "before": d.before, "after": d.after} for d in found]
