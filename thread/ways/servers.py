"""Replies kept by a comment server: Isso and Remark42, which one runs oneself, and Disqus.

Attributes and variables as https://isso-comments.de/docs, https://remark42.com/docs and
https://help.disqus.com document them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from thread.model import Site, Target
from thread.views import EmbedView
from thread.ways.checks import name_fault, origin, server_fault
from thread.ways.way import Csp, Faults


@dataclass(frozen=True, slots=True)
class Isso:
    """An Isso server at the URL ``server``; ``privacy`` is the URL of its owner's privacy page."""

    server: str
    privacy: str = ""
    name: ClassVar[str] = "isso"
    own: ClassVar[bool] = False

    def faults(self) -> Faults:
        """The server must be an https URL."""
        yield from server_fault("server", self.server)
        if self.privacy:
            yield from server_fault("privacy", self.privacy)

    def csp(self) -> Csp:
        """The server's script and style sheet, what the script asks it for, and drawn avatars."""
        server = origin(self.server)
        return (
            ("script-src", server),
            ("style-src", server),
            ("connect-src", server),
            ("img-src", "data:"),
        )

    def embed(self, target: Target, site: Site) -> EmbedView | None:
        """The thread with the path of the post, as Isso keys it."""
        server = self.server.rstrip("/")
        return EmbedView(
            name=self.name,
            label="Isso",
            script=f"{server}/js/embed.min.js",
            place="isso-thread",
            attributes=(("data-isso", f"{server}/"), ("data-isso-lang", target.lang)),
            config=(("isso-id", f"{site.base}{target.path}"), ("title", target.title)),
            page="",
            privacy=self.privacy,
        )

    def webmention(self) -> str:
        """None."""
        return ""


@dataclass(frozen=True, slots=True)
class Remark42:
    """A Remark42 server at the URL ``server``, which calls this site ``site_id``."""

    server: str
    site_id: str
    privacy: str = ""
    name: ClassVar[str] = "remark42"
    own: ClassVar[bool] = False

    def faults(self) -> Faults:
        """The server must be an https URL, the site's id a plain name."""
        yield from server_fault("server", self.server)
        yield from name_fault("site_id", self.site_id)
        if self.privacy:
            yield from server_fault("privacy", self.privacy)

    def csp(self) -> Csp:
        """The server's script, what the script asks it for, and the frame that shows the replies."""
        server = origin(self.server)
        return (("script-src", server), ("connect-src", server), ("frame-src", server))

    def embed(self, target: Target, site: Site) -> EmbedView | None:  # noqa: ARG002 - of all ways
        """The thread with the URL of the post, as Remark42 keys it."""
        server = self.server.rstrip("/")
        return EmbedView(
            name=self.name,
            label="Remark42",
            script=f"{server}/web/embed.js",
            place="remark42",
            attributes=(),
            config=(
                ("host", server),
                ("site_id", self.site_id),
                ("url", target.url),
                ("page_title", target.title),
                ("locale", target.lang.partition("-")[0]),
            ),
            page="",
            privacy=self.privacy,
        )

    def webmention(self) -> str:
        """None."""
        return ""


@dataclass(frozen=True, slots=True)
class Disqus:
    """Disqus under the ``shortname`` it knows this site by. It follows readers across sites."""

    shortname: str
    name: ClassVar[str] = "disqus"
    own: ClassVar[bool] = False

    def faults(self) -> Faults:
        """The short name must be one."""
        return name_fault("shortname", self.shortname)

    def csp(self) -> Csp:
        """What the script loads; it also gives elements of the page styles of its own."""
        hosts = ("https://*.disqus.com", "https://*.disquscdn.com")
        each = ("script-src", "style-src", "img-src", "connect-src")
        return (
            *((directive, host) for directive in each for host in hosts),
            ("style-src-attr", "'unsafe-inline'"),
            ("frame-src", "https://disqus.com"),
            ("connect-src", "https://disqus.com"),
        )

    def embed(self, target: Target, site: Site) -> EmbedView | None:  # noqa: ARG002 - of all ways
        """The thread with the id of the post."""
        return EmbedView(
            name=self.name,
            label="Disqus",
            script=f"https://{self.shortname}.disqus.com/embed.js",
            place="disqus_thread",
            attributes=(),
            config=(("url", target.url), ("identifier", target.id), ("title", target.title)),
            page="",
            privacy="https://help.disqus.com/en/articles/1717103-disqus-privacy-policy",
        )

    def webmention(self) -> str:
        """None."""
        return ""
