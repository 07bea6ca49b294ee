"""The queue: each webmention once, one look at a time, and nothing lost."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

from dialogue import moments
from dialogue.webmention.queue import LEASE, Queue, State

NOW = moments.now()
POST = "https://blog.example/tea/"


def put(queue: Queue, source: str, target: str = "tea") -> str:
    """Announce it; the id."""
    return queue.put(source, target, POST, NOW).id


def claimed(queue: Queue, **more: object) -> list[str]:
    """The sources of what can be claimed now."""
    options = {"most": 100, "tried": False, **more}
    return sorted(job.source for job in queue.claim(NOW, **options))  # type: ignore[arg-type] # names are checked by the function


def test_the_same_source_and_post_are_one(queue: Queue) -> None:
    """However the source is spelt; another post is another webmention."""
    first = put(queue, "https://a.example/x")
    assert put(queue, "HTTPS://A.example:443/x#y") == first
    assert put(queue, "https://a.example/x", "coffee") != first
    assert put(queue, "https://a.example/X") != first
    found = queue.find(first)
    assert found is not None
    assert (found.source, found.requests) == ("https://a.example/x", 2)
    assert queue.find("nothing") is None


def test_many_at_once_make_one(queue: Queue) -> None:
    """Also when they come at the same moment."""
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.append(put(queue, "https://a.example/x")))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_a_job_belongs_to_one_until_its_lease_is_over(queue: Queue) -> None:
    """A process that died leaves it to the next."""
    put(queue, "https://a.example/x")
    assert claimed(queue) == ["https://a.example/x"]
    assert claimed(queue) == []
    assert queue.claim(NOW + LEASE - timedelta(seconds=1), most=1, tried=False) == ()
    assert len(queue.claim(NOW + LEASE, most=1, tried=False)) == 1


def test_a_job_is_claimed_once_by_many(queue: Queue) -> None:
    """Several processes share a queue without sharing a job."""
    for number in range(20):
        put(queue, f"https://{number}.example/")
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.extend(claimed(queue, most=7))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(set(found))
    found += claimed(queue)
    assert len(set(found)) == len(found) == 20


def test_each_host_gets_its_turn(queue: Queue) -> None:
    """A thousand pages of one do not stand before the one of another."""
    for number in range(50):
        put(queue, f"https://a.example/{number}")
        # Of those that are due at once the order is that of their ids, which count milliseconds.
        time.sleep(0.002)
    put(queue, "https://b.example/")
    assert claimed(queue) == ["https://a.example/0", "https://b.example/"]
    assert claimed(queue, busy=["a.example"]) == []
    assert claimed(queue) == ["https://a.example/1"]


def test_what_was_tried_before_has_a_line_of_its_own(queue: Queue) -> None:
    """And waits until it is due."""
    put(queue, "https://a.example/x")
    (job,) = queue.claim(NOW, most=1, tried=False)
    queue.postpone(job, NOW + timedelta(seconds=10), "no answer")
    assert claimed(queue) == claimed(queue, tried=True) == []
    (again,) = queue.claim(NOW + timedelta(seconds=10), most=1, tried=True)
    assert (again.attempts, again.note, again.state) == (1, "no answer", State.WAITING)


def test_what_is_settled_is_done(queue: Queue) -> None:
    """Until it is announced again."""
    job_id = put(queue, "https://a.example/x")
    (job,) = queue.claim(NOW, most=1, tried=False)
    queue.settle(job, State.VERIFIED, "fine")
    assert (claimed(queue), queue.waiting()) == ([], 0)
    assert put(queue, "https://a.example/x") == job_id
    (again,) = queue.claim(NOW, most=1, tried=False)
    assert again.known


def test_what_is_announced_during_a_look_is_looked_at_again(queue: Queue) -> None:
    """The page may have changed since it was fetched."""
    put(queue, "https://a.example/x")
    (job,) = queue.claim(NOW, most=1, tried=False)
    put(queue, "https://a.example/x")
    assert claimed(queue) == []
    queue.settle(job, State.REFUSED, "no link")
    found = queue.find(job.id)
    assert found is not None
    assert found.state is State.REFUSED
    assert claimed(queue) == ["https://a.example/x"]


def test_announcements_are_counted(queue: Queue) -> None:
    """By host and by network, of the time that counts."""
    queue.put("https://a.example/1", "tea", POST, NOW, "trace")
    queue.put("https://a.example/2", "tea", POST, NOW - timedelta(hours=2), "trace")
    since = NOW - timedelta(hours=1)
    assert queue.of_host("a.example", since) == queue.of_network(["trace"], since) == 1
    assert queue.of_host("b.example", since) == queue.of_network(["other"], since) == 0
    assert queue.waiting() == 2


def test_what_came_to_nothing_is_forgotten_in_time(queue: Queue) -> None:
    """What was verified is not, nor what still waits."""
    for state in (State.REFUSED, State.GONE, State.VERIFIED):
        put(queue, f"https://{state}.example/")
    for job in queue.claim(NOW, most=3, tried=False):
        queue.settle(job, State(job.host.partition(".")[0]), "")
    put(queue, "https://waiting.example/")
    assert queue.forget(NOW) == 0
    assert queue.forget(NOW + timedelta(seconds=1)) == 2
    assert queue.known("https://verified.example/", "tea") is not None
    assert queue.known("https://waiting.example/", "tea") is not None
    assert queue.known("https://gone.example/", "tea") is None


def test_what_was_announced_by_a_wrong_clock_does_not_wait_for_that_time(queue: Queue) -> None:
    """It is looked at as soon as the clock is right."""
    queue.put("https://a.example/x", "tea", POST, NOW + timedelta(days=3))
    assert claimed(queue) == ["https://a.example/x"]
    assert claimed(queue) == []
