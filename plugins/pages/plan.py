"""The page plan: every page of the site as path, template and view. Pure: nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from plugins.catalogue.catalogue import Catalogue
from plugins.catalogue.facts import Facts
from plugins.errors import Problem
from plugins.kinds import KINDS
from plugins.pages.heads import Heads
from plugins.pages.planned import PlannedPage, Planning, Related
from plugins.pages.related import relate

__all__ = ["PlannedPage", "Related", "clashes", "plan"]


def clashes(pages: Iterable[PlannedPage]) -> Iterator[Problem]:
    """A problem for each page at a path that another has: a post below a list, at one of its pages."""
    first: dict[str, PlannedPage] = {}
    for page in pages:
        other = first.setdefault(page.save_as.casefold(), page)
        if other is not page and (entry := page.entry or other.entry):
            post = entry.post
            line = post.line_of("permalink" if "permalink" in post.lines else "slug")
            hint = "give the post another slug or permalink"
            yield Problem(
                post.source, line, "slug", "the site needs this URL itself", hint, "url-taken"
            )


def plan(
    catalogue: Catalogue, facts: Facts, heads: Heads, related: Related = relate
) -> Iterator[PlannedPage]:
    """Every page of the site, in the order of writing.

    ``related`` finds the related posts of each post, by its source.
    """
    site = Planning(catalogue, facts, heads, related)
    for kind in KINDS:
        yield from kind.load_maker()(site)
    for edition in facts.editions[1:]:
        lang = edition.lang
        posts = catalogue.edition(edition.speaks)
        own = Planning(posts, facts.speaking(lang), heads.speaking(lang), related)
        for kind in KINDS:
            for page in kind.load_maker()(own) if kind.in_editions else ():
                yield replace(page, sketch=replace(page.sketch, lang=lang))
