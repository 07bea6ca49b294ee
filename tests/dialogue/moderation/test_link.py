"""The links in moderators' mail: they show on GET and decide on POST, without signing in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from dialogue.app import app_of
from dialogue.notices.links import Links
from dialogue.replies.model import State, Stored
from dialogue.services import Services
from dialogue.tokens import Purpose
from tests.dialogue.browsing import Browser, browser
from tests.dialogue.conftest import Published
from tests.dialogue.replies_made import reply


@pytest.fixture
def made(make_services: Callable[..., Services]) -> Services:
    """A service; moderators need no password for the links."""
    return make_services()


@pytest.fixture
def page(made: Services) -> Iterator[Browser]:
    """The browser of whoever got the mail."""
    with browser(app_of(made)) as opened:
        yield opened


def held(made: Services) -> Stored:
    """A reply that waits."""
    return made.store.hold(reply(words="Look at me")).reply


def link(made: Services, found: Stored, choice: str = "approved") -> str:
    """The path of the link in the mail."""
    parts = urlsplit(Links(made.settings.site_url, made.tokens).decide(found.id, choice))
    return f"{parts.path}?{parts.query}"


def seen(page: str) -> str:
    """What the form says was shown."""
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found is not None
    return found[1]


def test_looking_decides_nothing(made: Services, page: Browser, published: Published) -> None:
    """Whichever link is followed, by whatever scanner."""
    found = held(made)
    for choice in ("approved", "rejected", "spam", "nonsense"):
        answer = page.get(link(made, found, choice))
        assert answer.status_code == 200
        assert "Look at me" in answer.text
        buttons = re.findall(r'name="state" value="(\w+)"', answer.text)
        assert sorted(buttons) == ["approved", "rejected", "spam"]
        if choice != "nonsense":
            assert buttons[0] == choice
    assert made.store.find(found.id) == found
    assert published.targets == []


@pytest.mark.parametrize("wanted", [State.APPROVED, State.REJECTED, State.SPAM])
def test_the_button_decides(
    made: Services, page: Browser, wanted: State, published: Published
) -> None:
    """Once; after that the link only shows what was decided."""
    found = held(made)
    place = link(made, found)
    form = {"state": wanted.value, "seen": seen(page.get(place).text)}
    assert page.post(place, form).status_code == 200
    kept = made.store.find(found.id)
    assert kept is not None
    assert kept.state is wanted
    assert published.targets == (["tea"] if wanted is State.APPROVED else [])
    again = page.post(place, {**form, "state": "approved" if wanted is State.SPAM else "spam"})
    assert 'name="state"' not in again.text
    kept = made.store.find(found.id)
    assert kept is not None
    assert kept.state is wanted


def test_what_was_changed_since_is_shown_again(made: Services, page: Browser) -> None:
    """Nobody approves what they have not seen."""
    found = held(made)
    place = link(made, found)
    form = {"state": "approved", "seen": seen(page.get(place).text)}
    made.store.edit(found.id, "Buy pills", "<p>Buy pills</p>", state=State.HELD)
    answer = page.post(place, form)
    assert answer.status_code == 409
    assert "Buy pills" in answer.text
    kept = made.store.find(found.id)
    assert kept is not None
    assert kept.state is State.HELD
    assert page.post(place, {**form, "seen": seen(answer.text)}).status_code == 200
    kept = made.store.find(found.id)
    assert kept is not None
    assert kept.state is State.APPROVED


def test_other_tokens_do_not_fit(
    made: Services, page: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of another purpose, changed, too old, or about nothing: gone, and nothing is shown."""
    found = held(made)
    form = {"state": "approved", "seen": seen(page.get(link(made, found)).text)}
    good = made.tokens.sign(Purpose.MODERATE, found.id)
    wrong = [
        "",
        good[:-1],
        made.tokens.sign(Purpose.RECEIPT, found.id),
        made.tokens.sign(Purpose.VERIFY, found.id),
        made.tokens.sign(Purpose.MODERATE, "nobody"),
    ]
    places = [f"/dialogue/moderate/link?token={token}" for token in wrong]
    for place in places:
        for answer in (page.get(place), page.post(place, form)):
            assert answer.status_code == 410
            assert "Look at me" not in answer.text
    monkeypatch.setattr("dialogue.notices.links.DECIDABLE", timedelta(seconds=-1))
    assert page.post(link(made, found), form).status_code == 410
    assert made.store.find(found.id) == found


def test_a_form_of_another_site_does_nothing(made: Services, page: Browser) -> None:
    """Even if it has the token."""
    found = held(made)
    form = {"state": "approved", "seen": seen(page.get(link(made, found)).text)}
    answer = page.post(link(made, found), form, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert made.store.find(found.id) == found


def test_one_link_is_about_one_reply(made: Services, page: Browser) -> None:
    """The form cannot name another."""
    found, other = held(made), made.store.hold(reply(words="other")).reply
    form = {"state": "approved", "seen": seen(page.get(link(made, found)).text)}
    page.post(link(made, found), {**form, "id": other.id, "one": f"approved {other.id}"})
    assert made.store.find(other.id) == other
