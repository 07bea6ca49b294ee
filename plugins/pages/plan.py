"""The page plan: every page of the site as path, template and view. Pure: nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from plugins.catalogue.catalogue import Catalogue, Entry, series_facts
from plugins.catalogue.facts import Facts
from plugins.catalogue.settings import SEARCH_PATH
from plugins.digests import digest
from plugins.discovery.redirects import alias_view
from plugins.feeds.subscribe import SUBSCRIBE_PATH, subscribe_view
from plugins.pages.archive import archive_view, archive_year_views, search_page, term_index_views
from plugins.pages.contact import CONTACT_PATH, contact_on, contact_page
from plugins.pages.heads import Heads
from plugins.pages.home import home_views
from plugins.pages.lists import RECENT_ON_NOT_FOUND, not_found_view, term_views
from plugins.pages.post import Beside, page_view, post_view
from plugins.pages.related import relate
from plugins.pages.series import series_index_page, series_pages
from plugins.pages.sketch import Sketch, outward
from plugins.urls import file_of
from plugins.views import SubscribeView, View


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """One page: its file below the output folder, its template, and its post, if any.

    ``sketch`` says what its view depends on, and makes it. ``telling`` makes the view for the page's
    post with another text.
    """

    save_as: str
    template: str
    sketch: Sketch[View]
    entry: Entry | None = None
    telling: Callable[[Entry], View] | None = None

    @property
    def view(self) -> View:
        """What the template may read, made anew."""
        return self.sketch.make()


Related = Callable[[Sequence[Entry]], Mapping[str, Sequence[Entry]]]


def plan(
    catalogue: Catalogue, facts: Facts, heads: Heads, related: Related = relate
) -> Iterator[PlannedPage]:
    """Every page of the site, in the order of writing.

    ``related`` finds the related posts of each post, by its source.
    """
    yield from _posts(catalogue, facts, heads, related)
    for entry in catalogue.pages:
        contact, own = contact_on(entry, catalogue), heads.speaking(entry.post.lang)
        tell = partial(page_view, facts=facts, heads=own, contact=contact)
        inputs = digest(_post_inputs(entry, own), contact)
        sketch = Sketch(inputs, partial(tell, entry), entry.post.lang, entry.text)
        yield PlannedPage(entry.post.save_as, entry.post.template or "page", sketch, entry, tell)
    if contacting := contact_page(catalogue, facts, heads):
        yield PlannedPage(file_of(CONTACT_PATH), "page", contacting)
    yield from _front(catalogue, facts, heads)
    yield from _editions(catalogue, facts, heads)
    if facts.pages.search:
        yield PlannedPage(file_of(SEARCH_PATH), "search", search_page(catalogue, facts, heads))
    yield from _lists(catalogue, facts, heads)
    for url, series in series_pages(catalogue, facts, heads):
        yield PlannedPage(file_of(url), "series", series)
    yield from _aliases(catalogue, heads)
    recent = outward(catalogue.listed[:RECENT_ON_NOT_FOUND])
    not_found = Sketch(digest(recent), partial(not_found_view, catalogue, facts, heads))
    yield PlannedPage("404.html", "not_found", not_found)


def _editions(catalogue: Catalogue, facts: Facts, heads: Heads) -> Iterator[PlannedPage]:
    """The front page, archive, series and feeds of each language that has its own."""
    for edition in facts.editions[1:]:
        own, own_heads = facts.speaking(edition.lang), heads.speaking(edition.lang)
        for page in _front(catalogue.edition(edition.speaks), own, own_heads):
            yield replace(page, sketch=replace(page.sketch, lang=edition.lang))


def _front(catalogue: Catalogue, facts: Facts, heads: Heads) -> Iterator[PlannedPage]:
    """The pages that the site has in each of its languages."""
    for url, home in home_views(catalogue, facts, heads):
        yield PlannedPage(file_of(url), "home", home)
    counts = [(one.kind, one.term, len(one.entries)) for one in catalogue.groups()]
    archive = Sketch(
        digest(outward(catalogue.listed), counts), partial(archive_view, catalogue, facts, heads)
    )
    yield PlannedPage(file_of(facts.path("/archive/")), "archive", archive)
    for url, year in archive_year_views(catalogue, facts, heads):
        yield PlannedPage(file_of(url), "archive_year", year)
    subscribe = Sketch(digest(heads.feeds.feeds), partial(_subscribe, facts, heads))
    yield PlannedPage(file_of(facts.path(SUBSCRIBE_PATH)), "subscribe", subscribe)
    every = [series_facts(one) for one in catalogue.series]
    series = Sketch(
        digest(every, dict(catalogue.series_thumbs)),
        partial(series_index_page, catalogue, facts, heads),
    )
    yield PlannedPage(file_of(facts.path("/series/")), "series_index", series)


def _subscribe(facts: Facts, heads: Heads) -> SubscribeView:
    words = facts.words
    about = words.say("How to follow %(site)s, with every feed.", site=facts.name)
    head = heads.plain(facts.path(SUBSCRIBE_PATH), words.gettext("Subscribe"), about)
    return subscribe_view(heads.feeds, facts, head)


def _aliases(catalogue: Catalogue, heads: Heads) -> Iterator[PlannedPage]:
    if not catalogue.redirects:
        return
    entries = {entry.post.source: entry for entry in catalogue.contents()}
    for moved in catalogue.redirects:
        if moved.save_as:
            entry = entries[moved.post.source]
            make = partial(alias_view, moved, entry.policy, heads.site, heads.canonical)
            sketch = Sketch(digest(moved.path, entry.outward), make, moved.post.lang)
            yield PlannedPage(moved.save_as, "alias", sketch)


def _lists(catalogue: Catalogue, facts: Facts, heads: Heads) -> Iterator[PlannedPage]:
    """All categories, tags and authors, and each of them."""
    for kind, groups in catalogue.by_kind():
        for url, index in term_index_views(kind, groups, facts, heads):
            yield PlannedPage(file_of(url), "term_index", index)
    for group in catalogue.groups():
        for url, term in term_views(group, facts, heads):
            yield PlannedPage(file_of(url), "term", term)


def _posts(
    catalogue: Catalogue, facts: Facts, heads: Heads, relate_all: Related
) -> Iterator[PlannedPage]:
    groups = {group.term.slug: group for group in catalogue.authors}
    newer: dict[str, Entry] = {}
    older: dict[str, Entry] = {}
    own = (catalogue.edition(edition.speaks).listed for edition in facts.editions[1:])
    for listed in (catalogue.listed, *own):
        newer |= dict(zip((e.post.source for e in listed[1:]), listed, strict=False))
        older |= dict(zip((e.post.source for e in listed), listed[1:], strict=False))
    related = relate_all(catalogue.entries)
    speaking = cache(heads.speaking)
    for entry in catalogue.entries:
        source, heads = entry.post.source, speaking(entry.post.lang)
        beside = Beside(newer.get(source), older.get(source), tuple(related.get(source, ())))
        slugs = [person.slug for person in entry.post.authors]
        authors = {slug: groups[slug] for slug in slugs if slug in groups}
        bios = [(group.intro, group.image) for group in authors.values()]
        inputs = (_post_inputs(entry, heads), _shown(beside), bios)
        site = catalogue.conversation
        tell = partial(
            post_view, facts=facts, heads=heads, authors=authors, beside=beside, site=site
        )
        sketch = Sketch(digest(inputs), partial(tell, entry), entry.post.lang, entry.text)
        yield PlannedPage(entry.post.save_as, entry.post.template or "post", sketch, entry, tell)


def _shown(beside: Beside) -> tuple[object, ...]:
    newer, older = beside.newer, beside.older
    return newer and newer.outward, older and older.outward, outward(beside.related)


def _post_inputs(entry: Entry, heads: Heads) -> tuple[object, ...]:
    """What the page of a post shows besides its text, of its feeds and of its translations."""
    feeds = [(view.title, view.url) for view in heads.feeds.concerning(entry)]
    return entry.rest, feeds, heads.translations.get(entry.post.source, ())
