"""How large the first line and the headers of a request may grow, as sent and as parsed."""

from __future__ import annotations

from dataclasses import dataclass

from dialogue.connections.refusals import HEADERS_TOO_LARGE, Refusal

HEADER = 32
"""What a header counts for besides its bytes, as in HTTP/2 (RFC 9113, section 6.5.2)."""


@dataclass(slots=True)
class Head:
    """The head of the request that is being received, of at most that many bytes."""

    most: int
    begun: bool = False
    _received: int = 0
    _parsed: int = 0

    def begin(self) -> None:
        """A request begins."""
        self.begun, self._received, self._parsed = True, 0, 0

    def received(self, count: int) -> Refusal | None:
        """Bytes came in; a single line without end is known by nothing else."""
        self._received += count
        return HEADERS_TOO_LARGE if self.begun and self._received > self.most else None

    def parsed(self, count: int) -> Refusal | None:
        """Bytes turned out to be part of the head."""
        self._parsed += count
        return HEADERS_TOO_LARGE if self._parsed > self.most else None
