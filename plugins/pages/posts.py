"""The pages of posts, and of pages such as About."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from plugins.catalogue.catalogue import Entry
from plugins.digests import digest
from plugins.pages.contact import contact_on
from plugins.pages.heads import Heads
from plugins.pages.planned import PlannedPage, Planning
from plugins.pages.post import Beside, page_view, post_view
from plugins.pages.sketch import Sketch, outward


def pages(site: Planning) -> Iterator[PlannedPage]:
    """Every page of the writers' own."""
    for entry in site.catalogue.pages:
        contact, own = contact_on(entry, site.catalogue), site.heads.speaking(entry.post.lang)
        tell = partial(page_view, facts=site.facts, heads=own, contact=contact)
        inputs = digest(_post_inputs(entry, own), contact)
        sketch = Sketch(inputs, partial(tell, entry), entry.post.lang, entry.text)
        yield PlannedPage(entry.post.save_as, entry.post.template or "page", sketch, entry, tell)


def posts(site: Planning) -> Iterator[PlannedPage]:
    """The page of every post."""
    catalogue, facts = site.catalogue, site.facts
    groups = {group.term.slug: group for group in catalogue.authors}
    newer: dict[str, Entry] = {}
    older: dict[str, Entry] = {}
    own = (catalogue.edition(edition.speaks).listed for edition in facts.editions[1:])
    for listed in (catalogue.listed, *own):
        newer |= dict(zip((e.post.source for e in listed[1:]), listed, strict=False))
        older |= dict(zip((e.post.source for e in listed), listed[1:], strict=False))
    related = site.related(catalogue.entries)
    speaking = cache(site.heads.speaking)
    for entry in catalogue.entries:
        source, heads = entry.post.source, speaking(entry.post.lang)
        beside = Beside(newer.get(source), older.get(source), tuple(related.get(source, ())))
        slugs = [person.slug for person in entry.post.authors]
        authors = {slug: groups[slug] for slug in slugs if slug in groups}
        bios = [(group.intro, group.image) for group in authors.values()]
        inputs = (_post_inputs(entry, heads), _shown(beside), bios)
        talk = catalogue.conversation
        tell = partial(
            post_view, facts=facts, heads=heads, authors=authors, beside=beside, site=talk
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
