"""Lists cut into pages."""

import pytest

from plugins.pages.lists import paged
from plugins.urls import Urls
from plugins.views import PagerView
from tests.plugins.examples import an_entry


@pytest.mark.parametrize(
    ("posts", "sizes"), [(0, [0]), (1, [1]), (3, [3]), (4, [3, 1]), (6, [3, 3])]
)
def test_every_post_is_on_one_page(posts: int, sizes: list[int]) -> None:
    """Pages are full but for the last, and an empty list still has its page."""
    entries = [an_entry(f"p{number}") for number in range(posts)]
    pages = list(paged("/", entries, 3, Urls("https://example.org")))
    assert [len(part) for _, part, _ in pages] == sizes
    assert [entry for _, part, _ in pages for entry in part] == entries


def test_the_pager_leads_both_ways() -> None:
    """The first page is the list's own URL; links lead below the path of the site."""
    pages = list(paged("/tag/a/", [an_entry()] * 5, 2, Urls("https://example.org/blog")))
    assert [(url, pager) for url, _, pager in pages] == [
        ("/tag/a/", PagerView(1, 3, None, "/blog/tag/a/page/2/")),
        ("/tag/a/page/2/", PagerView(2, 3, "/blog/tag/a/", "/blog/tag/a/page/3/")),
        ("/tag/a/page/3/", PagerView(3, 3, "/blog/tag/a/page/2/", None)),
    ]
