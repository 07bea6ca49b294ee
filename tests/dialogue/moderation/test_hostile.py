"""Whatever is typed stays text: on every page of the moderators, in files and in mail."""

from __future__ import annotations

import email
import email.policy
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from justhtml import JustHTML
from sqlalchemy import delete

from dialogue.contact import letters as contact_letters
from dialogue.contact import store
from dialogue.contact.store import Box, Message
from dialogue.contact.tables import messages
from dialogue.mail.letter import Letter, Sender, message
from dialogue.moderation.export import as_json
from dialogue.moderation.gate import LIST
from dialogue.moments import now
from dialogue.notices import letters
from dialogue.notices.links import Links
from dialogue.replies.model import State, Stored
from dialogue.services import Services
from dialogue.tokens import Tokens
from tests.dialogue.browsing import Browser
from tests.dialogue.hostile import PAYLOADS
from tests.dialogue.moderation.signing import HASH, moderator
from tests.dialogue.replies_made import reply
from tests.dialogue.sites import POSTS, SITE
from tests.theme.pages import elements

HARMLESS = "harmless"
NULL = "\x00"  # PostgreSQL keeps none; forms take it out before anything is stored


@pytest.fixture
def made(make_services: Callable[..., Services]) -> Services:
    """A service with a password."""
    return make_services(moderator_password_hash=HASH)


@pytest.fixture
def page(made: Services) -> Iterator[Browser]:
    """The browser of a moderator."""
    with moderator(made) as opened:
        yield opened


def hostile(made: Services, text: str) -> Stored:
    """A reply with ``text`` in every field, one that it answers, and a message of the same."""
    said = text.replace(NULL, "")
    fields = {"author": said, "words": said, "html": "", "url": said, "email": said, "source": said}
    parent = made.store.hold(reply(**{**fields, "state": State.APPROVED})).reply
    found = made.store.hold(reply(**fields, parent=parent.id, reasons=(said,))).reply
    note = Message(
        id=found.id, target="tea", state=Box.NEW, name=said, email="a@b.example", text=said,
        reasons=(said,), digest=found.id, address=None, created=now(),
    )  # fmt: skip
    made.database.write(lambda at: store.add(at, note))
    made.store.edit(found.id, said, "", state=State.HELD, note=said)
    kept = made.store.find(found.id)
    assert kept is not None
    return kept


def clear(made: Services) -> None:
    """Remove everything."""
    for state in State:
        for each in made.store.listed(state):
            made.store.erase(each.id)
    made.database.write(lambda at: at.execute(delete(messages)))


def skeleton(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a page with the names of their attributes, as a browser finds them."""
    document = JustHTML(page, sanitize=False)
    return [(each.name, tuple(sorted(each.attrs or {}))) for _, each in elements(document.root)]


def pages(made: Services, page: Browser, found: Stored) -> dict[str, str]:
    """Every page that shows what was typed."""
    link = Links("", made.tokens).decide(found.id, "spam")
    shown = {
        "list": page.get(LIST),
        "approved": page.get(f"{LIST}?show=approved"),
        "search": page.get(LIST, params={"q": found.author[:100], "post": found.author[:100]}),
        "one": page.get(f"{LIST}replies/{found.id}"),
        "again": page.post(f"{LIST}replies/{found.id}/edit", {"text": "", "note": found.note}),
        "messages": page.get(f"{LIST}messages"),
        "link": page.get(link),
    }
    return {name: answer.text for name, answer in shown.items()}


def test_no_page_has_an_element_more(made: Services, page: Browser) -> None:
    """Parsed as a browser does, each page is built as it is with harmless words."""
    usual = {
        name: skeleton(text) for name, text in pages(made, page, hostile(made, HARMLESS)).items()
    }
    assert all(("button", ("name", "value")) in usual[name] for name in ("list", "link"))
    del usual["search"]
    clear(made)
    for payload in PAYLOADS:
        found = pages(made, page, hostile(made, payload))
        for name, expected in usual.items():
            assert skeleton(found[name]) == expected, (name, payload)
        search = skeleton(found["search"])
        assert not [each for each in search if each[0] in ("script", "img", "svg", "iframe")]
        clear(made)


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_letters_stay_letters(payload: str) -> None:
    """One plain text, our headers, our recipients; the words are there, and command nothing."""
    said = Stored(
        id="0" * 16, target="tea", author=payload, text=payload, html="", created=now(),
        url=payload, email="a@b.example", reasons=(payload,), depth=0, note="", verified=None,
        edited=None, decided=None,
    )  # fmt: skip
    note = Message(
        id="0" * 16, target="tea", state=Box.NEW, name=payload, email="a@b.example", text=payload,
        reasons=(), digest="", address=None, created=now(),
    )  # fmt: skip
    links = Links("https://blog.example", Tokens("a secret of the tests, long enough"))
    to, post = "mod@blog.example", POSTS[0]
    for letter in (
        letters.held(to, said, post, SITE, links),
        contact_letters.brought(to, note, post, SITE, links),
        contact_letters.brought(to, note, None, SITE, links),
        letters.held_digest(to, [said], 1, {post.id: post}, SITE, links, now()),
        letters.held_digest(to, [said] * 50, 99, {}, SITE, links, now()),
        contact_letters.digest(to, [note], {post.id: post}, SITE, links, now()),
        contact_letters.digest(to, [note] * 50, {}, SITE, links, now()),
    ):
        check(letter)
    for letter in (
        letters.confirm(said, post, SITE, links, publishes=True),
        letters.answered(said, said, post, SITE, links),
    ):
        check(letter)
        assert payload not in letter.text
        assert payload not in letter.subject


def check(letter: Letter) -> None:
    """As the mail program of whoever gets it reads it."""
    date = datetime(2026, 5, 19, tzinfo=UTC)
    data = message(letter, Sender("blog@blog.example", "B"), "<1@b.example>", date).as_bytes()
    assert max(map(len, data.split(b"\r\n"))) <= 998
    read = email.message_from_bytes(data, policy=email.policy.default)
    assert "Bcc" not in read
    assert read.get_content_type() == "text/plain"
    assert not read.is_multipart()
    assert [each.addr_spec for each in read["To"].addresses] == [letter.to]
    said = read.get_content()
    assert "\x1b" not in said
    assert "\u202e" not in said


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_files_open_as_files(payload: str) -> None:
    """No markup in JSON, should somebody open it as a page; the words come back whole."""
    said = Stored(
        id="0" * 16, target="tea", author=payload, text=payload, html="", created=now(), depth=0,
        note="", verified=None, edited=None, decided=None,
    )  # fmt: skip
    data = as_json([said])
    assert not {b"<", b">", b"&"} & {data[at : at + 1] for at in range(len(data))}
    assert json.loads(data)[0]["text"] == payload
