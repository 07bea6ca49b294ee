"""A language with a front page of its own: lists, feeds and links that stay in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from plugins.catalogue.settings import Edition, PageSettings
from tests.plugins.building import Built, Workshop
from tests.plugins.engine.test_languages import FILES, find, links, unanswered

PAGES = PageSettings(editions=(Edition("de", tagline="Reden wir"),))
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """An English site with a German edition."""
    made = Workshop(tmp_path_factory.mktemp("editions")).build(FILES, PAGES=PAGES)
    assert made.problems == ()
    return made


def hrefs(site: Built, path: str, query: str) -> list[str]:
    """The addresses of the links that an XPath finds."""
    return [str(a.get("href")) for a in find(site, path, query)]


def test_an_edition_has_a_front_page_with_all_its_posts(site: Built) -> None:
    """Translations are on it as well as what exists in this language only; all of it is German."""
    assert find(site, "/de/", "/html/@lang") == ["de"]
    titles = find(site, "/de/", "//*[contains(@class, 'entry')]//h2//a/text()")
    assert titles == ["Teil eins", "Markt", "Briefe"]
    assert find(site, "/de/", "//p[@class='site-tagline']/text()") == ["Reden wir"]


def test_the_front_page_of_the_site_stays_as_it_is(site: Built) -> None:
    """Every text once, in the site's language where there is one."""
    titles = find(site, "/", "//*[contains(@class, 'entry')]//h2//a/text()")
    assert titles == ["Teil eins", "Alone", "Markt", "Letters"]


@pytest.mark.parametrize("path", ["/de/", "/de/letters/", "/de/about/", "/de/archive/"])
def test_the_menu_of_a_german_page_stays_in_german(site: Built, path: str) -> None:
    """Front page, series, archive and feeds are those of the edition, on posts and pages too."""
    assert hrefs(site, path, "//ul[@class='menu']//a") == [
        "/de/", "/de/series/", "/de/archive/", "/search/", "/de/subscribe/"
    ]  # fmt: skip
    foot = hrefs(site, path, "//footer[@class='site-footer']//nav//a")
    assert "/de/about/" in foot
    assert "/about/" not in foot


def test_the_menu_marks_where_one_is(site: Built) -> None:
    """The page itself is the current one in the menu of its edition, and nothing else is."""
    current = "//ul[@class='menu']//a[@aria-current='page']"
    assert hrefs(site, "/de/archive/", current) == ["/de/archive/"]
    assert hrefs(site, "/archive/", current) == ["/archive/"]


@pytest.mark.parametrize(
    ("path", "switch"),
    [
        ("/", [("/de/", "de", "Deutsch")]),
        ("/de/", [("/", "en", "English")]),
        ("/de/archive/", [("/", "en", "English")]),
        ("/letters/", [("/de/letters/", "de", "Deutsch")]),
        ("/alone/", [("/de/", "de", "Deutsch")]),
        ("/de/markt/", [("/", "en", "English")]),
    ],
)
def test_readers_switch_to_the_translation_or_to_the_front_page(
    site: Built, path: str, switch: list[tuple[str, str, str]]
) -> None:
    """A page with a translation leads to it; any other to the other language's front page."""
    assert links(site, path) == switch


@pytest.mark.parametrize("path", ["/", "/archive/", "/series/", "/subscribe/"])
def test_lists_that_both_languages_have_name_each_other(site: Built, path: str) -> None:
    """Their hreflang sets are complete and the same on both."""
    expected = {
        ("en", f"https://blog.example.com{path}"),
        ("de", f"https://blog.example.com/de{path}"),
        ("x-default", f"https://blog.example.com{path}"),
    }
    for one in (path, f"/de{path}"):
        found = find(site, one, "//link[@rel='alternate'][@hreflang]")
        assert {(link.get("hreflang"), link.get("href")) for link in found} == expected
        [canonical] = find(site, one, "//link[@rel='canonical']/@href")
        assert canonical == f"https://blog.example.com{one}"


def test_a_page_for_all_languages_names_no_other(site: Built) -> None:
    """The contact page is there once, so it has no hreflang set."""
    assert find(site, "/contact/", "//link[@rel='alternate'][@hreflang]") == []


def test_an_edition_offers_its_own_feed(site: Built) -> None:
    """German pages name the German feed first; its page is the German front page."""
    feeds = "//link[@rel='alternate'][@type='application/rss+xml']"
    assert hrefs(site, "/de/", feeds)[0] == "/feeds/language/de.rss.xml"
    assert hrefs(site, "/de/letters/", feeds)[0] == "/feeds/language/de.rss.xml"
    assert hrefs(site, "/", feeds)[0] == "/feeds/all.rss.xml"
    rss = etree.fromstring(site.page("/feeds/language/de.rss.xml").encode())
    assert rss.findtext("channel/link") == "https://blog.example.com/de/"
    assert rss.findtext("channel/description") == "Reden wir"
    subscribe = html.fromstring(site.page("/de/subscribe/"))
    offered = {str(href) for href in subscribe.xpath("//main//ul[@class='feed-table']//a/@href")}
    assert "/feeds/language/en.rss.xml" not in offered


def test_older_and_newer_posts_are_in_the_same_language(site: Built) -> None:
    """Neighbours on a German page are German."""
    assert hrefs(site, "/de/markt/", "//nav[@class='neighbours']//a") == [
        "/de/teil/", "/de/letters/"
    ]  # fmt: skip


def test_the_sitemap_has_the_lists_of_the_edition(site: Built) -> None:
    """Each once, beside those of the site."""
    root = etree.fromstring(site.page("/sitemap.xml").encode())
    found: list[Any] = root.xpath("//s:loc/text()", namespaces=SITEMAP)
    for path in ("/de/", "/de/archive/", "/de/archive/2026/", "/de/series/", "/de/subscribe/"):
        assert found.count(f"https://blog.example.com{path}") == 1


def test_no_link_of_the_site_leads_nowhere(site: Built) -> None:
    """Every link of every page to this site is answered by a file."""
    assert unanswered(site) == set()


def test_a_post_cannot_take_the_place_of_a_list(tmp_path: Path) -> None:
    """A German post called "archive" would be where the German archive is."""
    files = {"posts/archive.de.md": "---\ntitle: Archiv\ndate: 2026-05-01\n---\n\nText.\n"}
    made = Workshop(tmp_path).build(files, PAGES=PAGES)
    assert [line for line in made.problems if "the site needs this URL itself" in line]


def test_texts_may_link_to_the_lists_of_an_edition(tmp_path: Path) -> None:
    """A link to the German archive is checked and found."""
    text = "---\ntitle: Text\ndate: 2026-05-01\nlang: de\n---\n\n[Archiv](/de/archive/2026/)\n"
    assert Workshop(tmp_path).build({"posts/text.md": text}, PAGES=PAGES).problems == ()


def test_the_site_s_own_language_is_no_edition(tmp_path: Path) -> None:
    """Its front page is at /, and the setting that says otherwise is named."""
    pages = PageSettings(editions=(Edition("en"),))
    made = Workshop(tmp_path).build(FILES, PAGES=pages)
    assert [line for line in made.problems if "PAGES.editions: 'en' is the site's own" in line]
    with pytest.raises(ValueError, match="there are two in 'de'"):
        PageSettings(editions=(Edition("de"), Edition("DE")))
