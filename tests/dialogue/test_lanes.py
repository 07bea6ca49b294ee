"""Expensive work: few at a time, a short queue, and a clear refusal for the rest."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from pathlib import Path

import httpx
import pytest
from argon2 import PasswordHasher

from dialogue import app
from dialogue.app import app_of
from dialogue.fetch.fetcher import Response
from dialogue.guard.akismet import Akismet
from dialogue.lanes import BusyError, Lane, Lanes
from dialogue.moderation import device, password
from dialogue.moderation.gate import LIST, SIGN_IN
from dialogue.publishing import export
from dialogue.services import Services
from dialogue.settings import Settings
from tests.dialogue.browsing import ORIGIN, browser
from tests.dialogue.moderation.signing import HASH, PASSWORD, another, sign_in
from tests.dialogue.serving import Place
from tests.waiting import PATIENCE, until


def test_a_lane_has_so_many_places() -> None:
    """Two work, three wait, the sixth is refused at once; when one has ended there is room."""
    lane, go = Lane(2, 3), threading.Event()
    working: list[int] = []
    most: list[int] = []

    def work(number: int) -> bool:
        try:
            with lane.slot():
                working.append(number)
                most.append(len(working))
                go.wait(PATIENCE)
                working.remove(number)
        except BusyError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        found = [pool.submit(work, number) for number in range(6)]
        until(lambda: any(each.done() for each in found))
        assert [each.result() for each in found if each.done()] == [False]
        go.set()
        assert sum(each.result() for each in found) == 5
    assert max(most) == 2
    with lane.slot():
        assert working == []


def test_an_error_gives_the_place_back() -> None:
    """Whatever happens in a lane, the next one finds it free."""
    lane = Lane(1, 0)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), lane.slot():
            _ = 1 / 0


def test_all_lanes_together_leave_half_of_the_threads() -> None:
    """Readers are answered, whatever is asked for in whichever lane."""
    lanes = Lanes()
    assert sum(getattr(lanes, each.name).places for each in fields(lanes)) <= app._THREADS // 2


def test_a_full_lane_says_when_to_come_back(make_services: Callable[..., Services]) -> None:
    """503 with Retry-After on a page of ours; exports and searches only, not the lists."""
    full = Lane(0, 0)
    made = make_services(moderator_password_hash=HASH)
    made = replace(made, lanes=Lanes(export=full, search=full))
    with browser(app_of(made)) as opened:
        assert sign_in(opened) == 303
        token = {"Authorization": f"Bearer {export.token(made)}"}
        for path, headers in (
            (f"{LIST}export.csv", {}),
            (f"{LIST}export.json", {}),
            (f"{LIST}?q=words", {}),
            ("/dialogue/export", token),
        ):
            answer = opened.get(path, headers=headers)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
            assert "Try again in a few seconds" in answer.text
        assert opened.get(LIST).status_code == 200
        assert opened.get("/dialogue/export").status_code == 401, "strangers take no place in it"


def test_a_try_that_was_not_compared_does_not_count(make_services: Callable[..., Services]) -> None:
    """While the lane of strangers is full, they are asked to come back, with all their tries."""
    made = make_services(moderator_password_hash=HASH)
    with browser(app_of(replace(made, lanes=Lanes(strangers=Lane(0, 0))))) as opened:
        answers = [opened.post(SIGN_IN, {"password": PASSWORD}) for _ in range(20)]
    for answer in answers:
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert "set-cookie" not in answer.headers


def test_a_full_lane_gives_no_more_tries(make_services: Callable[..., Services]) -> None:
    """Wrong tries of a device still count: a thief of its cookie does not get new ones."""
    made = make_services(moderator_password_hash=HASH)
    with browser(app_of(made)) as opened:
        known = opened.post(SIGN_IN, {"password": PASSWORD}).cookies[device.COOKIE]
        assert [sign_in(opened, "guess") for _ in range(4)] == [403] * 4
        with another(opened, replace(made, lanes=Lanes(known=Lane(0, 0)))) as full:
            headers = {"Origin": ORIGIN, "Cookie": f"{device.COOKIE}={known}"}
            for _ in range(3):
                answer = full.post(SIGN_IN, {"password": "guess"}, headers=headers)
                assert answer.status_code == 503
        assert sign_in(opened, "guess") == 403
        assert sign_in(opened) == 429


def test_akismet_holds_few_threads() -> None:
    """While it is slow, some replies wait for it and the others are taken without asking it."""
    go, asked = threading.Event(), []

    def post(url: str, form: object) -> Response:
        asked.append(url)
        go.wait(PATIENCE)
        return Response(url, 200, {}, b"true")

    akismet = Akismet("key", "https://blog.example", post, Lane(2, 0))
    reply = {"text": "x", "name": "Ada", "email": "", "site": "", "address": ""}
    with ThreadPoolExecutor(6) as pool:
        found = [pool.submit(lambda: akismet.calls_spam(**reply)) for _ in range(6)]
        until(lambda: sum(each.done() for each in found) == 4)
        go.set()
        assert [each.result() for each in found].count(True) == len(asked) == 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_readers_are_served_while_eighty_sign_in(settings: Settings, tmp_path: Path) -> None:
    """From as many networks at once, with a password that is slow to compare."""
    slow = PasswordHasher(time_cost=12).hash("three words make one")
    begun = time.monotonic()
    assert not password.matches(slow, "guess")
    comparing = time.monotonic() - begun
    place = Place(settings, tmp_path / "log")
    more = {
        "DIALOGUE_MODERATOR_PASSWORD_HASH": slow,
        "DIALOGUE_TRUSTED_PROXIES": "127.0.0.1",
        "DIALOGUE_SIGN_IN_HOURLY": "10000",
    }

    def guess(number: int) -> tuple[int, str]:
        headers = {"Origin": running.url, "X-Forwarded-For": f"198.51.{number}.1"}
        answer = clients.post(
            f"{running.url}{SIGN_IN}", data={"password": "guess"}, headers=headers
        )
        return answer.status_code, answer.headers.get("retry-after", "")

    with (
        place.serve(**more) as running,
        httpx.Client(timeout=PATIENCE) as clients,
        httpx.Client(timeout=PATIENCE) as reader,
        ThreadPoolExecutor(80) as pool,
    ):
        form = f"{running.url}/dialogue/replies/new?target=tea"
        assert reader.get(form).status_code == 200
        guesses = [pool.submit(guess, number) for number in range(80)]
        slowest = 0.0
        while not all(each.done() for each in guesses):
            begun = time.monotonic()
            assert reader.get(form).status_code == 200
            slowest = max(slowest, time.monotonic() - begun)
        found = [each.result() for each in guesses]
    assert slowest < 5 + 16 * comparing, "to wait for all of them takes forty times as long"
    assert {status for status, _ in found} == {403, 503}
    assert {retry for status, retry in found if status == 503} == {"5"}
