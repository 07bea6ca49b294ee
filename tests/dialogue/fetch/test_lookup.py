"""Names are looked up within a time, and no more of them at once than there are places."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from dialogue.fetch.lookup import Names
from tests.waiting import PATIENCE


def test_names_that_hang_use_up_places_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """A resolver's thread cannot be ended, so there are never more than places for them."""
    release = threading.Event()

    def hang(*_: object, **more: object) -> list[object]:
        release.wait(PATIENCE)
        return [(0, 0, 0, "", ("93.184.216.34", 80))]

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    names = Names(3)
    for _ in range(6):
        with pytest.raises(TimeoutError):
            names.addresses("slow.example", 80, deadline=time.monotonic() + 0.05)
    assert sum(thread.name == "lookup" for thread in threading.enumerate()) == 3
    release.set()
    found = names.addresses("slow.example", 80, deadline=time.monotonic() + PATIENCE)
    assert found == ["93.184.216.34"]


def test_a_long_list_of_addresses_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is connected to in turn, so a name must not hold a list of victims; doubles are one."""
    answers = [(0, 0, 0, "", (f"93.184.216.{n // 2}", 80)) for n in range(100)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    found = Names().addresses("many.example", 80, deadline=time.monotonic() + PATIENCE)
    assert found == [f"93.184.216.{n}" for n in range(8)]
