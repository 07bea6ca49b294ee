"""All feeds of a site, as readers see them: valid, complete, and the same for as long as the posts are."""

from __future__ import annotations

import subprocess
from calendar import timegm
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from lxml import html

from plugins.catalogue.catalogue import Entry
from plugins.catalogue.facts import Facts
from plugins.errors import SiteError
from plugins.feeds.plugin import check_feeds, render_feeds
from plugins.feeds.settings import FeedSettings
from plugins.post import Frozen, Original, SeriesClaim
from plugins.urls import Urls
from plugins.views import ImageView
from tests.feed_rules import atom_faults, rss_faults
from tests.json_feed_rules import json_feed_faults
from tests.needs import program
from tests.plugins.building import Workshop
from tests.plugins.feed_examples import FACTS, MARA, SETTINGS, catalogue, entry, feeds, on, term

HOSTILE_TITLES = [
    "Plain",
    "Why <b>bold</b> & <i>italic</i>",
    "</title><script>alert(1)</script>",
    "AT&amp;T &copy; &#60;b&#62; &lt;x&gt;",
    "]]> <![CDATA[ x ]]>",
    "Emoji 👩‍🚀 and \u202eoverride\u202c",
    "\x00\x01control\x1f\x7f\x9f",
    "lone \ud800 surrogate \uffff \ufffe",
    "Zwölf Boxkämpfer — “quoted” ‘single’",
    "العربية 中文 日本語",
    "   ",
    "x" * 3000,
    "--> <!-- <?xml version='1.0'?>",
    "R&D: 5 < 6 > 4",
    "%s {0} {{ x }} \\n \\u0041",
]
HOSTILE_BODIES = [
    "<p>Plain text with a <a href='/x/'>link</a>.</p>",
    "<p>]]></p><p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    "<script>alert(1)</script><p onclick='x'>y<img src=x onerror=alert(1)></p>",
    "<p>\x00\x0b\x1f\ud83d &#0; &#xD800; &#x1F600;</p>",
    "<p>unclosed <b>bold <i>both</b></p><div><p>x<div>y</p>",
    "<p>" + "A long text. " * 25_000 + "</p>",
    "<table><tr><td>1<td>2</table><ul><li>a<li>b</ul>",
    "<video controls poster='/p.jpg'><source src='/v.mp4'><source src='/v.webm'></video>",
    "<p>x<section><h2>y</h2></section></p><figure><img src='a.png' srcset='a.png 1x, b.png 2x'></figure>",
    "<form action=/x><input type=submit></form><iframe src='//player.example.com/1' title='T'></iframe>",
    "<!-- comment --><?php echo 1 ?><!DOCTYPE html><html><body>z</body></html>",
    "<p>x<sup id='fnref:1'><a href='#fn:1'>1</a></sup></p><ol><li id='fn:1'>note</li></ol>",
    "",
    "text without any element",
    "<svg onload=alert(1)><p>x</p></svg><style>*{}</style><a href='java&#10;script:x'>y</a>",
]


def hostile_posts(number: int = 300) -> list[Entry]:
    """Posts of every kind, whose titles and texts are as bad as they come."""
    posts: list[Entry] = []
    for index in range(number):
        slug = f"post-{index}"
        posts.append(
            entry(
                slug,
                HOSTILE_BODIES[index % len(HOSTILE_BODIES)],
                title=HOSTILE_TITLES[index // 3 % len(HOSTILE_TITLES)],
                summary=HOSTILE_TITLES[index % len(HOSTILE_TITLES)].strip() or "Summary.",
                date=datetime(2019, 1, 1, 7, 30, tzinfo=UTC)
                + timedelta(days=9 * index, minutes=index),
                category=term(["News", "R&D", "<b>"][index % 3]),
                tags=(term(f"tag {index % 9}"), term("&copy;")),
                authors=(MARA,),
                series=SeriesClaim("Attention", index + 1) if index < 30 else None,
                original=Original("https://example.net/x?a=1&b=2") if index % 7 == 0 else None,
                image=ImageView("/i.png", 'A "b" <c>', 30, 40) if index % 5 == 0 else None,
                lang=("en", "de-AT")[index % 11 == 0],
                uid=f"old id {index} <x>" if index % 13 == 0 else None,
            )
        )
    return posts


def _faults(files: Mapping[str, bytes]) -> list[str]:
    checks = {".rss.xml": rss_faults, ".atom.xml": atom_faults, ".json": json_feed_faults}
    return [
        f"{path}: {fault}"
        for path, data in files.items()
        for ending, check in checks.items()
        if path.endswith(ending)
        for fault in check(data)
    ]


@pytest.fixture(scope="module")
def hostile() -> Mapping[str, bytes]:
    """Every feed of a site of 300 posts with hostile titles and bodies."""
    return feeds(hostile_posts())


def test_no_feed_of_a_hostile_site_has_a_fault(hostile: Mapping[str, bytes]) -> None:
    """No error and no warning, in any format, archive pages included."""
    assert len([path for path in hostile if "/archive/" in path]) > 60
    assert _faults(hostile) == []


def test_no_feed_of_the_sample_site_has_a_fault(tmp_path: Path, root: Path) -> None:
    """No error and no warning, in any format, of what the README shows."""
    built = Workshop(tmp_path).build(PATH=str(root / "content"))
    assert built.problems == ()
    files = {
        path.relative_to(built.output).as_posix(): path.read_bytes()
        for path in built.output.rglob("feeds/**/*")
        if path.is_file()
    }
    assert len(files) > 20
    assert _faults(files) == []


def test_every_page_names_feeds_that_are_there(tmp_path: Path, root: Path) -> None:
    """Posts, lists, series, About, 404: all but the pages left at old addresses, which hold nothing."""
    built = Workshop(tmp_path).build(PATH=str(root / "content"))
    pages = [name for name in built.files() if name.endswith(".html")]
    assert len(pages) > 30
    for name in pages:
        page = html.fromstring(built.page(name).encode())
        found = page.xpath("//link[@rel='alternate'][starts-with(@href, '/feeds/')]/@href")
        moved = page.xpath("//meta[@http-equiv='refresh']")
        assert bool(found) != bool(moved), name
        assert {path.lstrip("/") for path in found} <= built.files(), name


@pytest.mark.parametrize("ending", ["rss.xml", "atom.xml"])
def test_feedparser_lists_every_entry(hostile: Mapping[str, bytes], ending: str) -> None:
    """With its link, date and author; nothing of a text is live."""
    parsed = feedparser.parse(hostile[f"feeds/all.{ending}"])
    assert not parsed.bozo
    assert len(parsed.entries) == 20
    for number, found in enumerate(parsed.entries):
        index = 299 - number
        assert found.link == f"https://blog.example.com/post-{index}/"
        expected = datetime(2019, 1, 1, 7, 30, tzinfo=UTC) + timedelta(
            days=9 * index, minutes=index
        )
        assert timegm(found.published_parsed) == int(expected.timestamp())
        assert found.author == "Mara Lindqvist"
    assert "<script" not in str(parsed.entries)


@pytest.mark.parametrize("ending", ["rss.xml", "atom.xml"])
def test_a_reader_from_debian_lists_every_entry(hostile: Mapping[str, bytes], ending: str) -> None:
    """With its link, date, author, id and text: sfeed, a parser of its own, one line an entry."""
    sfeed = program("sfeed")
    done = subprocess.run(
        [sfeed], input=hostile[f"feeds/all.{ending}"], capture_output=True, check=True
    )
    lines = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert len(lines) == 20
    for number, (date, title, link, content, kind, name, author, *_) in enumerate(lines):
        index = 299 - number
        expected = datetime(2019, 1, 1, 7, 30, tzinfo=UTC) + timedelta(
            days=9 * index, minutes=index
        )
        assert int(date) == int(expected.timestamp())
        assert link == f"https://blog.example.com/post-{index}/"
        assert (kind, author) == ("html", "Mara Lindqvist")
        assert title
        assert name
        assert content


def test_the_same_site_gives_the_same_bytes(hostile: Mapping[str, bytes]) -> None:
    """Whatever the time, and in whatever order its posts were read."""
    backwards = list(reversed(hostile_posts()))
    assert feeds(backwards) == hostile


def _seen(
    files: Mapping[str, bytes], path: str = "feeds/all.atom.xml"
) -> dict[str, tuple[str, str]]:
    """Id and date of change of each entry, by its title."""
    return {one.title: (one.id, one.updated) for one in feedparser.parse(files[path]).entries}


POSTS = [
    entry("one", date=on(1), tags=(term("a"),), uid="urn:x:one"),
    entry("two", date=on(2), modified=on(9)),
    entry("three", date=on(3), original=Original("https://example.net/")),
]


@pytest.mark.parametrize(
    "moved",
    [
        replace(FACTS, urls=Urls("http://blog.example.com")),
        replace(FACTS, urls=Urls("https://www.another.example/blog")),
        replace(FACTS, name="Renamed", tagline="Other"),
    ],
)
def test_moving_the_site_announces_nothing_again(moved: Facts) -> None:
    """From http to https, to another host, under another name: same ids, same dates."""
    before = _seen(feeds(POSTS))
    assert len(before) == 3
    assert _seen(render_feeds(catalogue(POSTS), moved, SETTINGS)) == before


def test_editing_a_post_announces_nothing_again() -> None:
    """New tags, texts and images leave id and date of change alone."""
    edited = [
        replace(
            one,
            html="<p>Corrected.</p>",
            post=replace(one.post, tags=(term("z"),), authors=(MARA,)),
        )
        for one in POSTS
    ]
    assert _seen(feeds(edited)) == _seen(feeds(POSTS))


def test_moving_a_post_with_an_alias_keeps_its_id() -> None:
    """Its link is the new one."""
    moved = entry("three-new", title="Three", date=on(3), aliases=("/three/",))
    after = feeds([*POSTS[:2], moved])
    assert _seen(after)["Three"] == _seen(feeds(POSTS))["Three"]
    links = [one.link for one in feedparser.parse(after["feeds/all.rss.xml"]).entries]
    assert "https://blog.example.com/three-new/" in links


NO_FILES: dict[str, int] = {}


def test_what_keeps_posts_out_of_feeds_is_told_at_once() -> None:
    """An id that is taken, a date no feed can carry, a file that is not there."""
    lines = Frozen({"uid": 3, "audio": 4, "date": 2})
    site = catalogue(
        [
            entry("a", uid="x", lines=lines),
            entry("b", uid="x", lines=lines, extra=Frozen({"audio": "/gone.mp3"})),
            entry("c", date=datetime(800, 12, 25, tzinfo=UTC), lines=lines),
        ]
    )
    problems = check_feeds(
        [entry.post for entry in site.entries], FACTS, SETTINGS, size_of=NO_FILES.get
    )
    assert [(one.path, one.line, one.field) for one in sorted(problems)] == [
        ("posts/b.md", 3, "uid"),
        ("posts/b.md", 4, "audio"),
        ("posts/c.md", 2, "date"),
    ]
    with pytest.raises(SiteError):
        render_feeds(site, FACTS, SETTINGS)


@pytest.mark.parametrize("year", [1901, 1969, 1970])
def test_a_date_of_long_ago_is_a_date(year: int) -> None:
    """Not every text is younger than the computer's clock."""
    found = feedparser.parse(feeds([entry(date=on(3, year=year))])["feeds/all.rss.xml"]).entries[0]
    assert found.published_parsed[:3] == (year, 5, 3)


def test_a_build_writes_all_feeds_and_its_pages_name_them(tmp_path: Path) -> None:
    """From files to readers: the real length of a talk, the link to each feed, twice the same."""
    talk = b"\0" * 4321
    workshop = Workshop(tmp_path)
    files: dict[str, str | bytes] = {
        "posts/talk.md": "---\ntitle: A talk\ndate: 2026-05-01\ntags: [voice]\naudio: /audio/talk.mp3\n---\n"
        "Listen: [here](/audio/talk.mp3), and see[^1].\n\n[^1]: The note.\n",
        "posts/draft.md": "---\ntitle: Secret\ndate: 2026-05-02\ndraft: true\n---\nHush.\n",
        "audio/talk.mp3": talk,
    }  # fmt: skip
    built = workshop.build(files, PREVIEW=True)
    assert built.problems == ()
    (found,) = feedparser.parse(built.page("feeds/all.rss.xml")).entries
    assert (found.enclosures[0].length, found.enclosures[0].type) == ("4321", "audio/mpeg")
    assert "https://blog.example.com/talk/#fn" in found.content[0].value
    for page in ("index.html", "talk/index.html", "tag/voice/index.html", "404.html"):
        assert 'href="/feeds/all.atom.xml"' in built.page(page)
    assert 'type="application/rss+xml"' in built.page("tag/voice/index.html")
    assert "/feeds/tag/voice.json" in built.page("tag/voice/index.html")
    assert "/feeds/tag/voice.rss.xml" in built.page("talk/index.html")
    first = {path: (built.output / path).read_bytes() for path in built.files() if "feed" in path}
    assert len(first) == 7
    again = workshop.build(PREVIEW=True)
    assert {path: (again.output / path).read_bytes() for path in first} == first


def test_the_settings_reach_the_feeds(tmp_path: Path) -> None:
    """Length, kind of content, and hub."""
    settings = FeedSettings(
        "example.org",
        "2026",
        limit=1,
        archive_size=0,
        content="summary",
        hub="https://hub.example/",
    )
    files = {
        f"posts/{name}.md": f"---\ntitle: {name}\ndate: 2026-05-0{day}\nsummary: S{day}\n---\nText.\n"
        for day, name in enumerate("ab", start=1)
    }
    built = Workshop(tmp_path).build(files, FEEDS=settings)
    (found,) = feedparser.parse(built.page("feeds/all.atom.xml")).entries
    assert found.summary == "<p>S2</p>"
    assert 'rel="hub"' in built.page("feeds/all.rss.xml")
    assert "https://hub.example/" in built.page("_headers")


def test_an_edit_rewrites_the_feeds_with_the_post_alone(tmp_path: Path) -> None:
    """Feeds of other terms, and archive pages of other years, are neither made again nor touched."""
    post = "---\ntitle: {0}\ndate: {1}-05-01\ntags: [{0}]\ncategory: {2}\nauthor: {0} Roe\n---\nAbout {0}.\n"
    workshop = Workshop(tmp_path)
    posts = {
        "tea.md": post.format("tea", 2026, "Drinks"),
        "gin.md": post.format("gin", 2025, "Drinks"),
        "bees.md": post.format("bees", 2024, "Animals"),
    }
    first = workshop.build(posts)
    feeds_of = [path for path in first.files() if path.startswith("feeds/")]
    before = {path: (first.output / path).stat().st_mtime_ns for path in feeds_of}
    second = workshop.build({"bees.md": posts["bees.md"] + "\nThey hum.\n"})
    assert second.run is not None
    made = {name for name in second.run.reasons if name.startswith("task feeds: ")}
    names = ("all", "archive/all/2024-1", "author/bees-roe", "category/animals", "tag/bees")
    assert made == {f"task feeds: feeds/{name}" for name in names}
    touched = {path for path in before if (second.output / path).stat().st_mtime_ns != before[path]}
    endings = (".rss.xml", ".atom.xml", ".json")
    written = {f"feeds/{name}{ending}" for name in names for ending in endings}
    # There is no archive as JSON.
    assert touched == written & before.keys()
    assert len(touched) == len(written) - 1


def test_feeds_are_where_an_earlier_site_had_them() -> None:
    """The same bytes, for readers that ask there; other feeds are written once."""
    settings = replace(SETTINGS, moved={"/feed.xml": "/feeds/all.atom.xml"})
    made = render_feeds(catalogue([entry("one")]), FACTS, settings)
    assert made["feed.xml"] == made["feeds/all.atom.xml"]
    assert (
        made.keys() - {"feed.xml"}
        == render_feeds(catalogue([entry("one")]), FACTS, SETTINGS).keys()
    )


def test_an_earlier_address_leads_to_a_feed_that_there_is(tmp_path: Path) -> None:
    """Anything else stops the build and names the setting; so does no path of a file."""
    files = {"posts/a.md": "---\ntitle: A\ndate: 2024-01-02\n---\n\nText.\n"}
    (tmp_path / "folder").mkdir()
    settings = replace(SETTINGS, moved={"/feed/": "/feeds/all.rss.xml"})
    folder = Workshop(tmp_path / "folder").build(files, FEEDS=settings)
    assert "/feed/ /feeds/all.rss.xml 301\n" in folder.page("_redirects")
    settings = replace(SETTINGS, moved={"/feed.xml": "/feeds/none.xml"})
    built = Workshop(tmp_path).build(files, FEEDS=settings)
    assert built.report is None
    assert "FEEDS.moved: no feed is at '/feeds/none.xml'" in built.problems[0]
    with pytest.raises(SiteError, match="moved"):
        replace(SETTINGS, moved={"/../feed.xml": "/feeds/all.atom.xml"})
