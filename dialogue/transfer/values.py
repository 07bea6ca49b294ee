"""Values of columns as JSON and back; what comes back is held to what the column can keep.

What kind a column is of, it says itself, so a new table needs nothing here.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NoReturn, TypeAlias

from sqlalchemy import JSON, BigInteger, Boolean, DateTime, Float, Integer, LargeBinary, String
from sqlalchemy.schema import Column
from sqlalchemy.types import TypeDecorator, TypeEngine

_Read: TypeAlias = Callable[[TypeEngine[Any], Any], Any]


def encoded(value: Any) -> Any:
    """A value of a row as JSON has it: times in ISO 8601, in UTC; bytes in base64."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def decoded(column: Column[Any], value: Any) -> Any:
    """The value of ``column`` in JSON as Python has it; raises ValueError that says what is wrong."""
    if value is None:
        if not column.nullable:
            raise ValueError("is missing")
        return None
    kind = column.type
    stored = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    for known, read in _KINDS:
        if isinstance(stored, known):
            return read(stored, value)
    raise ValueError(f"is of a kind that cannot be read, {stored!r}")


def checked(column: Column[Any], value: Any) -> Any:
    """``value``, which another database held; raises ValueError where this one could not."""
    return decoded(column, encoded(value))


def _truth(_: TypeEngine[Any], value: Any) -> bool:
    if not isinstance(value, bool):
        _wrong("is neither true nor false")
    return value


def _whole(kind: TypeEngine[Any], value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        _wrong("is no whole number")
    most = 2 ** (63 if isinstance(kind, BigInteger) else 31)
    if not -most <= value < most:
        _wrong("is too large a number")
    return value


def _number(_: TypeEngine[Any], value: Any) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not math.isfinite(value):
        _wrong("is no number")
    return float(value)


def _moment(_: TypeEngine[Any], value: Any) -> datetime:
    try:
        found = datetime.fromisoformat(value)
        if found.tzinfo is not None:
            return found.astimezone(UTC)
    except (TypeError, OverflowError, ValueError) as error:
        raise ValueError("is no time such as 2026-01-31T12:00:00Z") from error
    raise ValueError("has no time zone")


def _bytes(_: TypeEngine[Any], value: Any) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (TypeError, ValueError) as error:
        raise ValueError("is not in base64") from error


def _text(kind: TypeEngine[Any], value: Any) -> str:
    if not isinstance(value, str):
        _wrong("is no text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError("is no well-formed Unicode") from error
    most = kind.length if isinstance(kind, String) else None
    if most is not None and len(value) > most:
        _wrong(f"is longer than {most}")
    return value


def _wrong(message: str) -> NoReturn:
    raise ValueError(message)


_KINDS: tuple[tuple[type[TypeEngine[Any]], _Read], ...] = (
    (Boolean, _truth),
    (Integer, _whole),
    (Float, _number),
    (DateTime, _moment),
    (LargeBinary, _bytes),
    (String, _text),
    (JSON, lambda _, value: value),
)
