"""Writing many rows of one table: the statement is made once and the database runs through the rows.

`bulk_create` composes a statement anew for every few rows; over a whole plan that is most of the work.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.db import connection
from django.db.models import DateField, DecimalField, Field, Model

# rows as the database takes them: plain values, which may also be handed from one process to another
Values = list[tuple[Any, ...]]


def prepared(model: type[Model], rows: Sequence[Any]) -> Values:
    """Rows with the model's own names as attributes; decimals already rounded to what their column keeps."""
    fields = _fields(model)
    in_order = attrgetter(*(f.attname for f in fields))
    to_prepare = [(place, prepare) for place, f in enumerate(fields) if (prepare := _prepared(f)) is not None]

    def values(row: Any) -> tuple[Any, ...]:
        found = list(in_order(row))
        for place, prepare in to_prepare:
            found[place] = prepare(found[place])
        return tuple(found)

    return [values(row) for row in rows]


def insert(model: type[Model], values: Values, *, unique: Sequence[str] = ()) -> None:
    """Insert prepared rows without keys of their own; where `unique` is taken, the row there is replaced."""
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(_statement(model, unique), values)


def _fields(model: type[Model]) -> list[Field[Any, Any]]:
    return [f for f in model._meta.concrete_fields if not f.primary_key]


def _statement(model: type[Model], unique: Sequence[str]) -> str:
    fields = _fields(model)

    def quote(name: str | None) -> str:
        assert name is not None
        return str(connection.ops.quote_name(name))

    columns = ", ".join(quote(f.column) for f in fields)
    places = ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 - the model's own names, quoted
    if not unique:
        return insert
    key = ", ".join(quote(f.column) for f in fields if f.name in unique)
    kept = ", ".join(f"{quote(f.column)} = excluded.{quote(f.column)}" for f in fields if f.name not in unique)
    return f"{insert} ON CONFLICT ({key}) DO UPDATE SET {kept}"


def _prepared(field: Field[Any, Any]) -> Callable[[Any], Any] | None:
    """How the database takes it; text and whole numbers as they are, and the few days there are are told once."""
    if isinstance(field, DateField):
        return lru_cache(maxsize=256)(lambda value: field.get_db_prep_save(value, connection))
    if isinstance(field, DecimalField) and connection.vendor == "sqlite":
        return lambda value: None if value is None else str(value)
    return None
