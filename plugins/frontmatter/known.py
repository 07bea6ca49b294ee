"""What the registry of fields says of each, and how values show what a misspelt name was meant as."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

from plugins.frontmatter.dates import parse_date
from plugins.frontmatter.values import Fault, written

# What `page.extra` is called in the registry.
EXTRA = "extra"
_NOT_PUBLIC = frozenset({"draft", "hidden", "unlisted", "private", "pending", "scheduled"})


def as_written(value: Any) -> Any:
    """``value`` itself."""
    return value


@dataclass(frozen=True, slots=True)
class KnownField:
    """A field: its name, what it says to writers, and the other names that mean it.

    Two names of the same meaning (``synonyms``) must not disagree. A stand-in has a meaning of its
    own in the tool it comes from (a description is not an excerpt): the first one present is used
    where nothing better is written, and whatever is not used stays with the unknown fields. Names
    that are ``similar`` are not read: they mean this field on some sites, and the build asks.

    ``shown`` is the attribute of `page` that shows it, empty where it decides something else. What
    is shown as `extra` needs no code: ``reads`` makes the value that `page.extra` has, or raises
    `Fault`. ``guard`` tells of a value whether it could be this field's; a name that is one slip
    away from this one is an error then, because the field decides who sees the post, when, or where.
    ``everyday`` names occur in plain text, so they alone do not make front matter of its lines.
    """

    name: str
    docs: str
    synonyms: tuple[str, ...] = ()
    stand_ins: tuple[str, ...] = ()
    similar: tuple[str, ...] = ()
    shown: str = ""
    reads: Callable[[Any], Any] = as_written
    guard: Callable[[Any], bool] | None = None
    everyday: bool = False


def is_date(value: object) -> bool:
    """Whether ``value`` is a date, or text that is read as one."""
    if isinstance(value, date):
        return True
    try:
        return isinstance(value, str) and bool(parse_date(value, UTC))
    except Fault:
        return False


def is_address(value: object) -> bool:
    """Whether ``value`` is the URL of a page, or a mapping with one."""
    found = value.get("url") if isinstance(value, Mapping) else value
    return isinstance(found, str) and found.strip().startswith(("https://", "http://", "//"))


def is_path(value: object) -> bool:
    """Whether ``value`` is a path from the root of a site."""
    return isinstance(value, str) and value.strip().startswith("/")


def keeps_from_public(value: object) -> bool:
    """Whether ``value`` is a status of posts that are not public."""
    return written(value).strip().casefold() in _NOT_PUBLIC
