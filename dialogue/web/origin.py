"""Where a form was sent from: our own pages, another site's, or nobody can say.

Browsers say it in one of three headers. The first that is there decides: ``Origin``, which every
current browser sends with a form, then ``Sec-Fetch-Site``, then ``Referer``.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from urllib.parse import urlsplit

VARY = "Origin, Sec-Fetch-Site, Referer"


class Source(Enum):
    """Who made the form that was sent."""

    OWN = "own"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"


def source(headers: Mapping[str, str], site_url: str) -> Source:
    """Who made the form that came with ``headers``, for the site at ``site_url``."""
    if (origin := headers.get("origin")) is not None:
        return _compared(origin, site_url)
    if (fetched := headers.get("sec-fetch-site")) is not None:
        return Source.OWN if fetched == "same-origin" else Source.FOREIGN
    if referer := headers.get("referer"):
        return _compared(referer, site_url)
    return Source.UNKNOWN


def _compared(url: str, site_url: str) -> Source:
    found = origin_of(url)
    return Source.OWN if found is not None and found == _own(site_url) else Source.FOREIGN


@lru_cache(maxsize=8)
def _own(site_url: str) -> tuple[str, str, int] | None:
    return origin_of(site_url)


def origin_of(url: str) -> tuple[str, str, int] | None:
    """Scheme, host and port of ``url``; None if it has no such thing, as ``null`` has not."""
    try:
        parts = urlsplit(url)
        usual = {"http": 80, "https": 443}.get(parts.scheme, 0)
        port = parts.port or usual
    except ValueError:
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname and usual else None
