"""Series: posts in parts, in order, each with its place, and nothing that is not public yet.

:func:`arrange` decides everything from plain values. Posts that are held back reach only the
notices to the writer: what readers see is made without looking at them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from plugins.post import Frozen, Post
from plugins.series.cases import cases
from plugins.series.faults import faults
from plugins.series.members import Members, assemble
from plugins.series.model import (
    NO_INTRO,
    Arrangement,
    Part,
    Place,
    Planned,
    Series,
    SeriesFile,
    Signpost,
)
from plugins.series.names import Names, SeriesKey, spelling, usual_spelling
from plugins.series.notices import notices
from plugins.series.numbers import Member, member
from plugins.series.parts import parts_of, places_in, total_of
from plugins.series.signposts import Titled, published_part, within

__all__ = [
    "Arrangement",
    "Part",
    "Place",
    "Planned",
    "Series",
    "SeriesFile",
    "Signpost",
    "arrange",
]

Slugify = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Site:
    """What series are made with: names to look up, the site's language, and how slugs are made."""

    names: Names
    lang: str
    slugify: Slugify


def arrange(
    posts: Iterable[Post],
    held: Iterable[Post] = (),
    files: Iterable[SeriesFile] = (),
    *,
    lang: str,
    now: datetime,
    slugify: Slugify,
) -> Arrangement:
    """Put ``posts`` into series and give each its place.

    ``posts`` are those that get a page: the public ones and, in a preview, drafts and scheduled
    posts. ``held`` are those kept back; they and ``now`` only matter for the notices. ``lang`` is
    the site's language, whose series are at ``/series/<slug>/``; those of other languages are at
    ``/<lang>/series/<slug>/``. The order in which posts and files are given does not matter.
    """
    site = _Site(Names(files, lang), lang, slugify)
    every = tuple(sorted(posts, key=lambda post: post.source))
    members, unplaced = assemble([post for post in every if post.listed], site.names)
    by_key = _all_series(members, site)
    absent = [*held, *(post for post in every if not post.listed)]
    found = cases(members, by_key, absent, site.names)
    return Arrangement(
        series=tuple(sorted(by_key.values(), key=lambda series: (series.lang, series.slug))),
        places=_places(every, unplaced, by_key, site.names),
        problems=faults(found, every, site.names),
        notices=notices(found, unplaced, site.names, now),
    )


def _all_series(members: Members, site: _Site) -> dict[SeriesKey, Series]:
    """Every series with a part, written or announced by its file."""
    files = {file.source: file for file in site.names.files}
    announced = {
        SeriesKey(site.names.lang_of(file), file.source) for file in files.values() if file.planned
    }
    return {
        key: _series(key, members.get(key, ()), files.get(key.name), site)
        for key in sorted(announced.union(members))
    }


def _series(
    key: SeriesKey, members: Sequence[Member], file: SeriesFile | None, site: _Site
) -> Series:
    """One series. A file of another language lends only its slug, so that addresses match."""
    own = file if file and site.names.lang_of(file) == key.lang else None
    title = own.title if own else _title(members, file)
    slug = file.slug if file else site.slugify(title)
    prefix = "" if key.lang == site.lang else f"/{key.lang.lower()}"
    parts = parts_of(members, own.planned if own else ())
    return Series(
        slug=slug,
        title=title,
        lang=key.lang,
        url=f"{prefix}/series/{slug}/",
        parts=parts,
        total=total_of(parts, members),
        source=own.source if own else None,
        intro=own.intro if own else NO_INTRO,
        summary=own.summary if own else "",
        image=own.image if own else None,
        lines=own.lines if own else Frozen(),
    )


def _title(members: Sequence[Member], file: SeriesFile | None) -> str:
    """The name most posts use; where none uses one, they are known by their file's title."""
    claims = [one.post for one in members if spelling(one.post)]
    if not claims and file:
        return file.title
    return usual_spelling(claims)


def _places(
    posts: Sequence[Post],
    unplaced: Sequence[Post],
    by_key: Mapping[SeriesKey, Series],
    names: Names,
) -> dict[str, Place]:
    """The place of each post that is in a series, or whose text has markers, by its source."""
    places = {source: place for one in by_key.values() for source, place in places_in(one)}
    titled = Titled(unplaced, names)
    for post in posts:
        if post.source in places or not post.markers:
            continue
        series = _unlisted_in(post, by_key, names)
        signposts = within(series.parts, post) if series else titled.signposts(post)
        if signposts:
            part = published_part(post, member(post).number)
            places[post.source] = Place(part, signposts=signposts)
    return places


def _unlisted_in(post: Post, by_key: Mapping[SeriesKey, Series], names: Names) -> Series | None:
    """The series an unlisted post names: its markers may lead there, it is no part itself."""
    key = names.claim(post)
    return by_key.get(key) if key else None
