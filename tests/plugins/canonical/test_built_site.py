"""Every place of a built site that names a page's address says the same."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree, html

from tests.plugins.building import Built, Workshop

SITE = "https://blog.example.com"
RELATIONS = ("", "crosspost", "republished", "excerpt", "body")
LANGS = ("en", "de", "fr")
POSTS = 200
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
# There is no French catalogue, so a French page has the English words.
VIEW_ORIGINAL = {
    "en": "View original post",
    "de": "Originalbeitrag ansehen",
    "fr": "View original post",
}


@dataclass(frozen=True)
class Case:
    """One generated post: what its writer said, from which a test knows what is right."""

    number: int
    relation: str
    lang: str
    hidden: bool

    @property
    def name(self) -> str:
        """The translations of one text share a name."""
        return f"text-{self.number // len(LANGS)}-{self.relation or 'own'}"

    @property
    def url(self) -> str:
        """Where the post is."""
        folder = "" if self.lang == "en" else f"/{self.lang}"
        return f"{SITE}{folder}/{self.name}/"

    @property
    def original(self) -> str | None:
        """Where it appeared first."""
        return f"https://other.example/{self.lang}/{self.number}?a=1&b=2" if self.relation else None

    @property
    def indexed(self) -> bool:
        """Whether search engines may show the page."""
        return not self.hidden and self.relation != "republished"

    @property
    def canonical(self) -> str:
        """The one address that counts."""
        elsewhere = self.relation in ("crosspost", "body") and self.indexed
        return self.original or "" if elsewhere else self.url

    def text(self) -> str:
        """The source file."""
        lines = ["---", f"title: Text {self.number} <&>", "date: 2026-01-02", "tags: [one, two]"]
        if self.hidden:
            lines.append("status: hidden")
        if self.relation in RELATIONS[1:4]:
            lines.append(f'original: {{url: "{self.original}", relation: {self.relation}}}')
        lines += ["---", "", "Some text about it."]
        if self.relation == "body":
            link = (self.original or "").removeprefix("https:").replace("&", "&amp;")
            box = f'<div class="download-box">\n<a href="{link}">View original post</a>\n</div>'
            lines += ["", box]
        return "\n".join(lines) + "\n"


def cases() -> list[Case]:
    """Posts over every relation and language; some are hidden."""
    return [
        Case(
            number=number,
            relation=RELATIONS[number // len(LANGS) % len(RELATIONS)],
            lang=LANGS[number % len(LANGS)],
            hidden=number % 17 == 3,
        )
        for number in range(POSTS)
    ]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The generated site, built once."""
    files = {
        f"posts/{case.name}{'' if case.lang == 'en' else f'.{case.lang}'}.md": case.text()
        for case in cases()
    }
    workshop = Workshop(tmp_path_factory.mktemp("site"))
    extra = {
        "posts/moved.md": "---\ntitle: Moved\ndate: 2026-01-03\naliases: [/old-place/]\n---\n\nText.\n",
        "posts/part.md": "---\ntitle: P\ndate: 2026-01-04\nseries: S\npart: 1\n---\n\nText.\n",
        "pages/about.md": "---\ntitle: About\n---\n\nUs.\n",
    }
    built = workshop.build({**files, **extra})
    assert built.problems == ()
    return built


def tree(site: Built, url: str) -> Any:
    """The parsed page at an absolute URL of the site."""
    return html.fromstring(site.page(urlsplit(url).path).encode("utf-8"))


def one(page: Any, query: str) -> str | None:
    """The only thing that an XPath finds, or None; more than one is a fault."""
    found = page.xpath(query)
    assert len(found) <= 1, found
    return found[0] if found else None


def posting(page: Any) -> dict[str, Any]:
    """The BlogPosting of a page's JSON-LD."""
    document = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))
    return next(node for node in document["@graph"] if node["@type"] == "BlogPosting")


def in_sitemap(site: Built) -> set[str]:
    """Every URL of the sitemap."""
    root = etree.fromstring((site.output / "sitemap.xml").read_bytes())
    return set(root.xpath("//s:loc/text()", namespaces=SITEMAP))


def test_every_post_is_named_alike_in_all_places(site: Built) -> None:
    """Canonical, og:url, JSON-LD, robots, sitemap and the visible link, for every relation."""
    known = in_sitemap(site)
    for case in cases():
        page = tree(site, case.url)
        assert one(page, "//link[@rel='canonical']/@href") == case.canonical, case
        assert one(page, "//meta[@property='og:url']/@content") == case.url, case
        node = posting(page)
        assert node["url"] == case.url
        assert node["mainEntityOfPage"] == case.canonical
        assert node.get("isBasedOn") == case.original
        robots = one(page, "//meta[@name='robots']/@content")
        assert robots == (None if case.indexed else "noindex"), case
        assert (case.url in known) == (case.indexed and case.canonical == case.url), case
        link = f"normalize-space()='{VIEW_ORIGINAL[case.lang]}'"
        visible = page.xpath(f"//main//a[{link}]/@href")
        assert visible == ([case.original] if case.original else []), case
        assert not page.xpath("//*[contains(@class, 'download-box')]")


@pytest.mark.parametrize("feed", ["feeds/language/en", "feeds/language/de", "feeds/language/fr"])
def test_feeds_agree_with_the_pages(site: Built, feed: str) -> None:
    """An entry links to our page, names the original as via, and shows it in its text."""
    by_url = {case.url: case for case in cases()}
    atom = feedparser.parse((site.output / f"{feed}.atom.xml").read_bytes())
    rss = feedparser.parse((site.output / f"{feed}.rss.xml").read_bytes())
    items = json.loads((site.output / f"{feed}.json").read_text())["items"]
    links = [entry.link for entry in atom.entries]
    assert links == [entry.link for entry in rss.entries] == [item["url"] for item in items]
    checked = [(entry, by_url[entry.link]) for entry in atom.entries if entry.link in by_url]
    assert len(checked) >= 15
    for entry, case in checked:
        assert not case.hidden
        via = [link.href for link in entry.links if link.rel == "via"]
        assert via == ([case.original] if case.original else [])
        shown = html.fromstring(f"<div>{entry.content[0].value}</div>")
        link = f"normalize-space()='{VIEW_ORIGINAL[case.lang]}'"
        original = shown.xpath(f"//a[{link}]/@href")
        assert original == ([case.original] if case.original else [])


def test_every_page_has_exactly_one_absolute_canonical(site: Built) -> None:
    """Lists, series, alias, 404 and all: one, absolute, with the production address."""
    elsewhere = {case.canonical for case in cases()}
    pages = [name for name in site.files() if name.endswith(".html")]
    assert len(pages) > POSTS
    for name in pages:
        page = html.fromstring(site.page(name).encode("utf-8"))
        [canonical] = page.xpath("//link[@rel='canonical']/@href")
        assert canonical.startswith(f"{SITE}/") or canonical in elsewhere, name
        if (
            name.endswith("index.html")
            and canonical not in elsewhere
            and name != "old-place/index.html"
        ):
            assert canonical == f"{SITE}/{name.removesuffix('index.html')}"


def test_the_sitemap_names_only_pages_that_name_themselves(site: Built) -> None:
    """What is noindex or canonical elsewhere is not in it, and every page in it exists."""
    for url in in_sitemap(site):
        page = tree(site, url)
        assert one(page, "//link[@rel='canonical']/@href") == url
        assert page.xpath("//meta[@name='robots']") == []


def test_translations_name_each_other_alike_in_head_and_sitemap(site: Built) -> None:
    """A hreflang set is the same on all its pages and in the sitemap, and has pages only."""
    root = etree.fromstring((site.output / "sitemap.xml").read_bytes())
    for url in root.findall("s:url", SITEMAP):
        loc = url.findtext("s:loc", "", namespaces=SITEMAP)
        links = {
            (link.get("hreflang"), link.get("href"))
            for link in url.iterfind("{http://www.w3.org/1999/xhtml}link")
        }
        page = tree(site, loc)
        assert links == {
            (link.get("hreflang"), link.get("href"))
            for link in page.xpath("//head/link[@rel='alternate' and @hreflang]")
        }
        assert not links or loc in {href for _, href in links}


def test_an_old_address_leads_on_and_is_not_indexed(site: Built) -> None:
    """The page left there names the new address; hosts that read _redirects know it too."""
    page = html.fromstring(site.page("/old-place/").encode("utf-8"))
    assert one(page, "//link[@rel='canonical']/@href") == f"{SITE}/moved/"
    assert one(page, "//meta[@name='robots']/@content") == "noindex"
    assert one(page, "//meta[@http-equiv='refresh']/@content") == "0; url=/moved/"
    assert "/old-place/ /moved/ 301\n" in site.page("_redirects")


def test_the_report_counts_what_is_canonical_elsewhere(site: Built) -> None:
    """So that nobody wonders why the sitemap is shorter."""
    count = sum(case.canonical != case.url for case in cases())
    assert f"{count} pages are canonical elsewhere" in str(site.report)
