"""What is promised about visitors: traces fade, and logs say nothing of anybody."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from dialogue import moments, spent
from dialogue.app import app_of
from dialogue.database import Database
from dialogue.logs import Lines
from dialogue.privacy import traces
from dialogue.privacy.cleaner import clean
from dialogue.replies.model import State
from dialogue.schema import TRACE
from dialogue.services import Services
from dialogue.tables import metadata
from tests.dialogue.browsing import browser
from tests.dialogue.replies_made import reply


def test_traces_fade(make_services: Callable[..., Services]) -> None:
    """After the days that the settings say they are gone; the replies are not."""
    services = make_services(address_days=3)
    old = reply(address="a" * 64, created=moments.now() - timedelta(days=3, minutes=1))
    young = reply(address="b" * 64, created=moments.now() - timedelta(days=2, hours=23))
    for new in (old, young):
        services.store.hold(new)
    clean(services)
    kept = {each.id: each.address for each in services.store.listed(State.HELD)}
    assert kept == {old.id: None, young.id: "b" * 64}


def test_many_fade_some_at_a_time(
    make_services: Callable[..., Services], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many there are, no statement takes long, and none of them is left."""
    for module in (traces, spent):
        monkeypatch.setattr(module, "_AT_ONCE", 3)
    services = make_services(address_days=3)
    old = moments.now() - timedelta(days=4)
    for number in range(8):
        services.store.hold(reply(address="a" * 64, created=old))
        services.database.write(partial(spent.spend, token=str(number), until=old))
    clean(services)
    assert {each.address for each in services.store.listed(State.HELD)} == {None}
    left = select(func.count()).select_from(spent.tokens)
    assert services.database.read(lambda at: at.execute(left).scalar_one()) == 0


def test_every_trace_can_fade() -> None:
    """A table with a trace has the time that it is counted from."""
    traced = [table for table in metadata.sorted_tables if any(c.info == TRACE for c in table.c)]
    assert "replies" in [table.name for table in traced]
    assert all("created" in table.c for table in traced)


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What is logged, as lines."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield out
    root.removeHandler(handler)
    root.setLevel(before)


def test_logs_name_no_visitor(
    make_services: Callable[..., Services], logged: io.StringIO, database: Database
) -> None:
    """A request is logged by its route; of what was sent, from where and with which token, nothing."""
    services = make_services()
    typed = {
        "target": "tea",
        "name": "Ada\nforged: line",
        "email": "ada@mail.example",
        "text": "Precious",
    }
    with browser(app_of(services)) as client:
        headers = {"Accept": "application/json", "Origin": "https://blog.example"}
        shown = client.post("/dialogue/replies", typed, headers=headers).json()
        client.post("/dialogue/replies/confirm", {**typed, "token": shown["token"]})
        client.get(f"{shown['receipt']}?name=Ada")
        client.get("/dialogue/nothing/Ada")
    lines = [json.loads(line) for line in logged.getvalue().splitlines()]
    requests = [each for each in lines if each["from"] == "dialogue.requests"]
    assert [(each["route"], each["status"]) for each in requests] == [
        ("/replies", 200),
        ("/replies/confirm", 303),
        ("/replies/{token}", 200),
        ("/dialogue", 404),
    ]
    token = shown["receipt"].rpartition("/")[2]
    for secret in ("Ada", "ada@", "Precious", "203.0.113", token, shown["token"], "forged"):
        assert secret not in json.dumps(requests)


def test_of_an_error_its_place_is_logged(logged: io.StringIO) -> None:
    """Not what was in it, which may be what a visitor typed."""
    try:
        int("Precious words")
    except ValueError:
        logging.getLogger("dialogue").exception("it failed")
    (line,) = map(json.loads, logged.getvalue().splitlines())
    assert (line["error"], line["said"]) == ("ValueError", "it failed")
    assert "test_of_an_error" in line["at"][0]
    assert "Precious" not in logged.getvalue()
