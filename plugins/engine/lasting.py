"""What a command leaves to the system when it ends."""

from __future__ import annotations

import gc


def keep_to_the_end(value: object) -> None:
    """Keep ``value`` and all that is in memory until the process ends, and then still.

    A large site is a million values. Python would take them apart one by one before it exits, which
    takes as long as publishing them; the system takes them all at once. So they are held by a list
    that holds itself, and the search for such circles is told to leave out what is there by now.
    """
    held: list[object] = [value]
    held.append(held)
    gc.freeze()
