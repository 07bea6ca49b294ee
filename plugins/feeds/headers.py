"""The ``_headers`` file: media types and links of feeds, for hosts that read it.

Netlify, Cloudflare Pages and others take it from the root of the site; elsewhere it does no harm.
Its rules are a path with ``*`` for any part of it and indented headers below.
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins.catalogue.facts import Facts
from plugins.feeds.formats import FORMATS, OPML_PATH, OPML_TYPE
from plugins.feeds.index import FeedIndex
from plugins.feeds.settings import FeedSettings

HEADERS_PATH = "_headers"


def headers(index: FeedIndex, facts: Facts, settings: FeedSettings) -> bytes:
    """The rules for feeds: their types, open to readers in browsers, and their hub (WebSub).

    A hub is named together with the address it knows the feed by, one rule for each of the site's
    own feeds; the others name theirs in the document. Hosts limit the number of rules.
    """
    lines = ["# Made by the build: the types of feeds, and where to subscribe to changes."]
    for pattern, kind in _types():
        lines += [facts.urls.href(pattern), f"  Content-Type: {kind}; charset=utf-8"]
        lines += ["  Access-Control-Allow-Origin: *", "  X-Content-Type-Options: nosniff"]
    for view in index.site if settings.hub else ():
        url = f"{facts.urls.site.removesuffix(facts.urls.base)}{view.url}"
        lines += [view.url, f'  Link: <{settings.hub}>; rel="hub", <{url}>; rel="self"']
    return "".join(f"{line}\n" for line in lines).encode()


def _types() -> Iterator[tuple[str, str]]:
    for form in FORMATS:
        yield f"/feeds/*{form.ending}", form.type
    yield OPML_PATH, OPML_TYPE
