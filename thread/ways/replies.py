"""Ways to answer that need no script of others: our own service, webmentions alone, and none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from thread.model import Site, Target
from thread.views import EmbedView
from thread.ways.checks import host_fault
from thread.ways.way import Csp, Faults


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """The dialogue service of this repository. Replies are in the page; nothing is loaded."""

    name: ClassVar[str] = "built-in"
    own: ClassVar[bool] = True

    def faults(self) -> Faults:
        """Nothing can be wrong."""
        return ()

    def csp(self) -> Csp:
        """Nothing: the service is on the site itself."""
        return ()

    def embed(self, target: Target, site: Site) -> EmbedView | None:  # noqa: ARG002 - of all ways
        """Nothing: the replies are in the page."""
        return None

    def webmention(self) -> str:
        """None of others."""
        return ""


@dataclass(frozen=True, slots=True)
class WebmentionIo:
    """Webmentions that webmention.io takes for ``domain``; ``python -m desk webmentions`` gets them.

    They are in the page. What that service knows is what other sites sent to it, not who reads.
    """

    domain: str
    name: ClassVar[str] = "webmention.io"
    own: ClassVar[bool] = False

    def faults(self) -> Faults:
        """The domain must be a host name."""
        return host_fault("domain", self.domain)

    def csp(self) -> Csp:
        """Nothing: readers never meet that service."""
        return ()

    def embed(self, target: Target, site: Site) -> EmbedView | None:  # noqa: ARG002 - of all ways
        """Nothing: the replies are in the page."""
        return None

    def webmention(self) -> str:
        """The endpoint at webmention.io."""
        return f"https://webmention.io/{self.domain}/webmention"


@dataclass(frozen=True, slots=True)
class NoReplies:
    """No way to answer. Replies that are there stay in the page."""

    name: ClassVar[str] = "none"
    own: ClassVar[bool] = False

    def faults(self) -> Faults:
        """Nothing can be wrong."""
        return ()

    def csp(self) -> Csp:
        """Nothing is loaded."""
        return ()

    def embed(self, target: Target, site: Site) -> EmbedView | None:  # noqa: ARG002 - of all ways
        """Nothing is loaded."""
        return None

    def webmention(self) -> str:
        """None."""
        return ""
