"""Web addresses: ours made absolute, other people's checked and written one way.

Every function returns RFC 3986 ASCII: what is not allowed in a URL is percent-encoded, what is
already encoded stays as it is. So the same address reads the same in every place that names it.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from plugins.canonical.hostnames import ascii_host, display_host
from plugins.urls import Urls

_IN_PATH = "/%:@!$&'()*+,;=-._~"
_IN_QUERY = _IN_PATH + "?"
# Nearly every path is made of these alone.
_AS_IT_IS = re.compile(r"[A-Za-z0-9/._~-]*+").fullmatch
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
# Browsers drop control characters and read a backslash as a slash: never what was meant.
_DECEPTIVE = re.compile(r"[\x00-\x1f\x7f-\x9f\\]")
_USUAL_PORT = {"http": 80, "https": 443}


def absolute(site_url: str, path: str) -> str:
    """The production URL of ``path``, which begins with a slash and is relative to ``site_url``.

    ``path`` is a path only: ``?`` and ``#`` in it belong to a file's name and are encoded.
    """
    return Urls(site_url).absolute(quote_path(path))


def resolve(site_url: str, href: str) -> str:
    """The absolute URL of a link as readers follow it: absolute, or from the root of the host.

    Raises ValueError as :func:`web_url` does.
    """
    return web_url(urljoin(site_url, href))


def quote_path(path: str) -> str:
    """``path`` percent-encoded; encoding it again changes nothing."""
    return percent_encoded(path, _IN_PATH)


def web_url(text: str) -> str:
    """The address in ``text``, in one spelling: https for ``//host``, ASCII host, no fragment.

    Raises ValueError where it is not an absolute http or https URL that can be printed without
    danger; the message continues "the URL ...".
    """
    written = text.strip()
    if _DECEPTIVE.search(written):
        raise ValueError("contains a control character or a backslash")
    parts, port = _split(f"https:{written}" if written.startswith("//") else written)
    if parts.scheme not in _USUAL_PORT or not parts.hostname:
        raise ValueError("is not an absolute http or https URL")
    if "@" in parts.netloc:
        raise ValueError("contains a user name or password")
    shown = "" if port in (None, _USUAL_PORT[parts.scheme]) else f":{port}"
    path = _without_dots(quote_path(parts.path)) or "/"
    query = f"?{percent_encoded(parts.query, _IN_QUERY)}" if parts.query else ""
    return f"{parts.scheme}://{ascii_host(parts.hostname)}{shown}{path}{query}"


def is_below(url: str, site_url: str) -> bool:
    """Whether the absolute ``url`` is on the site at ``site_url``: its host, and below its path.

    Another port is another site.
    """
    there, here = urlsplit(url), urlsplit(site_url)
    path = here.path.rstrip("/")
    return bare_host(there.netloc) == bare_host(here.netloc) and f"{there.path}/".startswith(
        f"{path}/"
    )


def bare_host(host: str) -> str:
    """``host`` without ``www.``, which makes no difference to whose it is."""
    return host.casefold().removeprefix("www.")


def percent_encoded(text: str, safe: str) -> str:
    """``text`` with everything encoded but letters, digits and ``safe``; what is encoded stays."""
    if _AS_IT_IS(text) and "/" in safe:
        return text
    encoded = quote(_BARE_PERCENT.sub("%25", text), safe=safe, errors="replace")
    return _ESCAPE.sub(lambda found: found[0].upper(), encoded)


def site_label(url: str) -> str:
    """The host of ``url`` as people know it: "example.org", "bücher.example", "localhost:8000"."""
    parts = urlsplit(url)
    host = display_host(parts.hostname or "")
    return f"{host}:{parts.port}" if parts.port else host


def _split(url: str) -> tuple[SplitResult, int | None]:
    """The parts of ``url`` and its port, which is only checked when it is asked for."""
    try:
        parts = urlsplit(url)
        return parts, parts.port
    except ValueError as error:
        raise ValueError("is not an absolute http or https URL") from error


def _without_dots(path: str) -> str:
    """``path`` with ``.`` and ``..`` resolved as browsers do (RFC 3986, section 5.2.4)."""
    segments = path.split("/")
    kept: list[str] = []
    for segment in segments:
        plain = segment.replace("%2E", ".")
        if plain == ".." and len(kept) > 1:
            kept.pop()
        elif plain not in (".", ".."):
            kept.append(segment)
    ends_in_dots = segments[-1].replace("%2E", ".") in (".", "..")
    return "/".join([*kept, ""] if ends_in_dots else kept)
