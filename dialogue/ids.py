"""Names of rows: short, unique without asking anybody, and in the order in which they were made."""

from __future__ import annotations

import secrets
import time

_DIGITS = "0123456789abcdefghijklmnopqrstuv"
_TIME, _CHANCE = 9, 7
_LENGTH = _TIME + _CHANCE


def new() -> str:
    """Sixteen letters and digits: 45 bits of milliseconds, then 35 bits of chance."""
    chance = secrets.randbits(5 * _CHANCE)
    return _spelt(int(time.time() * 1000), _TIME) + _spelt(chance, _CHANCE)


def is_id(text: str) -> bool:
    """Whether ``text`` is spelt like one."""
    return len(text) == _LENGTH and all(char in _DIGITS for char in text)


def _spelt(number: int, length: int) -> str:
    return "".join(_DIGITS[number >> 5 * place & 31] for place in reversed(range(length)))
