"""What is installed is pinned by hash, and no lock says where it was downloaded from."""

import json
import re
import tomllib

import pytest

from tests.house.sources import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
# an address, an option that names an index, a path on somebody's machine
PLACES = re.compile(r"://|^\s*--(?!hash)|@ |file:|(^|[\s\"'])/\w+", re.MULTILINE)
SCRIPTS = [f"scripts/{path.name}" for path in sorted((ROOT / "scripts").iterdir())]
TOOLS = ["Makefile", "pyproject.toml", ".npmrc", "package.json", ".ci/run", *SCRIPTS]


def requirements(text: str) -> dict[str, str]:
    """Pinned requirement -> its lines, continuation joined."""
    return {line.split()[0]: line for line in text.replace("\\\n", " ").splitlines() if line.strip()}


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_python_lock_names_no_place(path) -> None:
    assert PLACES.search(path.read_text("utf-8")) is None


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_python_release_is_pinned_with_hashes(path) -> None:
    pinned = requirements(path.read_text("utf-8"))
    assert pinned
    for name, line in pinned.items():
        assert "==" in name, line
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", line), line


def test_the_two_python_locks_agree() -> None:
    base, dev = (set(requirements((ROOT / f"requirements/{name}.txt").read_text("utf-8"))) for name in ("base", "dev"))
    assert base <= dev


def test_every_dependency_is_in_the_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = project["project"]["dependencies"] + [
        entry for entry in project["dependency-groups"]["dev"] if isinstance(entry, str)
    ]
    pinned = {name.split("==")[0] for name in requirements((ROOT / "requirements/dev.txt").read_text("utf-8"))}
    names = {re.match(r"[\w.-]+", entry).group().lower() for entry in wanted}
    assert names <= pinned


def test_npm_lock_names_no_place_and_has_every_hash() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    for name, package in lock["packages"].items():
        assert "resolved" not in package, name
        assert not name or package["integrity"].startswith("sha512-"), name
    assert "://" not in (ROOT / "package-lock.json").read_text("utf-8")


@pytest.mark.parametrize("name", TOOLS)
def test_tools_name_no_download_address(name: str) -> None:
    assert re.search(r"https?://", (ROOT / name).read_text("utf-8")) is None
