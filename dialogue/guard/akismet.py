"""Akismet: asks a service of others what it thinks of a reply, where the operator has a key for it.

It is told what was written, by whom, and from which address: docs/dialogue.md says so. When it
cannot be reached, or many replies wait for it already, the reply is taken as if nobody had been
asked.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from dialogue.fetch.errors import FetchError
from dialogue.fetch.fetcher import Limits, Response, fetch
from dialogue.lanes import BusyError, Lane

_log = logging.getLogger(__name__)
_URL = "https://rest.akismet.com/1.1/comment-check"
_LIMITS = Limits(seconds=5.0, size=10_000, redirects=0)

Post = Callable[[str, Sequence[tuple[str, str]]], Response]


def _post(url: str, form: Sequence[tuple[str, str]]) -> Response:
    return fetch(url, form=form, limits=_LIMITS)


@dataclass(frozen=True, slots=True)
class Akismet:
    """Asks with ``key`` about replies on the site ``blog``; without a key it asks nobody."""

    key: str = field(repr=False)
    blog: str
    post: Post = _post
    lane: Lane = field(default_factory=lambda: Lane(1, 0), repr=False, compare=False)

    def calls_spam(self, *, text: str, name: str, email: str, site: str, address: str) -> bool:
        """Whether it calls the reply spam; False where it was not asked or did not answer."""
        if not self.key:
            return False
        form = [
            ("api_key", self.key),
            ("blog", self.blog),
            ("user_ip", address),
            ("comment_type", "reply"),
            ("comment_author", name),
            ("comment_author_email", email),
            ("comment_author_url", site),
            ("comment_content", text),
        ]
        try:
            with self.lane.slot():
                answer = self.post(_URL, form)
        except BusyError:
            _log.warning("Akismet was not asked: too many replies wait for it")
            return False
        except FetchError as error:
            _log.warning("Akismet was not reached", extra={"reason": type(error).__name__})
            return False
        said = answer.body.strip()
        if said not in (b"true", b"false"):
            _log.warning("Akismet did not answer", extra={"status": answer.status})
        return said == b"true"
