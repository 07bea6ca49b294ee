"""Addresses and paths: the one place where either is made of the other.

A *path* names a file as it is called (``images/C# 100%.png``); a *URL* is what stands in a page, in
which everything that RFC 3986 gives a meaning is percent-encoded (``/images/C%23%20100%25.png``).
Decoded once, as a browser's request is by a server, a URL names its file again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize
from urllib.parse import quote, unquote, urlsplit

# RFC 3986, section 3.3: what stands for itself in a path.
_IN_PATH = "/:@!$&'()*+,;=-._~"
# Also what separates the parts of a reference, and what is encoded already.
_IN_REFERENCE = _IN_PATH + "%?#"
# Nearly every path and reference is made of these alone, and stays as it is.
_PLAIN_PATH = re.compile(r"[A-Za-z0-9/:@!$&'()*+,;=\-._~]*+").fullmatch
_AS_IT_IS = re.compile(r"[A-Za-z0-9/%:@!$&'()*+,;=\-._~?#]*+").fullmatch
_PARTS = re.compile(r"(?P<path>[^?#]*)(?P<rest>.*)", re.DOTALL)


def encoded(path: str) -> str:
    """The URL path of the file called ``path``; bytes that are no UTF-8 stay what they are."""
    if _PLAIN_PATH(path):
        return path
    return quote(path, safe=_IN_PATH, errors="surrogateescape")


def decoded(url: str) -> str:
    """The path that a URL path stands for; a ``%`` that begins no escape is one."""
    return unquote(url, errors="surrogateescape") if "%" in url else url


def composed(path: str) -> str:
    """``path`` in Unicode's composed form (NFC), in which names that look the same are the same."""
    return path if path.isascii() else normalize("NFC", path)


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as somebody wrote it: the path it names, decoded, and what follows as written.

    ``rest`` is empty, or begins with ``?`` or ``#``.
    """

    path: str
    rest: str = ""

    @classmethod
    def read(cls, written: str) -> Reference:
        """The reference ``written`` in a text or in front matter; without scheme and host."""
        parts = _PARTS.match(written)
        return cls(decoded(parts["path"]), parts["rest"]) if parts else cls(written)

    @property
    def fragment(self) -> str:
        """What follows the ``#``, as written; empty if there is nothing."""
        return self.rest.partition("#")[2]


def bare(url: str) -> str:
    """``url`` without query and fragment, which do not change the file."""
    return url.partition("#")[0].partition("?")[0]


@dataclass(frozen=True, slots=True)
class Urls:
    """Builds URLs for one production address.

    ``site`` is absolute and has no trailing slash ("https://example.org/blog"). What is given to the
    methods begins with a slash, is relative to it, and is a URL: of the path of a file it is made
    by :func:`encoded`. ``moved`` are lists that are somewhere else than usual: pairs of the first
    step of their addresses and of the path that takes its place, as in ("tag", "/topics/").
    """

    site: str
    moved: tuple[tuple[str, str], ...] = ()

    def at(self, path: str) -> str:
        """The address of the list that is usually at ``path``, which has no language before it."""
        return moved(path, dict(self.moved))

    @property
    def base(self) -> str:
        """The path part of the address: empty, or "/blog"."""
        return _base(self.site)

    def href(self, url: str) -> str:
        """The root-relative URL readers follow; works on any host the site is served from."""
        return f"{self.base}{_legal(url)}"

    def absolute(self, url: str) -> str:
        """The production URL, as canonical links, feeds and the sitemap need it (RFC 3986)."""
        return f"{self.site.rstrip('/')}{_legal(url)}"


def moved(path: str, places: Mapping[str, str]) -> str:
    """``path`` with its first step replaced where ``places`` has another for it."""
    first, _, rest = path.removeprefix("/").partition("/")
    return f"{places[first].rstrip('/')}/{rest}" if first in places else path


@lru_cache(maxsize=16)
def _base(site: str) -> str:
    return urlsplit(site).path.rstrip("/")


def _legal(url: str) -> str:
    return url if _AS_IT_IS(url) else quote(url, safe=_IN_REFERENCE)


def file_of(url: str) -> str:
    """The file below the output folder that a web server shows at a root-relative URL."""
    path = decoded(url)
    return f"{path[1:]}index.html" if path.endswith("/") else path[1:]
