"""What has to hold after everything has failed: nothing lost, nothing doubled, all at work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select

from dialogue.contact.tables import messages
from dialogue.database import Database
from dialogue.mail.tables import outbox
from dialogue.replies.model import State
from dialogue.replies.store import Store
from dialogue.replies.tables import replies
from dialogue.supervision import attempts
from dialogue.webmention.tables import webmentions
from tests.dialogue.chaos import faults
from tests.dialogue.chaos.faults import Fault
from tests.dialogue.chaos.load import Record, Sample
from tests.dialogue.chaos.world import World
from tests.dialogue.conftest import Published
from tests.dialogue.publishing import sites
from tests.waiting import until
from thread import files

GRACE = 2.0
"""Seconds after a fault that still count as its outage."""
DRAIN = 240.0
"""Seconds within which everything that waits is done."""
WORKERS = {
    *("notices", "mail", "webmentions", "webmentions (slow)", "webmentions (old)"),
    *("publisher", "hook", "cleaner"),
}
"""All that there are, by name."""


@dataclass(frozen=True)
class Outage:
    """A fault, and from when to when it lasted."""

    fault: Fault
    start: float
    end: float


@dataclass
class Story:
    """What was done to the service, and what it said."""

    world: World
    record: Record = field(default_factory=Record)
    outages: list[Outage] = field(default_factory=list)

    def within(self, start: float, end: float, which: Collection[Fault]) -> bool:
        """Whether that time touches an outage by one of these faults."""
        return any(
            each.start <= end and start <= each.end + GRACE and each.fault in which
            for each in self.outages
        )

    @property
    def calm(self) -> list[Sample]:
        """The requests outside of the outages that readers can notice."""
        return [
            each
            for each in self.record.samples
            if not self.within(each.start, each.start + each.seconds, faults.READERS_SEE)
        ]


def wait(what: Callable[[], object], story: Story) -> None:
    """Until it holds; fails with the log of the service when it does not in time."""
    until(what, lambda: story.world.log()[-4000:], DRAIN)


def is_enough(story: Story) -> bool:
    """Whether so much was asked and written that the checks say something."""
    return len(story.calm) > 50 and len(story.record.replies) > 10


def words(database: Database, story: Story) -> None:
    """What was acknowledged is stored, and stored once; what was approved is approved."""
    found = database.read(lambda at: list(at.execute(select(replies.c.text)).scalars()))
    notes = database.read(lambda at: list(at.execute(select(messages.c.text)).scalars()))
    sources = database.read(lambda at: list(at.execute(select(webmentions.c.source)).scalars()))
    record = story.record
    assert set(record.replies) <= set(found)
    assert set(record.messages) <= set(notes)
    assert set(record.mentions) <= set(sources)
    assert {count for text, count in Counter(found).items() if text.startswith("reply ")} == {1}
    assert {*Counter(notes).values()} <= {1}
    states = select(replies.c.id).where(replies.c.state == State.APPROVED.value)
    approved = set(database.read(lambda at: list(at.execute(states).scalars())))
    assert set(record.approved) <= approved


def mail(database: Database, story: Story) -> None:
    """Every message was mailed or set aside with a reason; once, unless an answer was lost."""
    columns = (outbox.c.key, outbox.c.message_id, outbox.c.state, outbox.c.problem)
    rows = database.read(lambda at: at.execute(select(*columns)).all())
    assert {row.state for row in rows} <= {"sent", "failed"}
    assert all(row.problem for row in rows if row.state == "failed")
    taken = story.world.relay.taken
    assert {row.message_id for row in rows if row.state == "sent"} <= {name for _, name, _ in taken}
    failed = {row.key.split("/")[1] for row in rows if row.state == "failed"}
    stored = database.read(lambda at: at.execute(select(messages.c.id, messages.c.text)).all())
    said = "\n".join(text for _, _, text in taken)
    lost = [row.text for row in stored if row.text not in said and row.id not in failed]
    assert lost == []
    assert [_when(story, each) for each in doubled(story) if not _may_double(story, each)] == []


def doubled(story: Story) -> list[str]:
    """The Message-IDs of mails that the relay took more than once."""
    came = Counter(name for _, name, _ in story.world.relay.taken)
    return [name for name, count in came.items() if count > 1]


def _when(story: Story, name: str) -> tuple[str, list[float], list[str]]:
    """When the relay took that mail, in seconds, and the faults around these moments."""
    times = [at for at, taken, _ in story.world.relay.taken if taken == name]
    near = [
        each.fault.__name__
        for each in story.outages
        if each.start - GRACE <= times[-1] and times[0] <= each.end + GRACE
    ]
    return name, times, near


def _may_double(story: Story, name: str) -> bool:
    """Whether the relay's acknowledgement was lost, or the process that had it before it could note it."""
    times = [at for at, taken, _ in story.world.relay.taken if taken == name]
    mute = story.within(times[0], times[0], faults.KEEP_FROM_WRITING)
    killed = story.within(times[0], times[-1] if mute else times[0], {faults.process_killed})
    return killed or name in story.world.relay.unacknowledged


def pages(database: Database, made: World, built: Path) -> None:
    """The site is, byte for byte, what a build of the approved replies makes."""
    store = Store(database, Published())
    threads = {post.id: files.read(made.threads, post.id) for post in sites.PAGES}
    for post, thread in threads.items():
        assert [each.id for each in thread.replies] == [
            each.id for each in store.thread(post).replies
        ]
    sites.write_site(built, threads)
    assert sites.files(made.output) == sites.files(built)


def workers(database: Database, story: Story) -> None:
    """Every worker lives and has ended a round well; whatever is set aside has a reason."""
    found: list[dict[str, Any]] = []

    def well() -> bool:
        answer = httpx.get(f"{story.world.url}/dialogue/health", timeout=10)
        found[:] = [answer.json()]
        states = {each["state"] for each in found[0]["workers"].values()}
        return answer.status_code == 200 and states <= {"ok", "standby"}

    # Each answer may be of another process.
    for _ in range(5):
        wait(well, story)
    assert all(each.reason for each in database.read(attempts.listed))
    assert found[0]["status"] == "ok"
    assert found[0]["workers"].keys() == WORKERS


def answers(story: Story, bound: float) -> None:
    """Outside of the outages, 99 of 100 requests are answered within ``bound``, and none fails."""
    assert is_enough(story)
    assert _part(story, 0.99) < bound
    assert [each for each in story.calm if each.status >= 500 or each.status == 0] == []


def figures(database: Database, story: Story) -> str:
    """What was measured, in one line: for the docs."""
    record, relay = story.record, story.world.relay
    aside = database.read(lambda at: sum(attempts.counts(at).values()))
    unheard = [name for name in doubled(story) if name in relay.unacknowledged]
    said = {
        "rounds": len(story.outages),
        "requests": len(record.samples),
        "outside of outages": len(story.calm),
        "replies": len(record.replies),
        "approved": len(record.approved),
        "messages": len(record.messages),
        "webmentions": len(record.mentions),
        "s p50": f"{_part(story, 0.5):.3f}",
        "s p99": f"{_part(story, 0.99):.3f}",
        "s p100": f"{_part(story, 1):.3f}",
        "mails": len({name for _, name, _ in relay.taken}),
        "doubled": len(doubled(story)),
        "of them without the relay's answer": len(unheard),
        "restarts": story.world.restarts,
        "set aside": aside,
    }
    return ", ".join(f"{value} {name}" for name, value in said.items())


def _part(story: Story, part: float) -> float:
    """The time within which that part of the calm requests was answered."""
    times: Sequence[float] = sorted(each.seconds for each in story.calm)
    return times[min(int(len(times) * part), len(times) - 1)]
