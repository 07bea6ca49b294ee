"""A link by mail that marks a device as known: the way in while strangers use up all other tries.

It goes to the moderators' addresses of the settings, a few times a day. It opens nothing: the
device gets tries of its own, and the password is still asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection
from starlette.responses import RedirectResponse, Response

from dialogue import spent
from dialogue.mail import setup
from dialogue.mail.causes import Cause
from dialogue.mail.limits import Room
from dialogue.moderation import device
from dialogue.moderation.gate import SIGN_IN
from dialogue.moments import now
from dialogue.notices import letters
from dialogue.notices.links import Links
from dialogue.services import Services
from dialogue.settings import Settings
from dialogue.tokens import Purpose, Token, TokenError
from dialogue.web.asked import Asked
from wording import wording_for

# As long as the limit of one inbox looks back, and a day more: of the links that were sent when no
# more are, one is always good.
GOOD_FOR = timedelta(days=2)


def mails_links(settings: Settings) -> bool:
    """Whether there is mail, and somebody to send a link to."""
    return bool(setup.sends(settings) and settings.moderators)


@dataclass(frozen=True, slots=True)
class NewDevice:
    """The handlers, on the services of one application."""

    services: Services

    def ask(self, _: Asked) -> Response:
        """POST: send a link to each moderator; the answer is the same where no more are sent."""
        if mails_links(self.services.settings):
            self._send()
        words = wording_for(self.services.targets.site.lang)
        said = words.gettext(
            "A link was sent to the moderators’ mail addresses. Open it on the device you want to "
            "sign in on. If no mail arrives, use a link that was sent earlier: each works for two "
            "days."
        )
        return self.services.pages.page("message.html", said=said, text="")

    def show(self, asked: Asked) -> Response:
        """GET: a button; nothing is done, as mail scanners follow links, too."""
        if self._read(asked) is None:
            return self._gone()
        return self.services.pages.page("moderation/new_device.html")

    def remember(self, asked: Asked) -> Response:
        """POST: make this device known, once for each link, and lead to the sign-in."""
        token = self._read(asked)
        if token is None:
            return self._gone()
        until = token.signed + GOOD_FOR
        used = f"device.{token.id}"
        if not self.services.database.write(lambda found: spent.spend(found, used, until)):
            return self._gone()
        response = RedirectResponse(SIGN_IN, 303)
        device.remember(self.services, response, device.known(self.services, asked))
        return response

    def _send(self) -> None:
        settings, mailer, at = self.services.settings, setup.mailer(self.services), now()
        links = Links(settings.site_url, self.services.tokens)
        site = self.services.targets.site
        made = [letters.device(to, site, links) for to in settings.moderators]

        def work(connection: Connection) -> None:
            mailer.lock(connection, Cause.DEVICE)
            if mailer.room(connection, Cause.DEVICE, settings.moderators, at) is Room.FREE:
                mailer.put(connection, Cause.DEVICE, made, at)

        self.services.database.write(work)

    def _read(self, asked: Asked) -> Token | None:
        seconds = int(GOOD_FOR.total_seconds())
        try:
            shown = asked.query.get("token", "")
            return self.services.tokens.read(Purpose.DEVICE_LINK, shown, seconds=seconds)
        except TokenError:
            return None

    def _gone(self) -> Response:
        return self.services.pages.page("mail/gone.html", 410, problem="expired")
