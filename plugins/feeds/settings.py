"""What a site says about its feeds, checked when ``pelicanconf.py`` is read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args
from urllib.parse import urlsplit

from plugins.errors import Problem, SettingsError

Content = Literal["full", "summary"]
Kind = Literal["site", "category", "tag", "author", "series", "language"]
KINDS: tuple[Kind, ...] = get_args(Kind)

# RFC 4151, section 2.1: a DNS name or an e-mail address in lower case, and a date it was ours.
_AUTHORITY = re.compile(r"(?:[a-z0-9._-]+@)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)+")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_PATH = re.compile(r"(?:/[\w.~-]+)+/?")
_EMAIL = re.compile(r"[\w.%+'-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*\.)+[A-Za-z0-9-]+")


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """How feeds are made; ``authority`` and ``authority_date`` must never change.

    ``authority`` is a domain or e-mail address in lower case that belonged to the publisher on
    ``authority_date`` (YYYY, YYYY-MM or YYYY-MM-DD): the two begin every entry's id (RFC 4151),
    and outlive any move of the site. ``limit`` is the number of entries of a feed, ``archive_size``
    that of an archive page (RFC 5005), at most half of ``limit`` so that no entry is ever in
    neither; 0 turns archives off. ``kinds`` are the kinds of feeds there are, the site's always
    among them, and ``archived`` those with archives.
    ``moved`` has the paths where subscribers know feeds from an earlier site, each with the path of
    the feed that they get there. ``hub`` is the URL of a WebSub hub. ``icon`` is the path of a square PNG, JPEG or GIF, which
    begins with a slash. Raises :class:`SettingsError`.
    """

    authority: str
    authority_date: str
    limit: int = 20
    content: Content = "full"
    series_oldest_first: bool = False
    kinds: tuple[Kind, ...] = KINDS
    archive_size: int = 10
    archived: tuple[Kind, ...] = ("site", "series")
    moved: Mapping[str, str] = field(default_factory=dict)
    hub: str | None = None
    author: str = ""
    email: str = ""
    copyright: str = ""
    icon: str = ""

    def __post_init__(self) -> None:
        if problems := [*_identity_faults(self), *_size_faults(self), *_text_faults(self)]:
            raise SettingsError(problems)


def astray(settings: FeedSettings, there: Collection[str]) -> Iterable[Problem]:
    """A problem for each earlier address that leads to none of the feeds that are ``there``."""
    for old, new in settings.moved.items():
        if new not in there:
            message = f"no feed is at {new!r}, where {old!r} leads"
            hint = "name one that is, such as '/feeds/all.atom.xml', or take it out"
            yield Problem("pelicanconf.py", 1, "FEEDS.moved", message, hint)


def _identity_faults(settings: FeedSettings) -> Iterable[Problem]:
    if not _AUTHORITY.fullmatch(settings.authority):
        hint = "name a domain or e-mail address of yours in lower case, such as 'example.org'"
        yield _fault("authority", settings.authority, hint)
    if not _DATE.fullmatch(settings.authority_date):
        hint = "name a day on which the authority was yours, such as '2026-01-31'"
        yield _fault("authority_date", settings.authority_date, hint)


def _size_faults(settings: FeedSettings) -> Iterable[Problem]:
    if settings.limit < 1:
        yield _fault("limit", settings.limit, "give the number of entries in a feed, such as 20")
    elif not 0 <= settings.archive_size <= settings.limit // 2:
        hint = (
            f"give a number up to {settings.limit // 2}, half of FEEDS.limit, or 0 for no archives"
        )
        yield _fault("archive_size", settings.archive_size, hint)


def _text_faults(settings: FeedSettings) -> Iterable[Problem]:
    for path in (*settings.moved, *settings.moved.values()):
        if not _PATH.fullmatch(path) or "/../" in f"{path}/":
            yield _fault("moved", path, "write the path of a file, as in '/feed.xml'")
    if settings.content not in get_args(Content):
        yield _fault("content", settings.content, "write 'full' or 'summary'")
    for name in ("kinds", "archived"):
        for kind in getattr(settings, name):
            if kind not in KINDS:
                yield _fault(name, kind, f"list some of {', '.join(KINDS)}")
    if settings.hub is not None and not _is_web_url(settings.hub):
        yield _fault("hub", settings.hub, "give the full http or https URL of the hub, or None")
    if settings.email and not _EMAIL.fullmatch(settings.email):
        yield _fault("email", settings.email, "give an address such as 'editor@example.org'")
    if settings.icon and not re.fullmatch(r"/\S+\.(?:png|jpe?g|gif)", settings.icon):
        yield _fault("icon", settings.icon, "give the path of a PNG, JPEG or GIF, as '/icon.png'")


def _is_web_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(
        parts.scheme in ("http", "https")
        and parts.hostname
        and url.isascii()
        and url.isprintable()
        and not set(url) & set(' <>"')
    )


def _fault(field: str, value: object, hint: str) -> Problem:
    return Problem("pelicanconf.py", 1, f"FEEDS.{field}", f"{value!r} cannot work", hint)
