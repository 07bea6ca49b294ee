"""Tries of the password: few for strangers, who cannot use up those of known devices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import func, select

from dialogue.app import app_of
from dialogue.casting import networks
from dialogue.database import Database
from dialogue.moderation import device, password, session, throttle
from dialogue.moderation.gate import LIST, SIGN_IN
from dialogue.moderation.tables import sign_ins
from dialogue.moderation.throttle import HOUR, TRIES, WITHIN, Client
from dialogue.moments import now
from dialogue.privacy.cleaner import clean
from dialogue.services import Services
from dialogue.tokens import Purpose
from tests.dialogue.browsing import ORIGIN, Browser, browser
from tests.dialogue.moderation.signing import HASH, PASSWORD, another, sign_in

HOURLY = 30


@pytest.fixture
def made(make_services: Callable[..., Services]) -> Services:
    """A service with a password, behind a proxy that says who asks."""
    return make_services(
        moderator_password_hash=HASH, trusted_proxies=networks("203.0.113.0/24"), address_days=1
    )


@pytest.fixture
def opened(made: Services) -> Iterator[Browser]:
    """A browser that is not signed in."""
    with browser(app_of(made)) as found:
        yield found


def guess(opened: Browser, network: int) -> int:
    """A wrong password from another network; the status of the answer."""
    address = f"10.{network // 256}.{network % 256}.1"
    headers = {"Origin": ORIGIN, "X-Forwarded-For": address}
    return opened.post(SIGN_IN, {"password": "guess"}, headers=headers).status_code


def tries(database: Database, client: Client, number: int, hourly: int = HOURLY) -> int:
    """Try so often; how often that was admitted."""
    at = now()
    found = [database.write(lambda c: throttle.admit(c, client, at, hourly)) for _ in range(number)]
    return sum(not each.wait for each in found)


def test_a_known_device_gets_in_while_others_guess(made: Services, opened: Browser) -> None:
    """In the same network, and from so many others that strangers have no tries left."""
    assert sign_in(opened) == 303
    opened.post(f"{LIST}sign-out")
    with another(opened, made) as attacker:
        assert [sign_in(attacker, "guess") for _ in range(9)].count(429) == 9 - TRIES
        assert 429 in [guess(attacker, number) for number in range(HOURLY)]
        assert sign_in(attacker) == 429, "a stranger, even with the right one"
    assert sign_in(opened) == 303
    assert opened.get(LIST).status_code == 200


def test_guesses_from_a_thousand_networks_are_bounded(opened: Browser) -> None:
    """No more are compared in an hour than the settings say."""
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda number: guess(opened, number), range(1000)))
    # 503 is a try that found the lane full: it was not compared, and does not count.
    assert found.count(403) <= HOURLY
    assert set(found) <= {403, 429, 503}
    assert found.count(429) > 900


def test_a_known_device_has_few_tries_too(made: Services, opened: Browser) -> None:
    """A thief of its cookie cannot guess for long, and uses up nobody else's tries."""
    assert sign_in(opened) == 303
    found = [sign_in(opened, "guess") for _ in range(TRIES + 2)]
    assert found == [403] * TRIES + [429] * 2
    with another(opened, made) as neighbour:
        assert sign_in(neighbour) == 303


def test_signing_in_resets_the_tries_of_the_device(made: Services) -> None:
    """What others in its network tried still counts."""
    known, stranger = Client("dev", ()), Client("", ("net",))
    write = made.database.write
    assert tries(made.database, known, TRIES - 1) == TRIES - 1
    assert tries(made.database, stranger, TRIES + 1) == TRIES
    at = now()
    last = write(lambda c: throttle.admit(c, known, at, HOURLY))
    write(lambda c: throttle.forgive(c, known, last))
    assert tries(made.database, known, TRIES + 1) == TRIES
    assert tries(made.database, stranger, 1) == 0


def test_after_a_while_one_may_try_again(made: Services) -> None:
    """A network after a quarter of an hour, all strangers after an hour; both say how long."""
    database, net = made.database, Client("", ("net", "net of yesterday"))
    assert tries(database, net, TRIES) == TRIES
    at = now()

    def admit(client: Client, later: timedelta, hourly: int = HOURLY) -> throttle.Try:
        return database.write(lambda c: throttle.admit(c, client, at + later, hourly))

    assert WITHIN - timedelta(minutes=1) < admit(net, timedelta()).wait <= WITHIN
    assert not admit(net, WITHIN).wait
    assert HOUR / 2 < admit(Client("", ("other",)), timedelta(), hourly=5).wait <= HOUR
    assert not admit(Client("", ("other",)), HOUR + WITHIN, hourly=5).wait


def test_a_clock_that_was_fast_shuts_nobody_out(made: Services) -> None:
    """Tries of the future do not count until then."""
    future, net = now() + timedelta(days=400), Client("", ("net",))
    for _ in range(TRIES):
        made.database.write(lambda c: throttle.admit(c, net, future, HOURLY))
    assert tries(made.database, net, TRIES + 1) == TRIES


def test_unknown_networks_are_one(made: Services) -> None:
    """Where nobody can say whence, all share the tries of one network."""
    assert tries(made.database, Client("", ()), TRIES + 1) == TRIES
    assert tries(made.database, Client("", ("net",)), 1) == 1


@pytest.mark.parametrize(
    ("clients", "most"),
    [
        ([Client("", ("net",))] * 40, TRIES),
        ([Client("dev", ())] * 40, TRIES),
        ([Client("", (f"net{number}",)) for number in range(40)], 10),
    ],
    ids=["network", "device", "total"],
)
def test_tries_at_the_same_moment_are_counted(
    made: Services, clients: list[Client], most: int
) -> None:
    """By processes with connections of their own: not one more is admitted."""
    url, at = made.settings.database_url, now()
    opened = [Database(url) for _ in range(4)]

    def once(number: int) -> bool:
        client = clients[number]
        found = opened[number % 4].write(lambda c: throttle.admit(c, client, at, 10))
        return not found.wait

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(once, range(40))) == most
    for each in opened:
        each.close()


def test_tries_outlive_a_restart_and_are_forgotten(
    made: Services, make_services: Callable[..., Services]
) -> None:
    """They are in the database, without any address; the cleaner drops what counts no more."""
    assert tries(made.database, Client("", ("net",)), TRIES) == TRIES
    again = make_services(moderator_password_hash=HASH)
    assert tries(again.database, Client("", ("net",)), 1) == 0
    at = now() - HOUR - timedelta(seconds=1)
    made.database.write(lambda c: throttle.admit(c, Client("", ("old",)), at, HOURLY))
    clean(made)
    count = select(func.count()).select_from(sign_ins)
    assert made.database.read(lambda c: c.execute(count).scalar_one()) == TRIES


def cookie(answer: httpx.Response) -> str:
    """The line that sets the device's cookie."""
    lines = answer.headers.get_list("set-cookie")
    return next(line for line in lines if line.startswith(device.COOKIE))


def test_the_cookie_of_a_device_is_guarded(made: Services, opened: Browser) -> None:
    """Only to these pages, over TLS, out of reach for scripts and other sites; it opens nothing."""
    answer = opened.post(SIGN_IN, {"password": PASSWORD})
    line = cookie(answer).lower()
    for word in ("httponly", "secure", "samesite=strict", "path=/dialogue/moderate"):
        assert word in line
    value = answer.cookies[device.COOKIE]
    with another(opened, made) as other:
        for name in (device.COOKIE, session.COOKIE):
            headers = {"Cookie": f"{name}={value}"}
            assert other.get(LIST, headers=headers).status_code == 303
    again = opened.post(SIGN_IN, {"password": PASSWORD}).cookies[device.COOKIE]
    read = made.tokens.read
    assert read(Purpose.DEVICE, again).id == read(Purpose.DEVICE, value).id, "the same device"


def test_devices_that_are_not_ours(
    made: Services, opened: Browser, make_services: Callable[..., Services]
) -> None:
    """Forged, for another purpose or of another password: those of a stranger."""
    good = opened.post(SIGN_IN, {"password": PASSWORD}).cookies[device.COOKIE]
    mark = session.mark(made)
    forged = [
        good[:-2],
        made.tokens.sign(Purpose.SESSION, "x", mark=mark),
        made.tokens.sign(Purpose.DEVICE, "x", mark="0" * 64),
        made.tokens.sign(Purpose.DEVICE, "x"),
    ]
    assert tries(made.database, Client("", ("a",)), 5) == 5
    with another(opened, made) as other:
        for _ in range(TRIES):
            sign_in(other, "guess")

        def status(value: str) -> int:
            headers = {"Origin": ORIGIN, "Cookie": f"{device.COOKIE}={value}"}
            return other.post(SIGN_IN, {"password": PASSWORD}, headers=headers).status_code

        assert {status(value) for value in forged} == {429}
        assert status(good) == 303
    changed = make_services(moderator_password_hash=password.hashed("another password"))
    with another(opened, changed) as other:
        headers = {"Origin": ORIGIN, "Cookie": f"{device.COOKIE}={good}"}
        assert other.post(SIGN_IN, {"password": PASSWORD}, headers=headers).status_code == 429


def test_who_has_to_wait_is_told_how_long(opened: Browser) -> None:
    """In words, and in Retry-After."""
    for _ in range(TRIES):
        sign_in(opened, "guess")
    answer = opened.post(SIGN_IN, {"password": PASSWORD})
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "900"
    assert "Try again in 15 minutes" in answer.text
