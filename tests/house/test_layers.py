"""The layering of the house: what imports whom, who writes, who reads the clock."""

import subprocess
import sys
import tomllib

from tests.house import rules
from tests.house.sources import PACKAGE, ROOT, product_sources

# the writer of the trail is what commands write through
# audit/holding.py is the trail's end, and config/migrating.py notes which steps of the form a new database has
WRITERS = {"audit/trail.py", "audit/holding.py", "config/migrating.py"}
# the one file that asks the clock; an import contract says who may import it
CLOCK = "config/clock.py"
PURE = ("reading", "aligning", "assessing", "periods")
APPS = {"audit", "units", "indicators", "register", "projects", "reporting", "tracking", "bulletins"}


def test_import_contracts_hold() -> None:
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    run = subprocess.run([sys.executable, "-c", program, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_pure_package_and_every_app_has_its_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    street, pure, inside, clock = (str(contract) for contract in contracts)
    there = {path.stem for path in PACKAGE.iterdir() if (path.is_dir() or path.suffix == ".py")}
    for name in there & {*PURE, *APPS, "console", "api"}:
        assert f"duixian.{name}" in street
    for name in there & set(PURE):
        assert f"duixian.{name}" in pure.split("forbidden_modules")[0]
    for name in there & APPS:
        assert f"duixian.{name}" in inside
        assert f"duixian.{name}" in pure.split("forbidden_modules")[1]
        assert f"duixian.{name}" in clock


def test_only_commands_write() -> None:
    sources = (source for source in product_sources() if source.path not in WRITERS)
    assert [finding for source in sources for finding in rules.database_writes(source)] == []


def test_every_command_takes_actor_and_now_by_name() -> None:
    assert [finding for source in product_sources() for finding in rules.malformed_commands(source)] == []


def test_the_clock_is_read_in_one_place_only() -> None:
    sources = (source for source in product_sources() if source.path != CLOCK)
    assert [finding for source in sources for finding in rules.clock_reads(source)] == []


def test_pages_are_made_in_the_console_only() -> None:
    sources = (source for source in product_sources() if not source.path.startswith(("console/", "config/", "api/")))
    assert [finding for source in sources for finding in rules.web_imports(source)] == []


def test_the_program_reads_documents_without_loading_django() -> None:
    program = "import sys, duixian.cli, duixian.reading; print('django' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert (run.stdout.strip(), run.stderr) == ("False", "")
