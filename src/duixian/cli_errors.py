"""How the program tells a person what went wrong: one clear line in Chinese on standard error, and an exit status."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

# what the system says, for people; anything else keeps the system's own words
SYSTEM_WORDS = {
    errno.ENOENT: "没有这个位置",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "这里只能读",
    errno.ENOSPC: "磁盘已满",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是文件夹",
    errno.EEXIST: "同名的文件已经存在",
    errno.ENAMETOOLONG: "名字太长",
}


class Failure(click.ClickException):
    """A failure of the program's own, or a finding it was asked for: one line, exit status 1."""

    exit_code = 1

    def show(self, file: Any = None) -> None:
        click.echo(self.message, err=True)


class BadInput(Failure):
    """The caller can mend it: one line, exit status 2."""

    exit_code = 2


def why(error: OSError) -> str:
    """The system's reason in a few words."""
    return SYSTEM_WORDS.get(error.errno or 0, error.strerror or str(error))


class Program(click.Group):
    """A group of commands whose usage errors are one line, like every other bad input."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """As click's, told in one line."""
        with _one_line():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """As click's, told in one line."""
        with _one_line():
            return super().invoke(ctx)


@contextmanager
def _one_line() -> Iterator[None]:
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        place = error.ctx.command_path if error.ctx else "duixian"
        raise BadInput(f"{_words(error)}。用法见：{place} --help") from error


def _words(error: click.UsageError) -> str:
    if isinstance(error, click.MissingParameter):
        return f"缺少{_name(error.param)}"
    if isinstance(error, click.BadParameter):
        return f"{_name(error.param)}不对：{_wanted(error)}"
    if isinstance(error, click.NoSuchOption):
        return f"没有选项{error.option_name}"
    if isinstance(error, click.exceptions.NoSuchCommand):
        return f"没有命令{error.command_name}"
    return f"命令写得不对（{error.message.rstrip('.')}）"


def _name(parameter: click.Parameter | None) -> str:
    if isinstance(parameter, click.Option):
        return f"选项{parameter.opts[0]}"
    return f"参数{parameter.make_metavar(click.Context(click.Command('')))}" if parameter else "参数"


def _wanted(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.IntRange):
        return f"应是{kind.min}至{kind.max}的整数"
    if isinstance(kind, click.types.IntParamType):
        return "应是整数"
    if isinstance(kind, click.Path):
        return "应是文件夹" if kind.dir_okay and not kind.file_okay else "应是文件，不是文件夹"
    return error.message.rstrip(".")


def installation_in(data: Path) -> Path:
    """The installation's folder for `--data`: itself, or the one demonstration built inside it.

    Raises BadInput where there is none, or several to choose from.
    """
    if (data / "secret_key").exists():
        return data
    inside = sorted(path.parent for path in data.glob("demo-*/secret_key"))
    if len(inside) == 1:
        return inside[0]
    if inside:
        names = "、".join(str(path) for path in inside)
        raise BadInput(f"{data} 里有{len(inside)}个示例，请用 --data 指明其中一个：{names}。")
    raise BadInput(f"{data} 不是兑现的安装目录。新装请先运行：duixian init --data {data}")
