"""Every cause of mail, and how many letters it may make: the one list of both.

``docs/dialogue.md`` has the table; a test compares it with this one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import timedelta
from enum import StrEnum

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


class Cause(StrEnum):
    """Why a letter is sent; kept with it in the outbox."""

    CONFIRM = "confirm"
    ANSWER = "answer"
    WAITING = "waiting"
    MESSAGE = "message"
    DEVICE = "device"
    WAITING_DIGEST = "waiting-digest"
    MESSAGE_DIGEST = "message-digest"


@dataclass(frozen=True, slots=True)
class Limit:
    """How many letters: to one inbox within a day, and in all within an hour."""

    daily: int
    hourly: int

    def __str__(self) -> str:
        return f"{self.daily}/{self.hourly}"


def _limit(daily: int, hourly: int, about: str, beyond: str) -> Limit:
    """A limit with its default, whom the letters of its cause go to, and what happens beyond it."""
    metadata = {"about": about, "beyond": beyond}
    found: Limit = field(default=Limit(daily, hourly), metadata=metadata)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limit of each cause. Digests are limited by the pause between two of them."""

    confirm: Limit = _limit(
        3,
        60,
        "to the address that came with a reply: a link to confirm it",
        "they wait, up to two days; an inbox that had its share gets none",
    )
    answer: Limit = _limit(
        20,
        200,
        "to the writer of a reply who confirmed the address: it was answered",
        "they wait, up to 30 days; the last mail of the day says that there may be more",
    )
    waiting: Limit = _limit(
        200, 30, "to moderators: a reply waits", "one digest: how many wait, and how each begins"
    )
    message: Limit = _limit(
        100,
        20,
        "to contacts and authors: a message",
        "one digest: who wrote, and how each message begins",
    )
    device: Limit = _limit(
        5,
        10,
        "to moderators: a link to sign in on a new device",
        "no mail; the links sent before still work",
    )

    def of(self, cause: Cause) -> Limit:
        """The limit of ``cause``, which is no digest."""
        found: Limit = getattr(self, cause.value)
        return found

    def __str__(self) -> str:
        return ",".join(f"{each.name}={getattr(self, each.name)}" for each in fields(self))


# Letters that ask to confirm an address: from one network within an hour.
NETWORK_HOURLY = 10
