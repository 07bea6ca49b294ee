"""Addresses in feed content: absolute, and only where a reader may be led."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qs, quote, urljoin, urlsplit

from plugins.canonical.addresses import percent_encoded
from plugins.feeds.elements import SCHEMES

_IN_URL = "/%:@!$&'()*+,;=-._~?#[]"
# What most addresses are: nothing to encode, no dots to resolve, one slash or a host of the web.
_PLAIN = re.compile(
    r"(?P<root>/(?!/))?(?(root)|https?://[a-zA-Z0-9.-]+(?::[0-9]+)?/)"
    r"(?!.*/\.)[a-zA-Z0-9/@!$&'()*+,;=._~-]*(?:\?[a-zA-Z0-9/@!$&'()*+,;=._~?-]*)?"
    r"(?:#[a-zA-Z0-9/@!$&'()*+,;=._~?:-]*)?"
)
_WITH_HOST = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_INLINE_IMAGE = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif)[;,]", re.IGNORECASE)
# Browsers take these out of an address before they read it, so they could hide its scheme.
_IGNORED = re.compile(r"[\t\r\n]")
_CANDIDATE = re.compile(r"[^\s,]\S*")
_DESCRIPTOR_END = re.compile(r"(?:[^,(]|\([^)]*\))*,?")
_YOUTUBE = re.compile(r"(?:www\.)?youtube(?:-nocookie)?\.com")


def absolute(address: str, page: str) -> str | None:
    """The address as a browser on ``page`` reads it, in ASCII; None where a feed must not lead.

    ``page`` is the absolute URL of the post; a mere fragment leads to that place on it.
    """
    if plain := _PLAIN.fullmatch(address):
        return _origin(page) + address if plain["root"] else address
    joined = _joined(_IGNORED.sub("", address.strip()), page)
    scheme = _SCHEME.match(joined)
    if scheme is None or scheme[1].lower() not in SCHEMES:
        return None
    if scheme[1].lower() in ("http", "https") and not _WITH_HOST.match(joined):
        return None
    return percent_encoded(joined, _IN_URL)


def absolute_image(address: str, page: str) -> str | None:
    """As :func:`absolute_web`, for what is shown in place: also images that are in their address."""
    if _INLINE_IMAGE.match(address.strip()):
        return "".join(address.split())
    return absolute_web(address, page)


def absolute_web(address: str, page: str) -> str | None:
    """As :func:`absolute`, for what is fetched: an http or https URL."""
    found = absolute(address, page)
    return found if found and found.startswith(("http:", "https:")) else None


def absolute_srcset(srcset: str, page: str) -> str | None:
    """A ``srcset`` with absolute addresses (HTML standard, section 4.8.4.2.1); None if none is left."""
    candidates = []
    position = 0
    while found := _CANDIDATE.search(srcset, position):
        address = found[0].rstrip(",")
        position = found.end()
        descriptor = ""
        if address == found[0]:
            rest = _DESCRIPTOR_END.match(srcset, position)
            descriptor = rest[0].rstrip(",").strip() if rest else ""
            position = rest.end() if rest else position
        if target := absolute_image(address, page):
            candidates.append(f"{target.replace(',', '%2C')} {descriptor}".rstrip())
    return ", ".join(candidates) or None


def watch_page(address: str) -> str:
    """The page to open for an embedded player: outside of a frame most show nothing."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    host, last = (parts.hostname or "").lower(), parts.path.rstrip("/").rpartition("/")[2]
    if _YOUTUBE.fullmatch(host) and parts.path.startswith("/embed/"):
        lists = parse_qs(parts.query).get("list", [])
        if last == "videoseries" and lists:
            return f"https://www.youtube.com/playlist?list={quote(lists[0], safe='')}"
        return f"https://www.youtube.com/watch?v={last}"
    if host == "player.vimeo.com" and parts.path.startswith("/video/"):
        return f"https://vimeo.com/{last}"
    return address


@lru_cache(maxsize=8)
def _origin(page: str) -> str:
    parts = urlsplit(page)
    return f"{parts.scheme}://{parts.netloc}"


def _joined(address: str, page: str) -> str:
    if address.startswith("#"):
        return page.partition("#")[0] + address
    try:
        return urljoin(page, address)
    except ValueError:
        return ""
