"""What stands around every page."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from plugins.pages.frame import at
from plugins.views import LinkView
from tests.plugins.building import Workshop
from tests.theme import samples

SITE = replace(
    samples.site(),
    home="/blog/",
    root="/blog/",
    menu=(LinkView("Posts", "/blog/"), LinkView("Series", "/blog/series/")),
    footer=(LinkView("About", "/blog/about/"), LinkView("Away", "https://x.example/blog/")),
)


def current(save_as: str) -> list[str]:
    """The links that are marked on the page at ``save_as``."""
    site = at(SITE, save_as)
    return [link.text for link in (*site.menu, *site.footer) if link.current]


def test_a_link_to_the_page_itself_is_marked() -> None:
    """In the menu and in the footer, on that page only."""
    assert current("index.html") == ["Posts"]
    assert current("series/index.html") == ["Series"]
    assert current("about/index.html") == ["About"]
    assert current("series/attention/index.html") == []


def test_most_pages_share_one_frame() -> None:
    """A page that no menu leads to is given the site itself, so equal pages stay equal."""
    assert at(SITE, "some-post/index.html") is SITE


def test_built_pages_mark_where_they_are_and_name_files_that_are_there(tmp_path: Path) -> None:
    """Every script and icon that a page names was published, under a name with a hash."""
    built = Workshop(tmp_path).build({"one.md": "---\ntitle: One\ndate: 2026-01-01\n---\nText."})
    archive = built.page("/archive/")
    assert '<a href="/archive/" aria-current="page">' in archive
    assert archive.count('aria-current="page"') == 1
    named = set(re.findall(r'(?:src|href)="/(theme/[^"]+)"', built.page("/one/")))
    assert named
    assert named <= built.files()
    assert all(re.search(r"\.[0-9a-f]{10}\.\w+$", name) for name in named)
    assert "<style>@layer" in archive
    # Only what searching needs is a file of its own.
    styles = [name for name in built.files() if name.endswith(".css")]
    assert [name.partition(".")[0] for name in styles] == ["theme/css/search"]
    assert not named & set(styles)
