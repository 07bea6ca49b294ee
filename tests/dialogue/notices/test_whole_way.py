"""The whole way of notices, with a mail server: reply, mail, link, page, answer, mail, unsubscribed."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from dialogue.app import app_of
from dialogue.mail.tables import outbox
from dialogue.notices.teller import Teller
from dialogue.replies.model import State
from dialogue.services import Services
from tests.dialogue.browsing import Browser, browser
from tests.dialogue.mail.server import Post, free_port, serving
from tests.dialogue.replies_made import reply
from tests.waiting import until

ADA, MODERATOR = "ada@example.net", "mod@blog.example"


@pytest.fixture
def post() -> Post:
    """A mail server."""
    return Post()


def letter(post: Post, to: str, number: int = 1) -> EmailMessage:
    """The letter number ``number`` to this address, once it is there."""

    def found() -> list[EmailMessage]:
        return [each for each in post.messages if each["To"] == to]

    until(lambda: len(found()) >= number, f"no letter {number} to {to}")
    assert len(found()) == number
    return found()[-1]


def link(found: EmailMessage, ending: str) -> str:
    """The path of the link in the letter that ends so, or whose path does."""
    for url in re.findall(r"https://blog\.example/\S+", found.get_content()):
        parts = urlsplit(url)
        if url.endswith(ending) or parts.path.endswith(ending):
            return f"{parts.path}?{parts.query}"
    raise AssertionError(found.get_content())


def press(page: Browser, place: str, **fields: str) -> None:
    """Follow the link, and send the form that is there."""
    shown = page.get(place).text
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown))
    assert page.post(place, {**hidden, **fields}).status_code == 200


def test_from_a_reply_to_its_answer(make_services: Callable[..., Services], post: Post) -> None:
    """Everybody hears what concerns them, once; who has enough hears no more."""
    port = free_port()
    made = make_services(
        moderators=(MODERATOR,),
        mail_host="127.0.0.1",
        mail_port=port,
        mail_security="none",
        mail_from="blog@blog.example",
    )
    with serving(post, port), browser(app_of(made)) as page:
        asked = made.store.hold(reply(email=ADA, author="Ada")).reply
        press(page, link(letter(post, MODERATOR), "choice=approved"), state="approved")
        assert [each.id for each in made.store.approved("tea")] == [asked.id]
        press(page, link(letter(post, ADA), "/confirm"))
        answer = reply(words="No!", parent=asked.id, by_author=True, state=State.APPROVED)
        made.store.hold(answer)
        told = letter(post, ADA, 2)
        assert f"https://blog.example/tea/#reply-{answer.id}" in told.get_content()
        assert str(told["From"]) == "The Blog <blog@blog.example>"
        assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        one_click = urlsplit(str(told["List-Unsubscribe"]).strip("<>"))
        place = f"{one_click.path}?{one_click.query}"
        done = page.post(place, {"List-Unsubscribe": "One-Click"}, headers={})
        assert done.status_code == 200
        made.store.hold(reply(words="Yes!", parent=asked.id, state=State.APPROVED))
        made.store.hold(reply(words="last", author="Ben"))
        letter(post, MODERATOR, 2)
    assert len(set(post.ids)) == len(post.ids) == 4


def test_many_tellers_tell_once(make_services: Callable[..., Services]) -> None:
    """Several workers look at the same time; each letter is put in once."""
    made = make_services(
        moderators=(MODERATOR,), mail_host="127.0.0.1", mail_from="blog@blog.example"
    )
    for number in range(5):
        made.store.hold(reply(words=f"{number}", email=f"p{number}@example.net"))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: Teller(made).round(), range(8)))
    count = select(func.count()).select_from(outbox)
    assert made.database.read(lambda found: found.execute(count).scalar_one()) == 10
