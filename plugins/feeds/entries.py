"""Feed entries and channels as values: everything a format needs, in no format's terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from markupsafe import Markup

from plugins.canonical.addresses import quote_path
from plugins.catalogue.catalogue import Entry
from plugins.catalogue.facts import Facts
from plugins.errors import Problem
from plugins.feeds.addresses import absolute_web
from plugins.feeds.content import Content
from plugins.feeds.identity import feed_id, identity
from plugins.feeds.lines import figure, original_line, series_line
from plugins.feeds.media import Media, SizeOf, enclosures, picture
from plugins.feeds.settings import FeedSettings
from plugins.feeds.subjects import Subject
from plugins.post import Person, Post
from thread.block import ANCHOR
from thread.text import one_line

# RSS dates are those of e-mail: four digits for the year (RFC 5322, section 3.3), in any zone.
_FIRST_YEAR, _LAST_YEAR = 1001, 9998


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who wrote: a name and the absolute URL of their page."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A post in a feed. URLs are absolute; ``title`` and ``summary`` are plain.

    ``html`` is the text, or what stands for it where ``full`` is false. ``guid`` is the ``id`` in
    formats that take any text (see :class:`plugins.feeds.identity.Identity`). ``replies`` is where
    the replies are read, empty where there can be none. How many there are is not said: a feed of
    posts must not change when somebody answers.
    """

    id: str
    guid: str
    url: str
    title: str
    lang: str
    published: datetime
    updated: datetime
    summary: str
    html: str
    full: bool
    authors: tuple[Author, ...] = ()
    labels: tuple[str, ...] = ()
    via: str | None = None
    image: Media | None = None
    enclosures: tuple[Media, ...] = ()
    replies: str = ""


@dataclass(frozen=True, slots=True)
class FeedChannel:
    """What a feed says about itself. ``page`` is the absolute URL of the page it follows."""

    id: str
    title: str
    description: str
    lang: str
    page: str
    author: Author
    email: str = ""
    copyright: str = ""
    icon: str = ""
    hub: str | None = None


def channel(subject: Subject, facts: Facts, settings: FeedSettings) -> FeedChannel:
    """The channel of all feeds and archive pages about one subject."""
    author = one_line(settings.author) or one_line(facts.name)
    return FeedChannel(
        id=feed_id(subject.stem, settings),
        title=subject.title,
        description=subject.description,
        lang=subject.lang,
        page=facts.urls.absolute(quote_path(subject.page)),
        author=Author(author, facts.urls.absolute("/")),
        email=settings.email,
        copyright=one_line(settings.copyright),
        icon=facts.urls.absolute(settings.icon) if settings.icon else "",
        hub=settings.hub,
    )


@dataclass(frozen=True, slots=True)
class EntryMaker:
    """Makes entries; holds what all of them need."""

    facts: Facts
    settings: FeedSettings
    size_of: SizeOf

    def make(self, entry: Entry, content: Content, *, lasting: bool) -> FeedEntry:
        """The entry of a post whose body is ``content``.

        ``lasting`` leaves out what changes when other posts come: for archive pages.
        """
        post, page = entry.post, entry.policy.item_link
        name = identity(post, self.settings)
        image = picture(entry.image, page)
        full = self.settings.content == "full"
        published = for_feeds(post.date)
        return FeedEntry(
            id=name.id,
            guid=name.guid,
            url=page,
            title=one_line(post.title) or post.slug,
            lang=post.lang,
            published=published,
            updated=max(published, for_feeds(post.modified)) if post.modified else published,
            summary=one_line(entry.summary),
            html=self._html(entry, content, image, lasting=lasting),
            full=full,
            authors=tuple(self._author(person) for person in post.authors),
            labels=tuple(_labels(post)),
            via=entry.policy.via,
            image=image,
            enclosures=enclosures(post, content.players, page, self.facts.urls, self.size_of),
            replies=f"{page}#{ANCHOR}" if entry.target else "",
        )

    def _html(self, entry: Entry, content: Content, image: Media | None, *, lasting: bool) -> str:
        """The text between the lines a feed adds; never empty, which readers take for a mistake."""
        shown = image and image.url not in content.images
        body = Markup(content.html)  # noqa: S704 - stand_alone made it
        if self.settings.content == "summary" or not body:
            body = Markup("<p>{}</p>").format(one_line(entry.summary) or one_line(entry.post.title))
        pieces = (
            series_line(entry, self.facts, with_total=not lasting),
            figure(entry, image) if image and shown else "",
            body,
            original_line(entry, self.facts),
        )
        return Markup("\n").join(piece for piece in pieces if piece)

    def _author(self, person: Person) -> Author:
        own = self.facts.urls.absolute(self.facts.urls.at(f"/author/{person.slug}/"))
        return Author(one_line(person.name), absolute_web(person.url or own, own) or own)


def for_feeds(moment: datetime) -> datetime:
    """The moment to the second, in its own offset if every reader understands that, else in UTC.

    Readers that only cut out the date show the writer's day that way. Offsets before 1900 have
    seconds, which no feed can write, and RSS readers know those of whole and half hours.
    """
    offset = moment.utcoffset() or timedelta(0)
    known = not offset % timedelta(minutes=30)
    return (moment if known else moment.astimezone(UTC)).replace(microsecond=0)


def check_dates(posts: Iterable[Post]) -> Iterator[Problem]:
    """Yield a problem for each date that feeds cannot carry: without a zone, or out of range."""
    for post in posts:
        for field in ("date", "modified"):
            if fault := _date_fault(getattr(post, field)):
                hint = "correct the date"
                yield Problem(post.source, post.line_of(field), field, fault, hint, "feed-date")


def _date_fault(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    if moment.utcoffset() is None:
        return f"{moment} has no time zone"
    if _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return None
    return f"feeds cannot carry a date of the year {moment.year}"


def _labels(post: Post) -> Iterator[str]:
    """Category and tags by name, each once."""
    terms = ([post.category] if post.category else []) + list(post.tags)
    yield from dict.fromkeys(name for term in terms if (name := one_line(term.name)))
