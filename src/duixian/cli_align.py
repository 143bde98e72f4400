"""`duixian align`: counties' plans beside the city's list. Like reading, it needs no installation."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duixian.cli_errors import BadInput
from duixian.cli_reading import read_document

if TYPE_CHECKING:
    from duixian.aligning import Alignment, Coverage, Link, Unmatched


@click.command("align", short_help="县区计划对市级清单：哪些承接、差多少。")
@click.argument("city", metavar="CITY", type=click.Path(path_type=Path))
@click.argument("counties", metavar="COUNTY...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 对象。One JSON object.")
@click.option(
    "--expected",
    type=click.IntRange(1, 1000),
    help="应有几份县区计划；不给则合计不足时只说“不全”。How many county plans there should be.",
)
@click.option(
    "--year",
    type=click.IntRange(2000, 2100),
    help="文件未写明时采用的计划年度。Used only where the documents do not say.",
)
def align(city: Path, counties: tuple[Path, ...], as_json: bool, expected: int | None, year: int | None) -> None:
    """Link the commitments of county plans with the targets of the city's list.

    \b
    Example:
      duixian align 市清单.txt 甲县.docx 乙县.pdf
      duixian align 市清单.txt 县区/*.txt --expected 14 --json > 承接.json
    """
    from duixian.aligning import align as aligned
    from duixian.aligning import commitments_of

    names = _names(counties)
    if expected is not None and expected < len(names):
        raise BadInput(f"给了{len(names)}份县区计划，--expected 却是{expected}。请核对份数。")
    listed = commitments_of(read_document(str(city), year))
    plans = {name: commitments_of(read_document(str(path), year)) for name, path in names.items()}
    alignment = aligned(listed, plans, plans_expected=expected)
    click.echo(json.dumps(alignment.to_dict(), ensure_ascii=False) if as_json else as_lines(alignment))


def _names(counties: Iterable[Path]) -> dict[str, Path]:
    """Each plan by its file's name without the ending, which must tell them apart."""
    names: dict[str, Path] = {}
    for path in counties:
        if path.stem in names:
            raise BadInput(f"两份县区计划同名：{path.stem}。请改名后再试。")
        names[path.stem] = path
    if not names:
        raise BadInput("没有指明县区计划。例：duixian align 市清单.txt 甲县.txt 乙县.txt")
    return names


def as_lines(alignment: Alignment) -> str:
    """For a person at a terminal: how far each target is carried, every county's links, what nothing takes up."""
    from duixian.aligning.serialise import told_once

    links = told_once(alignment.links)
    lines = ["市级目标承接情况", *_coverage(alignment.coverage)]
    for county in dict.fromkeys(link.county for link in links):
        lines += ["", f"{county}：承接"]
        lines += [_link(link) for link in links if link.county == county]
    if alignment.unmatched:
        lines += ["", "市级清单未列的县区承诺", *map(_unmatched, alignment.unmatched)]
    return "\n".join(lines)


def _coverage(coverage: Sequence[Coverage]) -> Iterator[str]:
    """Targets that some county carries; those that none mentions are one line."""
    from duixian.aligning.wording import STATE_WORDS

    silent = [one for one in coverage if not one.links]
    for one in coverage:
        if not one.links:
            continue
        plans = f"{one.plans_read}/{one.plans_expected or '?'}份"
        yield (
            f"  {STATE_WORDS[one.state]}  第{one.city_task}项 {one.city_text}：承接{_figure(one.committed)}{one.unit}，"
            f"占{_percent(one.share)}（{len(one.counties)}个县区，{plans}）"
        )
    if silent:
        tasks = "、".join(dict.fromkeys(str(one.city_task) for one in silent))
        yield f"  已读的计划都没有提到的目标{len(silent)}个：第{tasks}项"


def _link(link: Link) -> str:
    from duixian.aligning.wording import RELATION_WORDS, SHORTFALL_WORDS

    part = f" {_percent(link.share)}" if link.share is not None else ""
    less = "、".join(SHORTFALL_WORDS[shortfall] for shortfall in link.shortfalls)
    told = f"  〔{less}〕" if less else ""
    return f"  {RELATION_WORDS[link.relation]}{part}  {link.text} → 第{link.city_task}项 {link.city_text}{told}"


def _unmatched(one: Unmatched) -> str:
    near = f"（最相近：第{one.nearest.task}项 {one.nearest.text}）" if one.nearest else ""
    return f"  {one.county}  {one.text}{near}"


def _percent(part: Decimal) -> str:
    return f"{part * 100:.1f}%"


def _figure(value: Decimal) -> str:
    return f"{value.normalize():f}"
