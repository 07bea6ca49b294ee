"""Signing in and out."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import RedirectResponse, Response

from dialogue.moderation import password, session, throttle
from dialogue.moderation.gate import LIST, SIGN_IN
from dialogue.moments import now
from dialogue.services import Services
from dialogue.web.address import traces
from dialogue.web.asked import Asked
from wording import wording_for

_TRACES = "traces of sign-ins"


@dataclass(frozen=True, slots=True)
class Entrance:
    """The handlers, on the services of one application."""

    services: Services

    def show(self, asked: Asked) -> Response:
        """GET: the form, or where to go for those who are in already."""
        if session.valid(self.services, asked):
            return RedirectResponse(LIST, 303)
        return self._page()

    def enter(self, asked: Asked) -> Response:
        """POST: compare the password, unless it was tried too often."""
        words = wording_for(self.services.targets.site.lang)
        wanted = self.services.settings.moderator_password_hash
        if not wanted:
            return self._page(403)
        left = traces(self.services.tokens.key(_TRACES), asked.address, now())
        write = self.services.database.write
        if not write(lambda found: throttle.admit(found, left, now())):
            return self._page(429, words.gettext("Too many tries. Wait a quarter of an hour."))
        if not password.matches(wanted, asked.form.get("password", "")):
            return self._page(403, words.gettext("This is not the password."))
        write(lambda found: throttle.forgive(found, left))
        response = RedirectResponse(LIST, 303)
        session.begin(self.services, response)
        return response

    def leave(self, asked: Asked) -> Response:
        """POST: sign out."""
        response = RedirectResponse(SIGN_IN, 303)
        session.end(self.services, asked, response)
        return response

    def _page(self, status: int = 200, fault: str = "") -> Response:
        possible = bool(self.services.settings.moderator_password_hash)
        return self.services.pages.page(
            "moderation/sign_in.html", status, fault=fault, possible=possible
        )
