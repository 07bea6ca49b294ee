"""Who is signed in: a signed cookie, good for some hours, until signing out or a new password."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from sqlalchemy import select
from starlette.requests import cookie_parser
from starlette.responses import Response

from dialogue import ids, spent
from dialogue.moments import now
from dialogue.services import Services
from dialogue.tokens import Purpose, TokenError
from dialogue.web.asked import Asked

COOKIE = "parley_moderator"
PATH = "/dialogue/moderate"
LASTS = timedelta(hours=12)


def begin(services: Services, response: Response) -> None:
    """Sign in whoever gets ``response``."""
    value = services.tokens.sign(Purpose.SESSION, ids.new(), mark=mark(services))
    set_cookie(services, response, COOKIE, value, LASTS)


def set_cookie(
    services: Services, response: Response, name: str, value: str, lasts: timedelta
) -> None:
    """Set a cookie for these pages only, out of reach for scripts and other sites."""
    response.set_cookie(
        name,
        value,
        max_age=int(lasts.total_seconds()),
        path=PATH,
        secure=_secure(services),
        httponly=True,
        samesite="strict",
    )


def valid(services: Services, asked: Asked) -> bool:
    """Whether this was asked by somebody who is signed in."""
    session = _read(services, asked)
    if session is None:
        return False
    ended = select(spent.tokens.c.id).where(spent.tokens.c.id == session[0])
    return services.database.read(lambda found: found.execute(ended).first()) is None


def end(services: Services, asked: Asked, response: Response) -> None:
    """Sign out for good: the cookie is worth nothing any more, wherever it was copied to."""
    session = _read(services, asked)
    if session is not None:
        services.database.write(lambda found: spent.spend(found, *session))
    secure = _secure(services)
    response.delete_cookie(COOKIE, path=PATH, secure=secure, httponly=True, samesite="strict")


def _secure(services: Services) -> bool:
    return services.settings.site_url.startswith("https://")


def _read(services: Services, asked: Asked) -> tuple[str, datetime] | None:
    """The id of the session and when it ends; None where there is none."""
    if not services.settings.moderator_password_hash:
        return None
    cookie = cookie_parser(asked.headers.get("cookie", "")).get(COOKIE, "")
    seconds = int(LASTS.total_seconds())
    try:
        token = services.tokens.read(Purpose.SESSION, cookie, seconds=seconds)
    except TokenError:
        return None
    if not hmac.compare_digest(str(token.facts.get("mark", "")), mark(services)):
        return None
    until = token.signed + LASTS
    return (f"session.{token.id}", until) if until > now() else None


def mark(services: Services) -> str:
    """Tells one password from the next: sessions end when it changes."""
    password = services.settings.moderator_password_hash.encode()
    return hmac.digest(services.tokens.key("session"), password, "sha256").hex()
