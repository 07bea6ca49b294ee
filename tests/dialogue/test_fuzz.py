"""Every route, field, header, content type, method and path with what strangers send: never a 5xx.

Routes come from the application's own table and field names from its source, so a new one is tried
from the day it is there. The seeds are fixed: a failure is the change's, not the day's.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote, unquote, urlencode

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Message

from dialogue.app import app_of
from dialogue.hosting.beside import Beside
from dialogue.hosting.site import Site
from dialogue.moderation import session
from dialogue.notices.links import Links
from dialogue.replies.model import State
from dialogue.services import Services
from dialogue.tokens import Purpose
from tests.conftest import ROOT
from tests.dialogue.moderation.signing import HASH
from tests.dialogue.replies_made import reply

FIELD = re.compile(r'(?:form|query)\.get\(\s*"(\w+)"')
HEADER = re.compile(r'headers\.get\(\s*"([\w-]+)"')
TRIED = ("tests", "page", "id.x", "x" * 300, "\x00", "é")
NASTY = (
    *("", "\x00", "a\x00b", "\x1b[31m", "\x7f", "\x85", "\r\nSet-Cookie: a=b", "\ufffe", "\u202ex"),
    *("☃.net", "https://☃.net/a", "https://a..b/", "https://[::1%25eth0]/", "https://x:99999/"),
    *("http://[", "https://" + "a" * 64 + ".org/", "https://x.org\\@y/", "https://u:p@x.org/"),
    *("a@" + "." * 20_000 + "@", "a@" + "." * 4_000 + "@", "@" * 5_000, "%" * 5_000, "%00", "%ff"),
    *("../../etc/passwd", "..%2f..%2f", "-1", "9" * 5_000, "0x1", "NaN", "1e309", "٣", "²", "null"),
    *("a" + "\u0315\u0300" * 5_000, "[" * 9_000, "<!--" * 5_000, "> " * 3_000, "*a **b " * 900),
    *("'; DROP TABLE replies; --", "{}", "[]", '{"number": 1e999, "salt": "x"}', "x" * 200_000),
    *("e30=", "e30.e30.e30", "approved x", "9999-12-31T23:59:59+14:00", "0001-01-01", "Infinity"),
)
USUAL = {"target": "tea", "name": "Ada", "text": "Words.", "email": "ada@mail.example", "note": "x",
         "source": "https://other.example/note", "answer": "Yes."}  # fmt: skip
HEADERS = (
    *("content-type", "x-forwarded-for", "host", "if-none-match", "accept-encoding"),
    *("authorization", "range", "content-length"),
)
SENT = (
    *("application/json", "*/*", "application/x-www-form-urlencoded", "multipart/form-data"),
    *(
        "multipart/form-data; boundary=x",
        "text/plain",
        "application/x-www-form-urlencoded;charset=x",
    ),
    *("null", "http://[", "https://blog.example", "https://blog.example:99999", "same-origin", "¼"),
    *("1.2.3.4", "::1%eth0", "[::1", "," * 9_000, "1.2.3.4:99999999999", "parley_moderator=\x7f"),
    *('parley_moderator="\\777"', "=" * 5_000, "bytes=0-18446744073709551616", "\xff\xfe", "-1"),
    *("gzip;q=" + "0" * 400, "W/" * 3_000, "a" * 9_000, "", "Bearer x"),
)
METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get", "É")


@dataclass(frozen=True)
class Asked:
    """One request as a server hands it over, and how it can be shown in a failure."""

    method: str
    raw_path: bytes
    query: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


def ask(app: ASGIApp, asked: Asked) -> int:
    """The status of the answer; raises what the application raises."""
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "https",
        "method": asked.method,
        "path": unquote(asked.raw_path.decode("ascii")),  # as uvicorn does
        "raw_path": asked.raw_path,
        "root_path": "",
        "query_string": asked.query,
        "headers": list(asked.headers),
        "client": ("203.0.113.7", 40000),
        "server": ("blog.example", 443),
    }
    statuses: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": asked.body, "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    async def answer() -> None:
        await app(scope, receive, send)

    asyncio.run(answer())
    (status,) = statuses
    return status


def routes_of(app: Starlette) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every route of the service: its pattern and its methods."""
    for mount in app.routes:
        assert isinstance(mount, Mount)
        for route in mount.routes:
            assert isinstance(route, Route)
            yield f"{mount.path}{route.path}", tuple(sorted(route.methods or ()))


def names(pattern: re.Pattern[str]) -> list[str]:
    """What the service's source asks requests for."""
    texts = (path.read_text("utf-8") for path in sorted((ROOT / "dialogue").rglob("*.py")))
    return sorted({name for text in texts for name in pattern.findall(text)})


@dataclass(frozen=True)
class Right:
    """What is right somewhere: ids, tokens of every purpose, and other values of forms."""

    ids: Sequence[str]
    tokens: Sequence[str]
    words: Sequence[str]


@dataclass(frozen=True)
class Stranger:
    """Makes requests by chance: nasty ones, and ones that are right but for one thing."""

    chance: random.Random
    fields: Sequence[str]
    headers: Sequence[str]
    right: Right
    cookie: Callable[[], str]

    def request(self, pattern: str, methods: Sequence[str]) -> Asked:
        """A request to a route."""
        path = re.sub(r"\{[^}]*\}", lambda _: self._in_path(), pattern)
        if self.chance.random() < 0.1:
            path += self.chance.choice(
                ("/", "%00", "%ff", "/..", "//", "%2e%2e/", ";x", "a" * 9_000)
            )
        method = self.chance.choice(methods if self.chance.random() < 0.9 else METHODS)
        sent, query = self._form(), self._form() if self.chance.random() < 0.5 else b""
        body = sent if method != "GET" else b""
        if self.chance.random() < 0.1:
            body = self.chance.choice(
                (b"\x00", b"--x\r\n", b"{}", b"a" * 100_000, b"&" * 9_000, b"%")
            )
        return Asked(method, path.encode("ascii"), query, self._headers(), body)

    def _text(self) -> str:
        if self.chance.random() < 0.5:
            return self.chance.choice(NASTY)
        return self.chance.choice((*self.right.ids, *self.right.tokens, *self.right.words))

    def _in_path(self) -> str:
        if self.chance.random() < 0.4:
            return self.chance.choice((*self.right.ids, *self.right.tokens))
        odd = ("%00", "%ff", "a%00b", "%ed%a0%80", "..", "%2e%2e", "a" * 9_000, "%e2%98%83")
        return self.chance.choice((*odd, quote(self._text(), safe="")))

    def _form(self) -> bytes:
        values = dict(USUAL) if self.chance.random() < 0.6 else {}
        if values:
            values["token"] = self.chance.choice(self.right.tokens)
            values["one"] = f"approved {self.right.ids[0]}"
        for name in self.chance.sample(self.fields, self.chance.randint(0, 3)):
            values[name] = self._text()
        return urlencode(values).encode()

    def _headers(self) -> tuple[tuple[bytes, bytes], ...]:
        usual = {"origin": "https://blog.example", "host": "blog.example", "cookie": self.cookie()}
        usual["content-type"] = "application/x-www-form-urlencoded"
        for name in self.chance.sample(self.headers, self.chance.choice((0, 0, 1, 2, 3))):
            usual[name] = self.chance.choice((*SENT, self._text()))
        return tuple(
            (name.encode("ascii"), value.encode("latin-1", "replace").replace(b"\0", b""))
            for name, value in usual.items()
        )


def right_values(made: Services) -> Right:
    """What is right for these services."""
    held = made.store.hold(reply(words="Held", email="ada@mail.example")).reply
    shown = made.store.hold(reply(words="Shown", state=State.APPROVED)).reply
    links = Links(made.settings.site_url, made.tokens)
    mailed = (links.confirm(held), links.unsubscribe(held))
    return Right(
        ids=(held.id, shown.id),
        tokens=(
            *(made.tokens.sign(purpose, held.id) for purpose in Purpose),
            *(unquote(link.partition("token=")[2]) for link in mailed),
        ),
        words=("tea", "closed", "yes", "approved", "held", "1", "Ada", "https://blog.example/tea/"),
    )


def signed_in(made: Services) -> str:
    """The cookie of a moderator."""
    response = Response()
    session.begin(made, response)
    return response.headers["set-cookie"].partition(";")[0]


def trial(made: Services, each: int, seeds: Sequence[int]) -> list[str]:
    """Send so many requests to each route for each seed; what was answered badly or slowly."""
    service = app_of(made)
    routes = [*routes_of(service), ("/{path}", ("GET",)), ("/dialogue/{path}", ("GET", "POST"))]
    app = Beside(service, Site(made.settings.output))
    fields = [*names(FIELD), *TRIED]
    headers = sorted({*names(HEADER), *HEADERS})
    faults = []
    for seed, (pattern, methods) in itertools.product(seeds, routes):
        chance, cookie = random.Random(f"{seed} {pattern}"), partial(signed_in, made)
        stranger = Stranger(chance, fields, headers, right_values(made), cookie)
        for _ in range(each):
            faults += _fault(app, stranger.request(pattern, methods))
    return faults


def _fault(app: ASGIApp, asked: Asked) -> list[str]:
    begun = time.process_time()
    status = ask(app, asked)
    spent = time.process_time() - begun
    shown = f"{asked.method} {asked.raw_path[:200]!r}?{asked.query[:300]!r} {asked.body[:300]!r}"
    if not 200 <= status < 500:
        return [f"{status}: {shown} {asked.headers}"]
    return [f"{spent:.1f} s: {shown}"] if spent > 3.0 else []


@pytest.fixture
def made(make_services: Callable[..., Services]) -> Services:
    """A service with all its pages, that trusts a proxy."""
    return make_services(
        moderator_password_hash=HASH,
        proof_of_work=5,
        mail_host="127.0.0.1",
        mail_from="blog@blog.example",
        moderators=("mara@blog.example",),
    )


def test_no_request_is_answered_with_a_server_error(
    made: Services, caplog: pytest.LogCaptureFixture
) -> None:
    """Nor raises, nor is logged as a failure, nor takes long."""
    with caplog.at_level(logging.WARNING):
        assert trial(made, 25, [1]) == []
    assert [record.getMessage() for record in caplog.records] == []


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(100, 108))
def test_nor_are_many_more(made: Services, seed: int, caplog: pytest.LogCaptureFixture) -> None:
    """The same for long."""
    with caplog.at_level(logging.WARNING):
        assert trial(made, 150, [seed]) == []
    assert [record.getMessage() for record in caplog.records] == []


def test_every_kind_of_route_is_tried(made: Services) -> None:
    """The table that is read is the whole of it, and so are the fields."""
    found = dict(routes_of(app_of(made)))
    assert {"/dialogue/replies", "/dialogue/webmention/{id}", "/dialogue/mail/unsubscribe"} <= set(
        found
    )
    assert len(found) > 20
    assert {"text", "email", "token", "source", "password", "answer", "altcha"} <= set(names(FIELD))
    assert {"origin", "referer", "cookie", "accept"} <= set(names(HEADER))


OURS = "https://blog.example/tea/"
MARKED = "a" + "\u0315\u0300" * 80_000
DOTS = "a@" + "." * 20_000 + "@"
KNOWN = {
    "host without a name": ("POST", "/webmention", {"source": "https://☃.net/a", "target": OURS}),
    "host with an empty label": (
        "POST",
        "/webmention",
        {"source": "https://a..b/", "target": OURS},
    ),
    "mail of dots, posted": ("POST", "/replies", {"target": "tea", "email": DOTS}),
    "mail of dots, asked for": ("GET", f"/replies/new?target=tea&email={DOTS}", {}),
    "nul in a path": ("GET", "/webmention/%00", {}),
    "nul within a path": ("GET", "/webmention/a%00b", {}),
    "nul in a token": ("GET", "/replies/%00", {}),
    "nul in a query": ("GET", "/replies/new?target=tea&parent=%00", {}),
    "marks on one letter": ("POST", "/replies", {"target": "tea", "name": "A", "text": MARKED}),
}


@pytest.mark.parametrize(("method", "url", "form"), KNOWN.values(), ids=KNOWN)
def test_what_was_found_once(made: Services, method: str, url: str, form: dict[str, str]) -> None:
    """Each is answered with a 4xx, or what it asked for, within little time."""
    path, _, query = url.partition("?")
    sent = ((b"content-type", b"application/x-www-form-urlencoded"),)
    asked = Asked(
        method, f"/dialogue{path}".encode(), query.encode(), sent, urlencode(form).encode()
    )
    assert _fault(app_of(made), asked) == []
