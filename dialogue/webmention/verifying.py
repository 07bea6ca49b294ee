"""The look at a source: fetch it, find the link, read what it says (W3C Webmention, section 3.2.2).

The parsers of pages take 15 MB; they are imported with the first page that is there to be read.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from dialogue.fetch.errors import FetchError
from dialogue.fetch.fetcher import Response
from dialogue.supervision.outage import is_outage
from dialogue.webmention.queue import Job
from dialogue.webmention.seen import Seen

ACCEPT = "text/html, application/xhtml+xml, application/mf2+json;q=0.9, application/json;q=0.8, text/*;q=0.5"
_GONE = 410
_NO_LINK = "The source has no link to the target."

Fetch = Callable[[str], Response]


class Finding(Enum):
    """What the look came to."""

    MENTIONS = "mentions"
    SILENT = "silent"
    GONE = "gone"
    UNREADABLE = "unreadable"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the look came to, why in words that anybody may read, and what was seen.

    The words say nothing about what is where in our network: a source can be any address, and its
    sender reads them.
    """

    finding: Finding
    why: str
    seen: Seen | None = None


def look(
    job: Job, fetch: Fetch, now: datetime, turn: AbstractContextManager[object] | None = None
) -> Verdict:
    """What the source of ``job`` says now; it is read when it is its ``turn``.

    Raises OSError where it is this machine that cannot fetch anything.
    """
    try:
        answer = fetch(job.source)
    except FetchError as error:
        if error.__cause__ is not None and is_outage(error.__cause__):
            raise error.__cause__ from error
        if error.passing:
            return Verdict(Finding.UNREACHABLE, "The source did not answer.")
        return Verdict(Finding.UNREADABLE, "The source cannot be fetched.")
    if answer.status == _GONE:
        return Verdict(Finding.GONE, "The source is gone.")
    if not answer.ok:
        kind = Finding.UNREACHABLE if answer.passing else Finding.UNREADABLE
        return Verdict(kind, f"The source answers with status {answer.status}.")
    from dialogue.webmention import evidence  # loaded when it is needed

    if not evidence.may_mention(answer, job.url):
        return Verdict(Finding.SILENT, _NO_LINK)
    with turn or nullcontext():
        return _read(job, answer, now)


def _read(job: Job, answer: Response, now: datetime) -> Verdict:
    from dialogue.webmention import entry, evidence  # loaded when they are needed

    try:
        found = evidence.find(answer, job.url)
    except evidence.UnsupportedTypeError:
        return Verdict(Finding.UNREADABLE, "The source is no document that can have a link.")
    if found.gone:
        return Verdict(Finding.GONE, "The source is gone.")
    if not (found.exact or (job.known and found.there)):
        return Verdict(Finding.SILENT, _NO_LINK)
    return Verdict(Finding.MENTIONS, "", entry.read(answer, job.url, now))
