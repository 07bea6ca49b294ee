"""The security headers of every answer: the table, every route, every kind of error, and the docs."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, replace

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from dialogue.app import MOUNT, app_of
from dialogue.connections import refusals
from dialogue.connections.refusals import Refusal
from dialogue.database import Database
from dialogue.errors import DialogueError
from dialogue.health import Probe
from dialogue.hosting.beside import application
from dialogue.limits import Limits
from dialogue.services import Services
from dialogue.settings import Settings, variable
from dialogue.web import security
from dialogue.web.security import Kind, headers
from tests.conftest import ROOT
from tests.dialogue.browsing import ORIGIN, Browser, browser
from tests.dialogue.moderation.signing import HASH, PASSWORD, sign_in
from tests.dialogue.publishing.sites import write_site

DOCS = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE")
REFUSALS = [each for each in vars(refusals).values() if isinstance(each, Refusal)]
# What says something else than the table, and what it is.
CACHED = {"/dialogue/style.css", "/dialogue/moderate/style.css"}


def check(answer: httpx.Response, kind: Kind) -> None:
    """An answer has every header of its kind once, with the value of the table."""
    wanted = headers(kind)
    path = answer.request.url.path
    if path in CACHED and answer.is_success:
        wanted["Cache-Control"] = "max-age=600"
    for name, value in wanted.items():
        assert answer.headers.get_list(name) == [value], (answer.request, answer.status_code, name)


def kind_of(answer: httpx.Response) -> Kind:
    """Everything that moderators see is stricter."""
    moderation = answer.request.url.path.startswith(f"{MOUNT}/moderate")
    return Kind.MODERATION if moderation else Kind.SERVICE


@pytest.fixture
def app(make_services: Callable[..., Services]) -> Starlette:
    """The application, with a moderator's password."""
    return app_of(make_services(moderator_password_hash=HASH))


@pytest.fixture
def client(app: Starlette) -> Iterator[Browser]:
    """A browser at the running application."""
    with browser(app) as opened:
        yield opened


def routes(app: Starlette) -> Iterator[str]:
    """The path of every route, with a word in the place of each parameter."""
    for mount in app.routes:
        assert isinstance(mount, Mount)
        assert mount.path == MOUNT
        for route in mount.routes:
            assert isinstance(route, Route)
            yield MOUNT + re.sub(r"{[^}]*}", "x", route.path)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("signed_in", [False, True])
def test_every_route_has_the_headers(app: Starlette, client: Browser, *, signed_in: bool) -> None:
    """Whatever it is asked, by whichever method, by whoever."""
    if signed_in:
        sign_in(client)
    paths = {*routes(app), f"{MOUNT}/none", f"{MOUNT}/moderate/none", MOUNT, f"{MOUNT}/"}
    assert len(paths) > 20
    for path in sorted(paths):
        for method in METHODS:
            for sent in ({"Origin": ORIGIN}, {"Origin": "https://evil.example"}):
                answer = client.ask(method, path, headers=sent)
                check(answer, kind_of(answer))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_error_has_the_headers(client: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be read, is too large, is not there, fails, and where the database is gone."""
    form = {"Origin": ORIGIN, "Content-Type": "application/x-www-form-urlencoded"}
    replies = f"{MOUNT}/replies"

    def found(method: str, path: str, **options: object) -> int:
        answer = client.ask(method, path, **options)
        check(answer, Kind.SERVICE)
        return answer.status_code

    assert found("GET", f"{MOUNT}/none") == 404
    assert found("DELETE", replies) == 405
    assert found("POST", replies, content=b"x" * 2_000_000, headers=form) == 413
    assert (
        found("POST", replies, content=b"{}", headers={"Content-Type": "application/json"}) == 415
    )
    assert found("POST", replies, content=b"\xff\xfe", headers=form) == 400
    assert found("GET", f"{MOUNT}/export") == 401

    def gone(*_: object) -> None:
        raise DialogueError("gone")

    monkeypatch.setattr(Database, "write", gone)
    assert found("GET", f"{MOUNT}/health") == 503


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_fault_of_ours_has_the_headers(app: Starlette, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception that nobody expected is a 500 like any other answer."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Probe, "loads", broken)
    answer = from_site(app, f"{MOUNT}/health")
    assert answer.status_code == 500
    check(answer, Kind.SERVICE)


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.why)
def test_every_refusal_has_the_headers(refusal: Refusal) -> None:
    """Also where a connection gets no further than to the server; 429 and 503 say when to return."""
    head, _, text = refusal.answer([(b"date", b"now")]).decode().partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    sent = dict(line.split(": ", 1) for line in lines)
    assert first == f"HTTP/1.1 {refusal.status.value} {refusal.status.phrase}"
    assert sent.items() >= headers(Kind.SERVICE).items()
    assert (sent["Connection"], sent["date"]) == ("close", "now")
    assert int(sent["Content-Length"]) == len(text.encode())
    assert ("Retry-After" in sent) == (refusal.status in (429, 503))


def from_site(app: ASGIApp, path: str, method: str = "GET", **sent: str) -> httpx.Response:
    """What the site answers; an underscore in the name of a header is a hyphen."""
    given = {name.replace("_", "-"): value for name, value in sent.items()}

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
            return await client.request(method, path, headers=given)

    return asyncio.run(send())


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_answer_of_the_site_has_the_headers(settings: Settings) -> None:
    """Also where the build left no ``_headers``; what the server wrote itself may run nothing."""
    write_site(settings.output, {})
    app = application(replace(settings, serve_site=True))
    tag = from_site(app, "/tea/").headers["etag"]
    for path, method, sent, status in (
        ("/tea/", "GET", {}, 200),
        ("/tea/", "HEAD", {}, 200),
        ("/tea/", "GET", {"if_none_match": tag}, 304),
        ("/tea/", "GET", {"range": "bytes=0-1"}, 206),
        ("/tea/", "GET", {"range": "bytes=999999-"}, 416),
        ("/tea/", "GET", {"range": "nonsense"}, 400),
        ("/tea", "GET", {}, 308),
        ("/none", "GET", {}, 404),
        ("/tea/", "POST", {}, 405),
        ("/tea/", "OPTIONS", {}, 405),
    ):
        answer = from_site(app, path, method, **sent)
        assert answer.status_code == status, path
        check(answer, Kind.SITE)
        if answer.headers.get("content-type", "").startswith("text/plain"):
            policy = headers(Kind.SERVICE)["Content-Security-Policy"]
            assert answer.headers["content-security-policy"] == policy
    (settings.output / "_headers").write_bytes(b"/*\n  Bad: \xff\n")
    answer = from_site(app, "/tea/")
    assert answer.status_code == 503
    check(answer, Kind.SITE)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_site_may_say_something_else(settings: Settings) -> None:
    """What ``_headers`` sets is sent once, as it is there."""
    write_site(settings.output, {})
    rules = "/*\n  Referrer-Policy: no-referrer\n  Cross-Origin-Opener-Policy: unsafe-none\n"
    (settings.output / "_headers").write_text(rules, encoding="utf-8")
    app = application(replace(settings, serve_site=True))
    for path in ("/tea/", "/none"):
        answer = from_site(app, path)
        assert answer.headers.get_list("referrer-policy") == ["no-referrer"]
        assert answer.headers.get_list("cross-origin-opener-policy") == ["unsafe-none"]


@pytest.mark.parametrize("site", ["https://blog.example", "http://127.0.0.1:8001"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_only_cookie_is_strict(make_services: Callable[..., Services], site: str) -> None:
    """It is for moderators, for their pages, for no script, no other site, and secure with TLS."""
    services = make_services(moderator_password_hash=HASH, site_url=site)
    with browser(app_of(services)) as client:
        secure = "; Secure" if site.startswith("https") else ""
        for path in ("sign-in", "sign-out"):
            sent = {"Origin": site}
            data = {"password": PASSWORD}
            answer = client.post(f"{MOUNT}/moderate/{path}", data, headers=sent)
            cookie = answer.headers["set-cookie"]
            assert "; HttpOnly" in cookie
            assert "; Path=/dialogue/moderate" in cookie
            assert "; samesite=strict" in cookie.lower()
            assert secure in cookie
            assert "domain=" not in cookie.lower()


def test_the_headers_in_the_docs_are_the_table() -> None:
    """docs/security.md shows each header and its value for each kind of answer."""
    rows = re.findall(
        r"^\| `([A-Z][a-z][\w-]*|X-[\w-]+)` \| (.*) \| (.*) \| (.*) \|$", DOCS, re.MULTILINE
    )
    shown = {}
    for name, *values in rows:
        service, *others = (value.strip().strip("`") for value in values)
        shown[name] = (service, *(service if value == "same" else value for value in others))
    assert shown == {row.name: (row.service, row.moderation, row.site) for row in security.TABLE}


def test_the_limits_in_the_docs_are_the_settings() -> None:
    """docs/security.md names each limit of connections with its default."""
    shown = re.findall(r"^\| `(DIALOGUE_\w+)` \| `(\d+)` \|", DOCS, re.MULTILINE)
    assert dict(shown) == {variable(each.name): each.metadata["default"] for each in fields(Limits)}


def test_the_tests_in_the_docs_exist() -> None:
    """Every test that docs/security.md leans on is there by its name."""
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", DOCS)
    assert len(named) > 15
    for file, name in named:
        texts = [path.read_text(encoding="utf-8") for path in ROOT.glob(f"tests/**/{file}")]
        assert any(f"def {name}(" in text for text in texts), f"{file}::{name}"
