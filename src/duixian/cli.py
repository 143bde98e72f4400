"""The program `duixian`. Exit status: 0 done, 2 bad input (one clear line), 1 a failure of its own.

Django is loaded by the commands that need an installation; reading a document needs none.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duixian.cli_align import align
from duixian.cli_counties import adopt_county
from duixian.cli_errors import BadInput, Failure, Program, why
from duixian.cli_installation import migrate, open_installation, plan_of, with_data
from duixian.cli_installation import write as write_file
from duixian.cli_lint import lint
from duixian.cli_reading import read, text
from duixian.cli_rounds import run_jobs, stocktake
from duixian.cli_searching import rebuild_search

if TYPE_CHECKING:
    from duixian.register.commands import Adoption
    from duixian.units.models import Government


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="duixian")
def main() -> None:
    """兑现：把一年的承诺看到底。From promise to result."""


main.add_command(read)
main.add_command(text)
main.add_command(lint)
main.add_command(align)
main.add_command(run_jobs)
main.add_command(stocktake)
main.add_command(rebuild_search)


@main.command()
@with_data
@click.option("--government", prompt="政府名称（如：云岫市）", help="政府名称。")
@click.option("--office", prompt="督查机构名称（如：市政府督查室）", help="督查机构名称。")
@click.option("--username", default="admin", show_default=True, help="首位安全管理员的账号。")
@click.password_option(prompt="安全管理员密码", help="首位安全管理员的口令；不给则提示输入。")
def init(data: Path, government: str, office: str, username: str, password: str) -> None:
    """新装：建库，建政府，开首位安全管理员账号。

    例：duixian init --data /srv/duixian --government 云岫市 --office 市政府督查室
    """
    open_installation(data, must_exist=False)
    migrate()
    from duixian.audit.actors import COMMAND_LINE
    from duixian.audit.command import CommandError
    from duixian.config.clock import now
    from duixian.config.founding import found_installation

    try:
        found_installation(
            government=government, office=office, username=username, password=password, actor=COMMAND_LINE, now=now()
        )
    except CommandError as error:
        raise BadInput(error.message) from error
    click.echo(f"已建好 {data}。启动：duixian serve --data {data}；用账号 {username} 登录，为各单位开户。")


@main.command()
@with_data
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="监听地址；对内网开放用 0.0.0.0 并设置 DUIXIAN_HOSTS。"
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
def serve(data: Path, host: str, port: int, workers: int) -> None:
    """启动服务（生产服务器，含静态文件）。

    例：duixian serve --data /srv/duixian --port 8000
    """
    open_installation(data)
    migrate()
    _run_server(host, port, workers)


def _run_server(host: str, port: int, workers: int) -> None:
    """Serve until stopped; a port that is taken is told at once."""
    from duixian.config.server import PortTaken, run_server

    try:
        run_server(host=host, port=port, workers=workers)
    except PortTaken as error:
        raise BadInput(str(error)) from error


@main.command()
@with_data
@click.option(
    "--list",
    "list_path",
    type=click.Path(path_type=Path),
    help="真实的任务清单；不给则用自带的示例城市。",
)
@click.option(
    "--county",
    "counties",
    multiple=True,
    type=click.Path(path_type=Path),
    help="县区的工作报告或任务清单，可给多份；与 --list 一起用。",
)
@click.option("--until", metavar="YYYY-MM", help="模拟填报到哪一月；不给则到6月，已建好的照原样。")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--no-serve", is_flag=True, help="只建数据，不启动服务。")
def demo(
    data: Path, list_path: Path | None, counties: tuple[Path, ...], until: str | None, port: int, no_serve: bool
) -> None:
    """建一个能用的示例并启动；再次运行直接启动。

    \b
    例：duixian demo
        duixian demo --list 任务清单.txt --until 2026-06
        duixian demo --list 市清单.txt --county 甲县.txt --county 乙县.pdf
    """
    click.echo(_prepare_demo(data, list_path, counties, until))
    if no_serve:
        return
    click.echo(f"\n打开 http://127.0.0.1:{port}/  （Ctrl+C 停止）")
    _run_server("127.0.0.1", port, 2)


def _prepare_demo(data: Path, list_path: Path | None, counties: tuple[Path, ...], until: str | None) -> str:
    """The accounts of the demonstration, built where it is not there yet."""
    from duixian.demo.errors import DemoError
    from duixian.demo.run import demo_folder, prepare_demo
    from duixian.periods import parse_month
    from duixian.reading import ReadingError

    try:
        last_month = parse_month(until) if until else None
    except ValueError as error:
        raise BadInput(str(error)) from error
    try:
        folder = demo_folder(data, list_path, counties)
        return prepare_demo(
            folder,
            list_path,
            last_month,
            open_database=lambda: open_installation(folder, must_exist=False),
            migrate=migrate,
            say=_progress,
            counties=counties,
        )
    except (ReadingError, DemoError) as error:
        raise BadInput(str(error)) from error
    except OSError as error:
        raise BadInput(f"写不了 {data}：{why(error)}。请用 --data 指定一个能写的目录。") from error


def _progress(line: str) -> None:
    """Progress is for a person at a terminal; a pipe stays silent."""
    if sys.stderr.isatty():
        click.echo(line, err=True)


@main.command(name="import")
@click.argument("document", type=click.Path(path_type=Path))
@with_data
@click.option("--year", type=click.IntRange(2000, 2100), help="计划年度；文件里写明的可不给。")
@click.option("--government", help="哪个政府的清单；只有一个政府时可不给。")
@click.option("--county", help="县区自己的报告或清单：写县区名，立在该县区名下，并与市级清单比对。")
def import_document(document: Path, data: Path, year: int | None, government: str | None, county: str | None) -> None:
    """读一份任务清单并立项；打印立了什么、哪些要人看。

    \b
    例：duixian import 任务清单.txt --data /srv/duixian --year 2026
        duixian import 沁源县计划.txt --county 沁源县 --data /srv/duixian --year 2026
    """
    open_installation(data)
    migrate()
    from duixian.audit.actors import COMMAND_LINE
    from duixian.audit.command import CommandError
    from duixian.config.clock import now
    from duixian.reading import ReadingError, read
    from duixian.reporting.commands import start_plan

    try:
        reading = read(document, year=year)
        wanted = year or reading.document.year
        if wanted is None:
            raise BadInput(f"{document} 没有写明年度，请用 --year 指明。")
        if county:
            adoption, links = adopt_county(reading, county=county, year=wanted, actor=COMMAND_LINE)
            click.echo(f"与市级清单比对，提出对应{links}条，请在“县区”页认定。")
        else:
            adoption = start_plan(
                reading=reading,
                government=_government(government, reading.document.government),
                year=wanted,
                actor=COMMAND_LINE,
                now=now(),
                create_missing_units=True,
            )
    except (ReadingError, CommandError) as error:
        raise BadInput(str(error)) from error
    _print_adoption(adoption, reading.document.government)


def _government(name: str | None, in_document: str | None) -> "Government":
    """The one asked for, else the one the document names, else the only one there is."""
    from duixian.units.models import Government

    known = list(Government.objects.order_by("pk"))
    cities = [g for g in known if g.parent_id is None]
    chosen = [g for g in known if g.name == (name or in_document)] or ([] if name else cities)
    if len(chosen) == 1:
        return chosen[0]
    names = "、".join(g.name for g in known[:5])
    raise BadInput(f"{f'没有名为“{name}”的政府' if name else '有几个政府'}；请用 --government 指明一个：{names}。")


def _print_adoption(adoption: "Adoption", in_document: str | None) -> None:
    government = adoption.plan.government.name
    if in_document and in_document != government:
        click.echo(f"请核对：文件是{in_document}的，立在了{government}名下。")
    tasks = adoption.plan.tasks.count()
    click.echo(f"已立项：{adoption.plan.title}，{tasks}项任务，{adoption.plan.sections.count()}个标题。")
    if adoption.new_units:
        click.echo(f"新登记单位{len(adoption.new_units)}个，请核对：{'、'.join(adoption.new_units)}")
    for remark in adoption.remarks:
        click.echo(f"请核对：{remark}")
    for task in adoption.plan.tasks.exclude(review=[]):
        for note in task.review:
            click.echo(f"请核对：{task}：{note['why']}")


@main.command()
@click.argument("quarter")
@with_data
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="写到哪个 .docx。")
@click.option("--pdf", type=click.Path(dir_okay=False, path_type=Path), help="同时转成 PDF（需要 LibreOffice）。")
@click.option("--government", help="哪个政府的通报；只有一个政府时可不给。")
def bulletin(quarter: str, data: Path, out: Path, pdf: Path | None, government: str | None) -> None:
    """由已审核的数生成一季的通报。

    例：duixian bulletin 2026Q2 --data /srv/duixian --out 二季度通报.docx
    """
    from duixian.periods import Quarter

    try:
        wanted = Quarter.parse(quarter)
    except ValueError as error:
        raise BadInput(str(error)) from error
    open_installation(data)
    migrate()
    from duixian.audit.actors import COMMAND_LINE
    from duixian.audit.command import CommandError
    from duixian.bulletins.commands import draw_up_bulletin
    from duixian.bulletins.documents import document_of
    from duixian.bulletins.rendering import PdfError, to_pdf
    from duixian.config.clock import now

    try:
        drawn = draw_up_bulletin(plan=plan_of(wanted.year, government), quarter=wanted, actor=COMMAND_LINE, now=now())
    except CommandError as error:
        raise BadInput(error.message) from error
    document = document_of(drawn)
    write_file(out, document)
    click.echo(f"已写出 {out}。")
    if pdf is not None:
        try:
            to_pdf(document, pdf)
        except PdfError as error:
            raise Failure(str(error)) from error
        click.echo(f"已写出 {pdf}。")


@main.group()
def audit() -> None:
    """审计。"""


@audit.command()
@with_data
def verify(data: Path) -> None:
    """核验审计链；断链时指出第一条，退出码 1。

    例：duixian audit verify --data /srv/duixian
    """
    open_installation(data)
    from django.conf import settings

    from duixian.audit import heads, trail

    found = trail.verify()
    if found.broken_number is not None:
        raise Failure(f"审计链在第{found.broken_number}条断开：{found.why}。之前{found.count}条完好。")
    differing = heads.heads_that_differ(settings.DATA / "audit-heads")
    if differing:
        raise Failure("审计链被整条重写过：" + "；".join(differing) + "。")
    click.echo(f"审计链完好，共{found.count}条，链尾 {found.head}")


if __name__ == "__main__":
    main()
