"""Who is told of what, and how often."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from dialogue import queues
from dialogue.errors import DialogueError
from dialogue.mail.causes import Limit, Limits
from dialogue.mail.tables import outbox
from dialogue.moments import now
from dialogue.notices import due
from dialogue.notices import letters as letters_module
from dialogue.notices.links import Links
from dialogue.notices.tables import told as told_table
from dialogue.notices.teller import Teller
from dialogue.replies.model import State, Stored
from dialogue.replies.tables import replies
from dialogue.services import Services
from dialogue.supervision import attempts
from tests.dialogue.replies_made import mention, reply

ADA, BEN = "ada@example.net", "ben@example.net"


@pytest.fixture
def made(make_services: Callable[..., Services]) -> Services:
    """A service that sends mail and has a moderator."""
    return make_services(
        moderators=("mod@example.org",), mail_host="127.0.0.1", mail_from="blog@blog.example"
    )


def letters(services: Services) -> list[Any]:
    """What is in the outbox, in order."""
    query = select(outbox).order_by(outbox.c.created, outbox.c.id)
    return list(services.database.read(lambda found: found.execute(query).all()))


def hold(services: Services, **fields: Any) -> Stored:
    """Store a reply."""
    return services.store.hold(reply(**fields)).reply


def told(services: Services, **fields: Any) -> list[str]:
    """Store a reply; whom that sends mail to."""
    hold(services, **fields)
    Teller(services).round()
    return [row.recipient for row in letters(services)]


def test_moderators_hear_of_what_waits(made: Services) -> None:
    """Once, with what it says and where to decide; a mention of another site too."""
    held = hold(made, author="Ada", words="First\nsecond", reasons=("links",))
    made.store.add_mention(mention(date=now() - timedelta(days=400)))
    for _ in range(2):
        Teller(made).round()
    first, second = sorted(letters(made), key=lambda row: row.subject)
    assert (first.recipient, first.subject) == ("mod@example.org", "Reply to “About tea” by Ada")
    assert "> First\n> second\n" in first.text
    assert "Why it waits: links\n" in first.text
    for choice in ("approved", "rejected", "spam"):
        assert f"&choice={choice}\n" in first.text
    token = first.text.partition("token=")[2].partition("&")[0]
    assert Links(made.settings.site_url, made.tokens).decided(token) == held.id
    assert second.subject == "Reply to “About tea” by Other"


def test_what_does_not_wait_is_not_told(made: Services) -> None:
    """Approved and spam: no mail to moderators."""
    assert told(made, state=State.SPAM) == []
    assert told(made, state=State.APPROVED) == []


def test_a_flood_is_told_in_a_digest(made: Services) -> None:
    """As many single mails as an hour has room for; then one that counts and quotes the rest."""
    most = made.settings.mail_limits.waiting.hourly
    for number in range(most + 60):
        hold(made, author=f"Ada {number}", words=f"No. {number}")
    Teller(made).round()
    assert len(letters(made)) == most
    for later in (2, 3, 20):
        Teller(made, lambda later=later: now() + timedelta(minutes=later)).round()  # type: ignore[misc] # mypy does not see the default's type
    (digest,) = [row for row in letters(made) if row.cause == "waiting-digest"]
    assert len(letters(made)) == most + 1
    assert digest.subject == "60 replies wait on The Blog"
    assert digest.text.count("> No. ") == 50
    assert "https://blog.example/dialogue/moderate/\n" in digest.text


def test_a_flood_that_goes_on_makes_few_digests(made: Services) -> None:
    """One in so many minutes, as the settings say; each reply is in one of them."""
    for number in range(made.settings.mail_limits.waiting.hourly):
        hold(made, words=f"No. {number}")
    Teller(made).round()
    for minute in range(1, 60):
        hold(made, words=f"minute {minute}", created=now() + timedelta(minutes=minute - 1))
        Teller(made, lambda minute=minute: now() + timedelta(minutes=minute)).round()  # type: ignore[misc] # mypy does not see the default's type
        delivered(made)
    digests = [row for row in letters(made) if row.cause == "waiting-digest"]
    assert len(digests) == 2


def delivered(services: Services) -> None:
    """What waits leaves, and is remembered as it was."""
    done = update(outbox).where(outbox.c.state == "waiting").values(state="sent", finished=now())
    services.database.write(lambda found: found.execute(done))


def test_an_address_is_asked_whether_it_is_right(made: Services) -> None:
    """Nothing that the visitor wrote is in that mail; it can be unsubscribed from in one click."""
    hold(made, email=ADA, author="Buy Pills", words="at pills.example", url="https://pills.example")
    Teller(made).round()
    Teller(made).round()
    (letter,) = [row for row in letters(made) if row.recipient == ADA]
    assert "ills" not in letter.subject + letter.text
    assert "https://blog.example/dialogue/mail/confirm?token=" in letter.text
    assert letter.unsubscribe.startswith("https://blog.example/dialogue/mail/unsubscribe?token=")


@pytest.mark.parametrize(
    "fields",
    [
        {"reasons": ("links",)},
        {"state": State.SPAM},
        {"state": State.REJECTED},
        {"created": now() - timedelta(days=3)},
        {"email": "no address"},
        {"email": "a@b.example\r\nBcc: c@d.example"},
    ],
)
def test_some_are_not_asked(made: Services, fields: dict[str, Any]) -> None:
    """Whose reply is suspicious, refused or old, and what is no address."""
    assert [to for to in told(made, **{"email": ADA, **fields}) if to != "mod@example.org"] == []


def test_a_suspicious_reply_that_was_approved_is_asked(made: Services) -> None:
    """A moderator vouches for it."""
    held = hold(made, email=ADA, reasons=("links",))
    Teller(made).round()
    made.store.decide(held.id, State.APPROVED)
    Teller(made).round()
    assert [row.recipient for row in letters(made)].count(ADA) == 1


_DOTS = ("ada", "a.da", "ad.a", "a.d.a", "ADA")
DOTS = [f"{name}@{host}.com" for host in ("gmail", "googlemail") for name in _DOTS]


@pytest.mark.parametrize(
    "spellings",
    [
        [f"Ada+{number}@example.net" for number in range(10)],
        DOTS,
    ],
    ids=["tags", "dots"],
)
def test_one_inbox_is_not_bombed(made: Services, spellings: list[str]) -> None:
    """Ten spellings of it get three mails a day; the next day it can be asked again."""
    for number, email in enumerate(spellings):
        hold(made, words=f"{number}", email=email, address=f"net{number}")
    Teller(made).round()
    asked = [row.recipient for row in letters(made) if row.recipient != "mod@example.org"]
    assert sorted(asked) == sorted(spellings[:3])
    delivered(made)
    tomorrow = now() + timedelta(days=1, minutes=1)
    hold(made, words="tomorrow", email=spellings[0])
    Teller(made, lambda: tomorrow).round()
    assert [row.recipient for row in letters(made)].count(spellings[0]) == 2


def test_many_inboxes_wait_for_their_turn(make_services: Callable[..., Services]) -> None:
    """No more are asked in an hour than the total allows; the others later, and none is lost."""
    made = make_services(
        mail_host="127.0.0.1",
        mail_from="blog@blog.example",
        mail_limits=Limits(confirm=Limit(3, 20)),
    )
    for number in range(50):
        hold(made, words=f"{number}", email=f"p{number}@example.net", address=f"net{number}")
    asked = []
    for hour in range(4):
        Teller(made, lambda hour=hour: now() + timedelta(hours=hour)).round()  # type: ignore[misc] # mypy does not see the default's type
        asked.append(len(letters(made)))
        at = now() + timedelta(hours=hour)
        done = update(outbox).where(outbox.c.state == "waiting").values(state="sent", finished=at)
        made.database.write(lambda found, done=done: found.execute(done))  # type: ignore[misc] # as above
    assert asked == [20, 40, 50, 50]


def test_one_network_does_not_bomb_many(made: Services) -> None:
    """Ten mails an hour, to however many inboxes."""
    for number in range(15):
        hold(made, words=f"{number}", email=f"p{number}@example.net", address="one network")
    Teller(made).round()
    asked = [row for row in letters(made) if row.recipient != "mod@example.org"]
    assert len(asked) == 10


def conversation(made: Services, **fields: Any) -> tuple[Stored, Stored]:
    """Ada's reply with a confirmed address, and one that answers it."""
    asked = hold(made, email=ADA, state=State.APPROVED)
    made.store.verify(asked.id)
    return asked, hold(made, words="No!", parent=asked.id, **fields)


def test_an_answer_is_told_when_everybody_can_read_it(made: Services) -> None:
    """To a confirmed address, once, with nothing that the visitor wrote."""
    _, answer = conversation(made, author="Buy Pills")
    Teller(made).round()
    assert ADA not in [row.recipient for row in letters(made)]
    made.store.decide(answer.id, State.APPROVED)
    Teller(made).round()
    made.store.decide(answer.id, State.REJECTED)
    made.store.decide(answer.id, State.APPROVED)
    Teller(made).round()
    (letter,) = [row for row in letters(made) if row.recipient == ADA]
    assert f"https://blog.example/tea/#reply-{answer.id}" in letter.text
    assert "Pills" not in letter.text
    assert letter.unsubscribe


def test_an_address_nobody_confirmed_gets_no_answers(made: Services) -> None:
    """Until it is confirmed: then it hears of the answer that is there already."""
    asked = hold(made, email=ADA, state=State.APPROVED)
    hold(made, words="No!", parent=asked.id, state=State.APPROVED)
    Teller(made).round()
    assert not [row for row in letters(made) if "answered" in row.subject]
    made.store.verify(asked.id)
    Teller(made).round()
    assert len([row for row in letters(made) if "answered" in row.subject]) == 1


def test_nobody_is_told_of_their_own_answer(made: Services) -> None:
    """The same inbox wrote both."""
    conversation(made, email="ADA+x@example.net", state=State.APPROVED)
    Teller(made).round()
    assert not [row for row in letters(made) if "answered" in row.subject]


@pytest.mark.parametrize(("whole", "form"), [(False, 0), (True, 0), (True, 1)])
def test_who_wants_no_mail_gets_none(made: Services, whole: bool, form: int) -> None:
    """About one reply, or at all, also when that was said to a former release."""
    asked, _ = conversation(made, state=State.APPROVED)
    links = Links(made.settings.site_url, made.tokens)
    silent = links.marks(ADA)[form] if whole else asked.id
    made.database.write(lambda found: due.silence(found, silent, now()))
    hold(made, email=ADA, words="another")
    Teller(made).round()
    assert [row.recipient for row in letters(made)].count(ADA) == (0 if whole else 1)


def test_many_answers_are_told_until_the_last_mail_of_the_day(
    make_services: Callable[..., Services],
) -> None:
    """It says that it is the last one; there is no mail about the others."""
    limits = Limits(answer=Limit(3, 100))
    made = make_services(mail_host="127.0.0.1", mail_from="blog@blog.example", mail_limits=limits)
    asked, _ = conversation(made, state=State.APPROVED)
    for number in range(6):
        hold(made, words=f"{number}", parent=asked.id, state=State.APPROVED)
    Teller(made).round()
    found = [row for row in letters(made) if row.cause == "answer"]
    assert ["last mail" in row.text for row in found].count(True) == 1
    assert len(found) == 3


def test_old_answers_are_no_news(made: Services) -> None:
    """Those of an import, say."""
    long_ago = now() - timedelta(days=40)
    conversation(made, state=State.APPROVED, created=long_ago)
    Teller(made).round()
    assert not [row for row in letters(made) if "answered" in row.subject]


def test_trust_needs_a_confirmed_approved_reply_and_no_spam(made: Services) -> None:
    """The address as typed proves nothing."""
    first = hold(made, email=ADA, state=State.APPROVED)
    second = hold(made, email=ADA, words="again")

    def trusted() -> bool:
        return made.database.read(lambda found: due.trusted(found, second))

    assert not trusted()
    made.store.verify(first.id)
    assert trusted()
    spam = hold(made, email=ADA, words="pills")
    made.store.decide(spam.id, State.SPAM)
    assert not trusted()


def test_what_is_gone_is_forgotten(made: Services) -> None:
    """Notes about replies that were erased are deleted."""
    gone, kept = hold(made, words="1"), hold(made, words="2")
    Teller(made).round()
    made.store.erase(gone.id)
    made.database.write(due.forget)
    query = select(told_table.c.reply)
    assert made.database.read(lambda found: found.execute(query).scalars().all()) == [kept.id]


def test_a_post_that_is_gone_stops_nothing(made: Services) -> None:
    """The replies to it are passed over, the others are told."""
    gone = hold(made, words="1", email=ADA)
    change = update(replies).where(replies.c.id == gone.id).values(target="gone")
    made.database.write(lambda found: found.execute(change))
    assert told(made, words="2") == ["mod@example.org"]


def test_a_notice_that_cannot_be_made_is_set_aside_and_the_others_go(
    made: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After some attempts; a moderator can have it tried again."""
    bad = hold(made, author="Bad")
    good, real = hold(made, author="Good"), letters_module.held

    def held(to: str, reply: Stored, *rest: Any) -> Any:
        if reply.id == bad.id:
            raise KeyError("no such word")
        return real(to, reply, *rest)

    monkeypatch.setattr(letters_module, "held", held)
    time = [now()]
    teller = Teller(made, lambda: time[0])
    for _ in range(attempts.MOST + 1):
        teller.round()
        time[0] += timedelta(minutes=5)
    assert [row.subject for row in letters(made)] == ["Reply to “About tea” by Good"]
    (aside,) = made.database.read(queues.set_aside)
    assert (aside.fact.queue, aside.fact.job) == ("notices", f"held/{bad.id}")
    assert (aside.about, aside.fact.reason) == (("held", "tea", "Bad"), "KeyError: 'no such word'")
    assert good.id != bad.id
    monkeypatch.undo()
    made.database.write(lambda at: queues.retry(at, "notices", aside.fact.job))
    teller.round()
    assert len(letters(made)) == 2


def test_a_notice_waits_for_the_site(made: Services) -> None:
    """A site that is not built is no notice's fault, however often it is looked at."""
    hold(made)
    (made.settings.output / "targets.json").rename(made.settings.output / "away")
    for _ in range(attempts.MOST + 1):
        with pytest.raises(DialogueError):
            Teller(made).round()
    (made.settings.output / "away").rename(made.settings.output / "targets.json")
    Teller(made).round()
    assert len(letters(made)) == 1
