"""A site in several languages: every page speaks its own, and readers find from one to another."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import html

from plugins.urls import file_of
from tests.plugins.building import Built, Workshop

FILES = {
    "posts/letters.md": "---\ntitle: Letters\ndate: 2026-05-01\ntags: [craft]\n---\n\nEnglish text.\n",
    "posts/letters.de.md": "---\ntitle: Briefe\ndate: 2026-05-02\ntags: [craft, handwerk]\n---\n\nDeutsch.\n",
    "posts/markt.md": "---\ntitle: Markt\ndate: 2026-05-03\nlang: de\ntags: [markt]\n---\n\nDeutsch.\n",
    "posts/alone.md": "---\ntitle: Alone\ndate: 2026-05-04\ntags: [craft]\n---\n\nEnglish text.\n",
    "posts/teil.md": "---\ntitle: Teil eins\ndate: 2026-05-05\nlang: de\nseries: Reihe\npart: 1\n---\n\nDeutsch.\n",
    "pages/about.md": "---\ntitle: About\n---\n\nUs.\n",
    "pages/about.de.md": "---\ntitle: Impressum\n---\n\nWir.\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of these files, in English."""
    made = Workshop(tmp_path_factory.mktemp("languages")).build(FILES)
    assert made.problems == ()
    return made


def find(site: Built, path: str, query: str) -> list[Any]:
    """What an XPath finds on a page."""
    return list(html.fromstring(site.page(path)).xpath(query))


def links(site: Built, path: str) -> list[tuple[str, str, str]]:
    """The language switch of a page: address, language and text of each link."""
    found = find(site, path, "//nav[@class='languages']//a")
    return [(a.get("href"), a.get("hreflang"), a.text_content()) for a in found]


@pytest.mark.parametrize(
    ("path", "lang", "skip"),
    [
        ("/letters/", "en", "Skip to content"),
        ("/de/letters/", "de", "Zum Inhalt springen"),
        ("/de/markt/", "de", "Zum Inhalt springen"),
        ("/de/about/", "de", "Zum Inhalt springen"),
        ("/de/series/reihe/", "de", "Zum Inhalt springen"),
        ("/tag/markt/", "de", "Zum Inhalt springen"),
        ("/tag/craft/", "en", "Skip to content"),
        ("/", "en", "Skip to content"),
        ("/404.html", "en", "Skip to content"),
    ],
)
def test_a_page_speaks_its_own_language(site: Built, path: str, lang: str, skip: str) -> None:
    """Text, menu and `lang` follow the post, the series, or the posts of a term; lists the site."""
    assert find(site, path, "/html/@lang") == [lang]
    assert find(site, path, "//a[@class='skip-link']/text()") == [skip]
    menu = find(site, path, "//ul[@class='menu']//a/text()")
    assert ("Archiv" in menu) == (lang == "de")


def test_readers_switch_between_translations(site: Built) -> None:
    """Each translation links the others by their own names; what has none has no switch."""
    assert links(site, "/letters/") == [("/de/letters/", "de", "Deutsch")]
    assert links(site, "/de/letters/") == [("/letters/", "en", "English")]
    assert links(site, "/about/") == [("/de/about/", "de", "Deutsch")]
    assert links(site, "/alone/") == []


def test_search_engines_are_told_of_both(site: Built) -> None:
    """The hreflang sets of both pages are one, with the site's language as the default."""
    query = "//link[@rel='alternate'][@hreflang]"
    sets = [
        {
            (link.get("hreflang"), urlsplit(link.get("href")).path)
            for link in find(site, path, query)
        }
        for path in ("/letters/", "/de/letters/")
    ]
    assert sets[0] == sets[1] == {
        ("en", "/letters/"), ("de", "/de/letters/"), ("x-default", "/letters/")
    }  # fmt: skip


def test_a_list_has_each_text_once_and_says_what_is_in_another_language(site: Built) -> None:
    """The home page has the text in the site's language, and what exists in no other."""
    titles = find(site, "/", "//*[contains(@class, 'entry')]//h2")
    shown = {title.text_content(): title.get("lang") for title in titles}
    assert shown == {"Letters": None, "Alone": None, "Markt": "de", "Teil eins": "de"}


def test_every_topic_of_a_translation_has_a_page(site: Built) -> None:
    """A term that only a translation has lists it; one that the text has too lists the text."""
    assert find(site, "/tag/handwerk/", "//article//h2//a/text()") == ["Briefe"]
    assert find(site, "/tag/craft/", "//article//h2//a/text()") == ["Alone", "Letters"]


def test_no_link_of_the_site_leads_nowhere(site: Built) -> None:
    """Every link of every page to this site is answered by a file."""
    assert unanswered(site) == set()


def unanswered(site: Built) -> set[tuple[str, str]]:
    """The pages and targets of links to this site that no file answers."""
    files = site.files()
    targets = {
        (name, urlsplit(target).path)
        for name in files
        if name.endswith(".html")
        for target in find(site, f"/{name}", "//a/@href")
        if target.startswith("/") and not target.startswith("/dialogue/")
    }
    return {(name, path) for name, path in targets if file_of(path) not in files}


def test_feeds_speak_the_language_of_the_post(site: Built) -> None:
    """The line about the series is in the language of the entry, in a feed of any language."""
    assert "Teil 1 von 1 der Serie" in site.page("/feeds/all.atom.xml")
