"""Messages to the site and to authors: stored once, mailed to fixed addresses, never relayed."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from dialogue.app import app_of
from dialogue.contact import store
from dialogue.contact.store import Box, Message
from dialogue.contact.tables import messages
from dialogue.mail.tables import outbox
from dialogue.privacy import people
from dialogue.services import Services
from tests.dialogue.browsing import Browser, browser
from tests.dialogue.moderation.signing import HASH, another, sign_in

TYPED = {"name": "Ada", "email": "ada@example.net", "text": "First\r\n\r\n<b>second</b>"}
MAIL = {"mail_host": "127.0.0.1", "mail_from": "blog@blog.example"}


@pytest.fixture
def made(make_services: Callable[..., Services]) -> Services:
    """A service whose site has a contact, and one of whose authors has an address."""
    return make_services(
        **MAIL,
        contact=("office@blog.example",),
        moderators=("mod@blog.example",),
        authors=(("mara lindqvist", "mara@blog.example"), ("Somebody Else", "else@blog.example")),
        moderator_password_hash=HASH,
    )


@pytest.fixture
def page(made: Services) -> Iterator[Browser]:
    """A reader's browser."""
    with browser(app_of(made)) as opened:
        yield opened


def fields(shown: str) -> dict[str, str]:
    """The form that sends the message, as a browser reads it."""
    form = re.search(r'<form class="contact-send".*?</form>', shown, re.DOTALL)
    assert form is not None, shown
    found = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form[0]))
    area = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", form[0], re.DOTALL)
    assert area is not None
    return {name: html.unescape(value) for name, value in {**found, "text": area[1]}.items()}


def send(page: Browser, typed: Mapping[str, str]) -> httpx.Response:
    """Preview and confirm, as a person does."""
    shown = page.post("/dialogue/contact", typed)
    assert shown.status_code == 200, shown.text
    return page.post("/dialogue/contact/send", fields(shown.text))


def stored(made: Services) -> list[Message]:
    """All messages, whichever box they are in."""

    def work(found: Any) -> list[Message]:
        return [each for box in Box for each in store.everything(found, box)]

    return made.database.read(work)


def mailed(made: Services) -> list[Any]:
    """What is in the outbox."""
    return list(made.database.read(lambda found: found.execute(select(outbox)).all()))


def test_a_message_is_shown_stored_and_mailed(made: Services, page: Browser) -> None:
    """To the contact of the site, who can answer it; the browser is led to where it says thanks."""
    shown = page.post("/dialogue/contact", TYPED)
    assert "&lt;b&gt;second&lt;/b&gt;" in shown.text
    assert stored(made) == []
    answer = page.post("/dialogue/contact/send", fields(shown.text))
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/dialogue/contact#contact-received",
    )
    assert 'id="contact-received"' in page.get("/dialogue/contact").text
    (message,) = stored(made)
    assert (message.name, message.email) == ("Ada", "ada@example.net")
    assert (message.text, message.state) == ("First\n\n<b>second</b>", Box.NEW)
    (letter,) = mailed(made)
    assert (letter.recipient, letter.reply_to) == ("office@blog.example", "ada@example.net")
    assert letter.subject == "Message from Ada, to The Blog"
    assert "First\n\n<b>second</b>" in letter.text


def test_an_author_is_asked_privately(made: Services, page: Browser) -> None:
    """The post's own author gets it, nobody else; back to the post."""
    answer = send(page, {**TYPED, "target": "tea"})
    assert answer.headers["location"] == "/tea/#contact-received"
    (letter,) = mailed(made)
    assert letter.recipient == "mara@blog.example"
    assert letter.subject == "Message from Ada about “About tea”"
    assert "https://blog.example/tea/" in letter.text


@pytest.mark.parametrize(
    ("chosen", "to"),
    [
        ({"contact": ("office@b.example",)}, ["office@b.example"]),
        ({"moderators": ("mod@b.example", "two@b.example")}, ["mod@b.example", "two@b.example"]),
        ({}, []),
    ],
)
def test_somebody_else_gets_it_where_the_author_has_no_address(
    make_services: Callable[..., Services], chosen: dict[str, Any], to: list[str]
) -> None:
    """The contact, else the moderators; without any it is kept for the moderation page."""
    made = make_services(**MAIL, **chosen)
    with browser(app_of(made)) as page:
        assert send(page, {**TYPED, "target": "tea"}).status_code == 303
        assert sorted(letter.recipient for letter in mailed(made)) == to
        assert len(stored(made)) == 1


def test_without_mail_it_is_kept(make_services: Callable[..., Services]) -> None:
    """And nothing waits to be sent one day."""
    made = make_services(contact=("office@b.example",))
    with browser(app_of(made)) as page:
        assert send(page, TYPED).status_code == 303
        assert len(stored(made)) == 1
        assert mailed(made) == []


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("name", " "),
        ("name", "x" * 81),
        ("email", ""),
        ("email", "nobody"),
        ("email", "a@b.example\r\nBcc: victim@example.com"),
        ("email", "a@b.example, victim@example.com"),
        ("text", ""),
        ("text", "x" * 10_001),
    ],
)
def test_what_is_wrong_is_said_and_everything_given_back(
    made: Services, page: Browser, field: str, text: str
) -> None:
    """Beside the field; nothing is stored."""
    answer = page.post("/dialogue/contact", {**TYPED, field: text})
    assert answer.status_code == 422
    assert f'id="fault-{field}"' in answer.text
    for name, value in TYPED.items():
        if name != field:
            assert html.escape(value.splitlines()[0]) in answer.text
    assert stored(made) == []


def test_nobody_writes_a_header(made: Services, page: Browser) -> None:
    """A name with line ends is a name in one line; recipients are the settings'."""
    name = "Ada\r\nBcc: victim@example.com\r\n"
    send(page, {**TYPED, "name": name, "to": "victim@example.com", "recipient": "v@example.com"})
    (letter,) = mailed(made)
    assert letter.recipient == "office@blog.example"
    assert "\n" not in letter.subject
    assert "\r" not in letter.subject


def test_nothing_is_sent_to_who_was_typed_in(made: Services, page: Browser) -> None:
    """No copy, no thanks: the address may be anybody's."""
    send(page, {**TYPED, "email": "victim@example.com"})
    assert "victim@example.com" not in [letter.recipient for letter in mailed(made)]


def test_sent_twice_it_is_one_message(made: Services, page: Browser) -> None:
    """Double clicks, reloads, and fifty at once."""
    form = fields(page.post("/dialogue/contact", TYPED).text)
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: page.post("/dialogue/contact/send", form), range(50)))
    assert {answer.status_code for answer in answers} == {303}
    assert len(stored(made)) == len(mailed(made)) == 1
    assert send(page, TYPED).status_code == 303
    assert len(stored(made)) == len(mailed(made)) == 1


@pytest.mark.parametrize("change", [{"text": "other words"}, {"token": ""}, {"target": "tea"}])
def test_only_what_was_shown_is_sent(made: Services, page: Browser, change: dict[str, str]) -> None:
    """Anything else is shown first."""
    form = fields(page.post("/dialogue/contact", TYPED).text)
    answer = page.post("/dialogue/contact/send", {**form, **change})
    assert answer.status_code == 409
    assert html.escape({**form, **change}["text"]) in answer.text
    assert stored(made) == []


@pytest.mark.parametrize(
    ("typed", "headers", "reason"),
    [
        ({"website_url": "x"}, None, "honeypot"),
        ({"text": "http://a.example http://b.example http://c.example"}, None, "links"),
        ({}, {}, "origin"),
    ],
)
def test_a_suspicious_message_is_kept_but_not_mailed(
    made: Services, page: Browser, typed: dict[str, str], headers: Any, reason: str
) -> None:
    """Until a moderator says that it is none; then it is, once."""
    form = fields(page.post("/dialogue/contact", {**TYPED, **typed}).text)
    options = {} if headers is None else {"headers": headers}
    assert page.post("/dialogue/contact/send", form, **options).status_code == 303
    (message,) = stored(made)
    assert (message.state, message.reasons) == (Box.HELD, (reason,))
    assert mailed(made) == []
    with another(page, made) as opened:
        assert sign_in(opened) == 303
        for _ in range(2):
            opened.post("/dialogue/moderate/messages/move", {"one": f"new {message.id}"})
    assert [letter.recipient for letter in mailed(made)] == ["office@blog.example"]


def test_a_form_of_another_site_is_not_taken(made: Services, page: Browser) -> None:
    """What was typed is given back on a page of ours."""
    form = fields(page.post("/dialogue/contact", TYPED).text)
    foreign = {"headers": {"Origin": "https://evil.example"}}
    for path in ("/dialogue/contact", "/dialogue/contact/send"):
        answer = page.post(path, form, **foreign)
        assert answer.status_code == 403
        assert "First" in answer.text
    assert stored(made) == []


def test_no_such_post(made: Services, page: Browser) -> None:
    """The message is not lost; it can go to the site."""
    answer = page.post("/dialogue/contact", {**TYPED, "target": "gone"})
    assert answer.status_code == 404
    assert "First" in answer.text
    assert 'name="target" value=""' in answer.text
    assert page.get("/dialogue/contact?target=tea").status_code == 200


def test_scripts_get_json(made: Services, page: Browser) -> None:
    """The same way, in three steps."""
    json = {"Origin": "https://blog.example", "Accept": "application/json"}
    told = page.post("/dialogue/contact", {**TYPED, "email": ""}, headers=json)
    assert (told.status_code, list(told.json()["faults"])) == (422, ["email"])
    shown = page.post("/dialogue/contact", TYPED, headers=json)
    form = {**TYPED, "token": shown.json()["token"]}
    done = page.post("/dialogue/contact/send", form, headers=json)
    assert (done.status_code, done.json()["location"]) == (
        201,
        "/dialogue/contact#contact-received",
    )
    assert len(stored(made)) == 1


def test_messages_are_read_moved_and_erased(made: Services, page: Browser) -> None:
    """By moderators, in boxes; nobody else sees them."""
    send(page, {**TYPED, "target": "tea"})
    (message,) = stored(made)
    with another(page, made) as opened:
        assert sign_in(opened) == 303
        shown = opened.get("/dialogue/moderate/messages").text
        for text in ("About tea", "ada@example.net", "&lt;b&gt;second&lt;/b&gt;"):
            assert text in shown
        move = "/dialogue/moderate/messages/move"
        for box in ("done", "spam"):
            answer = opened.post(move, {"one": f"{box} {message.id}", "box": "new"})
            assert answer.headers["location"] == "/dialogue/moderate/messages?box=new#list"
            assert "ada@example.net" in opened.get(f"/dialogue/moderate/messages?box={box}").text
        for odd in ("", "burn it", f"nowhere {message.id}", "done nobody"):
            assert opened.post(move, {"one": odd, "box": "https://e.example"}).status_code == 303
        assert [each.state for each in stored(made)] == [Box.SPAM]
        opened.post(move, {"one": f"erase {message.id}"})
        assert opened.get("/dialogue/moderate/messages?box=x&page=7").status_code == 200
    assert stored(made) == []


def test_a_person_is_found_by_address(made: Services, page: Browser) -> None:
    """However it was capitalised: for export and erasure."""
    send(page, {**TYPED, "email": "Ada@Example.NET"})
    found = made.database.read(lambda at: store.written_by(at, "ada@example.net"))
    assert len(found) == 1
    query = select(messages.c.email)
    assert made.database.read(lambda at: at.execute(query).scalars().all()) == ["Ada@example.net"]


def test_a_person_can_have_it_erased(made: Services, page: Browser) -> None:
    """The message, and the letter that waits to bring it."""
    send(page, TYPED)
    found = made.database.read(lambda at: people.kept(at, "ADA@example.net"))
    assert sorted(name for name, kept in found.rows.items() if kept) == ["messages", "outbox"]
    made.database.write(lambda at: people.erase(at, "ada@example.net"))
    assert stored(made) == []
    assert mailed(made) == []
