"""Device cookies: they name devices that moderators signed in on, or opened a link from mail on.

The cookie only names the device: it signs nobody in, and is valid until the password changes.
"""

from __future__ import annotations

import hmac
from datetime import timedelta

from starlette.requests import cookie_parser
from starlette.responses import Response

from dialogue import ids
from dialogue.moderation import session
from dialogue.services import Services
from dialogue.tokens import Purpose, TokenError
from dialogue.web.asked import Asked

COOKIE = "parley_device"
LASTS = timedelta(days=180)


def known(services: Services, asked: Asked) -> str:
    """The id of the device that asks; empty for one that nobody signed in on."""
    cookie = cookie_parser(asked.headers.get("cookie", "")).get(COOKIE, "")
    seconds = int(LASTS.total_seconds())
    try:
        token = services.tokens.read(Purpose.DEVICE, cookie, seconds=seconds)
    except TokenError:
        return ""
    fits = hmac.compare_digest(str(token.facts.get("mark", "")), session.mark(services))
    return token.id if fits else ""


def remember(services: Services, response: Response, device: str) -> None:
    """Set the cookie of the known ``device``, or of a new one if that is empty."""
    value = services.tokens.sign(Purpose.DEVICE, device or ids.new(), mark=session.mark(services))
    session.set_cookie(services, response, COOKIE, value, LASTS)
