"""Everybody who uses the service at once: readers, people who write, other sites, a moderator.

Each is a thread of its own that goes on whatever is answered, and notes what was acknowledged.
"""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import httpx

from tests.dialogue.chaos.world import POST
from tests.dialogue.moderation.signing import PASSWORD

_IDS = re.compile(r'name="id\.([\w-]+)"')
_PAUSE = 0.05
_LONGEST = 30.0


@dataclass(frozen=True)
class Sample:
    """One request: when it was sent, how long the answer took, its status (0: none came)."""

    start: float
    seconds: float
    status: int
    path: str


@dataclass
class Record:
    """What was acknowledged, and every request."""

    replies: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)
    approved: list[str] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)


class Person:
    """Sends requests to the service, from an address of their own."""

    def __init__(self, url: str, record: Record, stop: threading.Event, seed: int) -> None:
        self.url, self.record, self.stop = url, record, stop
        self.random = random.Random(seed)
        self.name = f"p{seed}"
        self._address = f"198.51.{seed % 250}.{self.random.randrange(1, 250)}"
        self._client = httpx.Client(timeout=_LONGEST, limits=httpx.Limits(max_connections=1))

    def run(self, turn: Callable[[Person, int], None]) -> None:
        """Take turns until it is enough."""
        number = 0
        while not self.stop.is_set():
            number += 1
            turn(self, number)
            self.stop.wait(_PAUSE)
        self._client.close()

    def get(self, path: str) -> httpx.Response | None:
        """The answer to a GET; None where there is none."""
        return self._send("GET", path, None)

    def post(self, path: str, form: Mapping[str, str]) -> httpx.Response | None:
        """The answer to a form; None where there is none."""
        return self._send("POST", path, form)

    def _send(
        self, method: str, path: str, form: Mapping[str, str] | None
    ) -> httpx.Response | None:
        headers = {"X-Forwarded-For": self._address, "Accept": "application/json"}
        if form is not None:
            headers["Origin"] = self.url
        start, status = time.monotonic(), 0
        try:
            answer = self._client.request(method, self.url + path, data=form, headers=headers)
            status = answer.status_code
        except httpx.HTTPError:
            time.sleep(_PAUSE)
            return None
        finally:
            seconds = time.monotonic() - start
            self.record.samples.append(Sample(start, seconds, status, path.partition("?")[0]))
        return answer


def reads(person: Person, _: int) -> None:
    """A reader opens the form."""
    person.get("/dialogue/contact?target=tea")


def replies(person: Person, number: int) -> None:
    """Somebody writes a reply, looks at it and sends it."""
    text = f"reply {person.name}.{number}."
    typed = {"target": "tea" if number % 3 else "coffee", "name": "Ada", "text": text}
    token = _token(person, "/dialogue/replies", typed)
    if not token:
        return
    sent = person.post("/dialogue/replies/confirm", {**typed, "token": token})
    if sent is not None and sent.status_code == 201:
        person.record.replies.append(text)


def writes(person: Person, number: int) -> None:
    """Somebody writes to the site."""
    text = f"message {person.name}.{number}."
    typed = {"target": "", "name": "Cleo", "email": f"{person.name}@example.org", "text": text}
    token = _token(person, "/dialogue/contact", typed)
    if not token:
        return
    sent = person.post("/dialogue/contact/send", {**typed, "token": token})
    if sent is not None and sent.status_code == 201:
        person.record.messages.append(text)
    person.stop.wait(0.3)


def mentions(sources: str) -> Callable[[Person, int], None]:
    """Another site at ``sources`` says that it mentions a post."""

    def turn(person: Person, number: int) -> None:
        source = f"{sources}/{person.name}/{number}"
        form = {"source": source, "target": POST}
        sent = person.post("/dialogue/webmention", form)
        if sent is not None and sent.status_code in (201, 202):
            person.record.mentions.append(source)
        person.stop.wait(0.4)

    return turn


def moderates(person: Person, _: int) -> None:
    """A moderator approves all that waits on the first page, but one now and then."""
    page = person.get("/dialogue/moderate/")
    if page is None or page.status_code == 303:
        person.post("/dialogue/moderate/sign-in", {"password": PASSWORD})
        return
    if page.status_code != 200:
        return
    found = [each for each in _IDS.findall(page.text) if person.random.random() > 0.05]
    if found:
        form = {f"id.{each}": "on" for each in found}
        done = person.post("/dialogue/moderate/decide", {**form, "all": "approved", "back": ""})
        if done is not None and done.status_code == 303 and "done=" in done.headers["location"]:
            person.record.approved.extend(found)
    person.stop.wait(0.3)


def _token(person: Person, path: str, typed: Mapping[str, str]) -> str:
    shown = person.post(path, typed)
    if shown is None or shown.status_code != 200:
        return ""
    return str(shown.json().get("token", ""))
