"""The making of documents: prepared once, kept no longer than needed, linked to their history."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import feedparser
import pytest

from plugins.catalogue.catalogue import Entry
from plugins.feeds import rendering as feed_rendering
from plugins.feeds.content import Content, stand_alone
from plugins.feeds.plugin import render_feeds
from plugins.feeds.rendering import Pantry
from plugins.post import SeriesClaim
from tests.feed_rules import atom_faults, rss_faults
from tests.plugins.feed_examples import FACTS, SETTINGS, catalogue, entry, feeds, on, term
from tests.thread.examples import REPLY, TARGET, thread

SMALL = replace(SETTINGS, limit=4, archive_size=2)


def _posts(number: int) -> list[Entry]:
    return [entry(f"p{index}", date=on(1) + timedelta(days=index)) for index in range(number)]


def test_values_are_made_once_and_dropped_after_their_last_use() -> None:
    """However often they are asked for in between."""
    made: list[str] = []
    pantry: Pantry[str, object] = Pantry(["a", "b", "a", "a"])

    def make() -> object:
        made.append("x")
        return object()

    first = pantry.take("a", make)
    assert pantry.take("a", make) is first
    pantry.take("b", make)
    assert pantry.take("a", make) is first
    assert len(made) == 2
    assert pantry.take("a", make) is not first


def test_a_body_is_prepared_once_however_many_feeds_it_is_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is by far the most expensive part."""
    prepared: Counter[str] = Counter()

    def counted(html: str, page: str) -> Content:
        prepared[page] += 1
        return stand_alone(html, page)

    monkeypatch.setattr(feed_rendering, "stand_alone", counted)
    tags = tuple(term(name) for name in "abcd")
    dated = [on(1) + timedelta(days=index) for index in range(9)]
    feeds(
        [entry(f"p{index}", date=date, tags=tags, series=SeriesClaim("S", index + 1))
         for index, date in enumerate(dated)], SMALL,
    )  # fmt: skip
    assert len(prepared) == 9
    assert set(prepared.values()) == {1}


def test_a_reader_can_follow_the_archive_to_the_first_post() -> None:
    """From the feed over its pages, each valid, to every post there is."""
    files = feeds(_posts(11), SMALL)
    for form, faults in ((".rss.xml", rss_faults), (".atom.xml", atom_faults)):
        seen: list[str] = []
        path: str | None = f"feeds/all{form}"
        while path:
            data = files[path]
            assert faults(data) == []
            parsed = feedparser.parse(data)
            seen += [one.link for one in parsed.entries]
            earlier = [one.href for one in parsed.feed.links if one.rel == "prev-archive"]
            path = earlier[0].partition("example.com/")[2] if earlier else None
        assert {f"https://blog.example.com/p{index}/" for index in range(11)} == set(seen)


def test_archive_pages_say_what_they_are_and_link_both_ways() -> None:
    """To the page before, the page after, and the feed; their feed has one id throughout."""
    files = feeds(_posts(7), SMALL)
    base = "https://blog.example.com/feeds"
    parsed = feedparser.parse(files["feeds/archive/all/2026-2.atom.xml"])
    links = {one.rel: one.href for one in parsed.feed.links}
    assert links["prev-archive"] == f"{base}/archive/all/2026-1.atom.xml"
    assert links["next-archive"] == f"{base}/archive/all/2026-3.atom.xml"
    assert links["current"] == f"{base}/all.atom.xml"
    assert links["self"] == f"{base}/archive/all/2026-2.atom.xml"
    assert parsed.feed.id == feedparser.parse(files["feeds/all.atom.xml"]).feed.id
    assert "feeds/archive/all/2026-4.atom.xml" not in files


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_new_posts_and_replies_leave_archive_pages_as_they_were(form: str) -> None:
    """Byte for byte, but for the link of the newest page to the one that then follows it."""
    claims = [SeriesClaim("Attention", index + 1) for index in range(9)]
    posts = [
        entry(f"p{index}", date=on(1) + timedelta(days=index), series=claim)
        for index, claim in enumerate(claims)
    ]
    answered = [replace(one, target=TARGET, thread=thread(REPLY)) for one in posts]
    before = feeds([replace(one, thread=thread()) for one in answered[:4]], SMALL)
    after = feeds(answered, SMALL)
    pages = [path for path in before if "/archive/" in path and form in path]
    assert len(pages) == 4
    following = b'<atom:link href="https://blog' if form == "rss" else b'<link href="https://blog'
    for path in pages:
        lines = after[path].split(following)
        assert before[path] in (
            after[path],
            following.join(line for line in lines if b'rel="next-archive"' not in line),
        )


def test_a_series_can_be_read_in_its_order() -> None:
    """By a setting; it still has the newest parts when it is longer than a feed."""
    posts = [
        entry(f"p{index}", date=on(index), series=SeriesClaim("Attention", index))
        for index in range(1, 7)
    ]
    settings = replace(SMALL, series_oldest_first=True)
    path = "feeds/series/attention.rss.xml"
    found = feedparser.parse(feeds(posts, settings)[path]).entries
    assert [one.title for one in found] == ["P3", "P4", "P5", "P6"]
    newest = feedparser.parse(feeds(posts, SMALL)[path]).entries
    assert [one.title for one in newest] == ["P6", "P5", "P4", "P3"]


def test_a_feed_changed_when_its_newest_entry_did() -> None:
    """Not when it was built; a feed without entries is as old as the authority."""
    files = feeds([entry("a", date=on(1), modified=on(9)), entry("b", date=on(5))])
    assert feedparser.parse(files["feeds/all.atom.xml"]).feed.updated == "2026-05-09T09:30:00+00:00"
    empty = render_feeds(catalogue([]), FACTS, replace(SETTINGS, authority_date="2026-02"))
    assert feedparser.parse(empty["feeds/all.atom.xml"]).feed.updated == "2026-02-01T00:00:00+00:00"
    assert atom_faults(empty["feeds/all.atom.xml"]) == []
