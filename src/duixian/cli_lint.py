"""`duixian lint`: what a drafter should mend before a list is printed. Like reading, it needs no installation."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duixian.cli_reading import read_document

if TYPE_CHECKING:
    from duixian.reading import Reading
    from duixian.reading.lint import Finding


@click.command("lint", short_help="文件印发前要改什么，逐处指出。")
@click.argument("document", metavar="DOC", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON 数组。A JSON array of findings.")
@click.option(
    "--year",
    type=click.IntRange(2000, 2100),
    help="文件未写明时采用的计划年度。Used only where the document does not say.",
)
def lint(document: Path, as_json: bool, year: int | None) -> None:
    """What a drafter should mend before a list is printed. DOC may be - for text on standard input.

    Exit status 0 whether or not there are findings, 2 where the document cannot be read.

    \b
    Example:
      duixian lint 任务清单.docx
      duixian lint 任务清单.txt --json > 待改.json
    """
    from duixian.reading.lint import lint as findings_of

    reading = read_document(str(document), year)
    findings = findings_of(reading)
    if as_json:
        click.echo(json.dumps([finding.to_dict() for finding in findings], ensure_ascii=False))
    else:
        click.echo(as_lines(reading, findings))


def as_lines(reading: Reading, findings: Sequence[Finding]) -> str:
    """Findings for a person at a terminal: by kind, the rarest first, each with its place, its words and a proposal."""
    title = reading.document.title or reading.document.source or ""
    if not findings:
        return f"{title}\n{len(reading.tasks)}项，没有要改的。"
    lines = [title, f"{len(reading.tasks)}项，要改的{len(findings)}处。"]
    kinds = Counter(finding.title for finding in findings)
    for kind in sorted(kinds, key=lambda kind: kinds[kind]):
        lines += ["", f"{kind}（{kinds[kind]}处）", *_of_kind([f for f in findings if f.title == kind])]
    return "\n".join(lines)


def _of_kind(findings: Sequence[Finding]) -> Iterator[str]:
    """The findings of a kind; what is said of several alike is said once, above their words."""
    alike: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.message, finding.proposal), []).append(finding)
    for (message, proposal), group in alike.items():
        yield f"  {message}"
        yield f"  建议：{proposal}"
        for finding in group:
            place = "全文" if finding.task is None else f"第{finding.task}项"
            yield f"      {place}  {_short(finding.text)}"


_LONGEST = 60


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[:_LONGEST] + "…"
