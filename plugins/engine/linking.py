"""References within the site: each one in a body made to point at what the writer meant.

Writers refer to posts and files in many ways (a path beside the post, ``{filename}``, the folder
of a bundle, the final URL). All become root-relative URLs; one that leads nowhere is a problem
with its line, and so is one to a place that its page does not have.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from plugins.engine.deadends import dead_fragment, dead_link
from plugins.errors import Problem
from plugins.markup.links import is_local, references, rewrite
from plugins.markup.targets import look_up, place_of, spelled
from plugins.post import Body, Link, Picture, Post
from plugins.urls import Reference, Urls, composed, decoded

# What the build writes besides posts: not worth listing page by page.
_OURS = ("/feeds/", "/theme/", "/page/")
# How the ids of replies begin (thread.model.Reply.anchor); they come and go without a build.
_REPLY = "reply-"


@dataclass(frozen=True)
class LinkIndex:
    """What can be linked to: source files and URLs, each with the URL it is found at.

    ``withheld`` holds files and URLs that readers do not get, with the reason (a status, or another
    key of :data:`plugins.engine.deadends.REASONS`); a whole folder ends in a slash. ``failed`` are
    the files that have problems of their own. ``ids`` are what fragments can name in a text, by the
    URL of its page or by its source; ``parts`` are what the theme has on every page of a post.
    ``elsewhere`` are the paths that another program answers.
    """

    urls: Urls
    places: Mapping[str, str]
    withheld: Mapping[str, str]
    failed: Mapping[str, str]
    elsewhere: tuple[str, ...] = ()
    ids: Mapping[str, Collection[str]] = field(default_factory=dict)
    parts: Collection[str] = frozenset()

    def find(self, target: str, source: str) -> str | None:
        """The root-relative URL ``target`` leads to from the file ``source``, or None."""
        found = look_up(target, source, self.places) or self._below_base(target, source)
        if found is not None:
            return self.urls.href(found[0] + found[1])
        if target.startswith((*_OURS, *self.elsewhere)):
            return self.urls.href(target)
        return None

    def _below_base(self, target: str, source: str) -> tuple[str, str] | None:
        """What the address leads to as a reader sees it, where the site is below a path."""
        base = self.urls.base
        if not base or not target.strip().startswith(f"{base}/"):
            return None
        return look_up(target.strip().removeprefix(base), source, self.places)

    def is_failed(self, target: str, source: str) -> bool:
        """Whether ``target`` is a file that could not be read: that problem is enough."""
        return look_up(target, source, self.failed) is not None

    def status_of(self, target: str, source: str) -> str | None:
        """Why readers do not get what ``target`` leads to; None where that is not the reason."""
        found = look_up(target, source, self.withheld)
        if found:
            return found[0]
        place = place_of(Reference.read(target).path, source)
        above = [f"{folder}/" for folder in PurePosixPath(place).parents] if place else []
        return next((self.withheld[folder] for folder in above if folder in self.withheld), None)

    def misses(self, target: str, source: str) -> Collection[str] | None:
        """The ids there are where ``target`` leads, if the one that it names is not among them."""
        if "#" not in target:
            return None
        ids = self._ids_at(target.strip(), source)
        name = Reference.read(target).fragment.partition(":~:")[0]
        if ids is None or not name or name.casefold() == "top" or {name, decoded(name)} & set(ids):
            return None
        return None if name in self.parts or name.startswith(_REPLY) else ids

    def _ids_at(self, target: str, source: str) -> Collection[str] | None:
        """The ids of the text that ``target`` leads to; None where they are not known."""
        if target.startswith("#"):
            return self.ids.get(source, self.ids.get(self.places.get(source, "")))
        found = look_up(target, source, self.places)
        return self.ids.get(found[0]) if found else None

    def alike(self, target: str, source: str) -> str | None:
        """What differs from ``target`` in capitals and spaces at most, as one would write it."""
        found = look_up(_folded(target), _folded(source), self._folded)
        return found[0] if found else None

    @cached_property
    def _folded(self) -> Mapping[str, str]:
        return {_folded(key): key for key in self.places if "." in key or key.startswith("/")}


def _folded(text: str) -> str:
    return composed(text).casefold()


def index_links(
    posts: Iterable[Post],
    held: Iterable[Post],
    beside: Iterable[str],
    statics: Mapping[str, str],
    extra: Mapping[str, str],
    failed: Collection[str],
    urls: Urls,
    elsewhere: tuple[str, ...] = (),
    ids: Mapping[str, Collection[str]] | None = None,
    aside: Mapping[str, str] | None = None,
    parts: Collection[str] = (),
) -> LinkIndex:
    """The index of a site. ``statics`` and ``extra`` map further files and URLs to their URL.

    ``beside`` are the files that are held back with the posts of ``held``, ``aside`` those that are
    published by nothing, with the reason. ``ids`` and ``parts`` are those of the index.
    """
    places = {**statics, **{decoded(url): url for url in statics.values()}, **extra}
    for post in posts:
        places[post.source] = places[post.url] = post.url
        places.update(dict.fromkeys(post.aliases, post.url))
    withheld: dict[str, str] = {**(aside or {}), **dict.fromkeys(beside, "beside")}
    withheld |= {
        key: post.status
        for post in held
        for key in (post.source, post.url, *(post.aliases if post.status == "held" else ()))
        if key not in places
    }
    unread = {name: name for name in failed}
    return LinkIndex(
        urls, spelled(places), spelled(withheld), spelled(unread), elsewhere, ids or {}, parts
    )


def link_html(
    html: str, body: Body, source: str, index: LinkIndex
) -> tuple[str, tuple[Problem, ...]]:
    """``html`` with its references resolved, and a problem for each that leads nowhere."""
    local = dict.fromkeys(ref.value for ref in references(html) if is_local(ref.value))
    urls, problems = resolve_all(local, body.links, source, index)
    return rewrite(html, lambda address: urls.get(address, address)), problems


def resolve_all(
    addresses: Iterable[str], links: Sequence[Link], source: str, index: LinkIndex
) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """The URL of each of ``addresses``, which are of this site and named in the file ``source``.

    With it comes a problem for each that leads nowhere; ``links`` tell the lines.
    """
    urls: dict[str, str] = {}
    problems: list[Problem] = []
    for target in addresses:
        found = None if target.startswith("#") else index.find(target, source)
        if found is not None:
            urls[target] = found
        elif not target.startswith("#") and index.status_of(target, source) == "held":
            urls[target] = ""  # a link without an address, until that post is published
        problems += _faults(target, links, source, index, found=found)
    return urls, tuple(problems)


def _faults(
    target: str, links: Sequence[Link], source: str, index: LinkIndex, *, found: str | None
) -> Iterator[Problem]:
    """What is wrong with one reference that leads to ``found``."""
    link = next((link for link in links if link.target == target), Link(target, "link", 1))
    if found is None and not target.startswith("#"):
        if not index.is_failed(target, source):
            yield _dead(link, source, index)
    elif link.kind == "link" and (ids := index.misses(target, source)) is not None:
        yield dead_fragment(link, source, ids)


def link_image(
    picture: Picture | None, source: str, line: int, index: LinkIndex
) -> tuple[str, tuple[Problem, ...]]:
    """The URL of a lead image named on ``line`` of ``source``; none and a problem without a file."""
    if picture is None or not is_local(picture.src):
        return (picture.src if picture else ""), ()
    found = index.find(picture.src, source)
    if found is not None:
        return found, ()
    return "", (_dead(Link(picture.src, "image", line), source, index),)


def _dead(link: Link, source: str, index: LinkIndex) -> Problem:
    status, alike = index.status_of(link.target, source), index.alike(link.target, source)
    return dead_link(link, source, status, alike)
