"""Addresses of an old site of WordPress, as the new one writes them: paths below its root."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

_SIZED = re.compile(r"-\d{1,5}x\d{1,5}(?=\.[A-Za-z]{2,5}$)")
_KEY = re.compile(r"(?:^|&)(?:p|page_id|attachment_id)=(\d{1,18})(?:&|$)")


@dataclass(frozen=True, slots=True)
class Addresses:
    """What the addresses of an old site lead to.

    ``url`` is the site, ``files`` the paths of its uploads by their addresses, ``pages`` the paths
    of what has a number, ``shown`` the uploads by the pages that WordPress makes of them.
    """

    url: str
    files: Mapping[str, str]
    pages: Mapping[str, str]
    shown: Mapping[str, str]

    def new(self, address: str) -> str:
        """What becomes of an address in a text; those of other sites stay as they are."""
        parts = split(address)
        if parts is None or not address or address.startswith("#"):
            return address
        if file := self.file(address):
            return file
        path = self.path(address)
        if path is None:
            return address
        if (found := _KEY.search(parts.query)) and found[1] in self.pages:
            return self.pages[found[1]]
        if path.rstrip("/") in self.shown:
            return self.shown[path.rstrip("/")]
        query = f"?{parts.query}" if parts.query else ""
        return f"{path}{query}{f'#{parts.fragment}' if parts.fragment else ''}"

    def file(self, address: str) -> str:
        """The path of an upload, also of its smaller copies; empty for other addresses."""
        bare = plain(address)
        return self.files.get(bare) or self.files.get(_SIZED.sub("", bare), "")

    def path(self, address: str) -> str | None:
        """The path below the root of the old site; None for addresses elsewhere."""
        return below(address, self.url)


def below(address: str, url: str) -> str | None:
    """The path of ``address`` below the site at ``url``; None if it is elsewhere."""
    parts, own = split(address), split(url)
    if parts is None or own is None:
        return None
    if parts.scheme not in {"", "http", "https"} or (parts.netloc and host(parts) != host(own)):
        return None
    if not parts.netloc and not parts.path.startswith("/"):
        return None
    base = own.path.rstrip("/")
    if not f"{parts.path}/".startswith(f"{base}/"):
        return None
    return parts.path[len(base) :] or "/"


def host(parts: SplitResult) -> str:
    """The host without ``www``, which sites answer as well."""
    return parts.netloc.lower().rpartition("@")[2].removeprefix("www.")


def plain(address: str) -> str:
    """What all spellings of the address of a file have in common."""
    parts = split(address)
    return f"{host(parts)}{unquote(parts.path)}" if parts else address


def split(address: str) -> SplitResult | None:
    """The parts of an address; None where it is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return None
