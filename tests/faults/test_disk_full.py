"""A full disk: one clear message, nothing half-written, and the same upload goes through once there is room."""

import errno
import os
import sqlite3
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from duixian.audit.models import AuditEntry
from duixian.config.storage import WholeFileStorage
from duixian.console.middleware import is_disk_full
from duixian.register.models import TargetAdjustment
from tests.factories.fixtures import stage
from tests.factories.play import Stage

__all__ = ["stage"]
PAPER = b"%PDF-1.4\n" + b"1" * 200_000 + b"\n%%EOF\n"


def no_room(_descriptor: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_half_a_file_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = WholeFileStorage(location=tmp_path)
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", no_room)
        with pytest.raises(OSError, match="No space"):
            storage.save("a/paper.pdf", ContentFile(PAPER))
    assert files_in(tmp_path) == []
    assert storage.save("a/paper.pdf", ContentFile(PAPER)) == "a/paper.pdf"
    assert (tmp_path / "a/paper.pdf").read_bytes() == PAPER


def test_a_name_already_taken_is_not_overwritten(tmp_path: Path) -> None:
    storage = WholeFileStorage(location=tmp_path)
    storage.save("paper.pdf", ContentFile(b"1"))
    other = storage.save("paper.pdf", ContentFile(b"2"))
    assert other != "paper.pdf"
    assert (tmp_path / "paper.pdf").read_bytes() == b"1"
    assert len(files_in(tmp_path)) == 2


def test_without_links_the_file_is_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(_source: str, _target: str) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    assert WholeFileStorage(location=tmp_path).save("paper.pdf", ContentFile(PAPER)) == "paper.pdf"
    assert files_in(tmp_path) == [tmp_path / "paper.pdf"]


def test_an_upload_without_room_is_told_and_leaves_nothing(
    stage: Stage, tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    client = Client()
    client.force_login(stage.cast.labour.liaison)
    address = reverse("ask-amendment", args=[stage.task("jobs").pk])
    entries = AuditEntry.objects.count()

    def ask() -> tuple[int, str]:
        file = SimpleUploadedFile("说明.pdf", PAPER, "application/pdf")
        given = {
            "act": "adjust",
            "a-target": stage.target("jobs").pk,
            "a-value": "4",
            "a-reason": "搬迁。",
            "a-file": file,
        }
        answer = client.post(address, given)
        return answer.status_code, answer.content.decode()

    with monkeypatch.context() as full:
        full.setattr(os, "fsync", no_room)
        status, page = ask()
    assert (status, "服务器磁盘已满" in page) == (507, True)
    assert not TargetAdjustment.objects.exists()
    assert AuditEntry.objects.count() == entries
    assert files_in(tmp_path) == []
    assert ask()[0] == 302
    assert len(files_in(tmp_path)) == 1


@pytest.mark.django_db
def test_a_full_database_is_known_for_what_it_is(tmp_path: Path) -> None:
    base = sqlite3.connect(tmp_path / "small.sqlite3", isolation_level=None)
    base.execute("PRAGMA max_page_count = 4")
    base.execute("CREATE TABLE t (words TEXT)")
    with pytest.raises(sqlite3.OperationalError) as found:
        base.execute("INSERT INTO t VALUES (?)", ["x" * 100_000])
    base.close()
    wrapped = OperationalError(*found.value.args)
    wrapped.__cause__ = found.value
    assert is_disk_full(wrapped)
    assert not is_disk_full(OperationalError("database is locked"))
    assert not is_disk_full(OSError(errno.ECONNRESET, "reset"))
    assert connection.is_usable()
