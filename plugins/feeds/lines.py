"""What a feed adds to a post's text: its lead image, its place in a series, its first publication.

On our pages the theme shows these beside the text; in a reader there is nothing beside it.
"""

from __future__ import annotations

from markupsafe import Markup

from plugins.catalogue.catalogue import Entry
from plugins.catalogue.facts import Facts
from plugins.feeds.media import Media
from plugins.feeds.text import one_line
from plugins.post import Original
from plugins.series.model import Part, number_text

_SERIES = Markup('<p>{part} <a href="{url}">{title}</a>.{previous}</p>')
_PREVIOUS = Markup(' Previous part: <a href="{url}">{title}</a>.')
_ORIGINAL = Markup('<p>{told} <a href="{url}">View original post</a></p>')
_FIGURE = Markup('<figure><img src="{src}" alt="{alt}"{size}/>{caption}</figure>')
_SIZE = Markup(' width="{}" height="{}"')
_CAPTION = Markup("<figcaption>{}</figcaption>")


def series_line(entry: Entry, facts: Facts, *, with_total: bool) -> Markup:
    """Which part of which series the post is, with links; nothing for a post in none.

    The total grows with the series, so it has no place in what must never change.
    """
    place = entry.place
    if place is None or place.series is None:
        return Markup("")
    number, total = number_text(place.part.number), place.series.total
    of_total = f" of {total}" if with_total else ""
    return _SERIES.format(
        part=f"Part {number}{of_total} of" if number else "Part of",
        url=facts.urls.absolute(place.series.url),
        title=one_line(place.series.title),
        previous=_previous(place.previous, facts),
    )


def original_line(entry: Entry, facts: Facts) -> Markup:
    """Where the post appeared first, as its canonical policy has it; nothing for our own."""
    original = entry.policy.original
    if original is None:
        return Markup("")
    told = _told(original, one_line(entry.policy.site_label), entry.post.lang, facts)
    return _ORIGINAL.format(told=told, url=original.url)


def figure(entry: Entry, media: Media) -> Markup:
    """The lead image, with its caption."""
    image = entry.image
    known = media.width and media.height
    caption = one_line(image.caption) if image else ""
    return _FIGURE.format(
        src=media.url,
        alt=one_line(image.alt) if image else "",
        size=_SIZE.format(media.width, media.height) if known else "",
        caption=_CAPTION.format(caption) if caption else "",
    )


def _previous(part: Part | None, facts: Facts) -> Markup:
    if part is None or part.post is None:
        return Markup("")
    return _PREVIOUS.format(url=facts.urls.absolute(part.post.url), title=one_line(part.title))


def _told(original: Original, site: str, lang: str, facts: Facts) -> str:
    date = facts.show_date(original.date, lang).text if original.date else ""
    if original.relation == "republished":
        return f"Republished from {site}{', ' if date else ''}{date}."
    if original.relation == "excerpt":
        return f"An excerpt; the whole text is at {site}{', ' if date else ''}{date}."
    return f"First published at {site}{' on ' if date else ''}{date}."
