"""The endpoint as other sites see it (W3C 3.2)."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from dialogue import moments
from dialogue.app import app_of
from dialogue.services import Services
from dialogue.web.address import traces
from dialogue.webmention.part import _KEY
from dialogue.webmention.queue import Queue, State
from tests.dialogue.browsing import Browser, browser
from tests.waiting import until

PATH = "/dialogue/webmention"
# A name that no resolver has (RFC 6761): the service itself looks at it while the test runs.
SOURCE = "https://other.invalid/note"
FORM = {"source": SOURCE, "target": "https://blog.example/tea/"}
# Other servers send no Origin.
ALONE = {"headers": {"User-Agent": "Webmention"}}


@pytest.fixture
def services(make_services: Callable[..., Services]) -> Services:
    """The services of the application under test."""
    return make_services()


@pytest.fixture
def client(services: Services) -> Iterator[Browser]:
    """A client of a running service."""
    with browser(app_of(services)) as opened:
        yield opened


def test_a_webmention_is_taken(client: Browser, services: Services) -> None:
    """Receiver tests 1 and 2: 201, and a place that says what becomes of it."""
    answer = client.post(PATH, FORM, **ALONE)
    assert answer.status_code == 201
    assert answer.headers["content-type"].startswith("text/plain")
    place = answer.headers["location"]
    assert place.startswith("https://blog.example/dialogue/webmention/")
    told = client.get(urlsplit(place).path)
    assert told.status_code == 200
    assert f"source: {SOURCE}" in told.text
    found = Queue(services.database).known(SOURCE, "tea")
    assert found is not None
    assert place.endswith(found.id)


def test_the_same_again_is_at_the_same_place(client: Browser, services: Services) -> None:
    """However often it is sent."""
    places = {client.post(PATH, FORM, **ALONE).headers["location"] for _ in range(3)}
    assert len(places) == 1


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({}, "source: is missing"),
        ({"source": SOURCE}, "target: is missing"),
        ({"source": SOURCE, "target": "https://blog.example/x/"}, "target: is no post here"),
        ({"source": "mailto:x@y.example", "target": FORM["target"]}, "source: is no http"),
        ({"source": FORM["target"], "target": FORM["target"]}, "the target itself"),
        ({"source": "https://x.example/\r\nX: y", "target": FORM["target"]}, "source: is no http"),
    ],
)
def test_what_its_sender_did_wrong_is_said(
    client: Browser, form: dict[str, str], message: str
) -> None:
    """With 400, as plain text that no browser takes for a page."""
    answer = client.post(PATH, form, **ALONE)
    assert answer.status_code == 400
    assert message in answer.text
    assert answer.headers["content-type"].startswith("text/plain")
    assert "location" not in answer.headers


def test_another_encoding_is_refused(client: Browser) -> None:
    """The W3C has one."""
    options = {"content": b"{}", "headers": {"Content-Type": "application/json"}}
    assert client.post(PATH, **options).status_code == 415


def test_looking_changes_nothing(client: Browser, services: Services) -> None:
    """A GET explains, with or without a query; what is not there is not."""
    answer = client.get(PATH, params=FORM)
    assert (answer.status_code, "Webmention" in answer.text) == (200, True)
    assert client.get(f"{PATH}/nothing").status_code == 404
    assert Queue(services.database).known(SOURCE, "tea") is None


def test_too_many_are_told_when_to_come_again(
    client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With 429 and Retry-After."""
    monkeypatch.setattr("dialogue.webmention.receiving._OF_HOST", 1)
    assert client.post(PATH, FORM, **ALONE).status_code == 201
    answer = client.post(PATH, {**FORM, "source": f"{SOURCE}/2"}, **ALONE)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "3600")


def test_the_network_of_a_sender_leaves_a_trace_that_is_no_address(
    client: Browser, services: Services
) -> None:
    """The column is one of those that are emptied after some days."""
    client.post(PATH, FORM, **ALONE)
    key = services.tokens.key(_KEY)
    now = moments.now()
    found = traces(key, ipaddress.ip_address("203.0.113.7"), now)
    assert Queue(services.database).of_network(found, moments.now().replace(year=2000)) == 1


@pytest.mark.parametrize("source", ["http://127.0.0.1/x", "http://localhost/", "http://[::1]/"])
def test_the_service_looks_at_nothing_in_its_own_network(
    client: Browser, services: Services, source: str
) -> None:
    """And says so without saying what is there."""
    place = client.post(PATH, {**FORM, "source": source}, **ALONE).headers["location"]
    answer = _settled(client, services, source, urlsplit(place).path)
    assert "Not taken. The source cannot be fetched." in answer.text


def _settled(client: Browser, services: Services, source: str, path: str) -> httpx.Response:
    def is_settled() -> bool:
        found = Queue(services.database).known(source, "tea")
        return found is not None and found.state is not State.WAITING

    until(is_settled)
    return client.get(path)
