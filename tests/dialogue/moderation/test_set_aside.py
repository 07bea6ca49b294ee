"""What moderators see of jobs that were set aside, and do about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from dialogue.moderation.gate import LIST
from dialogue.moderation.set_aside import PLACE
from dialogue.moments import now
from dialogue.replies.model import State
from dialogue.services import Services
from dialogue.supervision import attempts
from tests.dialogue.browsing import Browser
from tests.dialogue.moderation.signing import HASH, moderator
from tests.dialogue.replies_made import reply


@pytest.fixture
def made(make_services: Callable[..., Services]) -> Services:
    """A service with a password."""
    return make_services(moderator_password_hash=HASH)


@pytest.fixture
def page(made: Services) -> Iterator[Browser]:
    """The browser of a moderator."""
    with moderator(made) as opened:
        yield opened


def set_aside(made: Services, name: str = "Ada") -> str:
    """The id of an approved reply that was set aside."""
    found = made.store.hold(reply(author=name, state=State.APPROVED)).reply
    reason = "OverflowError: <b>date</b> out of range"
    made.database.write(lambda at: attempts.set_aside(at, "replies", found.id, reason, now()))
    return found.id


def test_it_is_listed_with_the_reason(made: Services, page: Browser) -> None:
    """What it is about, how often it was tried; the menu leads there only when there is something."""
    assert PLACE not in page.get(LIST).text
    set_aside(made)
    assert PLACE in page.get(LIST).text
    shown = page.get(PLACE).text
    for text in ("Set aside", "Reply", "Ada", "tea", "&lt;b&gt;date", "1 attempt", "Try again"):
        assert text in shown
    assert made.store.approved("tea") == ()


def test_it_is_tried_again(made: Services, page: Browser) -> None:
    """And is published as all approved ones are."""
    job = set_aside(made)
    answer = page.post(PLACE, {"one": f"retry replies {job}"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PLACE}#list")
    assert [each.id for each in made.store.approved("tea")] == [job]
    assert "tea" in made.store.unpublished()
    assert "Nothing here." in page.get(PLACE).text


def test_it_is_dismissed(made: Services, page: Browser) -> None:
    """A reply that cannot be shown is rejected then."""
    job = set_aside(made)
    page.post(PLACE, {"one": f"dismiss replies {job}"})
    found = made.store.find(job)
    assert found is not None
    assert found.state is State.REJECTED
    assert "Nothing here." in page.get(PLACE).text


def test_an_edit_is_another_chance(made: Services, page: Browser) -> None:
    """It is not the reply any more that could not be rendered."""
    job = set_aside(made)
    made.store.edit(job, "New.", "<p>New.</p>", state=State.APPROVED)
    assert [each.id for each in made.store.approved("tea")] == [job]
    assert "Nothing here." in page.get(PLACE).text


@pytest.mark.parametrize("one", ["", "retry", "dismiss nothing x", "drop replies x", "retry a b c"])
def test_what_is_no_button_of_ours_does_nothing(made: Services, page: Browser, one: str) -> None:
    """Whatever is sent."""
    set_aside(made)
    assert page.post(PLACE, {"one": one}).status_code == 303
    assert made.database.read(attempts.counts) == {"replies": 1}


def test_strangers_see_nothing(made: Services, page: Browser) -> None:
    """Neither the list nor its buttons."""
    job = set_aside(made)
    page._client.cookies.clear()
    assert page.get(PLACE).status_code == 303
    page.post(PLACE, {"one": f"dismiss replies {job}"})
    assert made.database.read(attempts.counts) == {"replies": 1}
