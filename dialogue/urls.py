"""When two URLs are the same one, though they are not written alike."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

from dialogue.hosts import ascii_host

LONGEST = 2_000
_PORTS = {"http": 80, "https": 443}
# RFC 3986: characters that mean the same with and without their escape.
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_SAFE = "/%:@!$&'()*+,;=-._~?[]"


def checked(text: str) -> str:
    """``text`` without the space around it; raises ValueError where it is no URL of the web.

    The message continues the name of what it is. What it returns, :func:`normal` takes.
    """
    url = text.strip()
    if not url:
        raise ValueError("is missing")
    if len(url) > LONGEST:
        raise ValueError(f"is longer than {LONGEST} characters")
    try:
        parts = urlsplit(url)
        known = parts.scheme in _PORTS and parts.port != 0 and ascii_host(parts.hostname or "")
    except ValueError as error:
        raise ValueError("is no http or https URL") from error
    if not known or not url.isprintable() or " " in url or "@" in parts.netloc:
        raise ValueError("is no http or https URL")
    return url


def normal(url: str) -> str:
    """``url`` as all its spellings are compared: host, port, escapes, no fragment (RFC 3986, 6.2).

    Raises ValueError where it is none.
    """
    parts = urlsplit(url.strip())
    path = _escapes(parts.path) or "/"
    query = f"?{_escapes(parts.query)}" if parts.query else ""
    return f"{parts.scheme}://{_place(parts)}{path}{query}"


def same(one: str, other: str) -> bool:
    """Whether both lead to the same resource; what is no URL leads nowhere."""
    try:
        return normal(one) == normal(other)
    except ValueError:
        return False


def page(url: str) -> str:
    """What all addresses of one of our pages have in common: no scheme, slash, index or query.

    Sites answer ``http`` and ``https``, ``/post``, ``/post/`` and ``/post/index.html`` with the
    same page, and links to it carry campaign parameters. Raises ValueError.
    """
    bare = normal(url).partition("://")[2].partition("?")[0]
    return bare.removesuffix("index.html").rstrip("/")


def is_at(url: str, place: str) -> bool:
    """Whether ``url`` is an address of the page ``place``, which :func:`page` returned.

    Most of many links are told by their host alone.
    """
    if len(url) > LONGEST or (url.isascii() and place.partition("/")[0] not in url.lower()):
        return False
    try:
        return page(url) == place
    except ValueError:
        return False


def host(url: str) -> str:
    """The host of ``url`` in lower case, without port; empty where it has none."""
    try:
        return (urlsplit(url).hostname or "").removesuffix(".")
    except ValueError:
        return ""


def _place(parts: SplitResult) -> str:
    name = ascii_host(parts.hostname or "").removesuffix(".")
    name = f"[{name}]" if ":" in name else name
    usual = parts.port in (None, _PORTS.get(parts.scheme))
    return name if usual else f"{name}:{parts.port}"


def _escapes(text: str) -> str:
    """Escapes in capitals, and only of what needs them."""
    return _ESCAPE.sub(_escape, quote(text, safe=_SAFE))


def _escape(found: re.Match[str]) -> str:
    byte = unquote_to_bytes(found[0])
    return byte.decode("ascii") if byte[0] in _UNRESERVED else found[0].upper()
