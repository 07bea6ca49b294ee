"""What follows from a look at a source: a reply, none any more, or another look later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from dialogue.errors import OutOfBoundsError
from dialogue.guard.judge import Evidence, Rules, judge
from dialogue.replies.model import Mention
from dialogue.replies.model import State as ReplyState
from dialogue.replies.store import Store
from dialogue.settings import Settings
from dialogue.webmention import cleaning
from dialogue.webmention.queue import Job, Queue, State
from dialogue.webmention.seen import Seen
from dialogue.webmention.verifying import Finding, Verdict

# A page may be announced before it is online, and a site may be down for a night.
_PAUSES = tuple(map(timedelta, (0, 0, 0, 0), (10, 300, 3_600, 43_200)))
_SHOWN = "Verified. It is shown once somebody has looked at it."


@dataclass(frozen=True, slots=True)
class Settler:
    """Writes verdicts into the queue and the store of replies. Each step can be done twice."""

    queue: Queue
    store: Store
    settings: Settings
    rules: Rules

    def settle(self, job: Job, verdict: Verdict, now: datetime) -> None:
        """Do what ``verdict`` asks for."""
        match verdict.finding:
            case Finding.MENTIONS if verdict.seen is not None:
                self._take(job, verdict.seen)
            case Finding.SILENT | Finding.GONE:
                self._remove(job, verdict.why)
            case Finding.UNREACHABLE if job.attempts < len(_PAUSES):
                self.queue.postpone(job, now + _PAUSES[job.attempts], verdict.why)
            case _:
                self._keep(job, verdict.why)

    def _take(self, job: Job, seen: Seen) -> None:
        """Store what was seen; what the store does not take is refused with the reason."""
        try:
            self._mention(job, seen)
        except OutOfBoundsError as error:
            self._keep(job, str(error))

    def _mention(self, job: Job, seen: Seen) -> None:
        words = cleaning.words(seen, self.settings.text_limit)
        told = Evidence(texts=(seen.author, seen.title, words.html))
        reasons = judge(told, self.rules).reasons
        mention = Mention(
            target=job.target,
            source=job.source,
            kind=seen.kind,
            author=cleaning.cut(seen.author, self.settings.name_limit),
            url=seen.url,
            text=words.text,
            html=words.html,
            date=seen.date,
            reasons=reasons,
        )
        self.store.add_mention(mention, state=self._state(job, suspicious=bool(reasons)))
        self.queue.settle(job, State.VERIFIED, _SHOWN)

    def _state(self, job: Job, *, suspicious: bool) -> ReplyState:
        """Whether it waits for a moderator. Nobody proves who a page is by, so none is known."""
        free = self.settings.moderation == "none" and not suspicious
        trusted = job.host in self.settings.trusted_sources
        return ReplyState.APPROVED if free or trusted else ReplyState.HELD

    def _remove(self, job: Job, why: str) -> None:
        self.store.remove_mention(job.target, job.source)
        self.queue.settle(job, State.GONE if job.known else State.REFUSED, why)

    def _keep(self, job: Job, why: str) -> None:
        """No verdict on the link: what was verified stays, as only 410 and a missing link end it."""
        if job.state in (State.VERIFIED, State.GONE):
            self.queue.settle(job, job.state, why)
        else:
            self.queue.settle(job, State.REFUSED, why)
