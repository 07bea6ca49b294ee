"""The gate before every page of the moderators: who is signed in, and forms of our own only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from dialogue.moderation import session
from dialogue.services import Services
from dialogue.web.asked import Asked, Handler, route
from dialogue.web.origin import Source

LIST = f"{session.PATH}/"
SIGN_IN = f"{session.PATH}/sign-in"


@dataclass(frozen=True, slots=True)
class Gate:
    """Makes routes below ``/dialogue/moderate``."""

    services: Services

    def look(self, path: str, handler: Handler) -> Route:
        """A page for those who are signed in; others are led to where they can."""
        return self._route(path, self._inside(handler), "GET")

    def act(self, path: str, handler: Handler) -> Route:
        """What a form of ours does for those who are signed in."""
        return self._route(path, _own(self._inside(handler)), "POST")

    def open(self, path: str, handler: Handler, *methods: str) -> Route:
        """A page for anybody, and what its form does."""
        return self._route(path, _own(handler) if "POST" in methods else handler, *methods)

    def _inside(self, handler: Handler) -> Handler:
        def answer(asked: Asked) -> Response:
            if session.valid(self.services, asked):
                return handler(asked)
            return RedirectResponse(SIGN_IN, 303)

        return answer

    def _route(self, path: str, handler: Handler, *methods: str) -> Route:
        return route(f"/moderate{path}", self.services.settings, handler, *methods)


def _own(handler: Handler) -> Handler:
    """Only for forms that are known to be ours: where nobody can say, a moderator waits."""

    def answer(asked: Asked) -> Response:
        if asked.source is Source.OWN:
            return handler(asked)
        return PlainTextResponse("This form was not sent from this site. Nothing was done.", 403)

    return answer


def parts(text: str, count: int) -> Sequence[str]:
    """The words of ``text`` if there are ``count``, else as many empty ones."""
    words = text.split(" ")
    return words if len(words) == count else [""] * count
