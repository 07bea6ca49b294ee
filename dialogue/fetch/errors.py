"""What can go wrong with a fetch."""

from __future__ import annotations


class FetchError(Exception):
    """Something could not be fetched; the message says what and why.

    ``passing`` is true where another try may end better: no answer in time, a broken connection, a
    name that was not found. What is refused on principle stays refused.
    """

    def __init__(self, message: str, *, passing: bool = False) -> None:
        super().__init__(message)
        self.passing = passing
