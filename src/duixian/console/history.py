"""经过: everything that became of a task in one line of time, for whoever may see the task.

Changes of light and the fate of reports come from their own tables; adoption, duties, corrections and adjustments from
the trail.
"""

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from duixian.audit.models import AuditEntry
from duixian.console.words import act_words
from duixian.periods import month_label
from duixian.register.models import Assignment, SourceDocument, Task
from duixian.reporting.enums import ReportState
from duixian.reporting.models import GradeChange, Report, ReportVersion
from duixian.reporting.queries import changes_of

LEXICON = Path(__file__).parent / "lexicon" / "history.toml"
LONGEST_VALUE = 60


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history: a change of light, what became of a report, or an act and who did it."""

    at: datetime
    text: str
    change: GradeChange | None = None
    by: str = ""


@cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads(LEXICON.read_text("utf-8"))


def events_of(task: Task, reports: Sequence[Report], source: SourceDocument) -> list[Event]:
    """The newest first. `task` comes with its targets, and is one the person may see; so are all these events."""
    events = [*_changes(task), *_reported(reports), *_handed_out(task), *_acts(task, reports), _adoption(task, source)]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _adoption(task: Task, source: SourceDocument) -> Event:
    """With the plan, or later from a document of its own."""
    at = task.plan.adopted_at if source.pk == task.plan.source_id else source.read_at
    return Event(at, _("立项：《%(title)s》%(number)s") % {"title": source.title, "number": source.doc_number})


def _changes(task: Task) -> list[Event]:
    return [Event(c.at, f"{month_label(c.month)}：{c.reason}", c) for c in changes_of(task)]


def _reported(reports: Sequence[Report]) -> list[Event]:
    events = []
    versions = ReportVersion.objects.filter(report__in=reports).select_related("report__round", "report__unit")
    for version in versions:
        month = month_label(version.report.round.month)
        times = _("第%(n)s次上报") % {"n": version.number} if version.number > 1 else _("上报")
        events.append(Event(version.submitted_at, f"{month}：{version.report.unit}{times}，{version.signed_by}签"))
        if version.decided_at:
            note = f"：{version.decision_note}" if version.decision_note else ""
            word = ReportState(version.decision).label
            events.append(Event(version.decided_at, f"{month}：{version.decided_by}审核，{word}{note}"))
    return events


def _handed_out(task: Task) -> list[Event]:
    """交办 is recorded for a whole plan at once; the rows know each task's."""
    rows = Assignment.objects.filter(task=task).select_related("unit")
    return [Event(r.assigned_at, _("交办%(unit)s") % {"unit": r.unit}, by=r.assigned_by) for r in rows]


def _acts(task: Task, reports: Sequence[Report]) -> list[Event]:
    """Entries of the trail about the task, its targets and its reports."""
    about = Q(object_type="register.task", object_id=str(task.pk))
    about |= Q(object_type="register.target", object_id__in=[str(t.pk) for t in task.targets.all()])
    about |= Q(object_type="reporting.report", object_id__in=[str(r.pk) for r in reports])
    entries = AuditEntry.objects.filter(about).exclude(action__in=_lexicon()["silent"]["acts"])
    return [Event(e.at, _told(e), by=" ".join(filter(None, [e.actor_unit, e.actor_name]))) for e in entries]


def _told(entry: AuditEntry) -> str:
    """分工：单位 云东区政府；事项 征地拆迁. What changed names what it was before."""
    before, after = _values(entry.before), _values(entry.after)
    parts = []
    for name, label in _lexicon()["fields"].items():
        was, now = _plain(before.get(name)), _plain(after.get(name))
        if now and was and was != now:
            parts.append(_("%(label)s 由%(was)s改为%(now)s") % {"label": label, "was": was, "now": now})
        elif now and was != now:
            parts.append(f"{label} {now}")
    word = act_words().get(entry.action, entry.action)
    return f"{word}：{'；'.join(parts)}" if parts else word


def _values(text: str) -> dict[str, Any]:
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}


def _plain(value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        value = "、".join(map(str, value))
    text = str(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"
