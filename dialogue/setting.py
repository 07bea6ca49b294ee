"""How a setting is declared: a field with its default as text, its type and its meaning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Any

from dialogue import casting

_SEVERAL = (
    *(casting.words, casting.networks, casting.command),
    *(casting.mailboxes, casting.people),
)


def setting(default: str, cast: Callable[[str], Any], about: str, *, private: bool = False) -> Any:
    """A field with its default as one would write it in the environment, and what it means.

    A ``private`` one is left out wherever settings are printed.
    """
    about_it = {"default": default, "cast": cast, "about": about}
    return field(
        repr=not private,
        default_factory=lambda: cast(default) if default else _empty(cast),
        metadata=about_it,
    )


def _empty(cast: Callable[[str], Any]) -> Any:
    if cast is casting.path:
        return None
    return () if cast in _SEVERAL else ""
