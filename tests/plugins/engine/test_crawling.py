"""The sitemap, robots.txt and _redirects of a built site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.plugins.building import Workshop

SITE = "https://blog.example.com"


def a_post(title: str, *fields: str) -> str:
    """A short post with these lines of front matter."""
    return "\n".join(["---", f"title: {title}", "date: 2026-05-19", *fields, "---", "Text.", ""])


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """Posts that are to be found, and posts that are not."""
    made = Workshop(tmp_path)
    made.write(
        {
            "posts/a.md": a_post("A", "tags: [one]", "aliases: [/old/a/]"),
            "posts/hidden.md": a_post("Hidden", "hidden: true"),
            "posts/draft.md": a_post("Draft", "draft: true", "aliases: [/old/draft/]"),
            "posts/elsewhere.md": a_post("Elsewhere", "original: https://example.org/e"),
            "pages/about.md": a_post("About"),
        }
    )
    return made


def test_the_sitemap_lists_what_is_to_be_found_here(workshop: Workshop) -> None:
    """Neither hidden posts, nor drafts, nor what is canonical on another site; no page twice."""
    found = re.findall("<loc>(.*?)</loc>", workshop.build().page("sitemap.xml"))
    assert sorted(found) == sorted(
        f"{SITE}{path}"
        for path in (
            *("/", "/a/", "/about/", "/archive/", "/archive/2026/"),
            *("/series/", "/subscribe/", "/tag/", "/tag/one/"),
        )
    )


def test_old_addresses_of_published_posts_lead_on(workshop: Workshop) -> None:
    """For hosts that read ``_redirects`` and for those that do not; a draft's stay unknown."""
    built = workshop.build()
    assert built.page("_redirects") == "/old/a/ /a/ 301\n"
    assert "/a/" in built.page("/old/a/")
    assert "old/draft/index.html" not in built.files()


def test_crawlers_are_told_where_the_sitemap_is(workshop: Workshop) -> None:
    """And, of a preview that somebody put on a public host, to stay away."""
    assert f"Sitemap: {SITE}/sitemap.xml" in workshop.build().page("robots.txt")
    assert "Disallow: /\n" in workshop.build(PREVIEW=True).page("robots.txt")
