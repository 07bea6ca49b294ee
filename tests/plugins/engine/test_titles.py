"""A title reads the same wherever it is shown, and is escaped as each place wants it."""

from __future__ import annotations

import json
import re
from html import unescape
from xml.etree import ElementTree as ET

import pytest

from tests.plugins.building import Built, Workshop

HEAD = "---\n{}date: 2026-01-0{}\ncategory: Known\n{}---\n\n"
TITLES = {
    "code": "Using the <b> tag in C#",
    "entity": "Tips & tricks for R&D",
    "open": "When to use <b> and <strong>",
    "marks": 'A "bold" link & a_b_c',
    "script": "</script><script>alert(1)</script>",
}
POSTS = {
    "posts/code.md": HEAD.format("", 1, "series: Known\npart: 1\n")
    + "# Using the `<b>` tag in C#\n\nText.\n",
    "posts/entity.md": HEAD.format("title: 'Tips &amp; tricks for R&amp;D'\n", 2, "") + "Text.\n",
    "posts/open.md": HEAD.format("title: When to use <b> and <strong>\n", 3, "")
    + "# When to use `<b>` and `<strong>`\n\nText.\n",
    "posts/marks.md": HEAD.format("", 4, "series: Known\npart: 2\n")
    + '# A **"bold"** [link](https://example.org/) &amp; a_b_c\n\nText.\n',
    "posts/script.md": HEAD.format("title: </script><script>alert(1)</script>\n", 5, "")
    + "Text.\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site whose titles are all awkward."""
    made = Workshop(tmp_path_factory.mktemp("titles")).build(POSTS)
    assert made.problems == ()
    return made


def text(html: str) -> str:
    """What a reader sees of a piece of HTML."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


@pytest.mark.parametrize("slug", sorted(TITLES))
def test_pages(built: Built, slug: str) -> None:
    """The heading, the window's title, what is shared, and the data of search engines."""
    page, title = built.page(f"/{slug}/"), TITLES[slug]
    (heading,) = re.findall(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert text(heading) == title
    (window,) = re.findall(r"<title>(.*?)</title>", page, re.DOTALL)
    assert unescape(window).startswith(title)
    (shared,) = re.findall(r'property="og:title" content="([^"]*)"', page)
    assert unescape(shared) == title
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    headlines = re.findall(r'"headline": ?("(?:[^"\\]|\\.)*")', data)
    assert [json.loads(one) for one in headlines] == [title]


@pytest.mark.parametrize("slug", sorted(TITLES))
def test_lists(built: Built, slug: str) -> None:
    """Cards, the archive and the lists of a category."""
    for path in ("/", "/archive/", "/category/known/"):
        links = re.findall(rf'<a [^>]*href="/{slug}/"[^>]*>(.*?)</a>', built.page(path), re.DOTALL)
        assert TITLES[slug] in map(text, links), path


def test_the_box_of_a_series(built: Built) -> None:
    """Its parts are called what they are called."""
    page = built.page("/code/")
    links = re.findall(r'<a [^>]*href="/marks/"[^>]*>(.*?)</a>', page, re.DOTALL)
    assert any(TITLES["marks"] in text(link) for link in links)


def of_atom(title: ET.Element) -> str:
    """What a title of Atom says, which is text or HTML (RFC 4287, section 3.1)."""
    said = title.text or ""
    return unescape(said) if title.get("type") == "html" else said


def test_feeds(built: Built) -> None:
    """All three formats say the same."""
    rss = ET.fromstring(built.page("feeds/all.rss.xml"))
    atom = ET.fromstring(built.page("feeds/all.atom.xml"))
    feed = json.loads(built.page("feeds/all.json"))
    expected = set(TITLES.values())
    # Some readers take titles of RSS for HTML: a character without width keeps tags from being ones.
    told = {(item.findtext("title") or "").replace("\u2060", "") for item in rss.iter("item")}
    assert told == expected
    name = "{http://www.w3.org/2005/Atom}"
    assert set(map(of_atom, atom.iterfind(f"{name}entry/{name}title"))) == expected
    assert {item["title"] for item in feed["items"]} == expected


def test_what_the_service_of_replies_is_told(built: Built) -> None:
    """Mails name a post as its page does."""
    (targets,) = built.output.rglob("targets.json")
    said = targets.read_text(encoding="utf-8")
    for title in TITLES.values():
        assert (
            json.dumps(title, ensure_ascii=False)[1:-1] in said or json.dumps(title)[1:-1] in said
        )
