"""The one way to other people's servers: guarded, bounded in time and size.

Only http and https, only to public addresses, only at the usual ports. The name is resolved once,
every address it has is checked, and the connection is made to a checked address, so nothing can
change in between; each redirect is checked the same way. The time limit holds for everything
together, the size limit for the body after decompression. No cookies, no proxy, no secrets.
"""

from __future__ import annotations

import http.client
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import SplitResult, quote, urlencode, urljoin, urlsplit

from dialogue.fetch.addresses import Network
from dialogue.fetch.connection import connect
from dialogue.fetch.encodings import ACCEPTED, decoded
from dialogue.fetch.errors import FetchError
from dialogue.fetch.lookup import Names
from dialogue.hosts import ascii_host

AGENT = "Parley (Webmention, WebSub and feeds)"
_USUAL_PORT = MappingProxyType({"http": 80, "https": 443})
_SAME_METHOD = (307, 308)
_AS_GET = (301, 302, 303)
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_IN_TARGET = "/%:@!$&'()*+,;=-._~?[]"
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})
# No server takes a longer one.
_LONGEST = 8_000
# How much of the body of an error is read: what a person can use of it.
_EXCERPT = 2_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a fetch may take in all, how large its headers and body may be, how often it may move.

    ``ports`` are those that may be connected to; ``allowed`` are networks that may be although they
    are not public. Both are for tests against a server on the same machine: no setting of the desk
    or the service leads here.
    """

    seconds: float = 20.0
    size: int = 5_000_000
    headers: int = 65_536
    redirects: int = 5
    ports: frozenset[int] = frozenset({80, 443})
    allowed: tuple[Network, ...] = ()


@dataclass(frozen=True, slots=True)
class Response:
    """What came back: the URL that answered in the end, status, headers by lower-case name, body.

    Headers sent several times are one, joined by commas. Of an error the body is an excerpt.
    """

    url: str
    status: int
    headers: Mapping[str, str] = field(hash=False)
    body: bytes

    @property
    def ok(self) -> bool:
        """Whether the status says that it worked."""
        return 200 <= self.status < 300

    @property
    def passing(self) -> bool:
        """Whether another try may end better: the server has no time now, or is being mended."""
        return self.status in _PASSING


@dataclass(frozen=True, slots=True)
class _Call:
    """One request: where to, and what with."""

    url: str
    parts: SplitResult
    host: str
    port: int
    body: bytes | None
    headers: Mapping[str, str] = field(hash=False)


def fetch(
    url: str,
    *,
    form: Sequence[tuple[str, str]] | None = None,
    headers: Mapping[str, str] = _NO_HEADERS,
    limits: Limits | None = None,
    names: Names | None = None,
) -> Response:
    """Get ``url``, or post ``form`` to it.

    A redirect of a post is followed only where it stays a post (307, 308); any other is the answer.
    Whoever fetches for strangers gives all fetches the same ``names``. Raises :class:`FetchError`.
    """
    bounds, resolver = limits or Limits(), names or Names(1)
    deadline = time.monotonic() + bounds.seconds
    body = None if form is None else urlencode(form).encode()
    onward = (*_SAME_METHOD, *(() if body is not None else _AS_GET))
    for _ in range(bounds.redirects + 1):
        answer = _request(_checked(url, body, headers, bounds), bounds, resolver, deadline)
        if answer.status not in onward or "location" not in answer.headers:
            return answer
        url = _onward(url, answer.headers["location"])
    raise FetchError(f"{url} redirects too often")


def _request(call: _Call, limits: Limits, names: Names, deadline: float) -> Response:
    try:
        found = names.addresses(call.host, call.port, deadline=deadline, allowed=limits.allowed)
        with connect(
            call.parts.scheme,
            call.host,
            call.port,
            found,
            deadline=deadline,
            headers=limits.headers,
        ) as sock:
            connection = http.client.HTTPConnection(call.host)
            connection.sock = sock
            _ask(connection, call)
            answer = connection.getresponse()
            sock.headers_end()
            return _answer(call.url, answer, limits)
    except (OSError, http.client.HTTPException) as error:
        raise FetchError(f"{call.url} cannot be fetched: {_reason(error)}", passing=True) from error


def _checked(url: str, body: bytes | None, headers: Mapping[str, str], limits: Limits) -> _Call:
    """The request for ``url``; refuses what must not be fetched."""
    if len(url) > _LONGEST:
        raise FetchError(f"{url[:80]!r}... is longer than any URL that servers take")
    try:
        parts = urlsplit(url)
        host = ascii_host(parts.hostname or "")
        port = parts.port or _USUAL_PORT[parts.scheme]
    except (ValueError, KeyError) as error:
        raise FetchError(f"{url!r} is no http or https URL") from error
    if not url.isprintable() or " " in url or "@" in parts.netloc:
        raise FetchError(f"{url!r} is no http or https URL that can be fetched")
    if port not in limits.ports:
        raise FetchError(f"{url} is at port {port}, where no public site is")
    return _Call(url, parts, host, port, body, headers)


def _onward(url: str, location: str) -> str:
    """Where a redirect leads; servers send the bytes of UTF-8, headers are read as Latin-1."""
    raw = location.encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        return urljoin(url, raw.strip())
    except ValueError as error:
        raise FetchError(f"{url} redirects to {raw!r}, which is no URL") from error


def _ask(connection: http.client.HTTPConnection, call: _Call) -> None:
    usual = _USUAL_PORT[call.parts.scheme] == call.port
    host = f"[{call.host}]" if ":" in call.host else call.host
    told = {
        "Host": host if usual else f"{host}:{call.port}",
        "User-Agent": AGENT,
        "Accept-Encoding": ACCEPTED,
        "Connection": "close",
        **({"Content-Type": "application/x-www-form-urlencoded"} if call.body is not None else {}),
        **call.headers,
    }
    query = f"?{call.parts.query}" if call.parts.query else ""
    target = quote((call.parts.path or "/") + query, safe=_IN_TARGET)
    connection.request("GET" if call.body is None else "POST", target, call.body, told)


def _answer(url: str, answer: http.client.HTTPResponse, limits: Limits) -> Response:
    found: dict[str, str] = {}
    for name, value in answer.getheaders():
        key = name.lower()
        found[key] = f"{found[key]}, {value}" if key in found else value
    encoding = found.get("content-encoding", "")
    headers = MappingProxyType(found)
    if not 200 <= answer.status < 300:
        return Response(url, answer.status, headers, b"" if encoding else _excerpt(answer))
    try:
        data = decoded(answer, encoding, limits.size)
    except ValueError as error:
        raise FetchError(f"{url} {error}") from error
    return Response(url, answer.status, headers, data)


def _excerpt(answer: http.client.HTTPResponse) -> bytes:
    """What is there of the body of an error; the status says it all, so nothing is missed."""
    if answer.status < 400:
        return b""
    try:
        return answer.read1(_EXCERPT)
    except (OSError, http.client.HTTPException):
        return b""


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "it took too long"
    return str(error) or type(error).__name__
