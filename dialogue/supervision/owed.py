"""Notes of what was done that the database could not take at once: written before the next round.

Without them an outage would look like a process that died: the attempt would count against the job,
its lease would keep it waiting, and a letter that was sent would be sent again.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from dialogue.supervision.outage import is_outage

Note = Callable[[], object]
"""Writes to the database. It may be called again after it did so without our hearing of it."""
# A short outage is waited out at once: what is only owed is lost with the process.
_PAUSES = (0.25, 0.5, 1.0, 2.0)


class Owed:
    """The notes that one worker owes; safe for threads."""

    def __init__(self) -> None:
        self._notes: deque[Note] = deque()

    def write(self, note: Note) -> None:
        """Write a note; in an outage of more than a few seconds, which is raised, it is kept."""
        for pause in _PAUSES:
            try:
                note()
            except Exception as error:
                if not is_outage(error):
                    raise
                time.sleep(pause)
            else:
                return
        self._last(note)

    def settle(self) -> None:
        """Write what is owed, the oldest first; raises the outage that still goes on."""
        for _ in range(len(self._notes)):
            self._last(self._notes.popleft())

    def _last(self, note: Note) -> None:
        try:
            note()
        except Exception as error:
            if is_outage(error):
                self._notes.append(note)
            raise
