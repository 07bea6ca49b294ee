"""The dialogue service inside the preview: replies, on SQLite, in the site's private folder.

What the environment says (``DIALOGUE_...``) wins over what is set here, so a mail server can be tried
out. Without a moderator's password there is one that the terminal shows.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from desk.errors import DeskError
from desk.preview.board import Board
from desk.preview.key import key
from dialogue import settings as reading
from dialogue.app import MOUNT, app_of
from dialogue.database import Database
from dialogue.errors import DialogueError
from dialogue.moderation.gate import LIST
from dialogue.moderation.password import hashed
from dialogue.publishing.publisher import Publishing
from dialogue.ready import ready
from dialogue.services import Services, services
from thread.site_folder import templates_of

_OWN = "DIALOGUE_MODERATOR_PASSWORD_HASH"


def talk(root: Path, output: Path, url: str) -> Services:
    """The services of the site in the folder ``root``, previewed from ``output`` at ``url``.

    Raises DeskError where the environment asks for what cannot be, and where the database lacks
    replies that are published.
    """
    state = root / ".parley"
    usual = {
        "DIALOGUE_DATABASE_URL": f"sqlite:///{state / 'dialogue.sqlite3'}",
        "DIALOGUE_SITE_URL": url,
        "DIALOGUE_OUTPUT": str(output),
        "DIALOGUE_REPLIES": str(state / "replies"),
        "DIALOGUE_STATE": str(state),
        "DIALOGUE_TEMPLATES": str(templates_of(root)),
    }
    try:
        if _OWN not in os.environ:
            usual[_OWN] = hashed(key(state))
        settings = reading.read(usual | dict(os.environ))
        with closing(Database(settings.database_url)) as database:
            ready(settings, database)
        return services(settings)
    except DialogueError as error:
        raise DeskError(str(error)) from error


def moderating(root: Path, url: str) -> str:
    """What to tell whoever previews about approving replies: where, and the password of today."""
    place = f"Replies wait at {url.rstrip('/')}{LIST}"
    return place if _OWN in os.environ else f"{place} (password {key(root / '.parley')})"


def talking(given: Services, board: Board) -> Starlette:
    """The application; open pages are told when replies were put into them."""
    loop = asyncio.get_running_loop()
    publisher = given.store.publisher
    if isinstance(publisher, Publishing):
        publisher.tell(lambda: loop.call_soon_threadsafe(_answered, board))
    return app_of(given)


def _answered(board: Board) -> None:
    board.post(board.state.answered())


@dataclass(frozen=True, slots=True)
class Both:
    """Sends what is below ``/dialogue`` to the service and everything else to the preview.

    ``url`` is the address the service knows. A browser may ask for this machine by another name;
    its own forms then come from that name. The service needs the site, so whoever asks it before the
    first build waits for that, and sees the problems where nothing could be built yet.
    """

    preview: ASGIApp
    service: ASGIApp
    url: str
    board: Board

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        own = f"{scope['path']}/".startswith(f"{MOUNT}/")
        if not own or not (await self.board.ready()).revision:
            await self.preview(scope, receive, send)
            return
        headers = dict(scope["headers"])
        here = b"http://" + headers.get(b"host", b"")
        for name in (b"origin", b"referer"):
            if f"{headers.get(name, b'').decode('latin-1')}/".startswith(
                f"{here.decode('latin-1')}/"
            ):
                headers[name] = self.url.encode()
        await self.service({**scope, "headers": list(headers.items())}, receive, send)
