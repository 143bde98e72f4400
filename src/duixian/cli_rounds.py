"""`duixian run-jobs` and `duixian stocktake`: the month's round on the command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duixian.cli_errors import BadInput, Failure
from duixian.cli_installation import migrate, open_installation, plan_of, with_data, write

if TYPE_CHECKING:
    from duixian.reporting.models import JobRun


@click.command("run-jobs", short_help="后台任务：盘点的开始、提醒和锁定，到期失效，导出审计链尾。")
@with_data
@click.option("--once", is_flag=True, help="把眼下该办的办完就退出（供 cron 用）。")
def run_jobs(data: Path, once: bool) -> None:
    """做后台任务，直到停下；duixian serve 会自己带起一个。停了几天再启动，该补的按先后补办。

    \b
    例：duixian run-jobs --data /srv/duixian
        duixian run-jobs --data /srv/duixian --once
    """
    open_installation(data)
    migrate()
    from duixian.config.worker import run_once, run_worker

    try:
        if not once:
            run_worker()
            return
        runs = run_once()
    except OSError as error:
        raise BadInput(f"写不了安装目录 {data}：{error.strerror}。请核对目录的权限和磁盘。") from error
    for run in runs:
        click.echo(_line(run))
    if any(run.state == "FAILED" for run in runs):
        raise Failure("有后台任务出错，见上。改正后再运行一次。")


def _line(run: JobRun) -> str:
    return f"{run.label}：{run.get_state_display()}" + (f"，{run.message}" if run.message else "")


@click.command()
@click.argument("month", metavar="YYYY-MM")
@with_data
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="写到哪个 .xlsx。")
@click.option("--government", help="哪个政府的清单；只有一个政府时可不给。")
def stocktake(month: str, data: Path, out: Path, government: str | None) -> None:
    """一个月的盘点表：每项任务的目标、应达、完成、等次、亮灯和填报情况，按牵头单位和合计各一张。

    例：duixian stocktake 2026-06 --data /srv/duixian --out 6月盘点表.xlsx
    """
    wanted = _month(month)
    open_installation(data)
    migrate()
    from duixian.config.clock import now
    from duixian.periods import today_in
    from duixian.reporting.monthtable import month_workbook

    plan = plan_of(wanted.year, government)
    round = plan.rounds.filter(month=wanted).first()
    if round is None:
        taken = "、".join(f"{r.month:%Y-%m}" for r in plan.rounds.order_by("month")) or "还没有盘点过"
        raise BadInput(f"{wanted:%Y-%m} 还没有盘点。已有的月份：{taken}。")
    write(out, month_workbook(round, today=today_in(now())))
    click.echo(f"已写出 {out}。")


def _month(text: str) -> date:
    from duixian.periods import parse_month

    try:
        return parse_month(text)
    except ValueError as error:
        raise BadInput(str(error)) from error
