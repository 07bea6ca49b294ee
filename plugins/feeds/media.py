"""Pictures, sound and film that go with an entry: address, media type, size.

A post brings sound or film in two ways: its text plays a file (``<audio>``, ``<video>``), or its front
matter names one (``audio:``, ``video:`` or ``enclosure:``, each a URL or a path, or for
``enclosure`` a mapping of ``url``, ``type``, ``length`` in bytes and ``duration`` in seconds).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from plugins.errors import Problem
from plugins.feeds.addresses import absolute_web
from plugins.feeds.content import Player
from plugins.post import Post
from plugins.urls import Urls, bare, decoded, encoded
from plugins.views import ImageView

# How many bytes the site's file at a path has (root-relative, without the base of the site's
# address, not percent-encoded); None where there is no such file.
SizeOf = Callable[[str], int | None]

_FIELDS = ("enclosure", "audio", "video")
# Written down here, not asked of the system: its table differs from machine to machine.
_TYPES = {
    "avif": "image/avif", "gif": "image/gif", "jpeg": "image/jpeg", "jpg": "image/jpeg",
    "png": "image/png", "svg": "image/svg+xml", "webp": "image/webp",
    "aac": "audio/aac", "flac": "audio/flac", "m4a": "audio/mp4", "mp3": "audio/mpeg",
    "oga": "audio/ogg", "ogg": "audio/ogg", "opus": "audio/ogg", "wav": "audio/wav",
    "m4v": "video/mp4", "mov": "video/quicktime", "mp4": "video/mp4", "ogv": "video/ogg",
    "webm": "video/webm",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Media:
    """A file: absolute URL and media type; ``length`` in bytes and ``seconds`` where known.

    ``width`` and ``height`` are CSS pixels. The type is empty for an image of unknown type.
    """

    url: str
    type: str
    length: int | None = None
    seconds: int | None = None
    width: int | None = None
    height: int | None = None


def picture(image: ImageView | None, page: str) -> Media | None:
    """The lead image of the post at the absolute URL ``page``."""
    url = absolute_web(image.src, page) if image else None
    if image is None or url is None:
        return None
    return Media(url, type_of(url), width=image.width, height=image.height)


def enclosures(
    post: Post, players: Iterable[Player], page: str, urls: Urls, size_of: SizeOf
) -> tuple[Media, ...]:
    """Sound and film of a post, what front matter names first, each file once.

    A file of another site whose length nobody gave has length 0, as RSS readers expect.
    """
    found: dict[str, Media] = {}
    for media in (*_named(post, page, urls, size_of), *(_played(player) for player in players)):
        if media.type.startswith(("audio/", "video/")):
            found.setdefault(media.url, _measured(media, urls, size_of))
    return tuple(found.values())


def check(post: Post, page: str, urls: Urls, size_of: SizeOf | None) -> Iterator[Problem]:
    """Yield a problem for each file front matter names that readers could not fetch or play.

    Without ``size_of`` it is not known which files the site has.
    """
    for field in _FIELDS:
        for value in _listed(post.extra.get(field)):
            fault = _fault(value, field, page, urls, size_of)
            if fault:
                hint = "give the path or URL of an audio or video file, or remove the field"
                line = post.line_of(field)
                yield Problem(post.source, line, field, fault, hint, "feed-media")


def type_of(url: str) -> str:
    """The media type by the ending of the URL's path, or nothing."""
    return _TYPES.get(PurePosixPath(urlsplit(url).path).suffix[1:].lower(), "")


def _named(post: Post, page: str, urls: Urls, size_of: SizeOf) -> Iterator[Media]:
    """What front matter names and can be used; the rest is :func:`check`'s."""
    for field in _FIELDS:
        for value in _listed(post.extra.get(field)):
            if media := _media(value, field, page, urls, size_of):
                yield media


def _listed(value: Any) -> tuple[Any, ...]:
    if value is None or value is False or value == "":
        return ()
    return tuple(value) if isinstance(value, tuple | list) else (value,)


def _media(value: Any, field: str, page: str, urls: Urls, size_of: SizeOf | None) -> Media | None:
    given = value if isinstance(value, Mapping) else {"url": value}
    url = _url(given.get("url"), page, urls, size_of)
    if url is None:
        return None
    kind = str(given.get("type") or type_of(url))
    if field != "enclosure":
        # "audio: talk.webm": the field says more than an ending that both kinds use.
        kind = re.sub("^(?:audio|video)/", f"{field}/", kind)
    return Media(url, kind, _count(given.get("length")), _count(given.get("duration")))


def _url(value: Any, page: str, urls: Urls, size_of: SizeOf | None) -> str | None:
    """The absolute URL of a file named in front matter, by path or URL."""
    if not isinstance(value, str):
        return None
    path = value.strip().removeprefix("{static}").removeprefix("{attach}")
    if not path:
        return None
    from_root = path.startswith("/") and not path.startswith("//")
    return absolute_web(urls.absolute(_address(path, size_of)) if from_root else path, page)


def _address(written: str, size_of: SizeOf | None) -> str:
    """The URL meant by ``written``: as it stands, or of a file that is called just so."""
    if size_of and size_of(decoded(bare(written))) is None and size_of(written) is not None:
        return encoded(written)
    return written


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _played(player: Player) -> Media:
    return Media(player.url, player.type or type_of(player.url))


def _measured(media: Media, urls: Urls, size_of: SizeOf) -> Media:
    path = _own_path(media.url, urls)
    length = media.length or (size_of(path) if path else None) or 0
    return Media(media.url, media.type, length, media.seconds)


def _own_path(url: str, urls: Urls) -> str | None:
    """The path below the site's address, if the URL is one of ours."""
    if not url.startswith(f"{urls.site}/"):
        return None
    return decoded(bare(url[len(urls.site) :]))


def _fault(value: Any, field: str, page: str, urls: Urls, size_of: SizeOf | None) -> str | None:
    media = _media(value, field, page, urls, size_of)
    if media is None:
        return "no address of a file can be made of it"
    if not media.type.startswith(("audio/", "video/")):
        return f"{media.url} is no audio or video file by its ending or its type"
    path = _own_path(media.url, urls)
    if path and size_of and media.length is None and size_of(path) is None:
        return f"the site has no file {path}"
    return None
