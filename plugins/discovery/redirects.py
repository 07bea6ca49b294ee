"""Old addresses: each alias of a post sends readers on to where the post is now.

Two ways, so that it works on every host: a small page at the old address, and a ``_redirects``
file (Netlify, Cloudflare, GitLab) that lets hosts which read it answer with status 301.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import unquote

from plugins.canonical.addresses import quote_path
from plugins.canonical.policy import CanonicalSettings, Policy, for_alias
from plugins.discovery.facts import SiteFacts
from plugins.discovery.head import head_for_alias
from plugins.errors import Problem
from plugins.post import Post
from plugins.urls import Urls
from plugins.views import AliasView

REDIRECTS = "_redirects"
_NONE: Mapping[str, str] = MappingProxyType({})
# Control characters, lone surrogates, bytes that are no UTF-8, and the other slash.
_NO_CHARACTER = re.compile("[\x00-\x1f\x7f-\x9f\\\\\ud800-\udfff\ufffd]")
_PAGE_ENDINGS = (".html", ".htm", ".xhtml")
# Bytes; what the common file systems allow for one name.
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Redirect:
    """One alias of ``post``: its percent-encoded ``path``, and the file of the page left there.

    ``save_as`` is None where no page can or need be: the alias differs from the post's own address
    by case only (some file systems would write the one over the other), or from another of its
    aliases by the closing slash.
    """

    post: Post
    path: str
    save_as: str | None


@dataclass(frozen=True, slots=True)
class _Claim:
    """Who has a file below the output folder: a source, and words that name it with its line."""

    source: str
    words: str


class _Claims:
    """Who has which file; names are compared as the least careful file system would."""

    def __init__(self, posts: Iterable[Post], taken: Mapping[str, str]) -> None:
        self._files: dict[str, _Claim] = {}
        self._folders: dict[str, _Claim] = {}
        for file, what in taken.items():
            self.add(file, _Claim("", f"{what} has this address"))
        for post in posts:
            line = post.line_of("permalink" if "permalink" in post.lines else "slug")
            self.add(post.save_as, _Claim(post.source, f"{post.source}:{line} has this address"))

    def add(self, file: str, claim: _Claim) -> None:
        """Record that ``file`` is written."""
        self._files[_key(file)] = claim
        for folder in _folders(file):
            self._folders.setdefault(folder, claim)

    def holder(self, file: str) -> _Claim | None:
        """Whoever already writes ``file``, a file below it, or one where it needs a folder."""
        key = _key(file)
        above = (self._files.get(folder) for folder in _folders(file))
        return self._files.get(key) or self._folders.get(key) or next(filter(None, above), None)


def plan(
    posts: Iterable[Post], taken: Mapping[str, str]
) -> tuple[tuple[Redirect, ...], tuple[Problem, ...]]:
    """The redirects of all posts that are written, sorted by path, and what is wrong with them.

    ``taken`` maps every other file below the output folder to what it is, in words or as a source
    file ("the archive", "images/a.png"). An alias that is the post's own address is left out.
    """
    every = sorted(posts, key=lambda post: post.source)
    claims = _Claims(every, taken)
    made = [
        _redirect(post, alias, claims) for post in every for alias in dict.fromkeys(post.aliases)
    ]
    redirects: dict[str, Redirect] = {}
    for one in made:
        if isinstance(one, Redirect):
            redirects.setdefault(one.path, one)
    problems = tuple(one for one in made if isinstance(one, Problem))
    return tuple(redirects[path] for path in sorted(redirects)), problems


def alias_view(
    redirect: Redirect, target: Policy, site: SiteFacts, settings: CanonicalSettings
) -> AliasView:
    """The page at the old address; ``target`` is the policy of the post."""
    post = redirect.post
    head = head_for_alias(post, for_alias(redirect.path, target, settings), site)
    return AliasView(head, post.title, _href(post.url, settings.site_url))


def redirects_file(
    redirects: Iterable[Redirect], site_url: str, others: Mapping[str, str] = _NONE
) -> str:
    """The ``_redirects`` file: one ``from to 301`` a line, as a browser asks for both.

    ``others`` are paths that lead to another one, without a post. Colons and asterisks are encoded,
    which would be placeholders. Empty without redirects.
    """
    pairs = [*((one.path, one.post.url) for one in redirects), *others.items()]
    return "".join(
        f"{_literal(old, site_url)} {_literal(new, site_url)} 301\n" for old, new in pairs
    )


def _redirect(post: Post, alias: str, claims: _Claims) -> Redirect | Problem | None:
    """The redirect for one alias, which is then claimed; None where there is nothing to do."""
    if fault := _fault(alias):
        return _problem(post, alias, fault, "write the path of the old page, as in /old-page/")
    file = _file(alias)
    if file == post.save_as:
        return None
    holder = claims.holder(file)
    if holder and holder.source != post.source:
        return _problem(post, alias, holder.words, "remove it, or move the other")
    if holder:
        return Redirect(post, quote_path(alias), None)
    line = post.line_of("aliases")
    claims.add(file, _Claim(post.source, f"{post.source}:{line} claims this address too"))
    return Redirect(post, quote_path(alias), file)


def _fault(alias: str) -> str | None:
    """Why no page can be left at ``alias``, or None."""
    if not alias.startswith("/") or alias.startswith("//"):
        return "is not a path from the root of the site"
    if "?" in alias or "#" in alias:
        return "has a query or fragment, which a page of files cannot answer"
    if _NO_CHARACTER.search(unquote(alias)):
        return "contains a character that cannot be in an address"
    names = _names(alias)
    if any("/" in name or name in ("", ".", "..") for name in names):
        return "has a part that is no name"
    if any(len(name.encode()) > _LONGEST_NAME for name in names):
        return f"has a part of more than {_LONGEST_NAME} bytes"
    return None


def _problem(post: Post, alias: str, fault: str, hint: str) -> Problem:
    where = (post.source, post.line_of("aliases"), "aliases")
    return Problem(*where, f"{alias!r}: {fault}", hint, "alias-taken")


def _names(alias: str) -> list[str]:
    """The decoded parts of the path between its slashes."""
    inner = alias.removeprefix("/").removesuffix("/")
    return [unquote(part) for part in inner.split("/")] if inner else []


def _file(alias: str) -> str:
    """The file that a web server shows at the path, with and without a closing slash."""
    names = _names(alias)
    is_file = bool(names) and not alias.endswith("/") and names[-1].lower().endswith(_PAGE_ENDINGS)
    return "/".join(names if is_file else [*names, "index.html"])


def _key(file: str) -> str:
    return unicodedata.normalize("NFC", file).casefold()


def _folders(file: str) -> Iterator[str]:
    """The keys of the folders that ``file`` is in, without the output folder itself."""
    return (_key(str(parent)) for parent in PurePosixPath(file).parents if parent.name)


def _literal(path: str, site_url: str) -> str:
    return _href(path, site_url).replace(":", "%3A").replace("*", "%2A")


def _href(path: str, site_url: str) -> str:
    return f"{Urls(site_url).base}{quote_path(path)}"
