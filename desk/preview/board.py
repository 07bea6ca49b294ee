"""What the preview shows at this moment, and who is told when that changes."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from desk.job import Finding, Outcome

_REMINDER = 15.0
"""Seconds after which a follower is told again, so that a connection gone dead is noticed."""


@dataclass(frozen=True, slots=True)
class State:
    """The preview as the browser sees it.

    ``revision`` counts the good builds since the server started as ``boot``; ``pages`` is the last
    of them in which more than style sheets changed; ``failure`` counts the failed builds since the
    last good one.
    """

    boot: str
    revision: int = 0
    pages: int = 0
    failure: int = 0
    problems: tuple[Finding, ...] = ()
    traceback: str = ""
    base: str = ""

    def after(self, outcome: Outcome, *, styles_only: bool) -> State:
        """The state once ``outcome`` is in place, or has left what was there in place."""
        if not outcome.ok:
            return replace(
                self,
                failure=self.failure + 1,
                problems=outcome.problems,
                traceback=outcome.traceback,
                base=self.base if self.revision else outcome.base,
            )
        revision = self.revision + 1
        pages = self.pages if styles_only and self.revision else revision
        return State(self.boot, revision, pages, base=outcome.base)

    def answered(self) -> State:
        """The state once replies were put into pages that are there already."""
        if not self.revision:
            return self
        return replace(self, revision=self.revision + 1, pages=self.revision + 1)

    def to_json(self) -> str:
        """What an open page needs to know to tell whether it is current."""
        names = ("boot", "revision", "pages", "failure")
        return json.dumps({name: getattr(self, name) for name in names})


class Board:
    """Holds the state; one task posts, any number follow. For use within one event loop."""

    def __init__(self) -> None:
        self.state = State(boot=secrets.token_hex(8))
        self._closed = False
        self._changed = asyncio.Event()
        self._ready = asyncio.Event()

    def post(self, state: State) -> None:
        """Show ``state`` from now on."""
        self.state = state
        self._ready.set()
        self._wake()

    def close(self) -> None:
        """Let everyone go who waits or follows."""
        self._closed = True
        self._ready.set()
        self._wake()

    async def ready(self) -> State:
        """The state after the first build, whether that went well or not."""
        await self._ready.wait()
        return self.state

    async def follow(self) -> AsyncIterator[State]:
        """The state now and after every change; a follower that is slow misses only old ones."""
        while not self._closed:
            changed = self._changed
            yield self.state
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(changed.wait(), _REMINDER)

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
