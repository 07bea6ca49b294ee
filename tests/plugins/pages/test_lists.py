"""Lists cut into pages."""

from collections.abc import Sequence

import pytest

from plugins.pages.lists import by_name, paged
from plugins.urls import Urls
from plugins.views import PagerView
from tests.plugins.examples import an_entry

URLS = Urls("https://example.org/blog")


@pytest.mark.parametrize(
    ("posts", "sizes"),
    [(0, [0]), (1, [1]), (3, [3]), (5, [5]), (6, [3, 3]), (8, [5, 3]), (9, [3, 3, 3])],
)
def test_every_post_is_on_one_page(posts: int, sizes: list[int]) -> None:
    """Pages are full; the first has what is left as well, and an empty list still has its page."""
    entries = [an_entry(f"p{number}") for number in range(posts)]
    pages = list(paged("/", entries, 3, URLS))
    assert [len(part) for _, part, _ in pages] == sizes
    assert [entry for _, part, _ in pages for entry in part] == entries


def test_the_pager_leads_both_ways() -> None:
    """The first page is the list's own URL; page 1 has the oldest posts."""
    pages = list(paged("/tag/a/", [an_entry()] * 7, 2, URLS))
    assert [(url, pager) for url, _, pager in pages] == [
        ("/tag/a/", PagerView(0, None, "/blog/tag/a/page/2/")),
        ("/tag/a/page/2/", PagerView(2, "/blog/tag/a/", "/blog/tag/a/page/1/")),
        ("/tag/a/page/1/", PagerView(1, "/blog/tag/a/page/2/", None)),
    ]


def _cut(items: Sequence[int]) -> dict[str, tuple[Sequence[int], PagerView]]:
    return {url: (part, pager) for url, part, pager in paged("/", items, 3, URLS)}


def test_a_new_post_changes_the_first_page_alone() -> None:
    """Where a page comes as well, the one behind it leads to it; all others stay as they are."""
    for count in range(40):
        before, after = _cut(range(count, 0, -1)), _cut(range(count + 1, 0, -1))
        changed = {url for url in after if after[url] != before.get(url)}
        assert before.keys() <= after.keys()
        if before.keys() == after.keys():
            assert changed == {"/"}
        else:
            new = len(after) - 1
            assert changed <= {"/", f"/page/{new}/", f"/page/{new - 1}/"}


def test_a_list_by_name_is_numbered_from_its_first_page() -> None:
    """Every page is full but the last."""
    pages = list(by_name("/tag/", list("abcde"), 2, URLS))
    assert [(url, list(part), pager) for url, part, pager in pages] == [
        ("/tag/", ["a", "b"], PagerView(0, None, "/blog/tag/page/2/")),
        ("/tag/page/2/", ["c", "d"], PagerView(2, "/blog/tag/", "/blog/tag/page/3/")),
        ("/tag/page/3/", ["e"], PagerView(3, "/blog/tag/page/2/", None)),
    ]
    assert [len(page[1]) for page in by_name("/tag/", list[str](), 2, URLS)] == [0]
