"""Writing many rows of one table: the statement is made once and the database runs through the rows.

`bulk_create` composes a statement anew for every few rows; over a whole plan that is most of the work.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.models import DateField, DecimalField, Field, Model


def write_rows(rows: Sequence[Model], *, unique: Sequence[str] = ()) -> None:
    """Insert rows of one model without keys of their own; where `unique` is taken, the row there is replaced."""
    if not rows:
        return
    fields = [f for f in rows[0]._meta.concrete_fields if not f.primary_key]
    prepared = [(f.attname, _prepared(f)) for f in fields]
    values = [[prepare(getattr(row, name)) for name, prepare in prepared] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(_statement(rows[0], fields, unique), values)


def _statement(row: Model, fields: Sequence[Field[Any, Any]], unique: Sequence[str]) -> str:

    def quote(name: str | None) -> str:
        assert name is not None
        return str(connection.ops.quote_name(name))

    columns = ", ".join(quote(f.column) for f in fields)
    places = ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {quote(row._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 - the model's own names, quoted
    if not unique:
        return insert
    key = ", ".join(quote(f.column) for f in fields if f.name in unique)
    kept = ", ".join(f"{quote(f.column)} = excluded.{quote(f.column)}" for f in fields if f.name not in unique)
    return f"{insert} ON CONFLICT ({key}) DO UPDATE SET {kept}"


def _prepared(field: Field[Any, Any]) -> Callable[[Any], Any]:
    """As the database takes it; text and whole numbers go as they are."""
    if not isinstance(field, DateField | DecimalField):
        return lambda value: value
    return lambda value: None if value is None else field.get_db_prep_save(value, connection)
