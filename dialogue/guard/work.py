"""Proof of work: a number that takes a browser a moment to find, and a program with many replies long.

The format is that of altcha (altcha.org, version 1): find the number for which SHA-256 of salt and
number is the challenge. Ours carries the id of the one reply that it is good for in its salt, so no
solution can be used twice, and nothing has to be kept.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass

_ALGORITHM = "SHA-256"
# Many times what a browser sends: nothing longer is looked at.
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a browser is given; the field names are those of the format."""

    algorithm: str
    challenge: str
    maxnumber: int
    salt: str
    signature: str

    def as_json(self) -> str:
        """The challenge as a script reads it."""
        return json.dumps(asdict(self))


def challenge(key: bytes, about: str, most: int) -> Challenge:
    """A challenge for the reply ``about``, solved by trying at most ``most`` numbers."""
    # The ampersand ends the salt: without it, a digit could be moved from the number to the salt.
    salt = f"{about}.{secrets.token_hex(8)}&"
    answer = _digest(salt, secrets.randbelow(most + 1))
    return Challenge(_ALGORITHM, answer, most, salt, _signature(key, answer))


def is_solved(key: bytes, about: str, solution: str) -> bool:
    """Whether ``solution``, base64 of JSON, solves a challenge of ours for the reply ``about``."""
    if len(solution) > _LONGEST:
        return False
    try:
        found = json.loads(base64.b64decode(solution, validate=True))
        salt, number, answer = str(found["salt"]), int(found["number"]), str(found["challenge"])
        signature = str(found["signature"])
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
        return False
    ours = hmac.compare_digest(_signature(key, answer).encode(), signature.encode())
    return ours and salt.startswith(f"{about}.") and _digest(salt, number) == answer


def _digest(salt: str, number: int) -> str:
    return hashlib.sha256(f"{salt}{number}".encode(errors="replace")).hexdigest()


def _signature(key: bytes, answer: str) -> str:
    return hmac.digest(key, answer.encode(errors="replace"), hashlib.sha256).hex()
