"""Open Graph and Twitter card properties: how a page looks where people share it.

Properties as https://ogp.me names them. Twitter falls back on Open Graph for what its own cards
do not name, so only the form of the card is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from plugins.canonical.alternates import language_tag
from plugins.discovery.facts import SiteFacts
from plugins.discovery.structured import iso, person, shareable
from plugins.discovery.wording import one_line
from plugins.post import Post
from plugins.views import AlternateView, ImageView, MetaView

Type = Literal["article", "website", "profile"]

# In pixels; below it Twitter shows the small card whatever the page asks for.
_LARGE_CARD_WIDTH = 300
_LARGE_CARD_HEIGHT = 157


def page(
    kind: Type,
    *,
    title: str,
    text: str,
    url: str,
    site: SiteFacts,
    lang: str,
    alternates: Sequence[AlternateView],
) -> Iterator[MetaView]:
    """What every page says; ``url`` is the canonical policy's ``og_url``."""
    yield _property("og:type", kind)
    yield _property("og:title", title)
    yield _property("og:url", url)
    yield _property("og:site_name", one_line(site.name))
    if text:
        yield _property("og:description", text)
    own = locale_of(lang)
    if own:
        yield _property("og:locale", own)
    others = {locale_of(one.lang) for one in alternates if one.lang != "x-default"} - {own, None}
    for locale in sorted(filter(None, others)):
        yield _property("og:locale:alternate", locale)


def article(post: Post, site: SiteFacts) -> Iterator[MetaView]:
    """What a post says about its dates, authors and topics."""
    yield _property("article:published_time", iso(post.date))
    if post.modified:
        yield _property("article:modified_time", iso(post.modified))
    for author in post.authors:
        if url := person(author, site).get("url"):
            yield _property("article:author", url)
    if post.category:
        yield _property("article:section", one_line(post.category.name))
    for tag in post.tags:
        yield _property("article:tag", one_line(tag.name))


def image(picture: ImageView | None, site: SiteFacts) -> Iterator[MetaView]:
    """The image and the form of the card. Sharing sites show no SVG."""
    url = shareable(picture, site) if picture else None
    if picture is None or url is None or url.lower().endswith(".svg"):
        yield MetaView("name", "twitter:card", "summary")
    else:
        yield from _image(picture, url)
    if site.twitter:
        yield MetaView("name", "twitter:site", site.twitter)


@lru_cache(maxsize=64)
def locale_of(lang: str) -> str | None:
    """``lang`` as Open Graph wants it, with the most likely territory ("en" is "en_US")."""
    try:
        locale = Locale.parse(language_tag(lang), sep="-")
    except (UnknownLocaleError, ValueError):
        return None
    likely = get_global("likely_subtags")
    written = f"{locale.language}_{locale.script}" if locale.script else locale.language
    territory = locale.territory or likely.get(written, "").rpartition("_")[2]
    return f"{locale.language}_{territory}" if territory else None


def _image(picture: ImageView, url: str) -> Iterator[MetaView]:
    yield _property("og:image", url)
    card = "summary_large_image"
    if picture.width and picture.height:
        yield _property("og:image:width", str(picture.width))
        yield _property("og:image:height", str(picture.height))
        if picture.width < _LARGE_CARD_WIDTH or picture.height < _LARGE_CARD_HEIGHT:
            card = "summary"
    if alt := one_line(picture.alt):
        yield _property("og:image:alt", alt)
    yield MetaView("name", "twitter:card", card)


def _property(name: str, content: str) -> MetaView:
    return MetaView("property", name, content)
