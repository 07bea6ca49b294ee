"""Notes that an outage kept from the database are written when it is over, each once."""

from __future__ import annotations

from functools import partial

import pytest

from dialogue.supervision.outage import OutageError
from dialogue.supervision.owed import Owed


def test_notes_are_kept_through_an_outage_in_their_order() -> None:
    """However long it lasts."""
    owed, away, written = Owed(), [True], list[int]()

    def note(number: int) -> None:
        if away:
            raise OutageError("the database is away")
        written.append(number)

    for number in range(3):
        with pytest.raises(OutageError):
            owed.write(partial(note, number))
    with pytest.raises(OutageError):
        owed.settle()
    away.clear()
    owed.settle()
    owed.settle()
    assert sorted(written) == [0, 1, 2]


def test_a_note_that_no_database_takes_is_not_kept() -> None:
    """It would never be written, and keep all others waiting."""
    owed, tried = Owed(), list[int]()

    def note() -> None:
        tried.append(1)
        raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        owed.write(note)
    owed.settle()
    assert tried == [1]
