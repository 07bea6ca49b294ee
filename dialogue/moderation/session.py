"""Who is signed in: a signed cookie, good for some hours, until signing out or a new password."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from sqlalchemy import Connection, select
from starlette.requests import Request
from starlette.responses import Response

from dialogue import ids, spent
from dialogue.moments import now
from dialogue.services import Services
from dialogue.tokens import Purpose, TokenError, Tokens

COOKIE = "parley_moderator"
PATH = "/dialogue/moderate"
LASTS = timedelta(hours=12)


def begin(services: Services, response: Response) -> None:
    """Sign in whoever gets ``response``."""
    value = services.tokens.sign(Purpose.SESSION, ids.new(), mark=_mark(services))
    response.set_cookie(
        COOKIE,
        value,
        max_age=int(LASTS.total_seconds()),
        path=PATH,
        secure=services.settings.site_url.startswith("https://"),
        httponly=True,
        samesite="strict",
    )


def valid(services: Services, request: Request) -> bool:
    """Whether ``request`` comes from somebody who is signed in; asks the database."""
    session = _read(services, request)
    if session is None:
        return False
    query = select(spent.tokens.c.id).where(spent.tokens.c.id == session[0])
    return services.database.read(lambda found: found.execute(query).first()) is None


def end(services: Services, request: Request, response: Response) -> None:
    """Sign out for good: the cookie is worth nothing any more, wherever it was copied to."""
    session = _read(services, request)
    if session is not None:
        name, until = session

        def work(connection: Connection) -> bool:
            return spent.spend(connection, name, until)

        services.database.write(work)
    response.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="strict")


def _read(services: Services, request: Request) -> tuple[str, datetime] | None:
    """The id of the session and when it ends; None where there is none."""
    if not services.settings.moderator_password_hash:
        return None
    try:
        token = services.tokens.read(
            Purpose.SESSION,
            request.cookies.get(COOKIE, ""),
            seconds=int(LASTS.total_seconds()),
        )
    except TokenError:
        return None
    mark = str(token.facts.get("mark", ""))
    if not hmac.compare_digest(mark, _mark(services)):
        return None
    until = token.signed + LASTS
    return (f"session.{token.id}", until) if until > now() else None


def _mark(services: Services) -> str:
    """Tells one password from the next: sessions end when it changes."""
    return fingerprint(services.tokens, services.settings.moderator_password_hash)


def fingerprint(tokens: Tokens, text: str) -> str:
    """A short text that says nothing of ``text`` but whether it is the same."""
    return hmac.digest(tokens.key("fingerprint"), text.encode(), "sha256").hex()[:32]
