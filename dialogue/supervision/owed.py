"""Notes of what was done that the database could not take at once: written before the next round.

Without them an outage would look like a process that died: the attempt would count against the job,
its lease would keep it waiting, and a letter that was sent would be sent again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from dialogue.supervision.outage import is_outage

Note = Callable[[], object]
"""Writes to the database. It may be called again after it did so without our hearing of it."""


class Owed:
    """The notes that one worker owes; safe for threads."""

    def __init__(self) -> None:
        self._notes: deque[Note] = deque()

    def write(self, note: Note) -> None:
        """Write a note; in an outage, which is raised, it is kept."""
        try:
            note()
        except Exception as error:
            if is_outage(error):
                self._notes.append(note)
            raise

    def settle(self) -> None:
        """Write what is owed, the oldest first; raises the outage that still goes on."""
        for _ in range(len(self._notes)):
            self.write(self._notes.popleft())
