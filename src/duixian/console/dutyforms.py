"""Forms of duties, targets and amendments. They only read; what is allowed is the commands' to say."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from duixian.audit.command import InvalidInput
from duixian.indicators.enums import Frequency
from duixian.register.enums import ACCRUAL_CHOICES, KIND_CHOICES, POLARITY_CHOICES, Bindingness
from duixian.register.models import Outcome, Task
from duixian.reporting.content import parse_figure
from duixian.units.models import Unit

# 2026-04-10 签订协议, 2026年4月10日 签订协议, 4月10日：签订协议, 4.10 签订协议
NODE_LINE = re.compile(
    r"(?:(?P<year>\d{4})\s*[-年./]\s*)?(?P<month>\d{1,2})\s*[-月./]\s*(?P<day>\d{1,2})\s*日?(?:前|底)?[\s:,、]*(?P<name>.*)"
)
LONGEST_REASON = 500
DATE_INPUT = {"type": "date"}


class FigureField(forms.CharField):
    """A figure as people type it: full-width digits and thousands' commas are read; blank is None, never zero."""

    def clean(self, value: Any) -> Decimal | None:
        """The figure. Raises ValidationError in the words of the month's form."""
        text = super().clean(value)
        try:
            return parse_figure(text)
        except InvalidInput as error:
            raise forms.ValidationError(error.message) from error


def _date_field(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs=DATE_INPUT, format="%Y-%m-%d"))


def _reason_field(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}))


def read_nodes(text: str, year: int) -> list[tuple[str, date]]:
    """Nodes written one a line, the date first. Raises ValidationError that names the line."""
    nodes = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        found = NODE_LINE.fullmatch(unicodedata.normalize("NFKC", line).strip())
        on = _day(found, year) if found else None
        if found is None or on is None or not found["name"].strip():
            raise forms.ValidationError(
                f"第{number}行“{line.strip()[:20]}”请写成“2026-06-30 完成招标”这样：先日期，后事项。"
            )
        nodes.append((found["name"].strip(), on))
    return nodes


def _day(found: re.Match[str], year: int) -> date | None:
    try:
        return date(int(found["year"] or year), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


class NodesField(forms.CharField):
    """Nodes, one a line; the year is the plan's where none is written."""

    year: int = 0

    def clean(self, value: Any) -> list[tuple[str, date]]:
        """Name and date of each."""
        return read_nodes(super().clean(value), self.year)


def _nodes_field(*, required: bool) -> NodesField:
    return NodesField(
        label=_("节点，一行一个，先日期后事项"),
        required=required,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5, "placeholder": "2026-06-30 完成招标"}),
    )


class DivideForm(forms.Form):
    """A part of a task for another unit."""

    unit = forms.ModelChoiceField(label=_("分给"), queryset=Unit.objects.none())
    text = forms.CharField(label=_("做什么"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    due_on = _date_field(_("期限"))
    nodes = _nodes_field(required=False)

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Unit.objects.filter(government=task.plan.government, is_active=True).exclude(pk=task.reporting_unit_id)
        self.fields["unit"].queryset = others  # type: ignore[attr-defined]
        self.fields["nodes"].year = task.plan.year  # type: ignore[attr-defined]


class NodesForm(forms.Form):
    """Nodes on the way to an outcome, or of the task as a whole."""

    outcome = forms.ModelChoiceField(
        label=_("属于"), queryset=Outcome.objects.none(), required=False, empty_label=_("整项任务")
    )
    nodes = _nodes_field(required=True)

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].queryset = task.outcomes.filter(covered_by=None)  # type: ignore[attr-defined]
        self.fields["nodes"].year = task.plan.year  # type: ignore[attr-defined]


class DefinitionForm(forms.Form):
    """What the office says of a target."""

    bindingness = forms.ChoiceField(
        label=_("约束性/预期性"), choices=[("", _("未定")), *Bindingness.choices], required=False
    )
    kind = forms.ChoiceField(label=_("类别"), choices=KIND_CHOICES)
    accrual = forms.ChoiceField(label=_("累计方式"), choices=ACCRUAL_CHOICES)
    polarity = forms.ChoiceField(label=_("方向"), choices=POLARITY_CHOICES)
    unit_of_measure = forms.CharField(label=_("计量单位"), max_length=20, required=False)
    frequency = forms.ChoiceField(label=_("数据频度"), choices=Frequency.choices)
    publication_lag_days = forms.IntegerField(label=_("发布滞后（天）"), min_value=0, max_value=400)
    responsible_unit = forms.ModelChoiceField(label=_("归口填报单位"), queryset=Unit.objects.none())
    baseline = FigureField(label=_("基期值"), required=False, max_length=30)
    baseline_source = forms.CharField(label=_("基期来源"), max_length=200, required=False)
    reason = _reason_field(_("为什么改（记入审计）"))

    def __init__(self, *args: Any, units: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible_unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["baseline"].label = _("基期值（%(year)s年末）") % {"year": year - 1}


class WishForm(forms.Form):
    """What adjustments and extensions have in common."""

    reason = _reason_field(_("理由"))
    file = forms.FileField(label=_("附件（可不传；PDF、图片、docx、xlsx，10 MB以内）"), required=False, max_length=200)


class AdjustForm(WishForm):
    """Another value for a target."""

    target = forms.ChoiceField(label=_("调整哪一项目标"))
    value = FigureField(label=_("调整为"), max_length=30)
    value_max = FigureField(label=_("上限（区间目标才填）"), required=False, max_length=30)

    field_order = ("target", "value", "value_max", "reason", "file")

    def __init__(self, *args: Any, targets: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = targets  # type: ignore[attr-defined]


class ExtendForm(WishForm):
    """A later limit."""

    what = forms.ChoiceField(label=_("哪一项延期"))
    due_on = _date_field(_("延至"))

    field_order = ("what", "due_on", "reason", "file")

    def __init__(self, *args: Any, things: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = things  # type: ignore[attr-defined]
