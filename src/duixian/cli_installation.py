"""What every command of an installation needs: its folder, its database, its plan of a year, files written whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from duixian.cli_errors import BadInput, installation_in, why
from duixian.cli_files import write_whole

if TYPE_CHECKING:
    from duixian.register.models import Plan

DEFAULT_DATA = "data"


def with_data(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option every command of an installation has."""
    return click.option(
        "--data",
        type=click.Path(file_okay=False, path_type=Path),
        default=lambda: os.environ.get("DUIXIAN_DATA", DEFAULT_DATA),
        help="安装目录（数据库、上传文件、密钥）；也可用环境变量 DUIXIAN_DATA。",
    )(command)


def open_installation(data: Path, *, must_exist: bool = True) -> None:
    """Load Django on this installation's folder."""
    from duixian.config.secret import ensure_secret_key

    if must_exist:
        data = installation_in(data)
    ensure_secret_key(data)
    os.environ["DUIXIAN_DATA"] = str(data.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "duixian.config.settings"
    import django

    django.setup()


def migrate() -> None:
    """Bring the database to this version's form."""
    from duixian.config.migrating import bring_up_to_date

    bring_up_to_date()


def plan_of(year: int, government: str | None) -> Plan:
    """The plan of a year: the named government's, else that of the only one above all others."""
    from duixian.register.models import Plan

    plans = Plan.objects.filter(year=year)
    # a county's plan under its city's is meant only where it is named
    plans = plans.filter(government__name=government) if government else plans.filter(government__parent=None)
    found = list(plans[:2])
    if not found:
        raise BadInput(f"没有{year}年的任务清单。请先用 duixian import 立项。")
    if len(found) > 1:
        raise BadInput("有几个政府的清单，请用 --government 指明。")
    return found[0]


def write(path: Path, content: bytes) -> None:
    """A file is there whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError as error:
        raise BadInput(f"写不了 {path}：{why(error)}。请换一个能写的位置。") from error
