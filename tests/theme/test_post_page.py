"""The page of a post: its order, its marks, its series and where it was published first."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from justhtml import JustHTML
from markupsafe import Markup

from plugins.views import (
    ContentsView,
    DateView,
    HeadView,
    LinkView,
    OriginalView,
    PartView,
    PostView,
    SeriesBoxView,
    ShareView,
    TitleView,
)
from tests.theme import pages, samples
from tests.theme.pages import find, texts, values

MAY = DateView("2017-05-03", "3 May 2017")
POST = replace(samples.full(PostView), lang=samples.site().lang)
BARE = samples.empty(PostView)
PARTS = (
    PartView("1", "One", "published", "/one/"),
    PartView("2", "Two", "current", "/two/"),
    PartView("3", "Three", "planned", None, MAY),
)
BOX = SeriesBoxView("Attention", "/series/attention/", "2", 3, PARTS, PARTS[0], PARTS[2])


def read(post: PostView) -> JustHTML:
    """The post's page."""
    return pages.read("post.html", post)


def test_parts_of_the_page_stand_in_reading_order() -> None:
    """Mark, kicker, title, summary, byline, image, series, contents, text, and what follows it."""
    document = read(POST)
    order = [
        ".mark", "header .kicker", "h1", ".standfirst", ".byline", ".lead-image", ".series-box",
        ".contents", ".e-content", ".original", ".next-part", ".tags", ".share", ".bio", ".related",
        ".neighbours",
    ]  # fmt: skip
    every = [e for _, e in pages.elements(document.root)]
    places = [every.index(find(document, f"main {name}")[0]) for name in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("relation", "dated", "undated"),
    [
        (
            "crosspost",
            "First published at a.example on 3 May 2017.",
            "First published at a.example.",
        ),
        ("republished", "Republished from a.example, 3 May 2017.", "Republished from a.example."),
        (
            "excerpt",
            "An excerpt; the whole text is at a.example, 3 May 2017.",
            "An excerpt; the whole text is at a.example.",
        ),
    ],
)
def test_original_is_named_once(relation: str, dated: str, undated: str) -> None:
    """One visible line names the original's site and date, with one link to it."""
    for date, said in ((MAY, dated), (None, undated)):
        original = OriginalView("https://a.example/x", "a.example", relation, date)
        document = read(replace(BARE, original=original))
        assert texts(document, ".original") == [f"{said} View original post"]
        links = find(document, 'main a[href="https://a.example/x"]')
        assert [pages.words(link) for link in links] == ["View original post"]
    assert texts(read(BARE), ".original") == []


def test_series_box_marks_the_current_part_and_links_no_planned_one() -> None:
    """Every part is listed in order; one is current; what is planned says so and is no link."""
    document = read(replace(BARE, series=BOX))
    assert texts(document, ".series-box .kicker") == ["Part 2 of 3"]
    assert texts(document, ".series-box li") == ["1 One", "2 Two", "3 Three planned for 3 May 2017"]
    assert texts(document, ".series-box [aria-current=page]") == ["Two"]
    assert len(find(document, ".series-box li a")) == 2


def test_next_part_is_a_link_or_an_announcement() -> None:
    """The end of a post leads to the next part, or says that it is planned; a last part does not."""
    assert texts(read(replace(BARE, series=BOX)), ".next-part-title") == [
        "Part 3 is planned for 3 May 2017: Three"
    ]
    unnumbered = replace(BOX, next=PartView("", "Three", "planned"))
    assert texts(read(replace(BARE, series=unnumbered)), ".next-part-title") == [
        "The next part is planned: Three"
    ]
    ready = replace(BOX, next=PartView("3", "Three", "published", "/three/"))
    document = read(replace(BARE, series=ready))
    assert values(document, ".next-part a[rel=next]", "href") == ["/three/"]
    last = replace(BOX, next=None, previous=None)
    assert texts(read(replace(BARE, series=last)), ".next-part") == []


def test_unpublished_post_says_so() -> None:
    """The mark stands inside the main text's header, with its kind as a word."""
    for seed, kind in enumerate(("draft", "scheduled", "hidden")):
        view = samples.full(PostView, seed=seed)
        assert texts(read(view), "main .mark") == [f"{kind} text text"]
    assert texts(read(BARE), ".mark") == []


def test_page_is_an_h_entry() -> None:
    """The microformats of an entry are there, with their values."""
    document = read(replace(POST, url="/a/post/", replies=None))
    assert len(find(document, "article.h-entry")) == 1
    assert texts(document, ".h-entry h1.p-name") == ["title text"]
    assert values(document, ".h-entry .p-author.h-card", "href") == ["url text"] * 2
    assert values(document, ".dt-published", "datetime") == ["iso text"]
    assert values(document, ".dt-updated", "datetime") == ["iso text"]
    assert values(document, "a.u-url", "href") == ["/a/post/"]
    assert len(find(document, "a.u-syndication[rel=syndication]")) == 2
    assert {pages.words(e) for e in find(document, ".tags .p-category[rel=tag]")} == {"text text"}


def test_finished_html_is_not_escaped() -> None:
    """Body, bio and JSON-LD arrive as they are."""
    data = Markup('{"name": "Fish & Chips"}')
    html = Markup("<p>A <em>body</em>.</p>")
    document = read(replace(POST, html=html, head=HeadView("x", json_ld=data)))
    assert texts(document, ".e-content em") == ["body"]
    [script] = find(document, 'script[type="application/ld+json"]')
    assert json.loads(script.to_text()) == {"name": "Fish & Chips"}
    assert len(find(document, ".bio em")) == 2


def test_contents_list_nests_as_headings_do() -> None:
    """A line below another is in that one's list, and each links to its heading."""
    lines = (ContentsView("A", "a", (ContentsView("B", "b"),)), ContentsView("C", "c"))
    document = read(replace(BARE, contents=lines))
    assert values(document, ".contents a", "href") == ["#a", "#b", "#c"]
    assert texts(document, ".contents li > ol > li") == ["B"]


@pytest.mark.parametrize(
    ("site_lang", "lang", "html_dir", "article"),
    [
        ("en", "en", None, (None, None)),
        ("en-GB", "fr", None, ("fr", "ltr")),
        ("en", "ar", None, ("ar", "rtl")),
        ("he-IL", "he-IL", "rtl", (None, None)),
        ("fa", "en", "rtl", ("en", "ltr")),
    ],
)
def test_language_and_direction(
    site_lang: str, lang: str, html_dir: str | None, article: tuple[str | None, str | None]
) -> None:
    """A post in another language than the site says so, and which way it runs."""
    site = replace(samples.site(), lang=site_lang)
    document = pages.read("post.html", replace(BARE, lang=lang), site)
    [root], [entry] = find(document, "html"), find(document, "article")
    assert (root.attrs["lang"], root.attrs.get("dir")) == (site_lang, html_dir)
    assert (entry.attrs.get("lang"), entry.attrs.get("dir")) == article


def test_neighbours_are_named() -> None:
    """Newer and older posts are linked by title; a lone post has no such block."""
    document = read(replace(BARE, older=LinkView("Older post", "/older/")))
    assert texts(document, ".neighbours a") == ["Older Older post"]
    assert texts(read(BARE), ".neighbours") == []


def test_post_can_be_passed_on_without_anybody_watching() -> None:
    """Share links are plain links that tell no search engine and no opener; the button is hidden."""
    kinds = ("email", "linkedin", "bluesky", "mastodon", "copy")
    ways = tuple(ShareView(kind, f"x:{kind}") for kind in kinds)  # type: ignore[arg-type]
    document = read(replace(BARE, share=ways))
    assert texts(document, ".share li") == ["E-mail", "LinkedIn", "Bluesky", "Mastodon", "Copy link"]
    assert values(document, ".share a", "href") == [f"x:{kind}" for kind in kinds[:-1]]
    assert values(document, ".share a", "rel") == [None, *["nofollow noopener"] * 3]
    assert values(document, ".share li[hidden] button", "data-url") == ["x:copy"]
    assert texts(read(BARE), ".share") == []


def test_related_posts_are_named_with_their_dates() -> None:
    """Each related post is a link with its date; a post without any has no such block."""
    related = (TitleView("Other", "/other/", MAY, "en"), TitleView("Third", "/third/", MAY, "en"))
    document = read(replace(BARE, related=related))
    assert texts(document, ".related li") == ["Other 3 May 2017", "Third 3 May 2017"]
    assert values(document, ".related a", "href") == ["/other/", "/third/"]
    assert texts(read(BARE), ".related") == []
