"""What a feed adds to a post's text: its lead image, its place in a series, its first publication.

On our pages the theme shows these beside the text; in a reader there is nothing beside it.
"""

from __future__ import annotations

from markupsafe import Markup

from plugins.catalogue.catalogue import Entry
from plugins.catalogue.facts import Facts
from plugins.feeds.media import Media
from plugins.post import Original
from plugins.series.model import Part, number_text
from thread.text import one_line
from wording import Wording, wording_for

_LINE = Markup("<p>{}{}</p>")
_LINK = Markup('<a href="{}">{}</a>')
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
    words = wording_for(entry.post.lang)
    series = _LINK.format(facts.urls.absolute(place.series.url), one_line(place.series.title))
    number, total = number_text(place.part.number), place.series.total
    if number and with_total:
        message = words.gettext("Part %(number)s of %(total)s of %(series)s.")
    elif number:
        message = words.gettext("Part %(number)s of %(series)s.")
    else:
        message = words.gettext("Part of %(series)s.")
    told = Markup(message) % {"number": number, "total": total, "series": series}  # noqa: S704
    return _LINE.format(told, _previous(place.previous, facts, words))


def original_line(entry: Entry, facts: Facts) -> Markup:
    """Where the post appeared first, as its canonical policy has it; nothing for our own."""
    original = entry.policy.original
    if original is None:
        return Markup("")
    told = _told(original, one_line(entry.policy.site_label), entry.post.lang, facts)
    view = wording_for(entry.post.lang).gettext("View original post")
    return _LINE.format(f"{told} ", _LINK.format(original.url, view))


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


def _previous(part: Part | None, facts: Facts, words: Wording) -> Markup:
    if part is None or part.post is None:
        return Markup("")
    link = _LINK.format(facts.urls.absolute(part.post.url), one_line(part.title))
    message = words.gettext("Previous part: %(part)s.")
    return Markup(" ") + Markup(message) % {"part": link}  # noqa: S704


def _told(original: Original, site: str, lang: str, facts: Facts) -> str:
    date = facts.show_date(original.date, lang).text if original.date else ""
    words = wording_for(lang)
    if original.relation == "republished" and date:
        message = words.gettext("Republished from %(site_name)s, %(date)s.")
    elif original.relation == "republished":
        message = words.gettext("Republished from %(site_name)s.")
    elif original.relation == "excerpt" and date:
        message = words.gettext("An excerpt; the whole text is at %(site_name)s, %(date)s.")
    elif original.relation == "excerpt":
        message = words.gettext("An excerpt; the whole text is at %(site_name)s.")
    elif date:
        message = words.gettext("First published at %(site_name)s on %(date)s.")
    else:
        message = words.gettext("First published at %(site_name)s.")
    return message % {"site_name": site, "date": date}
