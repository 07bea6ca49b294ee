"""Floods of messages: a few mails, then one digest of the rest; nothing is lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select, update

from dialogue.app import app_of
from dialogue.contact import mailing, store
from dialogue.contact.store import Box
from dialogue.contact.tables import messages
from dialogue.database import Database
from dialogue.mail.causes import Limit, Limits
from dialogue.mail.tables import outbox
from dialogue.moments import now
from dialogue.notices.dispatcher import Dispatcher
from dialogue.privacy import people
from dialogue.services import Services
from dialogue.settings import Settings
from tests.dialogue.browsing import Browser, browser
from tests.dialogue.contact.test_forms import fields
from tests.dialogue.mail.server import Post, free_port, serving
from tests.dialogue.moderation.signing import HASH, another, sign_in
from tests.dialogue.replies_made import reply
from tests.dialogue.serving import Place
from tests.waiting import PATIENCE, until

OFFICE, MARA = "office@blog.example", "mara@blog.example"


@pytest.fixture
def port() -> int:
    """Where the mail server is."""
    return free_port()


@pytest.fixture
def made(make_services: Callable[..., Services], port: int) -> Services:
    """A service with a contact, an author with an address, and a mail server."""
    return make_services(
        mail_host="127.0.0.1",
        mail_port=port,
        mail_security="none",
        mail_from="blog@blog.example",
        contact=(OFFICE,),
        authors=(("Mara Lindqvist", MARA),),
        moderator_password_hash=HASH,
        trusted_proxies=(),
    )


def send(page: Browser, number: int, target: str = "") -> int:
    """One message, from a network of its own; the status of the answer."""
    at = page.at(f"198.51.{number}.1")
    typed = {"name": f"P{number}", "email": f"p{number}@example.net", "text": f"Message {number}."}
    shown = at.post("/dialogue/contact", {**typed, "target": target})
    status = at.post("/dialogue/contact/send", fields(shown.text)).status_code
    at.close()
    return status


def wait(post: Post, number: int) -> None:
    """Until so many mails came."""
    until(lambda: len(post.messages) >= number, post.messages)


def unmailed(made: Services) -> int:
    """How many messages wait to be mailed."""
    return len(made.database.read(lambda at: store.unmailed(at, 1000)))


def a_while_later(made: Services) -> None:
    """The messages are as old as they have to be for a digest."""
    before = update(messages).values(created=now() - timedelta(minutes=2))
    made.database.write(lambda at: at.execute(before))


def test_sixty_messages_are_not_sixty_mails(made: Services, port: int) -> None:
    """From sixty networks at once: as many mails as an hour has room for, and one with the rest."""
    post, most = Post(), made.settings.mail_limits.message.hourly
    with serving(post, port), browser(app_of(made)) as page, ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda number: send(page, number), range(60))) == {303}
        wait(post, most)
        assert unmailed(made) == 60 - most
        a_while_later(made)
        wait(post, most + 1)
        time.sleep(2.5)
        assert unmailed(made) == 0
        kept = select(messages.c.id).where(messages.c.state == Box.NEW.value)
        assert len(made.database.read(lambda at: at.execute(kept).all())) == 60
    assert len(post.messages) == most + 1
    texts = [message.get_content() for message in post.messages]
    for number in range(60):
        assert sum(f"Message {number}." in text for text in texts) == 1
    (digest,) = [each for each in post.messages if str(each["Subject"]).startswith("40 messages")]
    assert "https://blog.example/dialogue/moderate/messages" in digest.get_content()
    assert digest["Reply-To"] is None


def causes(made: Services) -> Sequence[str]:
    """The causes of the letters in the outbox, in order."""
    query = select(outbox.c.cause).order_by(outbox.c.created, outbox.c.id)
    return made.database.read(lambda at: at.execute(query).scalars().all())


def test_each_recipient_gets_their_own_digest(make_services: Callable[..., Services]) -> None:
    """An author hears of messages to them, the contact of the others."""
    made = make_services(
        mail_host="127.0.0.1",
        mail_from="blog@blog.example",
        contact=(OFFICE,),
        authors=(("Mara Lindqvist", MARA),),
        mail_limits=Limits(message=Limit(9, 1)),
    )
    with browser(app_of(made)) as page:
        for number in range(5):
            assert send(page, number, "tea" if number % 2 else "") == 303
        mailing.digest(made, now() + timedelta(minutes=2))
        query = select(outbox).where(outbox.c.cause == "message-digest")
        rows = made.database.read(lambda at: at.execute(query).all())
    found = {row.recipient: row for row in rows}
    assert found[MARA].subject == found[OFFICE].subject == "2 messages to The Blog"
    assert "Message 1." in found[MARA].text
    assert "About tea: https://blog.example/tea/" in found[MARA].text
    assert "Message 1." not in found[OFFICE].text


def test_two_processes_send_one_digest(made: Services) -> None:
    """However many look at the same moment."""
    now_, hour = now(), made.settings.mail_limits.message.hourly
    with browser(app_of(made)) as page:
        for number in range(hour + 4):
            assert send(page, number) == 303
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: mailing.digest(made, now_ + timedelta(minutes=5)), range(16)))
        found = list(causes(made))
    assert (found.count("message-digest"), found.count("message")) == (1, hour)


def test_moderators_see_what_was_not_mailed(make_services: Callable[..., Services]) -> None:
    """Until the digest went; a message that was moved or erased meanwhile is not in it."""
    made = make_services(
        mail_host="127.0.0.1",
        mail_from="blog@blog.example",
        contact=(OFFICE,),
        moderator_password_hash=HASH,
        mail_limits=Limits(message=Limit(9, 1)),
    )
    with browser(app_of(made)) as page:
        for number in range(4):
            send(page, number)
        waiting = made.database.read(lambda at: store.unmailed(at, 9))
        with another(page, made) as opened:
            assert sign_in(opened) == 303
            assert opened.get("/dialogue/moderate/messages").text.count("not mailed yet") == 3
            move = "/dialogue/moderate/messages/move"
            opened.post(move, {"one": f"spam {waiting[0].id}"})
            opened.post(move, {"one": f"erase {waiting[1].id}"})
            mailing.digest(made, now() + timedelta(minutes=2))
            assert "not mailed yet" not in opened.get("/dialogue/moderate/messages").text
        query = select(outbox.c.text).where(outbox.c.cause == "message-digest")
        (text,) = made.database.read(lambda at: at.execute(query).scalars().all())
    assert [waiting[2].text in text, waiting[0].text in text, waiting[1].text in text] == [
        *(True, False, False)
    ]


def test_who_is_erased_is_in_no_digest(make_services: Callable[..., Services]) -> None:
    """One that waits to be sent is made again without them; the others lose nothing by it."""
    made = make_services(
        mail_host="127.0.0.1",
        mail_from="blog@blog.example",
        contact=(OFFICE,),
        moderators=(OFFICE,),
        mail_limits=Limits(message=Limit(9, 1), waiting=Limit(9, 1)),
    )
    for number in range(4):
        made.store.hold(
            reply(author=f"Ben {number}", email=f"p{number}@example.net", words=f"{number}")
        )
    with browser(app_of(made)) as page:
        for number in range(4):
            send(page, number)
        later = now() + timedelta(minutes=2)
        Dispatcher(made).round(later)
        assert causes(made).count("message-digest") == causes(made).count("waiting-digest") == 1
        made.database.write(lambda at: people.erase(at, "p3@example.net"))
        assert "message-digest" not in causes(made)
        Dispatcher(made).round(later)
        query = select(outbox.c.text).where(outbox.c.cause.like("%-digest"))
        texts = made.database.read(lambda at: at.execute(query).scalars().all())
    for number in (1, 2):
        assert sum(f"p{number}@example.net" in text for text in texts) == 1
        assert sum(f"Ben {number}" in text for text in texts) == 1
    assert not [text for text in texts if "p3@" in text or "P3" in text or "Ben 3" in text]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_several_processes_count_together(settings: Settings, tmp_path: Path, port: int) -> None:
    """Three that answer, sixty networks at once: no mail more than one process would send."""
    post, database = Post(), Database(settings.database_url)
    place = Place(settings, tmp_path / "log")
    most = settings.mail_limits.message.hourly
    environ = {
        "DIALOGUE_WORKERS": "3",
        "DIALOGUE_TRUSTED_PROXIES": "127.0.0.1",
        "DIALOGUE_CONTACT": OFFICE,
        "DIALOGUE_MAIL_HOST": "127.0.0.1",
        "DIALOGUE_MAIL_PORT": str(port),
        "DIALOGUE_MAIL_SECURITY": "none",
        "DIALOGUE_MAIL_FROM": "blog@blog.example",
    }

    def write(number: int) -> int:
        headers = {
            "Origin": running.url,
            "Accept": "application/json",
            "X-Forwarded-For": f"198.51.{number}.1",
        }
        typed = {"name": "Ada", "email": "ada@example.net", "text": f"Message {number}."}
        url = f"{running.url}/dialogue/contact"
        token = client.post(url, data=typed, headers=headers).json()["token"]
        done = client.post(f"{url}/send", data={**typed, "token": token}, headers=headers)
        return done.status_code

    with (
        serving(post, port),
        place.serve(**environ) as running,
        httpx.Client(timeout=PATIENCE) as client,
        ThreadPoolExecutor(12) as pool,
    ):
        assert set(pool.map(write, range(60))) == {201}
        wait(post, most)
        assert len(database.read(lambda at: store.unmailed(at, 1000))) == 60 - most
        before = update(messages).values(created=now() - timedelta(minutes=2))
        database.write(lambda at: at.execute(before))
        wait(post, most + 1)
        time.sleep(2.5)
        assert database.read(lambda at: store.unmailed(at, 1000)) == ()
    assert len(post.messages) == most + 1
    database.close()
