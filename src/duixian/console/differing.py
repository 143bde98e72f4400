"""Two contents of one report side by side: which fields say something else, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from duixian.console import wording
from duixian.console.reportfields import TEXTS, ReportRow
from duixian.reporting.content import ReportContent
from duixian.reporting.enums import Progress


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: what it said, and what it says now; "" is blank."""

    field: str
    label: str
    before: str
    after: str


def labels_of(row: ReportRow) -> dict[str, str]:
    """Field -> label, of everything the row asks for."""
    return {item.name: item.label for item in row.fields} | TEXTS


def differences(before: ReportContent, after: ReportContent, labels: Mapping[str, str]) -> list[Difference]:
    """In the order of the labels; what has no label stands under its own name at the end."""
    old, new = _said(before), _said(after)
    names: Iterable[str] = dict.fromkeys([*labels, *old, *new])
    return [
        Difference(name, labels.get(name, name), old.get(name, ""), new.get(name, ""))
        for name in names
        if old.get(name, "") != new.get(name, "")
    ]


def _said(content: ReportContent) -> dict[str, str]:
    said = {name: getattr(content, name) for name in TEXTS}
    for figure in content.figures:
        words = wording.exact(figure.value) or figure.unavailable_reason
        said[figure.field] = f"{words}（{_('已确认')}）" if figure.is_confirmed else words
    for node in content.nodes:
        parts = [str(Progress(node.progress).label) if node.progress else "", str(node.done_on or "")]
        said[node.field] = " ".join(filter(None, [*parts, _("能如期") if node.will_be_met else ""]))
    return said
