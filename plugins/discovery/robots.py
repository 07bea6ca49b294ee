"""``robots.txt``: where the sitemap is, and what crawlers leave alone (RFC 9309)."""

from __future__ import annotations

from collections.abc import Sequence

from plugins.canonical.addresses import absolute, quote_path
from plugins.discovery.sitemap import PATH
from plugins.urls import Urls


def robots_txt(site_url: str, *, preview: bool = False, disallow: Sequence[str] = ()) -> str:
    """The text of ``robots.txt``; crawlers read it at the root of a host only.

    A preview asks crawlers to stay away altogether. Pages that are not to be indexed are not listed
    here: their ``noindex`` only works if crawlers may read it. ``disallow`` are paths of the site
    that are no pages, such as the one of the dialogue service.
    """
    if preview:
        return "User-agent: *\nDisallow: /\n"
    base = Urls(site_url).base
    kept_out = [f"Disallow: {base}{_literal(path)}" for path in disallow]
    rules = ["User-agent: *", *(kept_out or ["Allow: /"])]
    return "\n".join([*rules, "", f"Sitemap: {absolute(site_url, f'/{PATH}')}", ""])


def _literal(path: str) -> str:
    """``path`` with the characters encoded that are wildcards here."""
    return quote_path(path).replace("*", "%2A").replace("$", "%24")
