"""Posts and entries for tests: valid ones, changed by what a test is about."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from plugins.canonical.policy import CanonicalSettings, decide
from plugins.catalogue.catalogue import Entry
from plugins.post import Post

SITE = "https://blog.example.com"
CANONICAL = CanonicalSettings(site_url=SITE)


def a_post(slug: str = "a-post", **changes: Any) -> Post:
    """A published post at ``/<slug>/`` from ``posts/<slug>.md``."""
    facts: dict[str, Any] = {
        "source": f"posts/{slug}.md",
        "kind": "post",
        "title": slug.replace("-", " ").capitalize(),
        "slug": slug,
        "url": f"/{slug}/",
        "save_as": f"{slug}/index.html",
        "date": datetime(2026, 5, 19, 9, 30, tzinfo=UTC),
        "date_source": "front matter",
        "status": "published",
        "lang": "en",
        "translation": slug,
    }
    return Post(**{**facts, **changes})


def an_entry(slug: str = "a-post", html: str = "<p>Text.</p>", **changes: Any) -> Entry:
    """The entry of :func:`a_post`; ``changes`` are those of the post."""
    post = a_post(slug, **changes)
    return Entry(post=post, html=html, summary="Text.", words=1, policy=decide(post, CANONICAL))
