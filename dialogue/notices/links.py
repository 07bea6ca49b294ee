"""The signed links that stand in letters: each for one purpose, about one reply, for some time."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from dialogue import ids
from dialogue.mail import limits
from dialogue.mail.limits import INBOX_KEY
from dialogue.replies.model import Stored
from dialogue.tokens import Purpose, TokenError, Tokens

MODERATE = "/dialogue/moderate/link"
DEVICE = "/dialogue/moderate/device"
CONFIRM = "/dialogue/mail/confirm"
UNSUBSCRIBE = "/dialogue/mail/unsubscribe"
# How long a link in a letter can be followed. Unsubscribing works as long as mail is kept.
DECIDABLE = timedelta(days=14)
CONFIRMABLE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Links:
    """Makes links below ``site``, the address of the blog, and reads their tokens."""

    site: str
    tokens: Tokens

    def decide(self, reply: str, choice: str) -> str:
        """Where a moderator decides about ``reply``; ``choice`` is the button offered first."""
        token = self.tokens.sign(Purpose.MODERATE, reply)
        return self._link(MODERATE, token=token, choice=choice)

    def confirm(self, reply: Stored) -> str:
        """Where the writer of ``reply`` says that its address is theirs."""
        token = self.tokens.sign(Purpose.VERIFY, reply.id, mail=self.mark(reply.email or ""))
        return self._link(CONFIRM, token=token)

    def unsubscribe(self, reply: Stored) -> str:
        """Where answers to ``reply`` are stopped from being told; RFC 8058 posts there at once."""
        token = self.tokens.sign(Purpose.UNSUBSCRIBE, reply.id, mail=self.mark(reply.email or ""))
        return self._link(UNSUBSCRIBE, token=token)

    def device(self) -> str:
        """Where a moderator marks a device as known; for the moderators' mail only."""
        return self._link(DEVICE, token=self.tokens.sign(Purpose.DEVICE_LINK, ids.new()))

    def decided(self, token: str) -> str:
        """The reply that a moderator's link is about; raises TokenError."""
        seconds = int(DECIDABLE.total_seconds())
        return self.tokens.read(Purpose.MODERATE, token, seconds=seconds).id

    def confirmed(self, token: str) -> tuple[str, str]:
        """The reply, and the mark of the address, that a link to confirm is about; TokenError."""
        seconds = int(CONFIRMABLE.total_seconds())
        return _two(self.tokens, Purpose.VERIFY, token, seconds)

    def unsubscribed(self, token: str) -> tuple[str, str]:
        """The reply, and the mark of the address, that is to get no more; raises TokenError."""
        return _two(self.tokens, Purpose.UNSUBSCRIBE, token, None)

    def mark(self, address: str) -> str:
        """What an inbox is known by where the address itself must not be kept or shown."""
        return limits.mark(self.tokens.key(INBOX_KEY), address)

    def marks(self, address: str) -> tuple[str, str]:
        """:meth:`mark`, and what the same was until inboxes were read as their providers do.

        Links in mail of before, and wishes for no more mail, have the second.
        """
        local, _, domain = address.lower().rpartition("@")
        former = f"{local.partition('+')[0] or local}@{domain}"
        key = self.tokens.key(INBOX_KEY)
        return self.mark(address), hmac.digest(key, former.encode(), "sha256").hex()

    def _link(self, path: str, **query: str) -> str:
        return f"{self.site}{path}?{urlencode(query)}"


def _two(tokens: Tokens, purpose: Purpose, token: str, seconds: int | None) -> tuple[str, str]:
    found = tokens.read(purpose, token, seconds=seconds)
    mark = found.facts.get("mail")
    if not isinstance(mark, str):
        raise TokenError("this link is not complete")
    return found.id, mark
