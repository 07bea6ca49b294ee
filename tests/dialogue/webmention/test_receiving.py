"""What is checked before anybody looks at a source (W3C 3.2.1)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogue import moments
from dialogue.settings import Settings
from dialogue.targets import Targets
from dialogue.webmention import receiving
from dialogue.webmention.queue import Queue
from dialogue.webmention.receiving import Receiver, RefusedError

SOURCE, TARGET = "https://other.example/note", "https://blog.example/tea/"
NOW = moments.now()


@pytest.fixture
def receiver(queue: Queue, settings: Settings) -> Receiver:
    """A receiver beside a small site."""
    return Receiver(queue, Targets(settings.output))


@pytest.mark.parametrize(
    "target",
    [TARGET, "http://blog.example/tea/", "https://BLOG.example/tea", f"{TARGET}#reply-1",
     f"{TARGET}?utm_source=x", "https://blog.example:443/tea/index.html"],
)  # fmt: skip
def test_a_post_is_known_by_all_its_addresses(receiver: Receiver, target: str) -> None:
    """The fragment does not count; the address is kept as it was written."""
    job = receiver.take(SOURCE, target, (), NOW)
    assert (job.target, job.url, job.source) == ("tea", target, SOURCE)


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("", TARGET, "source: is missing"),
        (SOURCE, "", "target: is missing"),
        ("mailto:me@other.example", TARGET, "source: is no http"),
        ("/note", TARGET, "source: is no http"),
        ("https://me:secret@other.example/", TARGET, "source: is no http"),
        ("https://other.example/" + "x" * 2000, TARGET, "source: is longer"),
        ("https://☃.net/a", TARGET, "source: is no http"),
        ("https://a..b/", TARGET, "source: is no http"),
        (f"https://{'a' * 64}.example/", TARGET, "source: is no http"),
        ("https://[::1%25eth0]/", TARGET, "source: is no http"),
        ("https://x.example:99999/", TARGET, "source: is no http"),
        ("https://x.example\\@y.example/", TARGET, "source: is no http"),
        (SOURCE, "https://☃.net/", "target: is no http"),
        (SOURCE, "javascript:alert(1)", "target: is no http"),
        (SOURCE, "https://blog.example/", "target: is no post"),
        (SOURCE, "https://blog.example/nothing/", "target: is no post"),
        (SOURCE, "https://elsewhere.example/tea/", "target: is no post"),
        (SOURCE, "https://blog.example/closed/", "target: takes no replies"),
        (TARGET, TARGET, "the target itself"),
        ("http://blog.example/tea#x", TARGET, "the target itself"),
    ],
)
def test_what_is_refused_at_once(
    receiver: Receiver, source: str, target: str, message: str
) -> None:
    """With a reason, and nothing is kept of it."""
    with pytest.raises(RefusedError, match=message) as refused:
        receiver.take(source, target, (), NOW)
    assert refused.value.status == 400
    assert receiver.queue.waiting() == 0


def test_a_closed_post_still_takes_word_of_what_it_has(receiver: Receiver) -> None:
    """Or nobody could change or take back what is shown there."""
    receiver.queue.put(SOURCE, "closed", "https://blog.example/closed/", NOW)
    assert receiver.take(SOURCE, "https://blog.example/closed/", (), NOW).requests == 2


def test_a_source_stays_as_it_was_first_written(receiver: Receiver) -> None:
    """The reply that comes of it is known by it."""
    first = receiver.take(SOURCE, TARGET, (), NOW)
    again = receiver.take("HTTPS://Other.example:443/note#x", TARGET, (), NOW)
    assert (again.id, again.source) == (first.id, SOURCE)


def test_there_is_an_end_to_what_one_may_announce(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By host and by network in an hour, and by what waits in all."""
    monkeypatch.setattr(receiving, "_OF_HOST", 2)
    monkeypatch.setattr(receiving, "_OF_NETWORK", 3)
    monkeypatch.setattr(receiving, "_WAITING", 4)
    for number in range(2):
        receiver.take(f"https://a.example/{number}", TARGET, ("trace",), NOW)
    with pytest.raises(RefusedError, match="of this site") as refused:
        receiver.take("https://a.example/3", TARGET, ("other",), NOW)
    assert (refused.value.status, refused.value.retry) == (429, 3600)
    receiver.take("https://b.example/", TARGET, ("trace",), NOW)
    with pytest.raises(RefusedError, match="your network"):
        receiver.take("https://c.example/", TARGET, ("trace", "older"), NOW)
    receiver.take("https://c.example/", TARGET, (), NOW)
    with pytest.raises(RefusedError, match="is waiting") as refused:
        receiver.take("https://d.example/", TARGET, (), NOW)
    assert refused.value.status == 503
    with pytest.raises(RefusedError, match="is waiting"):
        receiver.take("https://a.example/3", TARGET, ("trace",), NOW + timedelta(hours=2))
