"""Addresses in texts of Ghost: of the site itself, of files, and of smaller copies of images."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

_SIZE = re.compile(r"^/content/images/size/[wh]\d{1,5}(?:[wh]\d{1,5})?/(?:format/\w{1,8}/)?")
_PLACE = "__GHOST_URL__"
_FOLDERS = ("/content/images/", "/content/media/", "/content/files/")


@dataclass(slots=True)
class Addresses:
    """``url`` is the old site; ``missing`` collects files that texts name and that are not there."""

    url: str
    files: Collection[str]
    missing: set[str] = field(default_factory=set)

    def new(self, address: str) -> str:
        """What becomes of an address; those of other sites stay as they are."""
        path = self.path(address)
        if path is None:
            return address
        path = _SIZE.sub("/content/images/", path)
        plain = unquote(path.partition("?")[0].partition("#")[0])
        if plain.startswith(_FOLDERS) and plain not in self.files:
            self.missing.add(plain)
        return path

    def path(self, address: str) -> str | None:
        """The path below the root of the old site; None for addresses elsewhere."""
        if address.startswith(_PLACE):
            return address.removeprefix(_PLACE) or "/"
        if self.url and address.startswith(("https://", "http://", "//")):
            try:
                own, given = urlsplit(self.url), urlsplit(address)
            except ValueError:
                return None
            if given.netloc.removeprefix("www.") != own.netloc.removeprefix("www."):
                return None
            base = own.path.rstrip("/")
            if not f"{given.path}/".startswith(f"{base}/"):
                return None
            query = f"?{given.query}" if given.query else ""
            place = f"#{given.fragment}" if given.fragment else ""
            return f"{given.path[len(base) :] or '/'}{query}{place}"
        return address if address.startswith("/") and not address.startswith("//") else None
