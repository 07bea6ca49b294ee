"""A blog of ten thousand posts: no page of it above 100 kB of HTML."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

import pytest
from markupsafe import Markup

from plugins.catalogue.catalogue import Catalogue
from plugins.pages.plan import PlannedPage, plan
from plugins.post import Person, Term
from tests.plugins.examples import a_post, an_entry
from tests.plugins.pages.sites import FACTS, a_catalogue, heads
from tests.theme import css, pages, samples

POSTS, TAGS, AUTHORS = 10_000, 2_000, 400
LIMIT = 100_000
WORDS = "Attention is a currency that nobody mints, and everybody spends it on something else"


def catalogue() -> Catalogue:
    """Posts of thirteen years with long titles, many tags and authors, all of them made up."""
    newest = a_post().date
    return a_catalogue(
        an_entry(
            f"a-post-with-a-rather-long-address-that-says-what-it-is-about-{number}",
            title=f"{WORDS} ({number})",
            date=newest - timedelta(hours=11 * number),
            category=Term(f"Category {number % 25}", f"category-{number % 25}"),
            tags=tuple(
                Term(f"A tag of several words {tag % TAGS}", f"a-tag-of-several-words-{tag % TAGS}")
                for tag in (number, number * 7, number % 40)
            ),
            authors=(
                Person(f"Author Number {number % AUTHORS}", f"author-number-{number % AUTHORS}"),
            ),
        )
        for number in range(POSTS)
    )


@pytest.fixture(scope="module")
def planned() -> dict[str, list[PlannedPage]]:
    """The planned pages by template."""
    site = catalogue()
    found = defaultdict(list)
    for page in plan(site, FACTS, heads(site)):
        found[page.template].append(page)
    return found


@pytest.mark.parametrize(
    "template",
    [
        *("home", "archive", "archive_year", "term_index", "term", "post", "subscribe"),
        *("search", "not_found"),
    ],
)
def test_no_page_is_above_100_kilobytes(
    planned: dict[str, list[PlannedPage]], template: str
) -> None:
    """The longest pages of each kind, rendered with the stylesheet in them, are below the limit."""
    site = replace(samples.site(), styles=Markup(css.bundle()))
    biggest = sorted(planned[template], key=lambda page: len(repr(page.view)), reverse=True)[:3]
    assert biggest
    for page in biggest:
        html = pages.render(f"{template}.html", page.view, site).encode()
        assert len(html) < LIMIT, f"{page.save_as} has {len(html)} bytes"


def test_every_post_and_every_tag_is_still_listed(planned: dict[str, list[PlannedPage]]) -> None:
    """Paging loses nothing: the years hold every post once, the lists of terms every term once."""
    views = [page.view for page in planned["archive_year"]]
    urls = [one.url for view in views for month in view.months for one in month.titles]  # type: ignore[attr-defined]
    assert (len(urls), len(set(urls))) == (POSTS, POSTS)
    terms = [one.url for page in planned["term_index"] for one in page.view.terms]  # type: ignore[attr-defined]
    assert (len(terms), len(set(terms))) == (25 + TAGS + AUTHORS, 25 + TAGS + AUTHORS)
