"""The search index as a step of the build, and its description for browsers (OpenSearch 1.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from lxml import etree

from plugins.catalogue.catalogue import Entry
from plugins.catalogue.facts import Facts
from plugins.catalogue.settings import SEARCH_PATH
from plugins.digests import digest
from plugins.pages.archive import SEARCH_ENGINE
from plugins.pages.forviews import is_for_views
from plugins.pages.shards import search_shards
from plugins.search.indexing import build_index
from plugins.search.records import record
from plugins.steps import Site, Task

OPENSEARCH = "opensearch.xml"
_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
# The specification's limit, in characters.
_LONGEST_NAME = 16


def tasks(site: Site) -> Iterator[Task]:
    """The index and its description; none where the theme has no page that searches."""
    facts = site.facts
    if not (facts.pages.search and is_for_views(Path(site.settings["THEME"]))):
        return
    for folder, entries in search_shards(site.catalogue).items():
        inputs = digest([entry.content for entry in entries])
        texts = tuple(entry.post.source for entry in entries)
        make = partial(_index, folder, entries, facts)
        yield Task(f"search: index {folder}", inputs, make, late=True, texts=texts)

    def described() -> Iterator[tuple[str, bytes]]:
        yield OPENSEARCH, description(facts)

    yield Task("search: description", digest(), described, texts=())


def _index(folder: str, entries: Sequence[Entry], facts: Facts) -> Iterator[tuple[str, bytes]]:
    """The files of one part of the index."""
    records = (record(entry, facts) for entry in entries)
    for path, data in build_index(records, facts.lang, engine=not folder):
        yield f"{SEARCH_ENGINE.lstrip('/')}{folder}{path}", data


def description(facts: Facts) -> bytes:
    """How a browser sends a question to the page that searches."""
    root = etree.Element(f"{{{_NAMESPACE}}}OpenSearchDescription", nsmap={None: _NAMESPACE})
    _add(root, "ShortName", facts.name[:_LONGEST_NAME].strip())
    _add(root, "Description", facts.words.say("Search all posts on %(site)s.", site=facts.name))
    template = f"{facts.urls.absolute(SEARCH_PATH)}?q={{searchTerms}}"
    _add(root, "Url", None, type="text/html", method="get", template=template)
    _add(root, "InputEncoding", "UTF-8")
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _add(root: etree._Element, name: str, text: str | None, **attributes: str) -> None:
    element = etree.SubElement(root, f"{{{_NAMESPACE}}}{name}")
    element.text = text
    for key, value in attributes.items():
        element.set(key, value)


def register() -> None:
    """Connect to Pelican, where there is nothing to connect: the build asks for ``tasks``."""
