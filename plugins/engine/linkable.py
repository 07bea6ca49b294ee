"""Everything on a site that a link can lead to, and what is there that readers do not get."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import Any

from plugins.catalogue.settings import SEARCH_PATH
from plugins.catalogue.terms import term_addresses
from plugins.checks.settings import CheckSettings
from plugins.engine.given import Material
from plugins.engine.linking import LinkIndex, index_links
from plugins.markup.links import anchors
from plugins.markup.settings import MarkupSettings
from plugins.posts.ledger import Ledger, ledger_of
from plugins.urls import Urls, moved

# The ids in each text, by the URL of its page or by its source.
Ids = tuple[str, tuple[str, ...]]


def link_index(material: Material, settings: MutableMapping[str, Any]) -> LinkIndex:
    """The index of the site that ``material`` makes."""
    ledger = ledger_of(settings)
    posts = [read.text.post for read in (*material.posts, *material.pages)]
    pages = settings["PAGES"]
    absent = () if pages.search else (SEARCH_PATH,)
    places = term_addresses(posts, pages.editions, pages.moved)
    lists = {key: url for key, url in places.items() if url not in absent}
    urls = (
        (one.source, moved(f"/{one.kind}/{one.slug}/", pages.moved))
        for one in material.intros.values()
    )
    return index_links(
        posts,
        ledger.held.values(),
        ledger.beside,
        material.statics,
        {
            **lists,
            **{one.url: one.url for one in material.series},
            **{source: url for source, url in urls if url in lists},
        },
        frozenset(ledger.failed),
        Urls(settings["SITEURL"]),
        (settings.get("CHECKS") or CheckSettings()).elsewhere,
        dict(_ids(material, ledger)),
        {path: "ignored" if what == "ignored" else "aside" for path, what in ledger.aside.items()},
        (settings.get("MARKUP") or MarkupSettings()).reserved_ids,
    )


def _ids(material: Material, ledger: Ledger) -> Iterator[Ids]:
    """What fragments can name: in posts, in other texts, and in those that have problems."""
    yield from ((read.text.post.url, read.text.ids) for read in (*material.posts, *material.pages))
    flawed = ((post.source, body) for post, body in ledger.flawed.values())
    series = ((one.source, one.intro) for one in material.series)
    intros = ((one.source, one.body) for one in material.intros.values())
    for source, body in (*flawed, *series, *intros):
        if body and source:
            yield source, tuple(anchors(body.html))
