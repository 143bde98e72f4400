"""Bringing a database to this version's form: a standing one step by step, a new one at once.

Walking a new database through every step of the past takes ten seconds of processor time, making its tables one.
That both come to the same is held by tests.
"""

from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model


def bring_up_to_date() -> None:
    """Apply what this version's form of the database needs and has not been applied."""
    if connection.introspection.table_names():
        call_command("migrate", verbosity=0, interactive=False)
    else:
        _make_at_once()


def _make_at_once() -> None:
    """All tables from the models as they are now, with every step written down as taken: whole or not at all."""
    recorder = MigrationRecorder(connection)
    steps = MigrationLoader(connection).disk_migrations
    with connection.schema_editor() as editor:
        models: list[type[Model]] = [recorder.Migration, *apps.get_models()]
        for model in models:
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
        recorder.migration_qs.bulk_create([recorder.Migration(app=app, name=name) for app, name in sorted(steps)])
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
