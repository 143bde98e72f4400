"""Forms of the project pages. What is allowed is the commands' to say; forms only read."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from duixian.projects.entries import LABELS, ProjectEntry
from duixian.projects.enums import ProjectKind, ProjectStage
from duixian.projects.models import Project
from duixian.projects.queries import latest_plan
from duixian.units.enums import UnitKind
from duixian.units.models import Government, Unit


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _money(label: str) -> forms.DecimalField:
    return forms.DecimalField(label=f"{label}（万元）", required=False, max_digits=15, decimal_places=6)


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=DayInput())


def _words(label: str, longest: int) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=longest)


class ProjectForm(forms.Form):
    """All that is known of a project."""

    name = forms.CharField(label=LABELS["name"], max_length=200)
    number = _words(LABELS["number"], 40)
    kind = forms.ChoiceField(label=LABELS["kind"], choices=ProjectKind.choices)
    stage = forms.ChoiceField(label=LABELS["stage"], choices=ProjectStage.choices)
    field = _words(LABELS["field"], 60)
    county = forms.ModelChoiceField(label=LABELS["county"], queryset=Unit.objects.none(), required=False)
    lead_unit = forms.ModelChoiceField(label=LABELS["lead_unit"], queryset=Unit.objects.none(), required=False)
    owner = _words(LABELS["owner"], 100)
    sponsor = _words(LABELS["sponsor"], 40)
    investor = _words(LABELS["investor"], 100)
    total_investment = _money(LABELS["total_investment"])
    planned_investment = _money(LABELS["planned_investment"])
    contract_amount = _money(LABELS["contract_amount"])
    signed_on = _day(LABELS["signed_on"])
    planned_start_on = _day(LABELS["planned_start_on"])
    started_on = _day(LABELS["started_on"])
    resumed_on = _day(LABELS["resumed_on"])
    planned_finish_on = _day(LABELS["planned_finish_on"])
    completed_on = _day(LABELS["completed_on"])
    in_production_on = _day(LABELS["in_production_on"])
    note = forms.CharField(label=LABELS["note"], required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, government: Government, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(government=government, is_active=True)
        county, lead = self.fields["county"], self.fields["lead_unit"]
        assert isinstance(county, forms.ModelChoiceField)
        assert isinstance(lead, forms.ModelChoiceField)
        county.queryset = units.filter(kind__in=(UnitKind.COUNTY, UnitKind.ZONE))
        lead.queryset = units

    def entry(self) -> ProjectEntry:
        """What was said."""
        said = dict(self.cleaned_data)
        return ProjectEntry(**said | {"kind": ProjectKind(said["kind"]), "stage": ProjectStage(said["stage"])})


def known_of(project: Project, year: int) -> dict[str, Any]:
    """What the form begins with."""
    known = {name: getattr(project, name) for name in LABELS if hasattr(project, name)}
    plain = {name: value.normalize() + 0 if isinstance(value, Decimal) else value for name, value in known.items()}
    return plain | {"planned_investment": latest_plan(project, year)}


class ProgressForm(forms.Form):
    """What is told of a project this week or month."""

    on = forms.DateField(label=_("截至日期"), widget=DayInput())
    stage = forms.ChoiceField(label=_("项目阶段"), choices=ProjectStage.choices)
    invested = forms.DecimalField(label=_("本年累计完成投资（万元）"), required=False, max_digits=15, decimal_places=6)
    words = forms.CharField(label=_("进展"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    problem = forms.CharField(
        label=_("存在问题"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
