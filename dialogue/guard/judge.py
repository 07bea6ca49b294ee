"""What looks like spam, judged by what is known: pure functions, and a verdict with its reasons.

Suspicion makes a reply wait for a moderator. It never makes one disappear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from dialogue.settings import Settings

_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)


class Reason(StrEnum):
    """Why something is suspicious; kept with it, and told to moderators."""

    HONEYPOT = "honeypot"
    HURRY = "hurry"
    LINKS = "links"
    WORDS = "words"
    RATE = "rate"
    ORIGIN = "origin"
    WORK = "work"
    AKISMET = "akismet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known about something handed in.

    ``trap`` is what was in the field that people do not see, ``seconds`` the time between seeing
    it and sending it (None where it cannot be known), ``recent`` how many came from the same
    network within an hour, ``own`` whether the form is known to be ours, ``worked`` whether the
    proof of work was right (None where none is asked for), ``called_spam`` what Akismet says.
    """

    texts: tuple[str, ...]
    trap: str = ""
    seconds: float | None = None
    recent: int = 0
    own: bool = True
    worked: bool | None = None
    called_spam: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """Where suspicion begins; ``words`` are in lower case."""

    least_seconds: int
    most_links: int
    hourly: int
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The reasons for suspicion; without any there is none."""

    reasons: tuple[Reason, ...]

    @property
    def suspicious(self) -> bool:
        """Whether a moderator should look at it first."""
        return bool(self.reasons)


def rules(settings: Settings, words: tuple[str, ...] = ()) -> Rules:
    """The rules that ``settings`` ask for."""
    return Rules(
        settings.least_seconds,
        settings.most_links,
        settings.hourly_replies,
        words,
    )


def judge(evidence: Evidence, by: Rules) -> Verdict:
    """The verdict on ``evidence``."""
    return Verdict(tuple(_reasons(evidence, by)))


def _reasons(evidence: Evidence, by: Rules) -> Iterator[Reason]:
    if evidence.trap:
        yield Reason.HONEYPOT
    if evidence.seconds is not None and evidence.seconds < by.least_seconds:
        yield Reason.HURRY
    if sum(links(text) for text in evidence.texts) > by.most_links:
        yield Reason.LINKS
    if any(_has_word(text, by.words) for text in evidence.texts):
        yield Reason.WORDS
    if evidence.recent >= by.hourly:
        yield Reason.RATE
    if not evidence.own:
        yield Reason.ORIGIN
    if evidence.worked is False:
        yield Reason.WORK
    if evidence.called_spam:
        yield Reason.AKISMET


def links(text: str) -> int:
    """How many addresses of web pages are in ``text``."""
    return len(_LINK.findall(text))


def _has_word(text: str, words: tuple[str, ...]) -> bool:
    lower = text.casefold()
    return any(
        word in lower and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", lower) for word in words
    )
