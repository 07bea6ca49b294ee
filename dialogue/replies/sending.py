"""From a draft to a stored reply: the signed preview, the guard, the state that it begins in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from dialogue import ids, moments
from dialogue.guard import work
from dialogue.guard.judge import Evidence, Verdict, judge
from dialogue.replies import markup
from dialogue.replies.draft import Draft
from dialogue.replies.model import Held, NewReply, State, Stored
from dialogue.services import Services
from dialogue.tokens import Purpose, Token, TokenError
from dialogue.web.address import traces
from dialogue.web.asked import Asked
from dialogue.web.origin import Source

_TRACES = "traces of addresses"
_WORK = "proof of work"


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft as it will look: its HTML, the token to confirm it, the token of its receipt.

    ``work`` is a challenge in JSON for the browser to solve, empty where none is asked for.
    """

    html: str
    token: str
    receipt: str
    work: str


def preview(services: Services, draft: Draft) -> Preview:
    """The preview of ``draft``; the id that the reply will have is in both tokens.

    So a form that is sent twice stores one reply, and the receipt is known before anything is sent.
    """
    reply = ids.new()
    sign = services.tokens.sign
    return Preview(
        html=markup.html(draft.text),
        token=sign(Purpose.PREVIEW, reply, digest=draft.digest),
        receipt=sign(Purpose.RECEIPT, reply),
        work=_challenge(services, reply),
    )


def _challenge(services: Services, reply: str) -> str:
    most = services.settings.proof_of_work
    return work.challenge(services.tokens.key(_WORK), reply, most).as_json() if most else ""


def confirmed(services: Services, draft: Draft, token: str) -> Token:
    """What ``token`` says, if it was made for exactly this draft; raises TokenError."""
    seconds = services.settings.preview_minutes * 60
    found = services.tokens.read(Purpose.PREVIEW, token, seconds=seconds)
    if found.facts.get("digest") != draft.digest:
        raise TokenError("this is not what was shown")
    return found


def send(services: Services, draft: Draft, token: Token, asked: Asked) -> Held:
    """Store the confirmed draft; raises ParentError."""
    now = moments.now()
    left = traces(services.tokens.key(_TRACES), asked.address, now)
    verdict = judge(_evidence(services, draft, token, asked, left, now), services.rules)
    new = NewReply(
        id=token.id,
        target=draft.target,
        parent=draft.parent or None,
        author=draft.name,
        url=draft.site,
        email=draft.email or None,
        text=draft.text,
        html=markup.html(draft.text),
        created=now,
        state=first_state(services.settings.moderation, verdict),
        digest=draft.digest,
        address=left[0] if left else None,
        reasons=verdict.reasons,
    )
    return services.store.hold(new)


def first_state(moderation: str, verdict: Verdict) -> State:
    """The state a reply begins in; whether its writer is known is found out later, by mail."""
    open_to_all = moderation == "none"
    return State.APPROVED if open_to_all and not verdict.suspicious else State.HELD


def next_state(moderation: str, reply: Stored, verdict: Verdict) -> State:
    """The state of ``reply`` after its writer changed it: no better than before, or looked at."""
    if reply.state in (State.REJECTED, State.SPAM):
        return reply.state
    return State.HELD if reply.reasons else first_state(moderation, verdict)


def _evidence(
    services: Services,
    draft: Draft,
    token: Token,
    asked: Asked,
    left: tuple[str, ...],
    now: datetime,
) -> Evidence:
    return Evidence(
        texts=(draft.text, draft.name, draft.site),
        trap=draft.trap,
        seconds=(now - token.signed).total_seconds(),
        recent=_recent(services, left, now),
        own=asked.source is Source.OWN,
        worked=_worked(services, token, asked),
        called_spam=services.akismet.calls_spam(
            text=draft.text,
            name=draft.name,
            email=draft.email,
            site=draft.site,
            address=str(asked.address or ""),
        ),
    )


def _recent(services: Services, left: tuple[str, ...], now: datetime) -> int:
    """How many came from there within an hour; no more are counted than make one suspicious."""
    if not left:
        return 0
    return services.store.recent(left, now - timedelta(hours=1), services.rules.hourly)


def _worked(services: Services, token: Token, asked: Asked) -> bool | None:
    if not services.settings.proof_of_work:
        return None
    solution = asked.form.get("altcha", "")
    return work.is_solved(services.tokens.key(_WORK), token.id, solution)
