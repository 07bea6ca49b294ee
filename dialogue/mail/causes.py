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
        "asks whoever gave an address with a reply whether it is theirs",
        "waits for its turn; to an inbox that had its share, no mail",
    )
    answer: Limit = _limit(
        20,
        200,
        "tells the writer of a reply, once confirmed, of an answer",
        "waits for its turn; the last mail of a day says so",
    )
    waiting: Limit = _limit(
        200, 30, "tells moderators of a reply that waits", "one digest of all that wait"
    )
    message: Limit = _limit(
        100, 20, "brings a message to whom it is for", "one digest of the messages"
    )
    device: Limit = _limit(
        5,
        10,
        "gives moderators a link to sign in from a new device",
        "no mail; the links sent before are still good",
    )

    def of(self, cause: Cause) -> Limit:
        """The limit of ``cause``, which is no digest."""
        found: Limit = getattr(self, cause.value)
        return found

    def __str__(self) -> str:
        return ",".join(f"{each.name}={getattr(self, each.name)}" for each in fields(self))


# Letters that ask to confirm an address: from one network within an hour.
NETWORK_HOURLY = 10
