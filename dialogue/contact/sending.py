"""From what was typed to a stored message, and from there into the outbox: in that order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from dialogue import ids, moments
from dialogue.contact import mailing, store
from dialogue.contact.store import Box, Message
from dialogue.guard.judge import Evidence, judge
from dialogue.mail.address import AddressError, parsed
from dialogue.replies import rows
from dialogue.services import Services
from dialogue.settings import Settings
from dialogue.tokens import Purpose, Token, TokenError
from dialogue.web import typed
from dialogue.web.address import traces
from dialogue.web.asked import Asked
from dialogue.web.origin import Source
from wording import Wording

_TRACES = "traces of addresses"
TRAP = "website_url"


@dataclass(frozen=True, slots=True)
class Note:
    """The fields of the contact form; ``target`` is the id of a post, or empty for the site."""

    target: str
    name: str
    email: str
    text: str
    trap: str

    @property
    def digest(self) -> str:
        """The same for notes that say the same, by the same, to the same."""
        return rows.digest("message", self.target, self.name, self.email, self.text)


def note(form: Mapping[str, str]) -> Note:
    """What is in ``form``; fields that are missing are empty."""
    return Note(
        target=typed.line(form.get("target", "")),
        name=typed.line(form.get("name", "")),
        email=typed.line(form.get("email", "")),
        text=typed.paragraphs(form.get("text", "")),
        trap=form.get(TRAP, ""),
    )


def faults(found: Note, settings: Settings, words: Wording) -> Mapping[str, str]:
    """What is wrong, by field, in the reader's language. Without an address nobody could answer."""
    told = {}
    if not found.name:
        told["name"] = words.gettext("Write your name; a made-up one will do.")
    elif len(found.name) > settings.name_limit:
        said = words.gettext("Names can have %(most)s characters at most.")
        told["name"] = said % {"most": words.number(settings.name_limit)}
    try:
        parsed(found.email)
    except AddressError:
        told["email"] = words.gettext("Write your mail address, so that you can be answered.")
    if not found.text.strip():
        told["text"] = words.gettext("Write something.")
    elif len(found.text) > settings.text_limit:
        said = words.gettext("This has %(now)s characters; it can have %(most)s at most.")
        now, most = words.number(len(found.text)), words.number(settings.text_limit)
        told["text"] = said % {"now": now, "most": most}
    return told


def signed(services: Services, found: Note) -> str:
    """A token to send exactly this with; the id that the message will have is in it."""
    return services.tokens.sign(Purpose.CONTACT, ids.new(), digest=found.digest)


def confirmed(services: Services, found: Note, token: str) -> Token:
    """What ``token`` says, if it was made for exactly this note; raises TokenError."""
    seconds = services.settings.preview_minutes * 60
    read = services.tokens.read(Purpose.CONTACT, token, seconds=seconds)
    if read.facts.get("digest") != found.digest:
        raise TokenError("this is not what was shown")
    return read


def send(services: Services, found: Note, token: Token, asked: Asked) -> Message:
    """Store the confirmed note and, unless it is suspicious, see that it is mailed: or neither."""
    message = _message(services, found, token, asked)
    letters = mailing.letters_of(services, message)

    def work(connection: Connection) -> None:
        mailing.lock(connection, services)
        if store.add(connection, message) and message.state is Box.NEW:
            mailing.deliver(connection, services, message, letters)

    services.database.write(work)
    return message


def _message(services: Services, found: Note, token: Token, asked: Asked) -> Message:
    now = moments.now()
    left = traces(services.tokens.key(_TRACES), asked.address, now)
    since = now - timedelta(hours=1)
    evidence = Evidence(
        texts=(found.text, found.name),
        trap=found.trap,
        seconds=(now - token.signed).total_seconds(),
        recent=services.database.read(lambda at: store.recent(at, left, since)) if left else 0,
        own=asked.source is Source.OWN,
    )
    verdict = judge(evidence, services.rules)
    return Message(
        id=token.id,
        target=found.target,
        state=Box.HELD if verdict.suspicious else Box.NEW,
        name=found.name,
        email=parsed(found.email),
        text=found.text,
        reasons=tuple(reason.value for reason in verdict.reasons),
        digest=found.digest,
        address=left[0] if left else None,
        created=now,
    )
