"""Frozen dataclasses to plain JSON values and back, by their type hints. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


class SnapshotError(ValueError):
    """Stored content cannot be read back: where, and what was found there. One Chinese line for people."""

    def __init__(self, path: str, found: object) -> None:
        super().__init__(f"通报快照无法读取：{path}处的内容{str(found)[:40]!r}不合格式，请由归档文件恢复该快照")


def to_plain(value: object) -> Any:
    """A value of JSON's own kinds: dates as 2026-07-28, Decimals as text, tuples as lists, dataclasses as dicts."""
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: to_plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def from_plain(kind: type[T], data: object, path: str) -> T:
    """The dataclass `kind` from its plain form; unknown, missing or misfitting keys raise SnapshotError at `path`."""
    hints = _hints(cast(Any, kind))
    if not isinstance(data, Mapping) or not set(data) <= set(hints):
        raise SnapshotError(path, data)
    made = {name: _value(hints[name], item, f"{path}.{name}") for name, item in data.items()}
    try:
        return kind(**made)
    except (TypeError, ValueError) as error:
        raise SnapshotError(path, error) from error


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _value(hint: Any, item: object, path: str) -> Any:
    origin = get_origin(hint)
    if origin is UnionType:
        return _union(get_args(hint), item, path)
    if origin is tuple:
        return _tuple(get_args(hint)[0], item, path)
    if origin is Literal:
        if item in get_args(hint):
            return item
    elif is_dataclass(hint):
        return from_plain(cast(type, hint), item, path)
    elif hint in (str, int, bool):
        if type(item) is hint:
            return item
    elif isinstance(item, str):
        return _from_text(hint, item, path)
    raise SnapshotError(path, item)


def _union(options: tuple[Any, ...], item: object, path: str) -> Any:
    """Either `X | None`, or blocks told apart by the literal in their `kind`."""
    if item is None and NoneType in options:
        return None
    candidates = [option for option in options if option is not NoneType]
    if len(candidates) == 1:
        return _value(candidates[0], item, path)
    for option in candidates:
        if isinstance(item, Mapping) and item.get("kind") in get_args(_hints(option)["kind"]):
            return from_plain(option, item, path)
    raise SnapshotError(path, item)


def _tuple(hint: Any, item: object, path: str) -> tuple[Any, ...]:
    if not isinstance(item, list | tuple):
        raise SnapshotError(path, item)
    return tuple(_value(hint, part, f"{path}[{index}]") for index, part in enumerate(item))


def _from_text(hint: Any, item: str, path: str) -> Any:
    try:
        return date.fromisoformat(item) if hint is date else hint(item)
    except (ValueError, InvalidOperation) as error:
        raise SnapshotError(path, item) from error
