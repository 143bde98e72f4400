"""The machine's clock goes back two days: what happened keeps its order, and no page counts days below zero."""

import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from duixian.audit.models import AuditEntry
from duixian.audit.trail import verify
from duixian.indicators.models import IndicatorValue
from duixian.reporting.commands import approve_report, reopen_report
from tests.cast import at
from tests.factories.fixtures import stage
from tests.factories.play import Stage, content_for
from tests.reporting.steps import sign_again

__all__ = ["stage"]
BEFORE, BACK = at(4, 8), at(4, 2)
BELOW_ZERO = re.compile(r"[-−]\d+(?:天|周|个月)")


@pytest.fixture
def reopened(stage: Stage) -> Stage:
    """Approved on the 8th, reopened and approved again while the clock says the 2nd."""
    report = stage.submit(stage.open(3), stage.task("jobs"), content_for(stage.task("jobs"), "1"))
    report = approve_report(report=report, actor=stage.cast.office_staff, now=BEFORE)
    report = reopen_report(report=report, note="请核。", actor=stage.cast.office_staff, now=BACK)
    sign_again(stage, report, "0.5")
    return stage


def test_the_trail_goes_by_its_numbers(reopened: Stage) -> None:
    entries = AuditEntry.objects.filter(action__in=["approve_report", "reopen_report"]).order_by("number")
    assert [entry.action for entry in entries] == ["approve_report", "reopen_report", "approve_report"]
    assert entries[0].at > entries[1].at
    assert verify().broken_number is None


def test_what_was_decided_last_is_in_force(reopened: Stage) -> None:
    assert IndicatorValue.objects.get(superseded_at=None).value == pytest.approx(0.5)
    versions = reopened.task("jobs").reports.get().versions.all()
    assert [(v.number, v.decision) for v in versions] == [(1, "APPROVED"), (2, "APPROVED")]


def test_no_page_counts_below_zero(reopened: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    clock: list[datetime] = [BACK]
    monkeypatch.setattr("duixian.console.shell.read_clock", lambda: clock[0])
    office = Client()
    office.force_login(reopened.cast.office_head)
    task = reverse("task", args=[reopened.task("jobs").pk])
    pages = ("overview", "register", "stocktake", "review", "duties", "to-do", "projects", "differences")
    for address in (task, *map(reverse, pages)):
        for now in (BACK, at(3, 1)):
            clock[0] = now
            page = office.get(address)
            assert page.status_code == 200
            assert not BELOW_ZERO.search(page.content.decode()), (address, now)
