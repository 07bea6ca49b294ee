"""The small interface that every way of answering or writing has.

Settings are frozen dataclasses of text fields, so they can be written into ``targets.json`` and
read back. What a way says is public: it stands on every page.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Protocol

from thread.model import Site, Target
from thread.views import ContactView, EmbedView

# Pairs of a directive of a Content-Security-Policy and a source it must allow.
Csp = tuple[tuple[str, str], ...]
# Pairs of the name of a field and what is wrong with it.
Faults = Iterable[tuple[str, str]]


class ReplyWay(Protocol):
    """How readers answer a post in public.

    ``name`` is how settings call it, ``own`` says that replies are taken by our own service.
    """

    name: ClassVar[str]
    own: ClassVar[bool]
    __dataclass_fields__: ClassVar[dict[str, Any]]

    def faults(self) -> Faults:
        """What keeps the settings from working."""

    def csp(self) -> Csp:
        """What the site's Content-Security-Policy must allow besides the site itself."""

    def embed(self, target: Target, site: Site) -> EmbedView | None:
        """The replies to ``target`` that somebody else keeps."""

    def webmention(self) -> str:
        """The URL of the endpoint that takes webmentions for the site, empty for none of theirs."""


class ContactWay(Protocol):
    """How readers write to the site in private."""

    name: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]

    def faults(self) -> Faults:
        """What keeps the settings from working."""

    def csp(self) -> Csp:
        """What the site's Content-Security-Policy must allow besides the site itself."""

    def contact(self, target: str, site: Site) -> ContactView | None:
        """How to write, about the post with the id ``target`` where it is not empty."""
