"""The list of all feeds as OPML 2.0, which feed readers import in one go."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from lxml import etree

from plugins.canonical.addresses import quote_path
from plugins.catalogue.facts import Facts
from plugins.feeds.formats import FORMATS
from plugins.feeds.index import FeedIndex, IndexedFeed
from plugins.feeds.settings import Kind
from thread.text import one_line
from wording import Wording


def opml(index: FeedIndex, facts: Facts) -> bytes:
    """Every feed once, in the format offered first, grouped by kind.

    ``type="rss"`` is what OPML calls any feed. There is no date: the file changes with the feeds.
    """
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = facts.words.say(
        "Feeds of %(site)s", site=one_line(facts.name)
    )
    body = etree.SubElement(root, "body")
    for kind, feeds in groupby(index.feeds, key=lambda feed: feed.kind):
        heading = feeds_heading(kind, facts.words)
        parent = etree.SubElement(body, "outline", text=heading) if heading else body
        _add(parent, feeds, facts)
    text: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return text


def feeds_heading(kind: Kind, words: Wording) -> str:
    """What stands above the feeds of one kind; the site's own feed has nothing above it."""
    headings = {
        "language": words.gettext("Languages"),
        "category": words.gettext("Topics"),
        "series": words.gettext("Series"),
        "author": words.gettext("Authors"),
        "tag": words.gettext("Tags"),
    }
    return headings.get(kind, "")


def _add(parent: etree._Element, feeds: Iterable[IndexedFeed], facts: Facts) -> None:
    for feed in feeds:
        attributes = {
            "type": "rss",
            "text": feed.title,
            "title": feed.title,
            "xmlUrl": facts.urls.absolute(f"/{feed.stem}{FORMATS[0].ending}"),
            "htmlUrl": facts.urls.absolute(quote_path(feed.page)),
            "language": feed.lang,
        }
        etree.SubElement(parent, "outline", attributes)
