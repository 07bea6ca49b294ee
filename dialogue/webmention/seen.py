"""What was seen on a page that mentions ours, before anything of it is cleaned or kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from thread.model import Kind


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention as its page tells it. Nothing in it is trusted: ``html`` is as it was found.

    ``author`` is never empty, the host of the page where it says no name. ``url`` is the author's,
    http or https or empty. ``title`` is empty where the text needs none. ``date`` is in UTC.
    """

    kind: Kind
    author: str
    url: str
    title: str
    text: str
    html: str
    date: datetime

    def by(self, author: str, url: str) -> Seen:
        """The same by somebody else."""
        return replace(self, author=author, url=url)
