"""Entries whose text is made when somebody asks for it."""

from __future__ import annotations

from typing import Any

from plugins.catalogue.lazy import LazyEntry
from tests.plugins.examples import a_post


class Way:
    """A way to a body; its words can be had without the links."""

    def __call__(self) -> str:
        """The body."""
        return "<a href='/tea/'>Tea</a>"

    def unlinked(self) -> str:
        """The body as it was written."""
        return "<a href='tea.md'>Tea</a>"


def test_the_words_are_had_without_resolving_links() -> None:
    """Where the way to the body knows how; else they are those of the body."""
    values: dict[str, Any] = {"post": a_post(), "summary": "", "words": 1, "policy": None}
    assert (
        LazyEntry(Way(), "own", "facets", ("body",), **values).written == "<a href='tea.md'>Tea</a>"
    )
    plain = LazyEntry(lambda: "<p>Tea</p>", "own", "facets", ("body",), **values)
    assert plain.written == plain.html == "<p>Tea</p>"
