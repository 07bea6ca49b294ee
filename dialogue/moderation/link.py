"""The page behind the links in a moderator's mail: shows the reply, and decides by its buttons."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from starlette.responses import Response

from dialogue.moderation.decisions import Decisions
from dialogue.notices.links import Links
from dialogue.replies.model import State, Stored
from dialogue.services import Services
from dialogue.tokens import TokenError
from dialogue.web.asked import Asked
from wording import wording_for

_CHOICES = (State.APPROVED, State.REJECTED, State.SPAM)


@dataclass(frozen=True, slots=True)
class Linked:
    """The handlers, on the services of one application."""

    services: Services

    def show(self, asked: Asked) -> Response:
        """GET: the reply as it is now, and a button for each decision; nothing is decided."""
        reply = self._reply(asked)
        return self._page(reply, asked) if reply else self._gone()

    def decide(self, asked: Asked) -> Response:
        """POST: decide, if it still waits and is still what was shown."""
        reply = self._reply(asked)
        if reply is None:
            return self._gone()
        state = next((each for each in _CHOICES if each.value == asked.form.get("state")), None)
        if reply.state is not State.HELD or state is None:
            return self._page(reply, asked)
        if asked.form.get("seen") != _seen(reply):
            words = wording_for(self.services.targets.site.lang)
            notice = words.gettext("It was changed meanwhile; this is how it reads now.")
            return self._page(reply, asked, 409, notice)
        decisions = Decisions(self.services.store, self.services.database)
        decisions.decide([reply.id], state, "link")
        return self._page(self.services.store.find(reply.id) or reply, asked)

    def _reply(self, asked: Asked) -> Stored | None:
        """The reply that the link is about; None if the link or the reply is not good any more."""
        links = Links(self.services.settings.site_url, self.services.tokens)
        try:
            reply = self.services.store.find(links.decided(asked.query.get("token", "")))
        except TokenError:
            return None
        return None if reply is None or reply.state is State.ERASED else reply

    def _page(self, reply: Stored, asked: Asked, status: int = 200, notice: str = "") -> Response:
        wanted = asked.query.get("choice", "")
        first = [state for state in _CHOICES if state.value == wanted]
        return self.services.pages.page(
            "moderation/link.html",
            status,
            reply=reply,
            post=self.services.targets.find(reply.target),
            choices=first + [state for state in _CHOICES if state not in first],
            seen=_seen(reply),
            notice=notice,
        )

    def _gone(self) -> Response:
        return self.services.pages.page("mail/gone.html", 410, problem="expired")


def _seen(reply: Stored) -> str:
    """Tells what a moderator saw from what somebody made of it since."""
    said = [reply.author, reply.url, reply.text]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]
