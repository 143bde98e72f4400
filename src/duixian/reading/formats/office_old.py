"""Old office files (.doc, .wps, .rtf, .odt): turned into .docx by LibreOffice where it is installed.

Each conversion has a user profile of its own, or two at once would fail; in it macros and links to outside are off.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from ..errors import MissingSupportError
from ..source import Source
from .docx import load as load_docx
from .guard import broken, content_of

#: A list is converted in two seconds, a cold start takes five.
_SECONDS = 25
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}
</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
#: No macros, no links updated, nothing fetched for a document that refers to it.
_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Writer/Content/Update", "Field", "false"),
)
_ENDINGS = {"doc": ".doc", "rtf": ".rtf", "odt": ".odt"}


def load(data: bytes, name: str) -> Source:
    """An old office file as a source, by way of .docx."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise MissingSupportError(
            f"读 {Path(name).suffix} 需要 LibreOffice:{name}。"
            "请安装(apt-get install libreoffice-writer-nogui),或在办公软件中另存为 .docx 后再试。"
        )
    with tempfile.TemporaryDirectory(prefix="duixian-convert-") as folder:
        converted = _convert(program, data, Path(folder), name)
    return load_docx(converted, name)


def _convert(program: str, data: bytes, folder: Path, name: str) -> bytes:
    # the name is ours: what the file is called must not reach a command line
    source = folder / f"document{_ENDINGS.get(content_of(data) or '', '.doc')}"
    source.write_bytes(data)
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    items = "\n".join(_ITEM.format(path=path, name=prop, value=value) for path, prop, value in _SETTINGS)
    (profile / "registrymodifications.xcu").write_text(_PROFILE.format(items=items), "utf-8")
    command = [
        program,
        "--headless",
        "--norestore",
        "--nologo",
        f"-env:UserInstallation={profile.parent.as_uri()}",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "out"),
        str(source),
    ]
    _run(command, folder, name)
    made = folder / "out" / "document.docx"
    if not made.is_file():
        raise broken(name)
    return made.read_bytes()


def _run(command: list[str], folder: Path, name: str) -> None:
    """Run the conversion in a group of its own, so that a hanging one ends with all it started."""
    environment = {**os.environ, "HOME": str(folder)}
    process = subprocess.Popen(  # noqa: S603 - a fixed command, no shell, only our own paths in it
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise broken(name, f"转换超过 {_SECONDS} 秒,内容") from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
