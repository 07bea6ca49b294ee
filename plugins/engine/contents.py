"""What Pelican's generators have read, in the lists that a catalogue is made from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pelican.generators import ArticlesGenerator, PagesGenerator


def read_contents(generators: Iterable[Any]) -> tuple[list[Any], set[str], list[Any]]:
    """All articles, the sources of those that are not translations of another, and all pages."""
    posts = next(g for g in generators if isinstance(g, ArticlesGenerator))
    pages = next(g for g in generators if isinstance(g, PagesGenerator))
    originals = [*posts.articles, *posts.hidden_articles]
    articles = [*originals, *posts.translations, *posts.hidden_translations]
    shown = [*pages.pages, *pages.translations, *pages.hidden_pages, *pages.hidden_translations]
    shown.sort(key=lambda page: page.post.source)
    return articles, {article.post.source for article in originals}, shown
