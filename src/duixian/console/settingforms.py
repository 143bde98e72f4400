"""评定设置: the plan's thresholds and names of lights as one form. What is allowed is the commands' to say."""

import tomllib
from dataclasses import fields
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from duixian.assessing import Light, Thresholds
from duixian.console.wording import exact
from duixian.register.models import Plan
from duixian.register.models.plan import MAY_COMMEND

LEXICON = Path(__file__).parent / "lexicon" / "thresholds.toml"


@cache
def lexicon() -> dict[str, dict[str, str]]:
    """Threshold -> how it is called and what it does."""
    return tomllib.loads(LEXICON.read_text("utf-8"))


class AssessmentForm(forms.Form):
    """One field a threshold, two a light."""

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing, usual = plan.thresholds(), Thresholds()
        for known in fields(Thresholds):
            made = _field(known.name, str(known.type), getattr(standing, known.name), getattr(usual, known.name))
            self.fields[known.name] = made
        words, rewarding = plan.light_words(), plan.rewarding_lights()
        for light in Light:
            self.fields[f"word-{light}"] = forms.CharField(label=_("叫法"), max_length=4, initial=words[light])
            if light in MAY_COMMEND:
                self.fields[f"reward-{light}"] = forms.BooleanField(
                    label=_("表扬用"), required=False, initial=light.value in rewarding
                )

    @property
    def limits(self) -> list[Any]:
        """The fields of thresholds, for the page."""
        return [self[f.name] for f in fields(Thresholds)]

    @property
    def light_rows(self) -> list[tuple[str, Any, Any]]:
        """Each light with its fields; what asks for attention cannot commend."""
        return [
            (light.value, self[f"word-{light}"], self[f"reward-{light}"] if light in MAY_COMMEND else None)
            for light in Light
        ]

    def thresholds(self) -> dict[str, Decimal | None]:
        """What was filled in; a switch is 1 or 0."""
        given = {f.name: self.cleaned_data[f.name] for f in fields(Thresholds)}
        return {name: Decimal(value) if isinstance(value, (bool, int)) else value for name, value in given.items()}

    def lights(self) -> dict[str, tuple[str, bool]]:
        """Light -> its name, and whether it commends."""
        data = self.cleaned_data
        return {light.value: (data[f"word-{light}"].strip(), data.get(f"reward-{light}", False)) for light in Light}


def _field(name: str, kind: str, value: Any, usual: Any) -> forms.Field:
    words = lexicon()[name]
    about: dict[str, Any] = {"label": words["label"], "initial": exact(value) if isinstance(value, Decimal) else value}
    if kind == "bool":
        return forms.BooleanField(required=False, help_text=words["help"], **about)
    default = _("不设") if usual is None else exact(Decimal(usual))
    about["help_text"] = _("%(help)s默认%(default)s。") % {"help": words["help"], "default": default}
    if kind == "int":
        return forms.IntegerField(min_value=0, max_value=366, **about)
    return forms.DecimalField(
        required="None" not in kind, min_value=0, max_digits=12, decimal_places=4, localize=False, **about
    )
