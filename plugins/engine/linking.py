"""References within the site: each one in a body made to point at what the writer meant.

Writers refer to posts and files in many ways (a path beside the post, ``{filename}``, the folder
of a bundle, the final URL). All become root-relative URLs; one that leads nowhere is a problem
with its line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from plugins.errors import Problem
from plugins.markup.links import is_local, references, rewrite
from plugins.markup.targets import resolve
from plugins.post import Body, Link, Picture, Post
from plugins.urls import Urls

# What the build writes besides posts: not worth listing page by page.
_OURS = ("/feeds/", "/theme/", "/page/")


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """Paths of the host that another program answers; links into them are not checked."""

    elsewhere: tuple[str, ...] = ("/dialogue/",)


@dataclass(frozen=True, slots=True)
class LinkIndex:
    """What can be linked to: source files and URLs, each with the URL it is found at.

    ``withheld`` holds files and URLs of drafts and scheduled posts, with their status, and the
    files that are held back with them; ``failed``
    the files that have problems of their own. ``free`` are URL prefixes that are not checked.
    """

    urls: Urls
    places: Mapping[str, str]
    withheld: Mapping[str, str]
    failed: Collection[str]
    free: tuple[str, ...]

    def find(self, target: str, source: str) -> str | None:
        """The root-relative URL ``target`` leads to from the file ``source``, or None."""
        found = resolve(target, source, self.places)
        if found is not None:
            return self.urls.href(found)
        if target.startswith(self.free):
            return self.urls.href(target)
        return None

    def is_failed(self, target: str, source: str) -> bool:
        """Whether ``target`` is a file that could not be read: that problem is enough."""
        return resolve(target, source, {name: name for name in self.failed}) is not None

    def status_of(self, target: str, source: str) -> str | None:
        """The status of the draft or scheduled post that ``target`` leads to."""
        return resolve(target, source, self.withheld)


def index_links(
    posts: Iterable[Post],
    held: Iterable[Post],
    beside: Iterable[str],
    statics: Mapping[str, str],
    extra: Mapping[str, str],
    failed: Collection[str],
    urls: Urls,
    settings: LinkSettings,
) -> LinkIndex:
    """The index of a site. ``statics`` and ``extra`` map further files and URLs to their URL.

    ``beside`` are the files that are held back with the posts of ``held``.
    """
    places = {**statics, **{url: url for url in statics.values()}, **extra}
    for post in posts:
        places[post.source] = places[post.url] = post.url
        places.update(dict.fromkeys(post.aliases, post.url))
    withheld: dict[str, str] = dict.fromkeys(beside, "beside")
    withheld |= {key: post.status for post in held for key in (post.source, post.url)}
    return LinkIndex(urls, places, withheld, failed, (*_OURS, *settings.elsewhere))


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
        found = index.find(target, source)
        if found is not None:
            urls[target] = found
        elif not index.is_failed(target, source):
            named = (link for link in links if link.target == target)
            problems.append(_dead(next(named, Link(target, "link", 1)), source, index))
    return urls, tuple(problems)


def link_image(
    picture: Picture | None, source: str, line: int, index: LinkIndex
) -> tuple[str, tuple[Problem, ...]]:
    """The URL of a lead image named on ``line`` of ``source``; a problem where there is no file."""
    if picture is None or not is_local(picture.src):
        return (picture.src if picture else ""), ()
    found = index.find(picture.src, source)
    if found is not None:
        return found, ()
    return picture.src, (_dead(Link(picture.src, "image", line), source, index),)


def _dead(link: Link, source: str, index: LinkIndex) -> Problem:
    status = index.status_of(link.target, source)
    if status is not None:
        message = f"{link.target!r} is {_STATUS.get(status, status)}, so readers would find nothing"
        hint = "publish that post first, or take the link out"
    elif link.kind == "image":
        message = f"no image is at {link.target!r}"
        hint = f"put the file there, or correct the path (it is relative to {_folder(source)})"
    else:
        message = f"no post, page or file is at {link.target!r}"
        hint = f"correct the path (it is relative to {_folder(source)}), or take the link out"
    return Problem(source, link.line, link.kind, message, hint)


_STATUS = {"draft": "a draft", "beside": "the file of a draft", "scheduled": "not published yet"}


def _folder(source: str) -> str:
    folder = str(PurePosixPath(source).parent)
    return "the content folder" if folder == "." else f"{folder}/"
