"""The application: what every answer has, and that it says how it is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator

import pytest
from sqlalchemy import Connection, text

from dialogue.app import app_of
from dialogue.services import Services
from dialogue.tables import metadata
from tests.dialogue.browsing import Browser, browser


@pytest.fixture
def client(make_services: Callable[..., Services]) -> Iterator[Browser]:
    """A browser at a running service."""
    with browser(app_of(make_services())) as opened:
        yield opened


def test_it_makes_its_tables(make_services: Callable[..., Services]) -> None:
    """A service that starts on an empty database brings it up to date first."""
    services = make_services()

    def empty(connection: Connection) -> None:
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))

    services.database.write(empty)
    with browser(app_of(services)):
        assert services.store.counts() == {}


def test_every_answer_is_guarded(client: Browser) -> None:
    """Also one of a path that is not there has the strict policy."""
    answer = client.get("/dialogue/nothing")
    assert answer.status_code == 404
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_body_too_large_is_not_read(client: Browser) -> None:
    """It is answered with 413, whatever length was announced."""

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"x" * 20_000

    answer = client.post("/dialogue/health", content=endless())
    assert answer.status_code == 413
    assert "Go back" in answer.text
