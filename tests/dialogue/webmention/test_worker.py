"""The work on the queue: honest pages do not wait for slow ones, and nothing is lost or doubled."""

from __future__ import annotations

import resource
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from dialogue import moments, queues
from dialogue.replies.model import State as ReplyState
from dialogue.supervision import attempts
from dialogue.webmention import verifying
from dialogue.webmention.queue import Job, State
from dialogue.webmention.verifying import Verdict
from dialogue.webmention.worker import LANES, Lane
from tests.dialogue.supervision.working import working
from tests.dialogue.web import always, web
from tests.dialogue.webmention.conftest import LINK, POST, Bench, Elsewhere, page
from tests.dialogue.webmention.tarpit import tarpit
from tests.waiting import until

SLOW = (
    b"",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX: ",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>",
)


def hosts(count: int) -> list[str]:
    """Addresses of this machine, each a host of its own."""
    return [f"127.0.{1 + n // 250}.{1 + n % 250}" for n in range(count)]


def race(bench: Bench, elsewhere: Elsewhere, slow: list[str]) -> float:
    """How many seconds an honest page waits that is announced after ``slow``."""
    for url in slow:
        bench.put(url)
    elsewhere.pages["/note"] = page(LINK)
    job = bench.put(elsewhere.url("/note"))
    start = time.monotonic()
    bench.run(elsewhere.web, lambda: bench.now(job).state is State.VERIFIED)
    return time.monotonic() - start


@pytest.mark.parametrize("said", SLOW, ids=["silent", "headers", "body"])
def test_an_honest_page_does_not_wait_for_slow_ones(
    bench: Bench, elsewhere: Elsewhere, said: bytes
) -> None:
    """Ninety slow hosts in twenty places: it waits for some short looks, not for all to end."""
    bench.lanes = (Lane(20, 1, 0.4, tried=False), Lane(2, 1, 20.0, tried=True))
    with tarpit(said) as port:
        bench.ports.add(port)
        slow = [f"http://{host}:{port}/" for host in hosts(90)]
        assert race(bench, elsewhere, slow) < 200


def test_a_thousand_pages_of_one_host_stand_in_their_own_line(
    bench: Bench, elsewhere: Elsewhere
) -> None:
    """However long each of them takes."""
    bench.lanes = (Lane(20, 2, 30.0, tried=False),)
    with tarpit(b"") as port:
        bench.ports.add(port)
        slow = [f"http://127.0.1.1:{port}/{n}" for n in range(100)]
        assert race(bench, elsewhere, slow) < 20


@pytest.mark.deep
@pytest.mark.parametrize("said", SLOW, ids=["silent", "headers", "body"])
def test_five_hundred_slow_sources_hold_an_honest_one_up_for_less_than_ten_seconds(
    bench: Bench, elsewhere: Elsewhere, said: bytes
) -> None:
    """With the lanes that the service has, each source a host of its own."""
    assert bench.lanes == LANES
    with tarpit(said) as port:
        bench.ports.add(port)
        assert race(bench, elsewhere, [f"http://{host}:{port}/" for host in hosts(500)]) < 10


def test_what_does_not_answer_is_tried_again(bench: Bench, elsewhere: Elsewhere) -> None:
    """Later, with more time; meanwhile it is neither verified nor refused."""
    bench.lanes = (Lane(2, 1, 20.0, tried=False),)
    elsewhere.pages["/note"] = page("later", status=503)
    job = bench.look(elsewhere, "/note")
    assert (job.state, job.attempts) == (State.WAITING, 1)
    assert "503" in job.note
    assert bench.store.counts() == {}


def test_a_look_that_was_interrupted_is_made_again(bench: Bench, elsewhere: Elsewhere) -> None:
    """A service that is stopped in the middle leaves no half of anything behind."""
    with tarpit(b"") as port:
        bench.ports.add(port)
        job = bench.put(f"http://127.0.1.1:{port}/")
        bench.run(elsewhere.web, lambda: bench.queue.claim is not None)
        assert bench.now(job).state is State.WAITING
        assert bench.queue.waiting() == 1


def test_two_workers_make_one_reply(bench: Bench, elsewhere: Elsewhere) -> None:
    """Should a lease end too early: the second look changes nothing."""
    elsewhere.pages["/note"] = page(LINK)
    job = bench.look(elsewhere, "/note")
    assert job.state is State.VERIFIED
    bench.look(elsewhere, "/note")
    assert bench.store.counts() == {ReplyState.HELD: 1}
    assert elsewhere.asked("/note") == 2


def test_a_page_in_a_line_keeps_no_thread_when_the_service_ends(
    bench: Bench, elsewhere: Elsewhere
) -> None:
    """All threads that were started end with their looks."""
    bench.lanes = (replace(LANES[0], seconds=0.3),)
    with tarpit(b"") as port:
        bench.ports.add(port)
        for host in hosts(10):
            bench.put(f"http://{host}:{port}/")
        bench.run(elsewhere.web, lambda: any(_working()))
    until(lambda: not _working())


def _working() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("webmention")]


POISON = "/poison"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Attempts follow one another at once."""
    monkeypatch.setattr(attempts, "_PAUSES", (timedelta(0),) * 3)


class Panic(BaseException):
    """What a parser in Rust raises when it breaks: no exception."""


@pytest.mark.parametrize(
    "error",
    [
        TypeError("bad"),
        RecursionError("deep"),
        UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"),
        Panic("index"),
    ],
)
@pytest.mark.usefixtures("impatient")
def test_a_poisonous_webmention_is_set_aside_and_the_others_go_on(
    bench: Bench, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """Whatever it makes the reader raise; a moderator sees why."""
    real = verifying.look

    def look(job: Job, *rest: Any) -> Verdict:
        if job.source.endswith(POISON):
            raise error
        return real(job, *rest)

    monkeypatch.setattr("dialogue.webmention.worker.look", look)
    poison = bench.put(elsewhere.url(POISON))
    elsewhere.pages["/note"] = page(LINK)
    database = bench.queue.database
    honest = bench.put(elsewhere.url("/note"))
    bench.run(elsewhere.web, lambda: database.read(attempts.counts))
    bench.run(elsewhere.web, lambda: bench.now(honest).state is State.VERIFIED)
    (aside,) = database.read(queues.set_aside)
    assert (aside.fact.queue, aside.fact.job, aside.again) == ("webmentions", poison.id, True)
    assert aside.fact.reason.startswith(type(error).__name__)
    assert aside.about == (poison.source, POST)
    bench.put(elsewhere.url(POISON))
    assert not bench.queue.claim(moments.now(), most=9, tried=False)
    monkeypatch.undo()
    elsewhere.pages[POISON] = page(LINK)
    database.write(lambda at: queues.retry(at, "webmentions", poison.id))
    bench.run(elsewhere.web, lambda: bench.now(poison).state is State.VERIFIED)


@pytest.mark.parametrize("text", [r"hi \ud800 there", r"hi \u0000 there", r"\udfff\ud800"])
@pytest.mark.usefixtures("impatient")
def test_characters_that_are_none_hold_nobody_up(
    bench: Bench, elsewhere: Elsewhere, text: str
) -> None:
    """A source may say them in JSON: it is taken without them, or set aside; the others go on."""
    said = (
        f'{{"type": ["h-entry"], "properties": {{"in-reply-to": ["{POST}"], '
        f'"name": ["{text}"], "content": ["{text}"]}}}}'
    )
    elsewhere.pages[POISON] = page(said, kind="application/mf2+json")
    elsewhere.pages["/note"] = page(LINK)
    poison, honest = bench.put(elsewhere.url(POISON)), bench.put(elsewhere.url("/note"))
    database = bench.queue.database

    def is_over() -> bool:
        aside = database.read(attempts.counts)
        return bool(aside) or bench.now(poison).state is not State.WAITING

    bench.run(elsewhere.web, is_over)
    bench.run(elsewhere.web, lambda: bench.now(honest).state is State.VERIFIED)


def test_a_dismissed_webmention_is_refused(bench: Bench, elsewhere: Elsewhere) -> None:
    """It is looked at no more, and its sender may read that it was not taken."""
    job = bench.put(elsewhere.url(POISON))
    database = bench.queue.database
    database.write(lambda at: attempts.set_aside(at, "webmentions", job.id, "no", moments.now()))
    database.write(lambda at: queues.dismiss(at, "webmentions", job.id, moments.now()))
    assert bench.now(job).state is State.REFUSED
    assert bench.queue.waiting() == 0
    assert not database.read(attempts.listed)


def test_two_hundred_sources_that_answer_at_once_are_all_read(bench: Bench) -> None:
    """Each its own host, more of them than one batch of writes holds."""
    with web(always(page(LINK)), host="0.0.0.0") as everywhere:
        jobs = [bench.put(f"http://{host}:{everywhere.port}/") for host in hosts(190)]
        bench.run(everywhere, lambda: not bench.queue.waiting())
    assert {bench.now(job).state for job in jobs} == {State.VERIFIED}
    assert not bench.queue.database.read(attempts.counts)


def test_without_descriptors_nobody_is_blamed(bench: Bench, elsewhere: Elsewhere) -> None:
    """The looks wait until there are some again."""
    elsewhere.pages["/note"] = page(LINK)
    jobs = [bench.put(elsewhere.url(f"/note?{number}")) for number in range(20)]
    elsewhere.pages.update({f"/note?{number}": page(LINK) for number in range(20)})
    database = bench.queue.database
    with working(bench.verifier(elsewhere.web).workers()) as supervisor:
        with descriptors(len([*Path("/proc/self/fd").iterdir()]) + 2):
            time.sleep(3)
        until(lambda: not bench.queue.waiting())
        assert {each.state.value for each in supervisor.statuses()} <= {"ok", "failing"}
    assert {bench.now(job).state for job in jobs} == {State.VERIFIED}
    assert not database.read(attempts.counts)


@contextmanager
def descriptors(most: int) -> Iterator[None]:
    """No more files and sockets than so many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
