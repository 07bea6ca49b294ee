"""Getting in: only with the password, and not by trying for long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import httpx
import pytest

from dialogue.app import app_of
from dialogue.moderation import password, session
from dialogue.moderation.gate import LIST, SIGN_IN
from dialogue.moderation.throttle import TRIES
from dialogue.services import Services
from dialogue.tokens import Purpose
from tests.dialogue.browsing import ORIGIN, Browser, browser
from tests.dialogue.moderation.signing import HASH, PASSWORD, another, sign_in
from tests.dialogue.replies_made import reply

PAGES = (
    LIST,
    f"{LIST}export.csv",
    f"{LIST}export.json",
    f"{LIST}replies/x",
    f"{LIST}messages",
)
ACTS = ("decide", "undo", "replies/x/edit", "replies/x/answer", "messages/move", "sign-out")


@pytest.fixture
def made(make_services: Callable[..., Services]) -> Services:
    """A service with a password."""
    return make_services(moderator_password_hash=HASH)


@pytest.fixture
def opened(made: Services) -> Iterator[Browser]:
    """A browser that is not signed in."""
    with browser(app_of(made)) as found:
        yield found


def test_nothing_is_seen_or_done_from_outside(made: Services, opened: Browser) -> None:
    """Every page and every form leads to the sign-in, and no held word is in the answer."""
    held = made.store.hold(reply(words="secret words")).reply
    for path in PAGES:
        answer = opened.get(path.replace("/x", f"/{held.id}"))
        assert (answer.status_code, answer.headers["location"]) == (303, SIGN_IN)
        assert "secret" not in answer.text
    for act in ACTS:
        form = {"one": f"approved {held.id}", "text": "x", "answer": "y"}
        answer = opened.post(f"{LIST}{act.replace('/x/', f'/{held.id}/')}", form)
        assert (answer.status_code, answer.headers["location"]) == (303, SIGN_IN)
    assert made.store.find(held.id) == held


def test_the_password_lets_in_and_the_cookie_is_guarded(opened: Browser) -> None:
    """Only to these pages, only over TLS, out of reach for scripts and other sites."""
    answer = opened.post(SIGN_IN, {"password": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, LIST)
    cookie = answer.headers["set-cookie"].lower()
    for word in (
        "httponly",
        "secure",
        "samesite=strict",
        "path=/dialogue/moderate",
        "max-age=43200",
    ):
        assert word in cookie
    assert opened.get(LIST).status_code == 200
    assert opened.get(SIGN_IN).headers["location"] == LIST


@pytest.mark.parametrize("wrong", ["", "password", PASSWORD[:-1], f"{PASSWORD} ", "x" * 100_000])
def test_a_wrong_password_does_not(opened: Browser, wrong: str) -> None:
    """It is said that it was wrong, and no cookie is set."""
    answer = opened.post(SIGN_IN, {"password": wrong})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert opened.get(LIST).status_code == 303


def test_without_a_password_nobody_gets_in(make_services: Callable[..., Services]) -> None:
    """There is no default; the page says how to make one."""
    made = make_services()
    with browser(app_of(made)) as opened:
        assert "moderate --hash" in opened.get(SIGN_IN).text
        for tried in ("", "admin", "password"):
            assert sign_in(opened, tried) == 403
        forged = made.tokens.sign(Purpose.SESSION, "x", mark="")
        cookie = {"Cookie": f"{session.COOKIE}={forged}"}
        assert opened.get(LIST, headers=cookie).status_code == 303


def test_guesses_are_counted_by_network(made: Services, opened: Browser) -> None:
    """After a few the right one does not help either; another network is not shut out."""
    for _ in range(TRIES):
        assert sign_in(opened, "guess") == 403
    assert sign_in(opened) == 429
    with another(opened, made, "203.0.113.200") as neighbour:
        assert sign_in(neighbour) == 429, "the same network"
    with another(opened, made, "198.51.100.1") as other:
        assert sign_in(other) == 303


def test_a_header_does_not_make_another_network(opened: Browser) -> None:
    """X-Forwarded-For of somebody we do not trust is not believed."""
    found = []
    for number in range(TRIES + 1):
        headers = {"Origin": ORIGIN, "X-Forwarded-For": f"198.51.{number}.1"}
        answer = opened.post(SIGN_IN, {"password": "guess"}, headers=headers)
        found.append(answer.status_code)
    assert found == [403] * TRIES + [429]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Referer": "https://evil.example/"},
        {},
    ],
)
def test_forms_of_others_do_nothing(
    made: Services, opened: Browser, headers: dict[str, str]
) -> None:
    """Not even with a good cookie, and not when nobody says where they came from."""
    held = made.store.hold(reply()).reply
    assert sign_in(opened) == 303
    answer = opened.post(f"{LIST}decide", {"one": f"approved {held.id}"}, headers=headers)
    assert answer.status_code == 403
    assert made.store.find(held.id) == held
    assert opened.post(SIGN_IN, {"password": PASSWORD}, headers=headers).status_code == 403


def with_cookie(opened: Browser, value: str) -> httpx.Response:
    """The list, asked for with this cookie."""
    return opened.get(LIST, headers={"Cookie": f"{session.COOKIE}={value}"})


def test_signing_out_is_for_good(made: Services, opened: Browser) -> None:
    """A copy of the cookie is worth nothing either; the next session is another."""
    answer = opened.post(SIGN_IN, {"password": PASSWORD})
    copied = answer.cookies[session.COOKIE]
    opened.post(f"{LIST}sign-out")
    with another(opened, made) as thief:
        assert with_cookie(thief, copied).status_code == 303
    assert opened.get(LIST).status_code == 303
    assert sign_in(opened) == 303
    assert opened.get(LIST).status_code == 200


def test_cookies_that_are_not_ours(
    made: Services, opened: Browser, make_services: Callable[..., Services]
) -> None:
    """Forged, for another purpose, of another password or too old: all the same as none."""
    answer = opened.post(SIGN_IN, {"password": PASSWORD})
    good = answer.cookies[session.COOKIE]
    mark = made.tokens.read(Purpose.SESSION, good).facts["mark"]
    forged = [
        "",
        "x",
        good[:-2],
        made.tokens.sign(Purpose.RECEIPT, "x", mark=mark),
        made.tokens.sign(Purpose.SESSION, "x", mark="0" * 64),
        made.tokens.sign(Purpose.SESSION, "x"),
        made.tokens.sign(Purpose.SESSION, "x", mark=[mark]),
    ]
    with another(opened, made) as other:
        assert with_cookie(other, good).status_code == 200
        for value in forged:
            assert with_cookie(other, value).status_code == 303
    changed = make_services(moderator_password_hash=password.hashed("another password"))
    with another(opened, changed) as other:
        assert with_cookie(other, good).status_code == 303


def test_a_session_ends_by_itself(opened: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """After some hours."""
    assert sign_in(opened) == 303
    monkeypatch.setattr(session, "LASTS", timedelta(seconds=-1))
    assert opened.get(LIST).status_code == 303


def test_these_pages_run_no_script(opened: Browser) -> None:
    """Their policy allows none, framing neither; they are kept nowhere."""
    answer = opened.get(SIGN_IN)
    policy = answer.headers["content-security-policy"]
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["cache-control"] == "no-store"
    assert "<script" not in answer.text


def test_a_hash_is_argon2id_and_salted() -> None:
    """Two of one password differ, both fit, and short or endless passwords are refused."""
    one, two = password.hashed(PASSWORD), password.hashed(PASSWORD)
    assert one != two
    assert one.startswith("$argon2id$")
    assert password.matches(one, PASSWORD)
    assert not password.matches(two, PASSWORD + "x")
    for wrong in ("short", "x" * 2000):
        with pytest.raises(ValueError, match="characters"):
            password.hashed(wrong)
    assert not password.is_hash("plain text")
    assert not password.matches("plain text", "plain text")
