"""Every file the site consists of is served as what it is."""

from __future__ import annotations

import pytest

from dialogue.hosting.media_types import media_type


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("feeds/all.rss.xml", "application/rss+xml; charset=utf-8"),
        ("feeds/tag/e-mail.atom.xml", "application/atom+xml; charset=utf-8"),
        ("feeds/all.json", "application/feed+json; charset=utf-8"),
        ("search/all.json", "application/json; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("feeds/blogroll.opml", "text/x-opml; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("css/site.css", "text/css; charset=utf-8"),
        ("js/menu.js", "text/javascript; charset=utf-8"),
        ("js/menu.min.mjs", "text/javascript; charset=utf-8"),
        ("site.webmanifest", "application/manifest+json; charset=utf-8"),
        ("images/a.svg", "image/svg+xml; charset=utf-8"),
        ("images/A.JPG", "image/jpeg"),
        ("images/a.b.avif", "image/avif"),
        ("images/a.webp", "image/webp"),
        ("fonts/text.woff2", "font/woff2"),
        ("index.html.gz", "application/gzip"),
        ("index.html.br", "application/octet-stream"),
        ("CNAME", "application/octet-stream"),
    ],
)
def test_a_file_is_served_as_what_it_is(path: str, expected: str) -> None:
    """The type follows from the name; text, XML and JSON say that they are UTF-8."""
    assert media_type(path) == expected
