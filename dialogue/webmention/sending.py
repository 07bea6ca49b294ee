"""Telling one page that ours mentions it: find its endpoint, post to it (W3C Webmention, section 3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Protocol

from dialogue.fetch.errors import FetchError
from dialogue.fetch.fetcher import Response
from dialogue.webmention.discovery import endpoint

_ACCEPT = {"Accept": "text/html, application/xhtml+xml, */*;q=0.5"}
_LONGEST_WAIT = 7 * 24 * 3600


class Fetch(Protocol):
    """:func:`dialogue.fetch.fetcher.fetch`, or what stands for it."""

    def __call__(
        self,
        url: str,
        *,
        form: Sequence[tuple[str, str]] | None = None,
        headers: dict[str, str] = ...,
    ) -> Response:
        """Get ``url``, or post ``form`` to it; raises FetchError."""


class Outcome(StrEnum):
    """What telling came to."""

    TOLD = "told"
    NOWHERE = "nowhere"
    LATER = "later"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Report:
    """What telling came to, and about it in words; ``wait`` is for how many seconds to stay away."""

    outcome: Outcome
    about: str
    wait: int = 0


def tell(source: str, target: str, fetch: Fetch, now: datetime) -> Report:
    """Tell the page ``target`` that ``source`` mentions it, or did so before; never raises for it."""
    try:
        page = fetch(target, headers=_ACCEPT)
        if not page.ok:
            return _unhappy(page, "it", now)
        place = endpoint(page)
        if not place:
            return Report(Outcome.NOWHERE, "takes no webmentions")
        answer = fetch(place, form=(("source", source), ("target", target)))
    except FetchError as error:
        return Report(Outcome.LATER if error.passing else Outcome.FAILED, str(error))
    if not answer.ok:
        return _unhappy(answer, f"its endpoint {place}", now)
    status = answer.headers.get("location", "") if answer.status == 201 else ""
    return Report(Outcome.TOLD, f"answered {answer.status}{f', see {status}' if status else ''}")


def _unhappy(answer: Response, who: str, now: datetime) -> Report:
    said = " ".join(answer.body.decode("utf-8", "replace").split())
    is_text = answer.headers.get("content-type", "").startswith("text/plain")
    about = f"{who} answers with status {answer.status}"
    about += f": {''.join(filter(str.isprintable, said))[:200]}" if said and is_text else ""
    if answer.passing:
        return Report(Outcome.LATER, about, _wait(answer.headers.get("retry-after", ""), now))
    return Report(Outcome.FAILED, about)


def _wait(retry_after: str, now: datetime) -> int:
    """The seconds that a ``Retry-After`` header asks for: a number of them, or a date."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return min(int(text[:9]), _LONGEST_WAIT)
    try:
        seconds = int((parsedate_to_datetime(text) - now).total_seconds())
    except (ValueError, TypeError):
        return 0
    return max(0, min(seconds, _LONGEST_WAIT))
