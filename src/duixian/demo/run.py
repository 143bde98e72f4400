"""`duixian demo`: the demonstration of a folder, built once and kept, whole or not at all."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from duixian.demo.errors import DemoError

if TYPE_CHECKING:
    from duixian.reading import Reading

Say = Callable[[str], None]

DEFAULT_MONTH = 6
# `settings` reads it: how far this demonstration's clock is from the real one, in seconds
CLOCK_FILE = "clock_offset"


def demo_folder(data: Path, list_path: Path | None, counties: Sequence[Path] = ()) -> Path:
    """Where this demonstration lives inside the data folder: one for the sample city, one for each real list.

    A list with county plans is another demonstration than the list alone. Raises DemoError where one of the documents
    cannot be opened, or county plans come without a list.
    """
    if list_path is None:
        if counties:
            raise DemoError("--county 要和 --list 一起用：自带的示例城市已有自己的县区计划。")
        return data / "demo-sample"
    digest = hashlib.sha256(b"".join(_digest(path) for path in (list_path, *sorted(counties)))).hexdigest()
    return data / f"demo-{(digest if counties else _digest(list_path).hex())[:8]}"


def _digest(path: Path) -> bytes:
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError as error:
        raise DemoError(f"打不开 {path}：{error.strerror}。请核对文件名和读取权限。") from error


def prepare_demo(
    folder: Path,
    list_path: Path | None,
    last_month: date | None,
    *,
    open_database: Callable[[], None],
    migrate: Callable[[], None],
    say: Say,
    counties: Sequence[Path] = (),
) -> str:
    """See that the demonstration of `folder` stands, building it the first time; returns the accounts to print.

    Everything is built in one transaction: an interrupted start leaves an empty database, which the next start does
    not take for a finished one. The list is read before anything is written. `last_month` None means June of the
    plan's year, or whatever was built. Raises ReadingError or DemoError.
    """
    reading, plans = None, []
    if list_path is None:
        _check_month(last_month, _sample_year())
    elif not _is_finished(folder):
        reading = _read(list_path, last_month)
        plans = _read_counties(counties, reading)
    with _nothing_left_half_way(folder):
        open_database()
        migrate()
        if not _is_built():
            if list_path is not None and reading is None:
                reading = _read(list_path, last_month)
                plans = _read_counties(counties, reading)
            _build(reading, plans, last_month, say)
    standing = _last_month_built()
    if last_month is not None and last_month != standing:
        raise DemoError(
            f"{folder} 里的示例已经模拟到{standing:%Y-%m}。要看模拟到{last_month:%Y-%m}的，请用 --data 指定另一个目录。"
        )
    _set_clock(folder, standing)
    return _accounts(list_path is None)


@contextmanager
def _nothing_left_half_way(folder: Path) -> Iterator[None]:
    """A folder that was not there before goes again if the demonstration does not come about."""
    was_there = folder.exists()
    try:
        yield
    except BaseException:
        if not was_there:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _is_finished(folder: Path) -> bool:
    return (folder / CLOCK_FILE).exists()


def _read(list_path: Path, last_month: date | None) -> Reading:
    from duixian.reading import read

    reading = read(list_path, year=last_month.year if last_month else None)
    if reading.document.year is None:
        raise DemoError(f"{list_path} 没有写明年度。请用 --until 指明，如 --until 2026-06。")
    _check_month(last_month, reading.document.year)
    return reading


def _read_counties(paths: Sequence[Path], city: Reading) -> list[Reading]:
    from duixian.reading import read

    return [read(path, year=city.document.year) for path in paths]


def _sample_year() -> int:
    from duixian.demo.city import load_city

    return load_city().plan_year


def _check_month(last_month: date | None, year: int) -> None:
    if last_month is not None and last_month.year != year:
        raise DemoError(f"--until {last_month:%Y-%m} 不在计划年度内，请写{year}-01至{year}-12之间的月份。")


def _is_built() -> bool:
    """The first entry of the trail tells who founded what is in this database.

    Raises DemoError where it was no demonstration: nobody's real register is built over.
    """
    from duixian.audit.models import AuditEntry
    from duixian.demo.founding import LISTED_SYSTEM, SAMPLE_SYSTEM

    first = AuditEntry.objects.order_by("number").first()
    if first is None:
        return False
    if first.actor_id not in (LISTED_SYSTEM.audit_id, SAMPLE_SYSTEM.audit_id):
        raise DemoError("数据库里已有正式数据，不能在上面建示例。请换 --data 目录，或去掉 DATABASE_URL。")
    return True


def _build(reading: Reading | None, counties: Sequence[Reading], last_month: date | None, say: Say) -> None:
    from django.db import transaction

    from duixian.demo.listed import build_listed
    from duixian.demo.sample import build_sample

    with transaction.atomic():
        if reading is None:
            build_sample(last_month or date(_sample_year(), DEFAULT_MONTH, 1), say)
        else:
            year = reading.document.year
            assert year is not None
            build_listed(reading, year, last_month or date(year, DEFAULT_MONTH, 1), say, counties)


def _last_month_built() -> date:
    from duixian.reporting.models import Round

    return Round.objects.latest("month").month


def _set_clock(folder: Path, last_month: date) -> None:
    """The first time, put the demonstration's clock at the story's moment; from there it runs on."""
    from django.conf import settings

    from duixian.config.clock import now
    from duixian.demo.moments import standing_moment

    path = folder / CLOCK_FILE
    if not path.exists():
        offset = int((standing_moment(last_month) - now()).total_seconds())
        path.write_text(str(offset), "ascii")
        # the server started by this process has read its settings already
        settings.CLOCK_OFFSET_SECONDS = offset


def _accounts(is_sample: bool) -> str:
    from duixian.demo.cast import PASSWORD, account_table, shown_accounts
    from duixian.demo.city import load_city

    preferred = [person.username for person in load_city().people if person.shown] if is_sample else []
    return f"各角色的账号（口令都是 {PASSWORD}）：\n\n{account_table(shown_accounts(preferred))}"
