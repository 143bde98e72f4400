"""What the tests of this folder do with a file: write it, open it, and hold every offset against the text."""

from pathlib import Path

from duixian.reading.formats import load
from duixian.reading.source import Source, Table


def opened(folder: Path, name: str, data: bytes | str) -> Source:
    """The source of a file with this content; every line and cell must stand where it says it stands."""
    file = folder / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    source = load(file)
    assert_exact(source)
    return source


def assert_exact(source: Source) -> None:
    """Every offset cuts exactly its words from the text."""
    every = [*source.lines, *(line for table in source.tables for cell in table.cells for line in cell.lines)]
    for line in every:
        assert source.text[line.start : line.end] == line.text


def lines(source: Source) -> list[str]:
    """Its lines outside tables that say something."""
    return [line.text for line in source.lines if line.text.strip()]


def rows(table: Table) -> list[list[str]]:
    """What stands at each place of a table; merged cells stand at all their places."""
    return [["/".join(cell.text.split("\n")) if cell else "" for cell in row] for row in table.grid()]
