"""`duixian rebuild-search`: what the register's search looks through, made anew."""

from pathlib import Path

import click

from duixian.cli_installation import migrate, open_installation, with_data


@click.command("rebuild-search", short_help="重建台账的查找索引。")
@with_data
def rebuild_search(data: Path) -> None:
    """重建台账的查找索引：平时由系统自己维护，直接改过数据库或从旧备份恢复后用。

    例：duixian rebuild-search --data /srv/duixian
    """
    open_installation(data)
    migrate()
    from duixian.audit.actors import COMMAND_LINE
    from duixian.config.clock import now
    from duixian.register.models import Plan
    from duixian.reporting.commands import rebuild_search

    for plan in Plan.objects.select_related("government").order_by("pk"):
        count = rebuild_search(plan=plan, actor=COMMAND_LINE, now=now())
        click.echo(f"{plan.government.name}{plan.year}年：{count}项已重建。")
