"""Where the site lives: paths of ours made into links for readers and into absolute URLs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlsplit

_SAFE = "/%:@!$&'()*+,;=-._~?#"
# Nearly every path is made of these alone, and stays as it is.
_AS_IT_IS = re.compile(r"[A-Za-z0-9/%:@!$&'()*+,;=\-._~?#]*+").fullmatch


@dataclass(frozen=True, slots=True)
class Urls:
    """Builds URLs for one production address.

    ``site`` is absolute and has no trailing slash ("https://example.org/blog"). Paths given to
    the methods begin with a slash and are relative to it.
    """

    site: str

    @property
    def base(self) -> str:
        """The path part of the address: empty, or "/blog"."""
        return _base(self.site)

    def href(self, path: str) -> str:
        """The root-relative URL readers follow; works on any host the site is served from."""
        return f"{self.base}{_encoded(path)}"

    def absolute(self, path: str) -> str:
        """The production URL, as canonical links, feeds and the sitemap need it (RFC 3986)."""
        return f"{self.site.rstrip('/')}{_encoded(path)}"


@lru_cache(maxsize=16)
def _base(site: str) -> str:
    return urlsplit(site).path.rstrip("/")


def _encoded(path: str) -> str:
    return path if _AS_IT_IS(path) else quote(path, safe=_SAFE)


def file_of(url: str) -> str:
    """The file below the output folder that a web server shows at a root-relative URL."""
    return f"{url[1:]}index.html" if url.endswith("/") else url[1:]
