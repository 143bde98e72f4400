"""导入: a document laid before the office; units it names that are not known; what its own counts ask."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from duixian.audit.actors import Actor
from duixian.audit.command import InvalidInput, WrongState, command
from duixian.audit.trail import record
from duixian.reading import Reading
from duixian.reading.serialise import task_to_dict
from duixian.register.commands._comparing import compare_with_plan
from duixian.register.commands._reviewing import STEP, open_draft, touch
from duixian.register.commands.reviewing import leave_out_item
from duixian.register.enums import ImportState, ItemState
from duixian.register.models import ImportDraft, ImportItem
from duixian.register.rules import may_adopt
from duixian.units.commands import add_alias, create_unit
from duixian.units.enums import UnitKind
from duixian.units.models import Government, Unit
from duixian.units.naming import guess_kind
from duixian.units.queries import directory_of
from duixian.units.rules import require

ONE = "one"
EARLIEST_YEAR, LATEST_YEAR = 2000, 2100


@command
def start_import(
    *,
    reading: Reading,
    government: Government,
    year: int,
    actor: Actor,
    now: datetime,
    content: bytes = b"",
) -> ImportDraft:
    """Lay a document that was read before the office; `content` is the file itself, empty where text was pasted.

    Nothing enters the register yet. Where the government has a plan of that year the items are compared with it.
    Raises InvalidInput where nothing was read, or the same file is under review already.
    """
    require(may_adopt(actor, government))
    _check(reading, government, year)
    head = reading.document
    draft = ImportDraft.objects.create(
        government=government,
        year=year,
        title=(head.title or f"{government.name}{year}年任务清单")[:300],
        doc_number=(head.doc_number or "")[:60],
        file_name=(head.source or "")[:200],
        sha256=head.sha256 or "",
        stored_as=_store(content, head.sha256 or "", head.source or ""),
        text=reading.text,
        reading=reading.to_dict(),
        plan=government.plans.filter(year=year).first(),
        is_second=government.plans.filter(year=year).exists(),
        started_by=actor.audit_name,
        started_at=now,
        changed_at=now,
    )
    ImportItem.objects.bulk_create(
        ImportItem(draft=draft, order=place * STEP, fields=task_to_dict(item))
        for place, item in enumerate(reading.tasks, 1)
    )
    if draft.is_second:
        compare_with_plan(draft)
    after = {"items": len(reading.tasks), "year": year, "sha256": draft.sha256, "file": draft.file_name}
    record(actor=actor, now=now, action="start_import", target=draft, after=after)
    return draft


def _check(reading: Reading, government: Government, year: int) -> None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise InvalidInput(f"计划年度{year}不对，请填四位年份。", {"year": "不对"})
    if not reading.tasks:
        raise InvalidInput("文件中没有读出任务。请核对文件是否为任务清单，或把正文粘贴进来。", {"file": "没有任务"})
    if "\0" in reading.text:
        raise InvalidInput("文件中含有空字符（像是损坏的文本）。请另存为 UTF-8 文本后再试。", {"file": "损坏"})
    same = government.imports.filter(state=ImportState.REVIEWING, sha256=reading.document.sha256 or "", year=year)
    if reading.document.sha256 and same.exists():
        raise InvalidInput("这份文件正在核对，请从导入列表里接着做。", {"file": "重复"})


def _store(content: bytes, sha256: str, name: str) -> str:
    """Keep the file under its hash; the same file is kept once. What a failed act leaves is nobody's."""
    if not content:
        return ""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    suffix = f".{ending}" if ending.isalnum() and len(ending) <= 5 else ""
    path = f"imports/{sha256[:2]}/{sha256}{suffix}"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))
    return path


@command
def name_import_unit(
    *,
    draft: ImportDraft,
    name: str,
    actor: Actor,
    now: datetime,
    unit: Unit | None = None,
    kind: UnitKind | None = None,
) -> Unit:
    """Say what a printed name means: another name of `unit`, or a new unit of `kind`. Both are asked only once."""
    fresh = open_draft(draft, actor)
    if (unit is None) == (kind is None):
        raise InvalidInput(f"请说明“{name}”是哪个单位，或是什么单位。", {"name": "未定"})
    if unit is not None:
        if unit.government_id != fresh.government_id:
            raise InvalidInput(f"{unit}不是{fresh.government.name}的单位。", {"unit": "不属本级"})
        add_alias(unit=unit, text=name, actor=actor, now=now)
    else:
        assert kind is not None
        if directory_of(fresh.government).find(name) is not None:
            raise WrongState(f"“{name}”刚才已由别人登记。")
        unit = create_unit(government=fresh.government, name=name, kind=kind, actor=actor, now=now)
    touch(fresh, now)
    after = {"name": name, "unit": unit.name, "is_new": kind is not None}
    record(actor=actor, now=now, action="name_import_unit", target=fresh, after=after)
    return unit


@command
def register_import_units(*, draft: ImportDraft, names: Sequence[str], actor: Actor, now: datetime) -> list[Unit]:
    """Register names nobody knows as new units, their kind guessed from the name; one already known is passed over."""
    fresh = open_draft(draft, actor)
    made = []
    for name in names:
        # what was made for the name before may be the same unit under its short form
        if directory_of(fresh.government).find(name) is None:
            kind = guess_kind(name)
            made.append(create_unit(government=fresh.government, name=name, kind=kind, actor=actor, now=now))
    touch(fresh, now)
    after = {"units": [unit.name for unit in made]}
    record(actor=actor, now=now, action="register_import_units", target=fresh, after=after)
    return made


@command
def settle_import(*, draft: ImportDraft, key: str, answer: str, actor: Actor, now: datetime) -> ImportDraft:
    """Answer a question about the document as a whole; the answer is kept with who gave it in the trail.

    "one", of two items with the same words, leaves the later one out.
    """
    fresh = open_draft(draft, actor)
    if answer == ONE:
        _leave_out_second(fresh, key, actor, now)
    before = fresh.settled.get(key, "")
    fresh.settled = {**fresh.settled, key: answer}
    fresh.changed_at = now
    fresh.save(update_fields=["settled", "changed_at"])
    after = {"key": key, "answer": answer, "before": before}
    record(actor=actor, now=now, action="settle_import", target=fresh, after=after)
    return fresh


def _leave_out_second(draft: ImportDraft, key: str, actor: Actor, now: datetime) -> None:
    warnings = ImportDraft.objects.get(pk=draft.pk).original.warnings
    place = key.split(":")[1] if key.startswith("warning:") else ""
    warning = warnings[int(place)] if place.isdecimal() and int(place) < len(warnings) else None
    if warning is None or warning.code != "task_twice":
        raise InvalidInput("这一处没有重复的条目可留一项。")
    for item in draft.items.all():
        if item.read.span == warning.span and item.current_state.may_correct:
            leave_out_item(item=item, revision=item.revision, actor=actor, now=now)


@command
def withdraw_import(*, draft: ImportDraft, actor: Actor, now: datetime) -> ImportDraft:
    """Give a review up. What was adopted from it stays in the register."""
    fresh = open_draft(draft, actor)
    fresh.state = ImportState.WITHDRAWN
    fresh.changed_at = now
    fresh.save(update_fields=["state", "changed_at"])
    adopted = fresh.items.filter(state=ItemState.ADOPTED).count()
    record(actor=actor, now=now, action="withdraw_import", target=fresh, after={"adopted": adopted})
    return fresh
