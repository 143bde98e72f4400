"""A new database is made at once, a standing one step by step; both come to the same."""

import json
import os
import subprocess
import sys
from pathlib import Path

# What there is in the database, printed for comparison: columns that came later stand at the end of their table, and
# what has no name of its own is numbered as it comes. A further time must change nothing.
SCHEMA = """
import json, re, sys
from pathlib import Path
from duixian.cli import migrate, open_installation

open_installation(Path(sys.argv[1]), must_exist=False)
from django.core.management import call_command
from django.db import connection
if sys.argv[2] == "steps":
    call_command("migrate", verbosity=0)
migrate()
migrate()
with connection.cursor() as cursor:
    told = {}
    for table in connection.introspection.table_names(cursor):
        cursor.execute(f"PRAGMA table_info({table})")
        columns = sorted(row[1:] for row in cursor.fetchall())
        held = connection.introspection.get_constraints(cursor, table)
        named = sorted(json.dumps([re.sub(r"^(fk_|__).*", "", name), each["columns"] and sorted(each["columns"]),
                                   each["unique"], each["foreign_key"], each["check"]]) for name, each in held.items())
        told[table] = [columns, named]
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    steps = cursor.fetchall()
    cursor.execute("SELECT app_label, model FROM django_content_type ORDER BY app_label, model")
    print(json.dumps({"tables": told, "steps": steps, "types": cursor.fetchall()}))
"""


def schema(data: Path, way: str) -> dict[str, object]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DUIXIAN", "DATABASE", "DJANGO", "TEST_"))}
    done = subprocess.run(
        [sys.executable, "-c", SCHEMA, data, way], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, object] = json.loads(done.stdout)
    return told


def test_made_at_once_or_step_by_step_a_database_is_the_same(tmp_path: Path) -> None:
    at_once, by_steps = schema(tmp_path / "once", "once"), schema(tmp_path / "steps", "steps")
    assert at_once["steps"] == by_steps["steps"]
    assert at_once["types"] == by_steps["types"]
    assert at_once["tables"] == by_steps["tables"]
