"""Every cause of mail has its limits: by inbox, by network, in all; for any number of processes."""

from __future__ import annotations

import ast
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from dialogue import casting, ids
from dialogue.database import Database
from dialogue.mail import outbox
from dialogue.mail.causes import DAY, HOUR, NETWORK_HOURLY, Cause, Limit, Limits
from dialogue.mail.letter import Letter, Sender
from dialogue.mail.limits import Mailer, Room, digest_is_due
from dialogue.mail.postman import Postman
from dialogue.mail.smtp import Server
from dialogue.mail.tables import outbox as table
from tests.conftest import ROOT
from tests.dialogue.mail.server import Post, free_port, serving

NOW = datetime(2026, 5, 19, tzinfo=UTC)
SMALL = Limits(confirm=Limit(3, 5), message=Limit(3, 5))
CONFIRM = Cause.CONFIRM


def mailer(limits: Limits = SMALL) -> Mailer:
    """One with limits that are soon reached."""
    return Mailer(limits, b"a key of the tests", "blog.example")


def put(
    database: Database,
    to: str,
    now: datetime = NOW,
    network: str | None = None,
    by: Mailer | None = None,
) -> Room:
    """Put in a letter if there is room; what room there was."""
    mails = by or mailer()

    def work(connection: Connection) -> Room:
        mails.lock(connection, CONFIRM)
        room = mails.room(connection, CONFIRM, [to], now, network)
        if room is Room.FREE:
            mails.put(connection, CONFIRM, [Letter(ids.new(), to, "s", "t\n")], now, network)
        return room

    return database.write(work)


def send(database: Database, now: datetime) -> None:
    """Everything that waits leaves."""

    def work(connection: Connection) -> None:
        while leased := outbox.lease(connection, now):
            outbox.sent(connection, leased, now)

    database.write(work)


def test_ten_spellings_of_an_inbox_get_what_one_does(database: Database) -> None:
    """Dots, tags and domains make no other inbox; each letter goes to the address as it was typed."""
    by = mailer(Limits(confirm=Limit(3, 60)))
    typed = ["ada@gmail.com", *(f"{'ada'[:at]}.{'ada'[at:]}+{at}@googlemail.com" for at in (1, 2))]
    typed += [f"a.d.a+{number}@gmail.com" for number in range(7)]
    found = [put(database, to, by=by) for to in typed]
    assert found == [Room.FREE] * 3 + [Room.INBOX] * 7
    to = database.read(lambda at: at.execute(select(table.c.recipient)).scalars().all())
    assert sorted(to) == sorted(typed[:3])


def test_an_inbox_has_its_share_of_a_day(database: Database) -> None:
    """The next day it has it again; another cause has a share of its own."""
    assert [put(database, "ada@example.org") for _ in range(4)] == [Room.FREE] * 3 + [Room.INBOX]
    send(database, NOW)
    later = NOW + DAY
    assert put(database, "ada@example.org", later - timedelta(seconds=1)) is Room.INBOX
    assert put(database, "ada@example.org", later) is Room.FREE
    room = database.read(lambda at: mailer().room(at, Cause.MESSAGE, ["ada@example.org"], NOW))
    assert room is Room.FREE


def test_a_network_has_its_share_of_an_hour(database: Database) -> None:
    """Unknown networks share one; the total is what all of them have together."""
    wide = mailer(Limits(confirm=Limit(3, 100)))
    found = [
        put(database, f"p{number}@example.org", network="net", by=wide)
        for number in range(NETWORK_HOURLY + 1)
    ]
    assert found == [Room.FREE] * NETWORK_HOURLY + [Room.NETWORK]
    assert put(database, "q@example.org", network="other", by=wide) is Room.FREE
    assert put(database, "r@example.org", network="", by=wide) is Room.FREE


def test_the_total_is_counted_when_letters_leave(database: Database) -> None:
    """What still waits counts as long as it waits, then for an hour."""
    rooms = [put(database, f"p{number}@example.org") for number in range(6)]
    assert rooms == [Room.FREE] * 5 + [Room.TOTAL]
    days_later = NOW + timedelta(days=3)
    assert put(database, "q@example.org", days_later) is Room.TOTAL
    send(database, days_later)
    assert put(database, "q@example.org", days_later + HOUR - timedelta(seconds=1)) is Room.TOTAL
    assert put(database, "q@example.org", days_later + HOUR) is Room.FREE


def test_no_more_than_the_total_leave_in_any_hour(database: Database) -> None:
    """Also when the mail server was away for long, and then takes everything at once."""
    post, port, at = Post(), free_port(), [NOW]
    left: list[datetime] = []
    worker = Postman(
        database, Server("127.0.0.1", port, "none", seconds=30), _sender, lambda: at[0]
    )
    waiting = [f"p{number}@example.org" for number in range(18)]
    for away in (True,) * 5 + (False,) * 40:
        while waiting and put(database, waiting[0], at[0]) is Room.FREE:
            waiting.pop(0)
        if away:
            assert worker.round().unavailable
        else:
            with serving(post, port):
                left += [at[0]] * worker.round().sent
        at[0] += timedelta(minutes=10)
    assert len(left) == 18
    for moment in left:
        assert sum(moment - HOUR < each <= moment for each in left) <= 5


def _sender() -> Sender:
    return Sender("blog@blog.example")


def test_all_or_none_get_a_letter(database: Database) -> None:
    """What is for several people goes to all of them; a first one always does."""
    people = [f"p{number}@example.org" for number in range(7)]

    def work(connection: Connection, to: list[str]) -> Room:
        found = mailer().room(connection, Cause.MESSAGE, to, NOW)
        if found is Room.FREE:
            made = [Letter(ids.new(), each, "s", "t") for each in to]
            mailer().put(connection, Cause.MESSAGE, made, NOW)
        return found

    assert database.write(lambda at: work(at, people)) is Room.FREE
    assert database.write(lambda at: work(at, people[:1])) is Room.TOTAL


def test_a_clock_that_was_fast_stops_no_mail(database: Database) -> None:
    """What left in the future does not count until then; nor does a digest of the future."""
    future = NOW + timedelta(days=400)
    for number in range(5):
        put(database, f"p{number}@example.org", future)
    which = Cause.MESSAGE_DIGEST
    made = [Letter("digest", "office@blog.example", "s", "t")]
    database.write(lambda at: mailer().put(at, which, made, future))
    send(database, future)
    assert put(database, "p0@example.org", NOW) is Room.FREE
    old, pause = NOW - HOUR, timedelta(minutes=30)
    assert database.read(lambda at: digest_is_due(at, which, old, NOW, pause))


def test_a_limit_of_nothing_is_none(database: Database) -> None:
    """Neither to an inbox nor in all, however few ask."""
    for limit, room in ((Limit(0, 5), Room.INBOX), (Limit(5, 0), Room.TOTAL)):
        assert put(database, "ada@example.org", by=mailer(Limits(confirm=limit))) is room


def test_many_processes_count_together(database: Database) -> None:
    """Sixteen at a time, on connections of their own: exactly as many as there is room for."""
    url = database.url.render_as_string(hide_password=False)
    opened = [Database(url) for _ in range(4)]
    with ThreadPoolExecutor(16) as pool:
        found = list(
            pool.map(
                lambda at: put(opened[at % 4], f"p{at}@example.org", network=f"{at}"), range(64)
            )
        )
    assert found.count(Room.FREE) == 5
    for each in opened:
        each.close()


def test_what_is_counted_outlives_a_restart(database: Database) -> None:
    """A new process counts what is in the database."""
    for number in range(5):
        put(database, f"p{number}@example.org")
    again = Database(database.url.render_as_string(hide_password=False))
    assert put(again, "q@example.org") is Room.TOTAL
    again.close()


def test_a_digest_is_due_soon_and_then_not_for_a_while(database: Database) -> None:
    """Not before others could come, not while the last one waits, and not too soon after it."""
    pause = timedelta(minutes=30)

    def due(oldest: datetime, now: datetime) -> bool:
        which = Cause.MESSAGE_DIGEST
        return database.read(lambda at: digest_is_due(at, which, oldest, now, pause))

    assert not due(NOW, NOW + timedelta(seconds=59))
    assert due(NOW, NOW + timedelta(minutes=1))
    made = [Letter("digest", "office@blog.example", "s", "t")]
    database.write(lambda at: mailer().put(at, Cause.MESSAGE_DIGEST, made, NOW))
    assert not due(NOW, NOW + timedelta(minutes=40)), "the last one still waits"
    send(database, NOW)
    assert not due(NOW, NOW + timedelta(minutes=29))
    assert due(NOW, NOW + pause)


def test_limits_are_read_by_cause() -> None:
    """Those that are not named keep their default; a cause that does not exist is named."""
    found = casting.mail_limits("message=7/8, confirm=1/2")
    assert (found.message, found.confirm) == (Limit(7, 8), Limit(1, 2))
    assert found.answer == Limits().answer
    assert casting.mail_limits(str(Limits())) == Limits()


@pytest.mark.parametrize("text", ["confirm", "confirm=3", "nothing=1/2", "confirm=-1/2", "a=1/1,"])
def test_what_is_no_limit_is_refused(text: str) -> None:
    """With how one is written, and of what there are limits."""
    with pytest.raises(ValueError, match="confirm=3/60, or confirm, answer, waiting"):
        casting.mail_limits(text)


def test_every_cause_has_its_limit() -> None:
    """Or is a digest of one that has; and the docs have the table."""
    single = [each.value for each in Cause if not each.value.endswith("-digest")]
    assert single == [each.name for each in fields(Limits)]
    assert {f"{cause}-digest" for cause in ("waiting", "message")} == {*Cause} - {*single}
    docs = (ROOT / "docs" / "dialogue.md").read_text(encoding="utf-8")
    for each in fields(Limits):
        limit = getattr(Limits(), each.name)
        about, beyond = each.metadata["about"], each.metadata["beyond"]
        row = f"| `{each.name}` | {about} | {limit.daily} | {limit.hourly} | {beyond} |"
        assert row in docs


def test_no_mail_goes_past_the_limits() -> None:
    """Only what counts puts letters into the outbox."""

    def calls(text: str) -> bool:
        found = (node.func for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
        return any(ast.unparse(func) == "outbox.put" for func in found)

    paths = (ROOT / "dialogue").rglob("*.py")
    found = [path.name for path in paths if calls(path.read_text(encoding="utf-8"))]
    assert found == ["limits.py"]
