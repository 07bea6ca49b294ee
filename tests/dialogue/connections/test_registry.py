"""Which connection has to go, and which requests are refused."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

import pytest

from dialogue.connections import refusals
from dialogue.connections.refusals import Refusal
from dialogue.connections.registry import Entry, Phase, Registry
from dialogue.limits import Limits

SMALL = replace(
    Limits(), max_connections=20, max_requests=3, max_block_requests=2, max_block_connections=5
)


@dataclass
class Crowd:
    """Connections that leave when they are dropped."""

    registry: Registry
    dropped: list[tuple[str, Refusal]] = field(default_factory=list)

    def enter(self, name: str, block: str = "") -> Entry:
        """Let one in."""

        def drop(refusal: Refusal) -> None:
            self.dropped.append((name, refusal))
            self.registry.leave(entry)

        entry = Entry(drop, block=block, visitor=block)
        self.refused = self.registry.enter(entry)
        return entry


@pytest.fixture
def crowd() -> Crowd:
    """Nobody yet."""
    return Crowd(Registry(SMALL))


def test_who_has_waited_longest_goes(crowd: Crowd) -> None:
    """Waiting begins with each phase; who is being answered does not wait."""
    first, second, *_ = [crowd.enter(str(number)) for number in range(20)]
    crowd.registry.to(first, Phase.WORK)
    crowd.registry.to(second, Phase.BODY)
    crowd.enter("new")
    assert crowd.dropped == [("2", refusals.FULL)]
    assert crowd.refused is None


def test_a_block_makes_its_own_room(crowd: Crowd) -> None:
    """Beyond its share, a block loses one of its own."""
    crowd.enter("other", "198.51.100.0/24")
    for number in range(6):
        crowd.enter(str(number), "203.0.113.0/24")
    assert crowd.dropped == [("0", refusals.FULL)]


def test_where_nobody_waits_a_newcomer_is_refused(crowd: Crowd) -> None:
    """All of a block are being answered."""
    for number in range(5):
        crowd.registry.to(crowd.enter(str(number), "203.0.113.0/24"), Phase.WORK)
    crowd.enter("new", "203.0.113.0/24")
    assert crowd.dropped == []
    assert crowd.refused is refusals.FULL


def test_requests_are_limited_in_all_and_for_a_block(crowd: Crowd) -> None:
    """What is being received, or taken, is none; what ended is none any more."""
    registry = crowd.registry
    two = [crowd.enter("a", "a"), crowd.enter("b", "a")]
    for entry in two:
        registry.to(entry, Phase.WORK)
    assert registry.busy("a") is refusals.TOO_MANY_REQUESTS
    assert registry.busy("b") is None
    other = crowd.enter("c")
    registry.to(other, Phase.WORK)
    assert registry.busy("b") is refusals.BUSY
    registry.to(two[0], Phase.ANSWER)
    registry.leave(two[1])
    assert registry.busy("a") is None


def test_the_largest_unfinished_body_goes(crowd: Crowd) -> None:
    """Only as many as need be; what is being answered stays."""
    registry = Registry(replace(SMALL, max_body_bytes=100))
    crowd.registry = registry
    done, large, small = (crowd.enter(name) for name in ("done", "large", "small"))
    for entry, count in ((done, 60), (large, 25), (small, 10)):
        registry.to(entry, Phase.BODY)
        registry.took(entry, count)
    registry.to(done, Phase.WORK)
    registry.took(small, 10)
    assert crowd.dropped == [("large", refusals.BODIES_FULL)]
    registry.release(done)
    registry.took(small, 80)
    assert len(crowd.dropped) == 1


def test_deadlines_are_those_of_each_phase(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is renewed waits anew; what is being answered has no deadline."""
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    for name, phase in {
        "h": Phase.HEADERS,
        "b": Phase.BODY,
        "i": Phase.IDLE,
        "w": Phase.WORK,
    }.items():
        crowd.registry.to(crowd.enter(name), phase)
    reading = crowd.enter("a")
    crowd.registry.to(reading, Phase.ANSWER)
    now[0] += 10
    crowd.registry.sweep()
    assert [name for name, _ in crowd.dropped] == ["h"]
    crowd.registry.renew(reading)
    now[0] += 20
    crowd.registry.sweep()
    assert [name for name, _ in crowd.dropped] == ["h", "i"]
    now[0] += 3600
    crowd.registry.sweep()
    assert [name for name, _ in crowd.dropped] == ["h", "i", "b", "a"]


def test_what_was_refused_is_logged_once(crowd: Crowd, caplog: pytest.LogCaptureFixture) -> None:
    """As a count for each reason, without an address."""
    for number in range(25):
        crowd.enter(str(number))
    for _ in range(2):
        crowd.registry.report()
    assert caplog.messages == ["connections refused or dropped: connections: 5"]


def test_nothing_is_kept_of_who_left(crowd: Crowd) -> None:
    """However many came: the counts are empty again."""
    for number in range(50):
        entry = crowd.enter(str(number), f"block {number}")
        crowd.registry.to(entry, Phase.BODY)
        crowd.registry.took(entry, 10)
        crowd.registry.to(entry, Phase.WORK)
        crowd.registry.leave(entry)
        crowd.registry.leave(entry)
    kept = vars(crowd.registry)
    assert not any(kept[name] for name in ("_open", "_waiting", "_blocks", "_busy", "_bytes"))
