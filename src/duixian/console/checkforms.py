"""更正 and 核查 as forms: what may be corrected or verified is what the report says. Refusals are the commands'."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from duixian.audit.command import InvalidInput
from duixian.console import wording
from duixian.periods import SHANGHAI
from duixian.reporting.commands import Finding
from duixian.reporting.content import figure_field, parse_figure
from duixian.reporting.enums import Progress, VerificationWay
from duixian.reporting.locks import may_still_be_reviewed
from duixian.reporting.models import Report, ReportFigure, ReportNode

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Said:
    """What the report says, by the name a form gives it."""

    figures: dict[str, ReportFigure]
    nodes: dict[str, ReportNode]

    @property
    def figure_choices(self) -> Choices:
        """Only figures that are there can be corrected."""
        return [(key, _figure_words(f)) for key, f in self.figures.items() if f.value is not None]

    @property
    def all_choices(self) -> Choices:
        """A figure left blank can be verified too."""
        told = [(key, f"{n.outcome}（{n.get_progress_display()}）") for key, n in self.nodes.items()]
        return [(key, _figure_words(f)) for key, f in self.figures.items()] + told


def said_in(report: Report) -> Said:
    """Figures, and outcomes with a word on them."""
    figures = report.figures.select_related("indicator", "member")
    nodes = report.nodes.filter(outcome__isnull=False).exclude(progress="").select_related("outcome")
    return Said(
        {figure_field(f.indicator_id, f.member_id): f for f in figures},
        {f"node-outcome-{n.outcome_id}": n for n in nodes},
    )


def _figure_words(figure: ReportFigure) -> str:
    name = str(figure.member or figure.indicator.name)
    return f"{name}（{wording.exact(figure.value) or '未报'}{figure.indicator.unit_of_measure}）"


class FigureInput(forms.CharField):
    """One plain number, as people type it; blank is None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs)

    def clean(self, value: Any) -> Decimal | None:
        """The figure; what is no number is told."""
        try:
            return parse_figure(super().clean(value))
        except InvalidInput as error:
            raise ValidationError(error.message) from error


class CorrectionForm(forms.Form):
    """Another value, and why."""

    what = forms.ChoiceField(label=_("哪个数"))
    value = FigureInput(label=_("改为"))
    reason = forms.CharField(label=_("理由（单位看得到）"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, said: Said, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = said
        self.fields["what"].choices = said.figure_choices  # type: ignore[attr-defined]

    @property
    def figure(self) -> ReportFigure:
        """The figure chosen."""
        return self.said.figures[self.cleaned_data["what"]]


class VerificationForm(forms.Form):
    """What was found, how, when, and on what evidence."""

    what = forms.ChoiceField(label=_("核查哪一项"))
    way = forms.ChoiceField(label=_("方式"), choices=VerificationWay.choices)
    verified_on = forms.DateField(label=_("日期"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    value = FigureInput(label=_("核得的数"), required=False)
    progress = forms.ChoiceField(
        label=_("核得的进展（成果类）"), choices=[("", "—"), *Progress.choices], required=False
    )
    words = forms.CharField(label=_("核查情况"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    evidence = forms.CharField(label=_("依据材料"), max_length=300, required=False)

    def __init__(self, *args: Any, said: Said, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = said
        self.fields["what"].choices = said.all_choices  # type: ignore[attr-defined]

    @property
    def finding(self) -> Finding:
        """The thing chosen, and what was found of it."""
        what = self.cleaned_data["what"]
        if what in self.said.figures:
            figure = self.said.figures[what]
            return Finding(indicator=figure.indicator, member=figure.member, value=self.cleaned_data["value"])
        return Finding(outcome=self.said.nodes[what].outcome, progress=self.cleaned_data["progress"])


class ConsentForm(forms.Form):
    """Who agreed by telephone, and when."""

    name = forms.CharField(label=_("单位同意人"), max_length=40)
    said_at = forms.DateTimeField(
        label=_("时间"),
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


@dataclass(frozen=True, slots=True)
class CheckForms:
    """The three forms of a report's page."""

    correcting: CorrectionForm
    verifying: VerificationForm
    consenting: ConsentForm
    may_correct: bool = True

    @property
    def has_choices(self) -> bool:
        """Whether the report says anything that can be checked."""
        return bool(self.verifying.said.all_choices)


def forms_for(report: Report, today: date, *, now: datetime | None = None) -> CheckForms:
    """All three, empty."""
    said = said_in(report)
    moment = (now or datetime.combine(today, datetime.min.time(), SHANGHAI)).astimezone(SHANGHAI)
    return CheckForms(
        CorrectionForm(said=said, prefix="c"),
        VerificationForm(said=said, prefix="v", initial={"verified_on": today}),
        ConsentForm(prefix="p", initial={"said_at": moment}),
        may_still_be_reviewed(report.round, report.unit),
    )
