"""The rules notice what they are for: each has a specimen that breaks it and one that does not."""

import pytest

from tests.house import rules
from tests.house.sources import Source


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("task.save()", 1),
        ("task.save(update_fields=['text'])", 1),
        ("Task.objects.create(number=1)", 1),
        ("Task.objects.filter(pk=1).update(number=2)", 1),
        ("Task.objects.all().delete()", 1),
        ("Task.objects.bulk_create(tasks)", 1),
        ("document.save(path)", 0),
        ("digest.update(data)", 0),
        ("names.update({'a': 1})", 0),
        ("super().save(*args, **kwargs)", 0),
    ],
)
def test_writes_are_told_from_namesakes(code: str, count: int) -> None:
    assert len(list(rules.database_writes(Source("register/queries.py", code)))) == count


def test_a_commands_module_may_write() -> None:
    assert not list(rules.database_writes(Source("register/commands.py", "task.save()")))
    assert not list(rules.database_writes(Source("register/commands/adopt.py", "task.save()")))


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("@command\ndef adopt(*, actor, now): ...", ""),
        ("@command\ndef adopt(plan, *, actor, now): ...", "by position"),
        ("@command\ndef adopt(*, plan, now): ...", "does not take actor"),
        ("@command\ndef adopt(*, plan): ...", "does not take actor and now"),
        ("def adopt(*, actor, now): ...", "@command"),
        ("def _helper(plan): ...", ""),
    ],
)
def test_a_command_has_its_form(code: str, fault: str) -> None:
    findings = list(rules.malformed_commands(Source("register/commands.py", code)))
    assert (fault in findings[0]) if fault else not findings


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("register/commands/adopt.py", 1),
        ("register/commands/__init__.py", 1),
        ("register/commands/_measures.py", 0),
        ("register/queries.py", 0),
    ],
)
def test_what_several_commands_share_lies_in_a_file_of_its_own(path: str, count: int) -> None:
    findings = list(rules.malformed_commands(Source(path, "def add_measures(*, actor, now): ...")))
    assert len(findings) == count


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("timezone.now()", 1),
        ("datetime.datetime.now(tz)", 1),
        ("date.today()", 1),
        ("time.time()", 1),
        ("timezone.localdate()", 1),
        ("timezone.localdate(now)", 0),
        ("time.monotonic()", 0),
        ("plan.today()", 0),
    ],
)
def test_clock_reads_are_seen(code: str, count: int) -> None:
    assert len(list(rules.clock_reads(Source("assessing/pace.py", code)))) == count


def test_web_imports_are_seen() -> None:
    code = (
        "from django.shortcuts import render\nfrom django import forms\nimport django.db\nfrom django.db import models"
    )
    assert len(list(rules.web_imports(Source("units/queries.py", code)))) == 2


def test_length_counts_from_def_to_last_line() -> None:
    code = "def long():\n" + "    x = 1\n" * 80
    assert list(rules.long_functions(Source("a.py", code), 80)) == ["a.py:1 long: 81 lines"]
    assert not list(rules.long_functions(Source("a.py", code), 81))


def test_confusing_names_are_seen() -> None:
    assert list(rules.confusing_names(Source("register/tasks.py", "")))
    assert list(rules.confusing_names(Source("register/models.py", "class Signal: ...")))
    assert not list(rules.confusing_names(Source("register/task.py", "class Task: ...")))
