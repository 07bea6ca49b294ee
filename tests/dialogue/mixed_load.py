"""What many different readers ask of a service, mixed, and the memory that it has meanwhile."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from tests.dialogue.moderation.signing import PASSWORD
from tests.waiting import PATIENCE

PEOPLE = 8
_SAMPLES = 100
_FORM = "application/x-www-form-urlencoded"
_TOKEN = re.compile(rb'name="token" value="([^"]+)"')

Ask = Callable[["Person", int], int]


@dataclass
class Person:
    """Somebody with a connection that stays open, and a cookie if they are a moderator."""

    port: int
    cookie: str = ""
    _connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def ask(
        self, method: str, path: str, data: dict[str, str] | None = None, kind: str = _FORM
    ) -> tuple[int, bytes]:
        """Send one request; the status and the body of the answer."""
        headers = {"Origin": f"http://127.0.0.1:{self.port}", "Cookie": self.cookie}
        if data is not None:
            headers["Content-Type"] = kind
        self._connection.request(method, path, urlencode(data) if data else None, headers)
        answer = self._connection.getresponse()
        if cookie := answer.getheader("Set-Cookie"):
            self.cookie = cookie.partition(";")[0]
        return answer.status, answer.read()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def _typed(number: int) -> dict[str, str]:
    return {"target": "tea", "name": f"Ada {number}", "text": f"Reply *{number}*.\n\nMore of it."}


def _page(person: Person, _: int) -> int:
    return person.ask("GET", "/tea/")[0]


def _missing_page(person: Person, number: int) -> int:
    return person.ask("GET", f"/nothing/{number}/")[0]


def _style(person: Person, _: int) -> int:
    return person.ask("GET", "/dialogue/style.css")[0]


def _preview(person: Person, number: int) -> int:
    return person.ask("POST", "/dialogue/replies", _typed(number))[0]


def _fault(person: Person, number: int) -> int:
    return person.ask("POST", "/dialogue/replies", {**_typed(number), "name": ""})[0]


def _reply(person: Person, number: int) -> int:
    shown = person.ask("POST", "/dialogue/replies", _typed(number))[1]
    found = _TOKEN.search(shown)
    assert found, shown
    confirmed = {**_typed(number), "token": found[1].decode()}
    return person.ask("POST", "/dialogue/replies/confirm", confirmed)[0]


def _moderation(person: Person, number: int) -> int:
    places = ("", "?show=spam", f"?q=reply+{number}", "messages", "sign-in")
    return person.ask("GET", f"/dialogue/moderate/{places[number % len(places)]}")[0]


def _webmention(person: Person, number: int) -> int:
    data = {"source": f"https://other.example/{number}", "target": f"https://no.example/{number}"}
    return person.ask("POST", "/dialogue/webmention", data)[0]


def _missing(person: Person, number: int) -> int:
    return person.ask("GET", f"/dialogue/replies/none-{number}")[0]


def _odd(person: Person, number: int) -> int:
    kinds = ("application/json", "text/plain", f"x/{number}")
    return person.ask("POST", "/dialogue/replies", {"a": "b"}, kinds[number % len(kinds)])[0]


MIX: Sequence[tuple[Ask, int, frozenset[int]]] = (
    (_page, 30, frozenset({200})),
    (_preview, 20, frozenset({200})),
    (_fault, 8, frozenset({422})),
    (_reply, 4, frozenset({303})),
    (_moderation, 6, frozenset({200, 303})),
    (_style, 8, frozenset({200})),
    (_webmention, 6, frozenset({400})),
    (_missing, 6, frozenset({404})),
    (_missing_page, 6, frozenset({404})),
    (_odd, 6, frozenset({415})),
)
"""Who asks, how often in a hundred, and with which statuses that is answered."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident bytes of the service, sampled evenly over the load, and how many requests it was."""

    requests: int
    samples: tuple[int, ...]

    @property
    def warm(self) -> float:
        """The level after the first fifth: the median of the tenth that follows."""
        tenth = len(self.samples) // 10
        return median(self.samples[2 * tenth : 3 * tenth])

    @property
    def last(self) -> float:
        """The level at the end: the median of the last tenth."""
        return median(self.samples[-(len(self.samples) // 10) :])


def run(port: int, pid: int, requests: int) -> Memory:
    """Let some people send so many requests to the service at ``port``, whose process is ``pid``."""
    turns = [ask for ask in MIX for _ in range(ask[1])]
    numbers, samples = itertools.count(), list[int]()
    failures: list[str] = []
    every = max(1, requests // _SAMPLES)

    def person() -> None:
        with contextlib.closing(Person(port)) as somebody:
            somebody.ask("POST", "/dialogue/moderate/sign-in", {"password": PASSWORD})
            for number in iter(numbers.__next__, None):
                if number >= requests or failures:
                    return
                # A step that shares no factor with a hundred: kinds of requests alternate.
                ask, _, wanted = turns[number * 37 % len(turns)]
                if (status := ask(somebody, number)) not in wanted:
                    failures.append(f"{ask.__name__}: {status}")
                if number % every == 0:
                    samples.append(resident(pid))

    people = [threading.Thread(target=person) for _ in range(PEOPLE)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert failures == [], failures
    return Memory(requests, tuple(samples))


def resident(pid: int) -> int:
    """The resident memory of a process, in bytes (proc_pid_status(5))."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return int(found[1]) * 1024
