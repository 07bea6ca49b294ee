"""Names of new files, made of what an old site called its posts."""

from __future__ import annotations

import re

_LONGEST = 180  # bytes; file systems take 255, and something may be added


def file_name(text: str, otherwise: str) -> str:
    """A name without an ending, safe in every file system; ``otherwise`` where nothing is left of it."""
    plain = re.sub(r"[^\w.-]+", "-", text).strip("-.")
    return plain.encode()[:_LONGEST].decode("utf-8", "ignore").strip("-.") or otherwise


def unique(name: str, taken: set[str]) -> str:
    """``name``, with a number behind it if one like it is taken, whatever its case; it is then."""
    made, number = name, 1
    while made.casefold() in taken:
        number += 1
        made = f"{name}-{number}"
    taken.add(made.casefold())
    return made
