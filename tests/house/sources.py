"""The product's sources, parsed once for all rules of the house."""

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src/duixian"
GENERATED = ("staticfiles", "migrations")


@dataclass(frozen=True)
class Source:
    """One Python file: where it lies (relative to the folder it was looked for in) and what it says."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """The parsed file, with `parent`-less plain nodes."""
        return _parse(self.text)

    def is_in_commands(self) -> bool:
        """Whether this is a commands module: commands.py, or a file of a folder commands/."""
        parts = Path(self.path).parts
        return parts[-1] == "commands.py" or "commands" in parts[:-1]


@cache
def _parse(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def product_sources() -> tuple[Source, ...]:
    """Every hand-written Python file of the product."""
    return _sources(PACKAGE)


@cache
def all_sources() -> tuple[Source, ...]:
    """The product, its tests and its benchmarks."""
    return tuple(source for folder in ("src/duixian", "tests", "benchmarks") for source in _sources(ROOT / folder))


def _sources(folder: Path) -> tuple[Source, ...]:
    paths = (path for path in sorted(folder.rglob("*.py")) if not set(GENERATED) & set(path.parts))
    return tuple(Source(str(path.relative_to(folder)), path.read_text("utf-8")) for path in paths)


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file under version control that lies in the work tree, relative to the root."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(Path(name) for name in listing.split("\0") if name and (ROOT / name).is_file())


def page_files() -> list[Path]:
    """What a browser gets to see of ours: templates, stylesheets, scripts, pictures as text."""
    endings = {".html", ".css", ".js", ".svg", ".txt"}
    return [
        path
        for path in sorted(PACKAGE.rglob("*"))
        if path.suffix in endings and {"templates", "static"} & set(path.parts) and "staticfiles" not in path.parts
    ]
