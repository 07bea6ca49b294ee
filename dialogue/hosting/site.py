"""Serves a built site as a host would: its headers, its compressed twins, its 404 page.

Each answer has an ETag of the file it was made from, so that a browser that has it gets 304.
Nothing outside the folder is served, nor files whose names begin with a dot, but ``.well-known``.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from dialogue.hosting import headers
from dialogue.hosting.files import Found, find
from dialogue.hosting.media_types import media_type
from dialogue.web import security

_log = logging.getLogger(__name__)
# Files about the site for those who host it: no page links them.
_PRIVATE = frozenset({headers.NAME, "_redirects"})
# Content codings and the endings of their twins, the smaller first (RFC 9110, section 8.4.1).
_CODINGS = (("br", ".br"), ("gzip", ".gz"))
_CACHE = security.headers(security.Kind.SITE)["Cache-Control"]


@dataclass(frozen=True, slots=True)
class Site:
    """An ASGI application that serves the site in ``folder``, whose path on its host is ``base``."""

    folder: Path
    base: str = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer GET and HEAD; 405 for any other method."""
        try:
            response = await run_in_threadpool(self.answer, Request(scope))
        except (OSError, ValueError) as error:
            _log.error("a file of the site could not be read", exc_info=error)
            response = PlainTextResponse("Try again in a while.\n", 503, {"Retry-After": "10"})
        await response(scope, receive, send)

    def answer(self, request: Request) -> Response:
        """The response to a request."""
        if request.method not in ("GET", "HEAD"):
            return PlainTextResponse("Method not allowed\n", 405, {"Allow": "GET, HEAD"})
        whole = request.scope["path"]
        inside = whole.removeprefix(self.base) if whole.startswith(f"{self.base}/") else None
        found = None if inside is None else find(self.folder, inside)
        if found is None or found.name in _PRIVATE:
            return self._missing(whole)
        if found.slash:
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(quote(f"{whole}/") + query, 308)
        return self._file(found, whole, request.headers)

    def _missing(self, path: str) -> Response:
        rules = headers.read_rules(self.folder).of(path)
        page = find(self.folder, "404.html")
        if page is None:
            return PlainTextResponse("Not found\n", 404, rules)
        return Response(page.path.read_bytes(), 404, rules, media_type(page.name))

    def _file(self, found: Found, path: str, asked: Headers) -> Response:
        coding, source = _best(found.path, asked)
        sent = {
            "cache-control": _CACHE,
            "content-type": media_type(found.name),
            **headers.read_rules(self.folder).of(path),
            "etag": _etag(source, coding),
            "vary": "Accept-Encoding",
        }
        if coding:
            sent["content-encoding"] = coding
        if sent["etag"] in _tags(asked):
            body = {"content-type", "content-encoding"}
            return Response(None, 304, {name: sent[name] for name in sent.keys() - body})
        return FileResponse(source, headers=sent)


def _best(path: Path, asked: Headers) -> tuple[str, Path]:
    """The smallest form of a file that the browser takes: its coding and where it is."""
    accepted = {
        name.strip().lower()
        for name, _, weight in (
            part.partition(";") for part in asked.get("accept-encoding", "").split(",")
        )
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    }
    for coding, ending in _CODINGS:
        twin = path.with_name(path.name + ending)
        if coding in accepted and twin.is_file():
            return coding, twin
    return "", path


def _etag(path: Path, coding: str) -> str:
    """A strong tag: a file is replaced by a rename, so it has another inode or time afterwards."""
    stat = path.stat()
    return f'"{stat.st_mtime_ns:x}-{stat.st_size:x}-{stat.st_ino:x}{coding}"'


def _tags(asked: Headers) -> Iterable[str]:
    for tag in asked.get("if-none-match", "").split(","):
        yield tag.strip().removeprefix("W/")
