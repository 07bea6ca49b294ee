"""Share images as steps of the build: one for each post without a picture, one for the site."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from plugins.digests import digest
from plugins.images.cache import Cache
from plugins.images.settings import ImageSettings
from plugins.pages.theme import theme_of
from plugins.sharing.cards import Card, brand_of, needs_card, post_card, site_card
from plugins.sharing.drawing import draw
from plugins.steps import Site, Task


def tasks(site: Site) -> Iterator[Task]:
    """A task for each image; none where the theme's heads do not name them."""
    theme = theme_of(site.settings)
    if theme is None or not site.facts.pages.share_images:
        return
    brand, facts = brand_of(theme.css), site.facts
    images: ImageSettings = site.settings["IMAGES"]
    cards = {site_card(facts, brand)}
    cards |= {
        post_card(entry, facts, brand)
        for entry in site.catalogue.entries
        if needs_card(entry.image)
    }
    for card in sorted(cards, key=lambda one: one.path):
        make = partial(_file, card, Cache(images.cache))
        yield Task(f"share image: {card.path}", digest(card), make, late=True, texts=())


def _file(card: Card, cache: Cache) -> Iterator[tuple[str, bytes]]:
    data = cache.get(card.path)
    if data is None:
        data = draw(card)
        cache.put(card.path, data)
    yield card.path.lstrip("/"), data


def register() -> None:
    """Connect to Pelican, where there is nothing to connect: the build asks for ``tasks``."""
