"""Examples of the commands on corrections and verification."""

from datetime import date
from decimal import Decimal
from typing import Any

from duixian.reporting.commands import Finding, propose_correction
from duixian.reporting.enums import VerificationWay
from tests.factories.play import Stage, after, content_for, month


def to_correct(stage: Stage) -> dict[str, Any]:
    """A submitted report of jobs with 1, to be 0.9."""
    report = stage.submit(stage.open(3), stage.task("jobs"), content_for(stage.task("jobs"), "1"))
    return {
        "report": report,
        "indicator": stage.target("jobs").indicator,
        "value": Decimal("0.9"),
        "reason": "灵活就业不计入。",
    }


def proposed(stage: Stage) -> dict[str, Any]:
    """The same, proposed on 4 April."""
    about = to_correct(stage)
    return {"correction": propose_correction(**about, actor=stage.cast.office_staff, now=after(month(3), 4))}


def to_verify(stage: Stage) -> dict[str, Any]:
    """By telephone: 0.9 instead of 1."""
    about = to_correct(stage)
    return {
        "report": about["report"],
        "finding": Finding(indicator=about["indicator"], value=Decimal("0.9")),
        "way": VerificationWay.PHONE,
        "words": "只认社保登记的。",
        "evidence": "社保登记表",
        "verified_on": date(2026, 4, 5),
    }
