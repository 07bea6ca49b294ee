"""The pages behind the links in letters: they show on GET, act on POST, and need no cookie."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from dialogue.app import app_of
from dialogue.notices import due
from dialogue.notices.links import Links
from dialogue.replies.model import State, Stored
from dialogue.services import Services
from dialogue.tokens import Purpose
from tests.dialogue.browsing import Browser, browser
from tests.dialogue.conftest import Published
from tests.dialogue.replies_made import reply

ADA = "ada@example.net"


@pytest.fixture
def made(make_services: Callable[..., Services]) -> Services:
    """A service where known authors need no moderator."""
    return make_services(moderation="first")


@pytest.fixture
def reader(made: Services) -> Iterator[Browser]:
    """Who follows the links, from anywhere: the browser sends no origin of ours."""
    with browser(app_of(made)) as opened:
        yield opened


@pytest.fixture
def links(made: Services) -> Links:
    """The links of the letters."""
    return Links(made.settings.site_url, made.tokens)


def held(made: Services, **fields: object) -> Stored:
    """A reply by Ada, with her address."""
    return made.store.hold(reply(**{"email": ADA, **fields})).reply


def path(url: str) -> str:
    """The path and query of a link."""
    parts = urlsplit(url)
    assert f"{parts.scheme}://{parts.netloc}" == "https://blog.example"
    return f"{parts.path}?{parts.query}"


def test_looking_confirms_nothing(made: Services, reader: Browser, links: Links) -> None:
    """Mail scanners follow links; only the button counts."""
    found = held(made)
    place = path(links.confirm(found))
    shown = reader.get(place)
    assert shown.status_code == 200
    assert "<button" in shown.text
    kept = made.store.find(found.id)
    assert kept is not None
    assert kept.verified is None
    done = reader.post(place, headers={})
    assert "Your address is confirmed" in done.text
    assert "/dialogue/replies/" not in shown.text, "before that, the address may be another's"
    receipt = done.text.partition('href="/dialogue/replies/')[2].partition('"')[0]
    assert reader.get(f"/dialogue/replies/{receipt}").status_code == 200
    kept = made.store.find(found.id)
    assert kept is not None
    assert kept.verified is not None
    assert kept.state is State.HELD, "the first reply of an author waits"
    assert "<button" not in reader.get(place).text


def test_a_known_author_publishes_by_confirming(
    made: Services, reader: Browser, links: Links, published: Published
) -> None:
    """The second reply of an author who confirmed one that was approved."""
    first = held(made)
    reader.post(path(links.confirm(first)), headers={})
    made.store.decide(first.id, State.APPROVED)
    second = held(made, words="again")
    published.targets.clear()
    done = reader.post(path(links.confirm(second)), headers={})
    assert "Your reply is published." in done.text
    assert published.targets == ["tea"]
    suspicious = held(made, words="links", reasons=("links",))
    reader.post(path(links.confirm(suspicious)), headers={})
    kept = made.store.find(suspicious.id)
    assert kept is not None
    assert kept.state is State.HELD


def test_confirming_what_was_refused_does_not_bring_it_back(
    made: Services, reader: Browser, links: Links
) -> None:
    """A moderator's decision stands."""
    first = held(made)
    reader.post(path(links.confirm(first)), headers={})
    made.store.decide(first.id, State.APPROVED)
    second = held(made, words="again")
    made.store.decide(second.id, State.REJECTED)
    reader.post(path(links.confirm(second)), headers={})
    kept = made.store.find(second.id)
    assert kept is not None
    assert kept.state is State.REJECTED


def test_a_link_is_good_for_its_address_only(made: Services, reader: Browser, links: Links) -> None:
    """Not for another reply, purpose or address, and not when it was changed."""
    found = held(made)
    mark = links.mark(ADA)
    wrong = [
        made.tokens.sign(Purpose.VERIFY, found.id, mail=links.mark("ben@example.net")),
        made.tokens.sign(Purpose.VERIFY, found.id),
        made.tokens.sign(Purpose.VERIFY, "nobody", mail=mark),
        made.tokens.sign(Purpose.UNSUBSCRIBE, found.id, mail=mark),
        made.tokens.sign(Purpose.VERIFY, found.id, mail=mark)[:-1],
        "",
    ]
    for token in wrong:
        place = f"/dialogue/mail/confirm?token={token}"
        assert reader.get(place).status_code == 410
        assert reader.post(place, headers={}).status_code == 410
    kept = made.store.find(found.id)
    assert kept is not None
    assert kept.verified is None


def test_a_mail_program_unsubscribes_in_one_click(
    made: Services, reader: Browser, links: Links
) -> None:
    """RFC 8058: a POST without cookies, origin or page before it; a GET changes nothing."""
    found = held(made)
    place = path(links.unsubscribe(found))

    def silent() -> bool:
        return made.database.read(lambda at: due.is_silenced(at, found.id))

    assert reader.get(place).status_code == 200
    assert not silent()
    done = reader.post(place, {"List-Unsubscribe": "One-Click"}, headers={})
    assert done.status_code == 200
    assert silent()
    assert not made.database.read(lambda at: due.is_silenced(at, links.mark(ADA)))


def test_a_mail_program_may_send_any_form(made: Services, reader: Browser, links: Links) -> None:
    """RFC 8058, section 3.2, would have multipart/form-data; what is in it says nothing new."""
    found = held(made)
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    body = (
        b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--'
    )
    done = reader.post(path(links.unsubscribe(found)), content=body, headers=headers)
    assert done.status_code == 200
    assert made.database.read(lambda at: due.is_silenced(at, found.id))


def test_all_mail_can_be_refused(made: Services, reader: Browser, links: Links) -> None:
    """By a second button, also after the reply is gone; the address itself is not kept."""
    found = held(made)
    place = path(links.unsubscribe(found))
    made.store.erase(found.id)
    assert "from this site any more" in reader.post(place, {"all": "yes"}, headers={}).text
    assert made.database.read(lambda at: due.is_silenced(at, links.mark(ADA)))


def test_the_pages_speak_the_language_of_the_post(
    made: Services, reader: Browser, links: Links
) -> None:
    """A German post, a German page."""
    found = held(made, target="tee")
    shown = reader.get(path(links.confirm(found))).text
    assert '<html lang="de"' in shown
    assert "Adresse bestätigen" in shown


def test_an_old_link_says_so(
    made: Services, reader: Browser, links: Links, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With nothing changed."""
    found = held(made)
    monkeypatch.setattr("dialogue.notices.links.CONFIRMABLE", timedelta(seconds=-1))
    answer = reader.post(path(links.confirm(found)), headers={})
    assert answer.status_code == 410
    assert "they are over" in answer.text
