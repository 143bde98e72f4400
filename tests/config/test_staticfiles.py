"""The finder takes the named files of node_modules and nothing else."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from duixian.config.staticfiles import NamedPackageFinder


@pytest.fixture
def packages(tmp_path: Path, settings) -> Path:
    """A node_modules with one package of two files, one of them named."""
    folder = tmp_path / "charts/dist"
    folder.mkdir(parents=True)
    (folder / "charts.min.js").write_text("draw()", "utf-8")
    (folder / "other.js").write_text("never()", "utf-8")
    settings.NPM_FILES = {"vendor/charts.js": "charts/dist/charts.min.js"}
    return tmp_path


def test_a_named_file_is_found_under_its_served_name(packages: Path) -> None:
    finder = NamedPackageFinder(root=packages)
    file = str(packages / "charts/dist/charts.min.js")
    assert finder.find("vendor/charts.js") == file
    assert finder.find("vendor/charts.js", find_all=True) == [file]


@pytest.mark.parametrize("name", ["charts/dist/charts.min.js", "charts/dist/other.js", "vendor/other.js", "../x"])
def test_nothing_else_is_found(packages: Path, name: str) -> None:
    assert NamedPackageFinder(root=packages).find(name) is None
    assert NamedPackageFinder(root=packages).find(name, find_all=True) == []


def test_the_build_gets_each_named_file_with_its_content(packages: Path) -> None:
    [(name, storage)] = NamedPackageFinder(root=packages).list([])
    assert name == "vendor/charts.js"
    assert storage.open(name).read() == b"draw()"
    assert storage.get_modified_time(name).timestamp() == pytest.approx(
        (packages / "charts/dist/charts.min.js").stat().st_mtime
    )


def test_ignored_names_are_left_out(packages: Path) -> None:
    assert list(NamedPackageFinder(root=packages).list(["*.js"])) == []


def test_a_build_without_the_packages_stops_and_says_what_to_do(packages: Path) -> None:
    (packages / "charts/dist/charts.min.js").unlink()
    finder = NamedPackageFinder(root=packages)
    assert finder.find("vendor/charts.js") is None
    with pytest.raises(ImproperlyConfigured, match="make setup"):
        list(finder.list([]))
