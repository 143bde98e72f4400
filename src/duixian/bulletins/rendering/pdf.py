"""A .docx to PDF through LibreOffice, with a profile of its own for every conversion."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from duixian.bulletins.rendering.errors import ConversionFailedError, ConversionTimeoutError, ConverterMissingError
from duixian.bulletins.rendering.fontconfig import write_fontconfig

DEFAULT_TIMEOUT = 120
"""Seconds for one step of a conversion; a bulletin of 16 pages takes one to three."""

_AUTOSPACE = re.compile(rb'style:text-autospace="[a-z-]+"')
_PUNCTUATION = re.compile(rb'style:punctuation-wrap="[a-z-]+"')


def to_pdf(docx: bytes, out: Path, *, timeout: int = DEFAULT_TIMEOUT) -> None:
    """Writes the document as PDF to `out` (replaced only when the conversion succeeded).

    Goes by way of ODT: LibreOffice (seen in 7.4) ignores autoSpaceDE, autoSpaceDN and overflowPunct, sets space between
    Chinese and digits and lets commas hang beyond the margin, until its own format says otherwise.
    Raises ConverterMissingError, ConversionTimeoutError, ConversionFailedError.
    """
    to_pdfs({out: docx}, timeout=timeout)


def to_pdfs(documents: Mapping[Path, bytes], *, timeout: int = DEFAULT_TIMEOUT) -> None:
    """The same for several at once (path of the PDF -> document): starting LibreOffice takes longer than its work."""
    program = find_converter()
    with tempfile.TemporaryDirectory(prefix="duixian-pdf-") as name:
        sources = [Path(name) / f"bulletin-{number}.docx" for number in range(len(documents))]
        for source, docx in zip(sources, documents.values(), strict=True):
            source.write_bytes(docx)
        texts = _convert(program, sources, "odt", timeout)
        for text in texts:
            _close_up(text)
        made = _convert(program, texts, "pdf", timeout)
        for pdf, out in zip(made, documents, strict=True):
            _put(pdf, out)


def find_converter() -> str:
    """The path of LibreOffice. Raises ConverterMissingError."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise ConverterMissingError(
            "未安装LibreOffice，不能生成PDF：请安装libreoffice-writer后重试，或下载DOCX文件，用WPS或Word另存为PDF"
        )
    return program


def _convert(program: str, sources: Sequence[Path], kind: str, timeout: int) -> list[Path]:
    folder = sources[0].parent
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--convert-to",
        kind,
        "--outdir",
        str(folder),
        *map(str, sources),
    ]
    said = _run(command, {**os.environ, "FONTCONFIG_FILE": str(write_fontconfig(folder))}, timeout)
    made = [source.with_suffix(f".{kind}") for source in sources]
    if not all(each.is_file() and each.stat().st_size for each in made):
        raise ConversionFailedError(
            f"LibreOffice没有生成{kind.upper()}文件，请检查其安装后重试。它的提示：{said.strip()[-300:]}"
        )
    return made


def _run(command: list[str], environment: dict[str, str], timeout: int) -> str:
    """Runs to the end or kills the whole group: the launcher leaves its worker behind otherwise."""
    with subprocess.Popen(  # noqa: S603  # an absolute path found by us, no shell, no words from outside
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    ) as process:
        try:
            said, _ = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired as error:
            os.killpg(process.pid, signal.SIGKILL)
            raise ConversionTimeoutError(
                f"生成PDF超过{timeout}秒未完成，已中止：请稍后重试，或下载DOCX文件自行转换"
            ) from error
    return said.decode("utf-8", "replace")


def _close_up(odt: Path) -> None:
    """No space between Chinese and digits, no hanging punctuation, in every style of the ODT file."""
    patched = odt.with_suffix(".patched")
    with zipfile.ZipFile(odt) as source, zipfile.ZipFile(patched, "w") as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename in ("styles.xml", "content.xml"):
                data = _AUTOSPACE.sub(b'style:text-autospace="none"', data)
                data = _PUNCTUATION.sub(b'style:punctuation-wrap="simple"', data)
            target.writestr(entry, data)
    patched.replace(odt)


def _put(made: Path, out: Path) -> None:
    """Moves beside the goal first: a rename within one folder is all or nothing."""
    beside = out.with_name(f".{out.name}.{os.getpid()}.part")
    shutil.copyfile(made, beside)
    beside.replace(out)
