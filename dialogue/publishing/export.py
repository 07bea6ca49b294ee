"""Approved replies for builders elsewhere: all files of threads, in a folder or one archive."""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Iterable
from pathlib import Path

from starlette.responses import PlainTextResponse, Response

from dialogue.services import Services
from dialogue.tokens import Purpose, TokenError
from dialogue.web.asked import Asked
from dialogue.web.busy import bounded
from thread import files
from thread.model import Thread

_SCHEME = "Bearer"
# What the token is about: all of the site.
ABOUT = "replies"


def threads(services: Services) -> Iterable[Thread]:
    """Every thread that ever had an approved reply."""
    return (services.store.thread(target) for target in services.store.answered())


def write(found: Iterable[Thread], folder: Path) -> int:
    """Write the files of the threads into ``folder``; returns how many. Raises OSError."""
    return len([files.write(folder, thread) for thread in found])


def archive(found: Iterable[Thread]) -> bytes:
    """The same files as one ``.tar.gz``, the same bytes for the same threads."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for thread in found:
            data = files.dump(thread)
            member = tarfile.TarInfo(files.file_name(thread.target))
            member.size, member.mode = len(data), 0o644
            tar.addfile(member, io.BytesIO(data))
    return gzip.compress(packed.getvalue(), mtime=0)


def token(services: Services) -> str:
    """What a builder shows to get the archive; it holds until the secret changes."""
    return services.tokens.sign(Purpose.EXPORT, ABOUT)


class Export:
    """``GET /dialogue/export``: the archive, for whoever shows the token."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def answer(self, asked: Asked) -> Response:
        """The archive, or 401 without a token of ours; 503 while others are packed."""
        scheme, _, shown = asked.headers.get("authorization", "").partition(" ")
        try:
            known = shown if scheme == _SCHEME else ""
            self._services.tokens.read(Purpose.EXPORT, known, about=ABOUT)
        except TokenError:
            said = "Show the token that `python -m dialogue export --token` prints.\n"
            return PlainTextResponse(said, 401, {"WWW-Authenticate": "Bearer"})
        return bounded(self._services, self._services.lanes.export, self._packed)(asked)

    def _packed(self, _: Asked) -> Response:
        found = archive(threads(self._services))
        return Response(found, 200, {"Cache-Control": "no-store"}, "application/gzip")
