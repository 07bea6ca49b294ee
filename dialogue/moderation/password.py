"""The moderators' password: only its argon2id hash is ever kept, and comparing takes its time."""

from __future__ import annotations

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 1024
# The parameters that argon2-cffi recommends (RFC 9106, low memory): 64 MiB for each comparison.
_HASHER = PasswordHasher()


def hashed(password: str) -> str:
    """A new hash of ``password``, salted: for ``DIALOGUE_MODERATOR_PASSWORD_HASH``.

    Raises ValueError if it is shorter or longer than a password may be.
    """
    if len(password) < SHORTEST:
        raise ValueError(f"a password has at least {SHORTEST} characters")
    if len(password) > LONGEST:
        raise ValueError(f"a password has at most {LONGEST} characters")
    return _HASHER.hash(password)


def is_hash(text: str) -> bool:
    """Whether ``text`` is a hash that passwords can be compared with."""
    try:
        extract_parameters(text)
    except InvalidHashError:
        return False
    return True


def matches(password_hash: str, password: str) -> bool:
    """Whether ``password`` is the right one; as slow for a wrong one, whatever its length.

    Call it in a lane: guesses must not cost the machine its memory.
    """
    try:
        _HASHER.verify(password_hash, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return len(password) <= LONGEST
