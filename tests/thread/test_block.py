"""The block of replies as readers, search engines and other sites see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import mf2py
import pytest
from hypothesis import given
from justhtml import JustHTML

from tests.theme.pages import elements, find, texts, values
from tests.theme.samples import HOSTILE
from tests.thread.examples import OWN_SITE, REPLY, TARGET, page, reply, thread, threads
from thread.block import BEGIN, END
from thread.model import Reply, Site, Target, Thread
from thread.ways.contact import Mailto
from thread.ways.github import Giscus
from thread.ways.registry import plain
from thread.ways.replies import BuiltIn, NoReplies

LATER = REPLY.date + timedelta(hours=1)


def read(found: Thread, site: Site = OWN_SITE, target: Target = TARGET) -> JustHTML:
    """The page of a thread; a parse error of the HTML standard is an exception."""
    return JustHTML(page(found, site, target), strict=True, sanitize=False)


def entry(found: Thread) -> dict[str, Any]:
    """The h-entry that a reader of microformats finds on the page."""
    parsed = mf2py.parse(doc=page(found), url=TARGET.url)
    [item] = parsed["items"]
    properties: dict[str, Any] = item["properties"]
    return properties


def test_an_empty_thread_invites_to_the_first_reply() -> None:
    """With the form that the service reads, and without a word of replies that are not there."""
    document = read(thread(version=0))
    assert texts(document, "#replies-title") == ["Replies"]
    assert texts(document, "#answer h3") == ["Be the first to reply"]
    assert values(document, "#answer form", "action") == ["/dialogue/replies"]
    names = values(document, "#answer [name]", "name")
    assert sorted(map(str, names)) == [
        *("email", "name", "parent", "site", "target", "text", "website_url"),
    ]  # fmt: skip
    assert find(document, ".reply-list") == []


def test_replies_are_citations_inside_the_post() -> None:
    """A machine reads author, page, date, words and who answers whom."""
    answer = reply("r2", author="Bob", url="", parent="r1", date=LATER, html="<p>No.</p>")
    [first] = entry(thread(REPLY, answer))["comment"]
    assert first["type"] == ["h-cite"]
    said = first["properties"]
    assert said["author"][0]["properties"]["name"] == ["Ada"]
    assert said["author"][0]["properties"]["url"] == ["https://ada.example/"]
    assert said["url"] == [f"{TARGET.url}#reply-r1"]
    assert said["published"] == ["2026-05-01T12:30:00+0000"]
    assert said["content"][0]["value"] == "Well said."
    [second] = said["comment"]
    assert second["properties"]["author"][0]["properties"]["name"] == ["Bob"]


def test_likes_and_reposts_are_names_without_images() -> None:
    """Nothing is loaded from anybody's site."""
    found = thread(
        reply("a", kind="like"), reply("b", kind="repost", url="", source="https://b.example/p")
    )
    properties = entry(found)
    assert properties["like"][0]["type"] == ["h-cite"]
    assert properties["like"][0]["value"] == "https://ada.example/"
    assert properties["like"][0]["properties"]["author"][0]["properties"]["name"] == ["Ada"]
    assert properties["repost"][0]["properties"]["url"] == ["https://b.example/p"]
    document = read(found)
    assert find(document, "img") == []
    assert texts(document, "#replies-title") == ["Replies"]


def test_a_mention_says_where_it_was_found() -> None:
    """And counts as a reply."""
    document = read(thread(reply("a", kind="mention", source="https://www.b.example/p")))
    assert "mentioned this at b.example" in texts(document, ".reply .details")[0]
    assert texts(document, "#replies-title") == ["1 reply"]


def test_marks_edits_and_notes_are_shown() -> None:
    """The author's own reply, when it was changed, and what a moderator says of it."""
    found = reply("a", by_author=True, edited=LATER, note="Shortened.")
    document = read(thread(found))
    assert texts(document, ".reply-mark") == ["Author"]
    assert texts(document, ".reply-note") == ["Edited 1 May 2026. Moderator: Shortened."]


def test_of_a_removed_reply_only_the_place_is_left() -> None:
    """Where others hang on it; whatever the file still says about it."""
    gone = reply("a", erased=True, author="Secret", html="<p>secret</p>", note="secret")
    html = page(thread(gone, reply("b", parent="a", date=LATER)))
    assert "ecret" not in html
    document = JustHTML(html, strict=True, sanitize=False)
    assert texts(document, "#reply-a .reply-gone") == ["This reply was removed."]
    assert find(document, "#reply-a #reply-b") != []
    assert texts(document, "#replies-title") == ["1 reply"]


def test_answers_need_no_script() -> None:
    """Each reply has a link to a page on which it can be answered."""
    target = replace(TARGET, id="a/b&c")
    document = read(thread(REPLY), target=target)
    assert values(document, ".reply-answer a", "href") == [
        "/dialogue/replies/new?target=a%2Fb%26c&parent=r1"
    ]


def test_a_closed_post_shows_its_replies_and_takes_no_more() -> None:
    """The words stay; forms and links to answer go."""
    document = read(thread(REPLY), target=replace(TARGET, open=False))
    assert texts(document, ".replies-closed") == ["Replies are closed."]
    assert find(document, "#answer") == find(document, ".reply-answer") == []
    assert len(find(document, ".reply")) == 1


def test_a_post_says_until_when_it_takes_replies() -> None:
    """In the site's time zone: the day is another there."""
    target = replace(TARGET, closes=datetime(2026, 6, 1, 23, 30, tzinfo=UTC))
    document = read(thread(), replace(OWN_SITE, zone="Europe/London"), target)
    assert "Replies are open until 2 June 2026." in texts(document, "#answer")[0]


def test_words_are_in_the_language_of_the_post() -> None:
    """As all of its page is."""
    document = read(thread(REPLY), target=replace(TARGET, lang="de"))
    assert texts(document, "#replies-title") == ["1 Antwort"]


def test_others_replies_are_loaded_when_asked_for_only() -> None:
    """Until then nothing on the page leads a browser to them, but a link for a person does."""
    ways = plain(Giscus("o/r", "R_1", "Blog", "DIC_1"), Mailto("hi@example.com"))
    document = read(thread(REPLY), replace(OWN_SITE, ways=ways))
    sources = [
        e.attrs[a] for _, e in elements(document.root) for a in ("src", "srcset") if a in e.attrs
    ]
    assert sources == []
    assert find(document, "script, iframe, img, link") == []
    assert values(document, ".embed", "data-script") == ["https://giscus.app/client.js"]
    assert values(document, ".embed p > a", "href")[-1] == (
        "https://github.com/o/r/discussions?discussions_q=%22hello%22+in%3Atitle"
    )
    assert len(find(document, ".reply")) == 1
    [link] = values(document, ".private a", "href")
    assert str(link).startswith("mailto:hi@example.com?subject=")


def test_a_site_without_replies_shows_old_ones() -> None:
    """Who turns replies off does not lose what was said."""
    document = read(
        thread(REPLY), replace(OWN_SITE, ways=plain(NoReplies(), Mailto("a@b.example")))
    )
    assert texts(document, ".replies-closed") == ["Replies are closed."]
    assert len(find(document, ".reply")) == 1


def test_what_is_hostile_stays_text() -> None:
    """Names, notes, addresses and texts add no element, attribute or address to the page."""
    calm = reply("a", author="x", note="x", edited=LATER)
    nasty = replace(
        calm,
        author=HOSTILE,
        note=HOSTILE,
        url="javascript:alert(1)",
        source="data:text/html,x",
        html=f"<p>ok{HOSTILE}</p><!--/replies--><a href='javascript:1' onclick=x class=y id=replies>l</a>",
    )
    document = read(thread(nasty), target=replace(TARGET, title=HOSTILE, id=HOSTILE))
    live = [e for _, e in elements(document.root) if e.name in ("script", "img", "iframe", "style")]
    assert live == []
    names = {name for _, e in elements(document.root) for name in e.attrs}
    assert not {name for name in names if name.startswith("on")}
    addresses = [e.attrs["href"] for _, e in elements(document.root) if "href" in e.attrs]
    assert not [one for one in addresses if str(one).startswith(("javascript:", "data:"))]
    html = page(thread(nasty))
    assert (html.count(BEGIN), html.count(END)) == (1, 1)


@given(threads())
def test_every_thread_makes_a_valid_page(found: Thread) -> None:
    """Parsed strictly, with each id once and no level of headings left out."""
    document = read(found)
    ids = [e.attrs["id"] for _, e in elements(document.root) if "id" in e.attrs]
    assert len(ids) == len(set(ids))
    said = sum(one.kind in ("reply", "mention") and not one.erased for one in found.replies)
    assert len(find(document, ".reply.h-cite")) == said


@pytest.mark.parametrize("way", [BuiltIn(), NoReplies()])
def test_an_answered_post_names_its_feed(way: BuiltIn | NoReplies) -> None:
    """Only when there is one: it begins with the first reply."""
    site = replace(OWN_SITE, url="https://example.com/blog", ways=plain(way, Mailto("a@b.example")))
    link = "a[rel=alternate]"
    assert values(read(thread(REPLY), site), link, "href") == ["/blog/feeds/replies/hello.atom.xml"]
    assert values(read(thread(version=0), site), link, "href") == []


def test_the_order_of_the_replies_given_does_not_show() -> None:
    """Databases give rows in any order."""
    replies: list[Reply] = [
        reply(f"r{n}", kind=kind) for n, kind in enumerate(("reply", "like") * 4)
    ]
    assert page(thread(*replies)) == page(thread(*reversed(replies)))
