"""The one way from the desk to the network: guarded, bounded in time and size.

Only http and https, only to public addresses. The name is resolved once, every address it has is
checked, and the connection is made to a checked address, so nothing can change in between; each
redirect is checked the same way. The time limit holds for everything together, the size limit for
the body after decompression.
"""

from __future__ import annotations

import http.client
import queue
import socket
import ssl
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import SplitResult, quote, urlencode, urljoin, urlsplit

from desk.addresses import Network, may_connect, parsed
from desk.errors import DeskError
from desk.stream import TimedSocket, decoded

_USUAL_PORT = {"http": 80, "https": 443}
_SAME_METHOD = (307, 308)
_AS_GET = (301, 302, 303)
_AGENT = "Parley-desk (+feeds and mentions)"
_IN_TARGET = "/%:@!$&'()*+,;=-._~?[]"
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class FetchError(DeskError):
    """Something could not be fetched; the message says what and why."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a fetch may take in all, how large its body may be, how often it may be sent on.

    ``ports`` are those that may be connected to; ``allowed`` are networks that may be although they
    are not public, for tests against a server on the same machine.
    """

    seconds: float = 20.0
    size: int = 5_000_000
    redirects: int = 5
    ports: frozenset[int] = frozenset({80, 443})
    allowed: tuple[Network, ...] = ()


@dataclass(frozen=True, slots=True)
class Response:
    """What came back: the URL that answered in the end, status, headers by lower-case name, body."""

    url: str
    status: int
    headers: Mapping[str, str] = field(hash=False)
    body: bytes

    @property
    def ok(self) -> bool:
        """Whether the status says that it worked."""
        return 200 <= self.status < 300


def fetch(
    url: str,
    *,
    form: Sequence[tuple[str, str]] | None = None,
    headers: Mapping[str, str] = _NO_HEADERS,
    limits: Limits | None = None,
) -> Response:
    """Get ``url``, or post ``form`` to it.

    A redirect of a post is followed only where it stays a post (307, 308); any other is the answer.
    Raises :class:`FetchError`.
    """
    bounds = limits or Limits()
    deadline = time.monotonic() + bounds.seconds
    body = None if form is None else urlencode(form).encode()
    for _ in range(bounds.redirects + 1):
        answer = _request(url, body, headers, bounds, deadline)
        onward = (*_SAME_METHOD, *(() if body else _AS_GET))
        if answer.status not in onward or "location" not in answer.headers:
            return answer
        url = urljoin(url, answer.headers["location"])
    raise FetchError(f"{url} redirects too often")


def _request(
    url: str, body: bytes | None, headers: Mapping[str, str], limits: Limits, deadline: float
) -> Response:
    parts, host, port = _target(url, limits)
    try:
        with _connect(parts.scheme, host, port, limits, deadline) as sock:
            return _talk(sock, parts, body, headers, limits)
    except (OSError, http.client.HTTPException) as error:
        raise FetchError(f"{url} cannot be fetched: {_reason(error)}") from error


def _target(url: str, limits: Limits) -> tuple[SplitResult, str, int]:
    """The parts of ``url``, its host in ASCII and its port; refuses what must not be fetched."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port or _USUAL_PORT[parts.scheme]
    except (ValueError, KeyError) as error:
        raise FetchError(f"{url!r} is no http or https URL") from error
    if not host or not url.isprintable() or " " in url or "@" in parts.netloc:
        raise FetchError(f"{url!r} is no http or https URL that can be fetched")
    if port not in limits.ports:
        raise FetchError(f"{url} is at port {port}, where no public site is")
    return parts, host, port


def _connect(scheme: str, host: str, port: int, limits: Limits, deadline: float) -> TimedSocket:
    """A connection to the first checked address that answers."""
    failure: OSError = OSError("it has no address")
    for address in _resolve(host, port, limits, deadline):
        try:
            sock = socket.create_connection((address, port), timeout=_left(deadline))
        except OSError as error:
            failure = error
            continue
        try:
            if scheme == "https":
                sock.settimeout(_left(deadline))
                sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        except BaseException:
            sock.close()
            raise
        return TimedSocket(sock, deadline)
    raise failure


def _resolve(host: str, port: int, limits: Limits, deadline: float) -> list[str]:
    """The addresses of ``host``; refuses all of them if one is not public."""
    found = _look_up(host, port, _left(deadline))
    for text in found:
        try:
            public = may_connect(parsed(text), limits.allowed)
        except ValueError:
            public = False
        if not public:
            raise FetchError(f"{host} is at {text}, which is no public address; it is not fetched")
    return found


def _look_up(host: str, port: int, seconds: float) -> list[str]:
    """What the resolver says, within ``seconds``: it knows no time limit of its own."""
    answers: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([str(address[0]) for *_, address in found])
        except UnicodeError:
            answers.put(OSError("it has an impossible host name"))
        except OSError as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty as error:
        raise TimeoutError("its name could not be looked up in time") from error
    if isinstance(answer, OSError):
        raise answer
    return answer


def _talk(
    sock: TimedSocket,
    parts: SplitResult,
    body: bytes | None,
    headers: Mapping[str, str],
    limits: Limits,
) -> Response:
    connection = http.client.HTTPConnection(parts.hostname or "")
    connection.sock = sock
    told = {
        "Host": parts.netloc.encode("idna").decode("ascii"),
        "User-Agent": _AGENT,
        "Accept-Encoding": "gzip",
        "Connection": "close",
        **({"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}),
        **headers,
    }
    target = quote(
        (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_IN_TARGET
    )
    connection.request("GET" if body is None else "POST", target, body, told)
    answer = connection.getresponse()
    found = {name.lower(): value for name, value in answer.getheaders()}
    try:
        data = decoded(answer, found.get("content-encoding", ""), limits.size)
    except ValueError as error:
        raise FetchError(f"{parts.geturl()} {error}") from error
    return Response(parts.geturl(), answer.status, MappingProxyType(found), data)


def _left(deadline: float) -> float:
    """The seconds left; raises TimeoutError where there are none."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("it took too long")
    return seconds


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "it took too long"
    return str(error) or type(error).__name__
