"""When to try again: soon at first, then less and less often, and after some days no more."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

FIRST = timedelta(seconds=30)
LONGEST = timedelta(hours=4)
# As long as mail servers keep trying themselves (RFC 5321, 4.5.4.1).
GIVE_UP = timedelta(days=5)
_SPREAD = 0.25


def pause(attempts: int, salt: str) -> timedelta:
    """How long to wait after attempt number ``attempts`` (from 1), doubling each time.

    Up to a quarter longer, by ``salt``: what failed together does not come back in one moment.
    """
    plain = min(FIRST * (1 << min(attempts - 1, 30)), LONGEST)
    return plain * (1 + _SPREAD * _fraction(f"{attempts} {salt}"))


def too_old(created: datetime, now: datetime) -> bool:
    """Whether something first tried at ``created`` is not worth another attempt."""
    return now - created >= GIVE_UP


def _fraction(text: str) -> float:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4]) / 2**32
