"""What connections may cost one process: numbers, bytes and seconds. Part of the settings."""

from __future__ import annotations

from dataclasses import dataclass

from dialogue import casting
from dialogue.setting import setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of one process. A block is a ``/24`` of IPv4 or a ``/48`` of IPv6."""

    max_connections: int = setting(
        "1000",
        casting.whole(16, 100_000),
        "open connections; the one that has waited longest makes way for a new one",
    )
    max_block_connections: int = setting(
        "100",
        casting.whole(1, 100_000),
        "open connections from one address block, by the same rule",
    )
    max_requests: int = setting(
        "500", casting.whole(1, 50_000), "requests being answered; others get 503"
    )
    max_block_requests: int = setting(
        "50", casting.whole(1, 50_000), "requests being answered for one address block, else 429"
    )
    max_body_bytes: int = setting(
        "16777216",
        casting.whole(65_536, 1_073_741_824),
        "bytes of all forms being received; the largest makes way for others",
    )
    max_header_bytes: int = setting(
        "32768", casting.whole(1024, 1_048_576), "bytes of a request's first line and headers"
    )
    header_seconds: int = setting(
        "10", casting.whole(1, 3600), "until the headers of a request are complete"
    )
    body_seconds: int = setting("60", casting.whole(1, 3600), "until a form is received completely")
    answer_seconds: int = setting(
        "30", casting.whole(1, 3600), "until a reader has taken the next 64 kB of an answer"
    )
    idle_seconds: int = setting(
        "30", casting.whole(1, 3600), "until a connection without a request is closed"
    )
