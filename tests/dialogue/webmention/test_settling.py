"""What follows from a verdict on a source."""

from __future__ import annotations

from datetime import timedelta

from dialogue import moments
from dialogue.webmention.queue import State
from dialogue.webmention.seen import Seen
from dialogue.webmention.verifying import Finding, Verdict
from tests.dialogue.webmention.conftest import Bench


def test_what_the_store_does_not_take_is_refused_with_the_reason(bench: Bench) -> None:
    """A date that our own clock made while it was days fast: no outage, and tried no more."""
    job = bench.put("https://other.example/note")
    ahead = moments.now() + timedelta(days=3)
    seen = Seen("mention", "Ben", "", "", "hi", "<p>hi</p>", ahead)
    bench.settler.settle(job, Verdict(Finding.MENTIONS, "", seen), moments.now())
    after = bench.now(job)
    assert after.state is State.REFUSED
    assert "is not between 1970 and tomorrow" in after.note
    assert not bench.queue.waiting()
    assert bench.store.counts() == {}
