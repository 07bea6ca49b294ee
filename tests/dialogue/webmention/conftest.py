"""What the tests of webmentions share: a queue, and other sites on this machine to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest

from dialogue import moments
from dialogue.database import Database
from dialogue.guard import judge
from dialogue.replies.store import Store
from dialogue.settings import Settings
from dialogue.webmention.queue import Job, Queue
from dialogue.webmention.settling import Settler
from dialogue.webmention.worker import LANES, LIMITS, Lane, Verifier
from tests.dialogue.supervision.working import working
from tests.dialogue.web import Answer, Request, Web, web
from tests.waiting import until

POST = "https://blog.example/tea/"
LINK = f'<a href="{POST}">tea</a>'


def page(body: str, status: int = 200, kind: str = "text/html; charset=utf-8") -> Answer:
    """An answer that is a page."""
    return Answer(status, {"Content-Type": kind}, body.encode())


@dataclass
class Elsewhere:
    """Another site: its pages by path, changed as a test goes on."""

    web: Web
    pages: dict[str, Answer]

    def url(self, path: str) -> str:
        """The address of the page at ``path``."""
        return f"{self.web.url}{path}"

    def asked(self, path: str) -> int:
        """How often the page was asked for."""
        return sum(request.path == path for request in self.web.requests)


@contextmanager
def site_elsewhere(pages: dict[str, Answer]) -> Iterator[Elsewhere]:
    """Another site that answers with ``pages``, and 404 to everything else."""

    def answer(request: Request) -> Answer:
        return pages.get(request.path, Answer(404))

    with web(answer) as running:
        yield Elsewhere(running, pages)


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    """Another site, without pages yet."""
    with site_elsewhere({}) as found:
        yield found


@pytest.fixture
def queue(database: Database) -> Queue:
    """An empty queue."""
    return Queue(database)


@dataclass
class Bench:
    """A queue, a store and what works on them, all of it real."""

    queue: Queue
    store: Store
    settings: Settings
    lanes: tuple[Lane, ...] = LANES
    ports: set[int] = field(default_factory=set)

    def put(self, source: str, target: str = POST) -> Job:
        """Announce that ``source`` mentions the post."""
        return self.queue.put(source, "tea", target, moments.now())

    @property
    def settler(self) -> Settler:
        """What writes verdicts down."""
        rules = judge.rules(self.settings, ("casino",))
        return Settler(self.queue, self.store, self.settings, rules)

    def verifier(self, elsewhere: Web) -> Verifier:
        """One that may reach ``elsewhere``."""
        limits = replace(LIMITS, ports=elsewhere.limits.ports | self.ports)
        limits = replace(limits, allowed=elsewhere.limits.allowed)
        return Verifier(self.queue, self.settler, limits, self.lanes)

    def run(self, elsewhere: Web, condition: Callable[[], object]) -> None:
        """Work on the queue until that is so."""
        with working(self.verifier(elsewhere).workers()):
            until(condition)

    def look(self, elsewhere: Elsewhere, path: str, target: str = POST) -> Job:
        """Announce the page at ``path``, have it looked at once, and return what it came to."""
        job = self.put(elsewhere.url(path), target)
        self.run(elsewhere.web, lambda: self.is_done(job))
        return self.now(job)

    def now(self, job: Job) -> Job:
        """The same webmention as it is now."""
        found = self.queue.find(job.id)
        assert found is not None
        return found

    def is_done(self, job: Job) -> bool:
        """Whether a first look is over: a verdict, or another look later."""
        now = self.now(job)
        return now.attempts > 0 or not self.queue.waiting()


@pytest.fixture
def bench(queue: Queue, store: Store, settings: Settings) -> Bench:
    """A queue, a store and settings on one fresh database."""
    return Bench(queue, store, settings)


def later(seconds: float) -> datetime:
    """A time from now."""
    return datetime.fromtimestamp(moments.now().timestamp() + seconds, tz=moments.now().tzinfo)
