"""A page that has not been made yet: what its view depends on, and a way to make the view."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from plugins.catalogue.catalogue import Entry
from plugins.views import View

V = TypeVar("V", bound=View, covariant=True)


@dataclass(frozen=True, slots=True)
class Sketch(Generic[V]):
    """``inputs`` and ``text`` are digests of all that the view depends on but settings and code.

    Two sketches of one page with the same digests make equal views. ``text`` is that of the text of
    the page's post, where it has one, and ``inputs`` of the rest. ``lang`` is the language the page
    is in; empty for the site's.
    """

    inputs: str
    make: Callable[[], V]
    lang: str = ""
    text: str = ""


def outward(entries: Iterable[Entry]) -> tuple[str, ...]:
    """What a list of posts shows of each."""
    return tuple(entry.outward for entry in entries)
