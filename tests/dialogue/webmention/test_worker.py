"""The work on the queue: honest pages do not wait for slow ones, and nothing is lost or doubled."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest

from dialogue.replies.model import State as ReplyState
from dialogue.webmention.queue import State
from dialogue.webmention.worker import LANES, Lane
from tests.dialogue.webmention.conftest import LINK, Bench, Elsewhere, page
from tests.dialogue.webmention.tarpit import tarpit

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
    bench.run(elsewhere.web, lambda: bench.now(job).state is State.VERIFIED, seconds=60)
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
        assert race(bench, elsewhere, slow) < 6


def test_a_thousand_pages_of_one_host_stand_in_their_own_line(
    bench: Bench, elsewhere: Elsewhere
) -> None:
    """However long each of them takes."""
    bench.lanes = (Lane(20, 2, 5.0, tried=False),)
    with tarpit(b"") as port:
        bench.ports.add(port)
        slow = [f"http://127.0.1.1:{port}/{n}" for n in range(100)]
        assert race(bench, elsewhere, slow) < 3


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
    bench.lanes = (Lane(2, 1, 0.3, tried=False),)
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
    deadline = time.monotonic() + 5
    while _working() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _working() == []


def _working() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("webmention")]
