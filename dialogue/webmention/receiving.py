"""Who may announce what: the checks that a webmention passes before anybody looks at its source.

(W3C Webmention, section 3.2.1)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dialogue import urls
from dialogue.targets import Targets
from dialogue.webmention.queue import Job, Queue

# A site that links to us a lot announces some posts at once; the queue holds what a burst may bring.
_HOUR = timedelta(hours=1)
_OF_HOST, _OF_NETWORK, _WAITING = 120, 600, 20_000


class RefusedError(Exception):
    """A webmention is not taken; the message says why, ``status`` says it to machines.

    ``retry`` is after how many seconds it may be, 0 for never.
    """

    def __init__(self, message: str, status: int = 400, retry: int = 0) -> None:
        super().__init__(message)
        self.status, self.retry = status, retry


@dataclass(frozen=True, slots=True)
class Receiver:
    """Takes webmentions of the posts in ``targets`` into ``queue``."""

    queue: Queue
    targets: Targets

    def take(self, source: str, target: str, traces: Sequence[str], now: datetime) -> Job:
        """Put it into the queue, once however often it is sent; raises :class:`RefusedError`.

        ``traces`` are of the network that sent it.
        """
        source, target = _checked("source", source), _checked("target", target)
        if urls.page(source) == urls.page(target):
            raise RefusedError("source: is the target itself; a page does not mention itself")
        post = self.targets.at(target)
        if post is None:
            raise RefusedError("target: is no post here that takes webmentions")
        known = self.queue.known(source, post.id)
        if not post.takes_replies(now) and known is None:
            raise RefusedError("target: takes no replies any more")
        self._count(source, traces, now)
        address = traces[0] if traces else None
        return self.queue.put(known.source if known else source, post.id, target, now, address)

    def _count(self, source: str, traces: Sequence[str], now: datetime) -> None:
        since = now - _HOUR
        if self.queue.of_host(urls.host(source), since) >= _OF_HOST:
            raise RefusedError("source: too many of this site at once; try again later", 429, 3600)
        if traces and self.queue.of_network(traces, since) >= _OF_NETWORK:
            raise RefusedError("too many from your network at once; try again later", 429, 3600)
        if self.queue.waiting() >= _WAITING:
            raise RefusedError("too much is waiting to be looked at; try again later", 503, 600)


def _checked(name: str, url: str) -> str:
    try:
        return urls.checked(url)
    except ValueError as error:
        raise RefusedError(f"{name}: {error}; send a whole address with http or https") from error
