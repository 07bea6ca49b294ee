"""Signing in and out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from starlette.responses import RedirectResponse, Response

from dialogue.lanes import BusyError
from dialogue.moderation import device, password, session, throttle
from dialogue.moderation.gate import LIST, SIGN_IN
from dialogue.moderation.new_device import mails_links
from dialogue.moderation.throttle import Client
from dialogue.moments import now
from dialogue.services import Services
from dialogue.web.address import traces
from dialogue.web.asked import Asked
from dialogue.web.busy import busy
from wording import Wording, wording_for

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
        if not self.services.settings.moderator_password_hash:
            return self._page(403)
        write, hourly = self.services.database.write, self.services.settings.sign_in_hourly
        left = traces(self.services.tokens.key(_TRACES), asked.address, now())
        client = Client(device.known(self.services, asked), left)
        counted = write(lambda found: throttle.admit(found, client, now(), hourly))
        if counted.wait:
            return self._too_often(counted.wait)
        try:
            right = self._is_right(client, asked.form.get("password", ""))
        except BusyError:
            write(lambda found: throttle.withdraw(found, counted))
            return busy(self.services)
        if not right:
            return self._page(403, self._words.gettext("This is not the password."))
        write(lambda found: throttle.forgive(found, client, counted))
        return self._signed_in(client.device)

    def _is_right(self, client: Client, given: str) -> bool:
        """Whether this is the password; raises BusyError where too many are compared already."""
        lanes = self.services.lanes
        with (lanes.known if client.device else lanes.strangers).slot():
            return password.matches(self.services.settings.moderator_password_hash, given)

    def _signed_in(self, known: str) -> Response:
        response = RedirectResponse(LIST, 303)
        session.begin(self.services, response)
        device.remember(self.services, response, known)
        return response

    def _too_often(self, wait: timedelta) -> Response:
        minutes = -(-wait // timedelta(minutes=1))
        said = self._words.ngettext(
            "Too many attempts. Try again in %(count)s minute, or on a device you have signed in "
            "on before.",
            "Too many attempts. Try again in %(count)s minutes, or on a device you have signed in "
            "on before.",
            minutes,
        )
        page = self._page(429, said % {"count": self._words.number(minutes)})
        page.headers["Retry-After"] = str(minutes * 60)
        return page

    def leave(self, asked: Asked) -> Response:
        """POST: sign out."""
        response = RedirectResponse(SIGN_IN, 303)
        session.end(self.services, asked, response)
        return response

    def _page(self, status: int = 200, fault: str = "") -> Response:
        settings = self.services.settings
        return self.services.pages.page(
            "moderation/sign_in.html",
            status,
            fault=fault,
            possible=bool(settings.moderator_password_hash),
            mails=mails_links(settings),
        )

    @property
    def _words(self) -> Wording:
        return wording_for(self.services.targets.site.lang)
