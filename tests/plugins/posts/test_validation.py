"""Documents made into posts: what every field means, together and alone."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from plugins.frontmatter.document import parse
from plugins.post import Marker, Original, Person, Picture, SeriesClaim, Term
from plugins.posts.history import FileDates
from plugins.posts.validation import PostRules, make_post
from tests.plugins.documents import (
    NOW,
    RULES,
    Committed,
    faults_in,
    post_of,
    problems_of,
    with_fields,
)

LONDON = ZoneInfo("Europe/London")


def test_a_whole_post() -> None:
    """Every field of the model is filled from the field of front matter it belongs to."""
    post = post_of(
        """---
title: The <em>price</em> of attention &amp; trust
date: 2024-03-01 10:30
lastmod: 2024-04-01
author: {name: Ann Example, url: https://example.org/ann}
category: Strategy
tags: [attention, Email Marketing]
slug: price-of-attention
description: "What **attention** costs, [in short](https://example.org)."
cover: {image: cover.jpg, alt: A till, caption: Ours}
canonicalURL: {url: //example.org/price, site: The Review, date: 2024-02-01, relation: republished}
syndication: [https://example.com/copy]
series: Attention
part: II
redirect_from: [/old/, 2019/older.html]
layout: landing
comments: no
toc: yes
featured: true
guid: urn:x:1
mood: {calm: [1, 2]}
---
Text.
"""
    )
    assert (post.source, post.kind, post.status, post.lang) == (
        "posts/a.md",
        "post",
        "published",
        "en",
    )
    assert post.title == "The price of attention & trust"
    assert (post.slug, post.url, post.save_as) == (
        "price-of-attention",
        "/price-of-attention/",
        "price-of-attention/index.html",
    )
    assert (post.date, post.date_source) == (
        datetime(2024, 3, 1, 10, 30, tzinfo=LONDON),
        "front matter",
    )
    assert post.modified == datetime(2024, 4, 1, tzinfo=LONDON)
    assert post.authors == (Person("Ann Example", "ann-example", "https://example.org/ann"),)
    assert post.category == Term("Strategy", "strategy")
    assert post.tags == (Term("attention", "attention"), Term("Email Marketing", "email-marketing"))
    assert post.summary == "What attention costs, in short."
    assert post.image == Picture("cover.jpg", "A till", "Ours")
    assert post.original == Original(
        "https://example.org/price",
        "The Review",
        datetime(2024, 2, 1, tzinfo=LONDON),
        "republished",
    )
    assert post.syndicated == ("https://example.com/copy",)
    assert (post.series, post.markers) == (SeriesClaim("Attention", 2), ())
    assert post.aliases == ("/old/", "/2019/older.html")
    assert (post.template, post.replies, post.toc, post.uid) == ("landing", "none", True, "urn:x:1")
    assert post.extra["mood"]["calm"] == (1, 2)
    assert post.line_of("original") == 11
    assert post.featured
    assert post.line_of("mood") == 21


def test_fields_of_a_site_are_found_in_every_spelling() -> None:
    """Those in a mapping called extra, as in Zola, too; what is not written is empty."""
    extra = with_fields("Reading-Time: long\nextra: {team: Core}\nkicker: ' A  word '").extra
    assert (extra["reading_time"], extra["team"], extra["kicker"]) == ("long", "Core", "A word")
    assert (extra["mood"], "mood" in extra, extra.get("mood", 1)) == ("", False, 1)


def test_the_fault_of_a_field_for_templates_is_told() -> None:
    """It is checked like any other."""
    told = "3: kicker: a list stands where text is expected; write one line of text"
    assert faults_in("kicker: [a, b]") == [told]


def test_a_post_of_nothing_but_a_title() -> None:
    """What is not written has the value of the rules, or none."""
    post = post_of("# A title", title="A title", author="Ann", category="Notes", replies="closed")
    assert (post.title, post.slug, post.translation) == ("A title", "a", "posts/a")
    assert (post.authors, post.category) == ((Person("Ann", "ann"),), Term("Notes", "notes"))
    assert (post.modified, post.summary, post.image, post.original) == (None, None, None, None)
    assert (post.tags, post.aliases, post.template, post.toc, post.uid) == (
        (),
        (),
        None,
        None,
        None,
    )
    assert post.replies == "closed"
    assert post.line_of("title") == 1


def test_a_post_cannot_change_and_can_travel() -> None:
    """It is hashable, equal to itself after pickling, and its lists cannot grow."""
    post = with_fields("tags: [a, b]\nmood: {calm: [1, 2]}")
    assert pickle.loads(pickle.dumps(post)) == post
    assert hash(post) == hash(pickle.loads(pickle.dumps(post)))


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ("date: 2024-03-01", "published"),
        ("date: 2026-06-01 13:00", "published"),
        ("date: 2026-06-01 13:00:01", "scheduled"),
        ("published: 2099-01-01", "scheduled"),
        ("published: true", "published"),
        ("published: false", "draft"),
        ("draft: yes", "draft"),
        ("draft: false", "published"),
        ("status: publish", "published"),
        ("status: Draft", "draft"),
        ("status: pending", "draft"),
        ("status: private", "draft"),
        ("status: hidden", "hidden"),
        ("status: unlisted", "hidden"),
        ("status: scheduled\ndate: 2099-01-01", "scheduled"),
        ("status: scheduled\ndate: 2024-03-01", "published"),
        ("hidden: true", "hidden"),
        ("eleventyExcludeFromCollections: true", "hidden"),
        ("hidden: true\ndate: 2099-01-01", "scheduled"),
        ("hidden: true\ndraft: true", "draft"),
        ("visibility: public", "published"),
        ("visibility: public\nstatus: draft", "draft"),
        ("visibility: private", "draft"),
        ("draft: false\npublished: true\nstatus: published", "published"),
        ("draft: true\ndate: 2099-01-01", "draft"),
        ("permalink: false", "draft"),
        ("expiryDate: 2024-03-01", "draft"),
        ("expiryDate: 2099-01-01", "published"),
        ("publish: false", "draft"),
        ("publish: 2099-01-01", "scheduled"),
        ("private: true", "draft"),
        ("unpublished: true", "draft"),
        ("wip: true", "draft"),
        ("headless: true\ndraft: false", "draft"),
        ("headless: false", "published"),
        ("build: {render: never}\ndraft: false", "draft"),
        ("_build: {render: false}", "draft"),
        ("build: {render: link}", "draft"),
        ("build: {list: never}", "hidden"),
        ("build: {list: local, render: always}", "hidden"),
        ("_build: {list: false, render: true}", "hidden"),
        ("build: {render: always, publishResources: false}", "published"),
        ("build: 1234", "published"),
        ("password: ''", "published"),
    ],
)
def test_a_post_is_public_only_if_nothing_holds_it_back(fields: str, status: str) -> None:
    """Every tool's way to hold a post back holds it back here."""
    assert with_fields(fields).status == status


@pytest.mark.parametrize("path", ["_drafts/a.md", "posts/drafts/a.md", "drafts/2019/a/index.md"])
def test_what_lies_among_the_drafts_is_one(path: str) -> None:
    """The folder counts more than the front matter."""
    assert with_fields("status: published", path).status == "draft"


@pytest.mark.parametrize(
    ("path", "fields", "date", "source"),
    [
        (
            "posts/2013-05-01-a.md",
            "date: 2014-01-01",
            datetime(2014, 1, 1, tzinfo=UTC),
            "front matter",
        ),
        ("posts/2013-05-01-a.md", "mood: x", datetime(2013, 5, 1, tzinfo=UTC), "file name"),
        ("posts/2013-05-01-a/index.md", "mood: x", datetime(2013, 5, 1, tzinfo=UTC), "file name"),
        ("posts/a.md", "mood: x", datetime(2020, 1, 2, 3, 4, tzinfo=UTC), "git"),
        ("posts/a.md", "date: git Created", datetime(2020, 1, 2, 3, 4, tzinfo=UTC), "git"),
        ("2013-05-01-a.md", "date: Created", datetime(2013, 5, 1, tzinfo=UTC), "file name"),
    ],
)
def test_a_date_comes_from_where_it_is_known_best(
    path: str, fields: str, date: datetime, source: str
) -> None:
    """Front matter, then the file's name, then its history."""
    post = with_fields(fields, path)
    assert (post.date, post.date_source) == (date.replace(tzinfo=LONDON), source)


def test_a_file_newer_than_the_build_is_not_scheduled(tmp_path: Path) -> None:
    """A clock that is ahead, or a file saved while the build runs, holds no post back."""
    (tmp_path / "a.md").write_text("# A", encoding="utf-8")
    rules = PostRules(**{**RULES, "now": datetime(2001, 1, 1, tzinfo=UTC)})
    post = make_post(
        parse(b"# A", "a.md"), title="A", markers=(), history=FileDates(tmp_path), rules=rules
    )
    assert (post.status, post.date) == ("published", rules.now)


def test_a_change_before_publication_is_none() -> None:
    """What was edited while it waited for its day is not an update."""
    assert with_fields("date: 2024-03-01\nupdated: 2024-02-01").modified is None


@pytest.mark.parametrize("path", ["pages/about.md", "pages/team/about.md"])
def test_what_lies_below_pages_is_a_page(path: str) -> None:
    """Pages have their own folder, and URLs like posts."""
    post = with_fields("mood: x", path)
    assert (post.kind, post.url) == ("page", "/about/")


@pytest.mark.parametrize(
    ("fields", "path", "lang", "url", "translation"),
    [
        ("mood: x", "posts/a.md", "en", "/a/", "posts/a"),
        ("mood: x", "posts/a.fr.md", "fr", "/fr/a/", "posts/a"),
        ("mood: x", "posts/a/index.pt_br.md", "pt-BR", "/pt-br/a/", "posts/a"),
        ("mood: x", "posts/a.en.md", "en", "/a/", "posts/a"),
        ("mood: x", "posts/a.en-gb.md", "en-GB", "/en-gb/a/", "posts/a"),
        ("lang: en_GB.UTF-8", "posts/a.md", "en-GB", "/a/", "posts/a"),
        ("lang: fr", "posts/a.md", "fr", "/fr/a/", "posts/a"),
        ("lang: fr", "fr/a.md", "fr", "/fr/a/", "a"),
        ("lang: fr\npermalink: /ailleurs/", "posts/a.md", "fr", "/ailleurs/", "posts/a"),
        ("lang: fr\ntranslationKey: k", "posts/a.md", "fr", "/fr/a/", "k"),
        ("lang: fr\ntranslation: true", "posts/a.md", "fr", "/fr/a/", "posts/a"),
    ],
)
def test_languages(fields: str, path: str, lang: str, url: str, translation: str) -> None:
    """Another language than the site's is part of the URL; translations share a key."""
    post = with_fields(fields, path)
    assert (post.lang, post.url, post.translation) == (lang, url, translation)


@pytest.mark.parametrize(
    ("fields", "path", "url", "save_as"),
    [
        ("mood: x", "2013-05-01-my post.md", "/my-post/", "my-post/index.html"),
        ("mood: x", "some-post/index.md", "/some-post/", "some-post/index.html"),
        ("mood: x", "002_2c6614062107f7d9.txt", "/a/", "a/index.html"),
        ("mood: x", "index.md", "/a/", "a/index.html"),
        ("slug: My_Post-1.0", "b.md", "/My_Post-1.0/", "My_Post-1.0/index.html"),
        ("slug: What's new?", "b.md", "/whats-new/", "whats-new/index.html"),
        ("slug: /b/", "c.md", "/b/", "b/index.html"),
        ("slug: café", "c.md", "/café/", "café/index.html"),
        ("permalink: /a-seismic-shift", "b.md", "/a-seismic-shift/", "a-seismic-shift/index.html"),
        ("permalink: x/y.html", "b.md", "/x/y.html", "x/y.html"),
        ("url: /x/index.html", "b.md", "/x/", "x/index.html"),
        ("permalink: https://blog.example.com/x", "b.md", "/x/", "x/index.html"),
        ("permalink: //www.blog.example.com/x/", "b.md", "/x/", "x/index.html"),
        ("permalink: /caf%C3%A9/", "b.md", "/café/", "café/index.html"),
        ("permalink: false", "b.md", "/b/", "b/index.html"),
        (
            "date: 2024-03-01\ncategories: [To Do, x]\npermalink: pretty",
            "b.md",
            "/to-do/2024/03/01/b/",
            "to-do/2024/03/01/b/index.html",
        ),
        (
            "date: 2024-03-01 09:05:01\npermalink: /:short_year/:i_month/:y_day/:hour:minute/:slug.html",
            "2013-01-01-b.md",
            "/24/3/061/0905/b.html",
            "24/3/061/0905/b.html",
        ),
    ],
)
def test_where_a_post_is_found(fields: str, path: str, url: str, save_as: str) -> None:
    """The slug comes from the field, the file's name or the title; a permalink decides all of it."""
    post = with_fields(fields, path)
    assert (post.url, post.save_as) == (url, save_as)


def test_a_title_in_any_script_makes_a_slug() -> None:
    """Letters are transliterated; a title of signs only asks for a slug."""
    assert post_of("x", "1.txt", title="Über 日本").slug == "uber-ri-ben"
    assert problems_of("---\ntitle: '!?'\n---\n", "1.txt") == [
        '1.txt:1: slug: the title "!?" has no letter or digit to make an address of; write slug: my-post'
    ]


def test_a_site_below_a_path_keeps_its_permalinks() -> None:
    """The path of the site is no part of the path of a post."""
    post = with_fields(
        "permalink: https://example.org/blog/x/\noriginal: https://example.org/other",
        site_url="https://example.org/blog",
    )
    assert (post.url, post.original) == ("/x/", Original("https://example.org/other"))


def test_of_several_categories_the_others_are_tags() -> None:
    """One post is in one category; nothing is lost."""
    post = with_fields("categories: [Search, Email, Search]\ntags: [email, x]")
    assert post.category == Term("Search", "search")
    assert [tag.name for tag in post.tags] == ["email", "x"]
    assert [tag.name for tag in with_fields("categories: [A, B]").tags] == ["B"]


@pytest.mark.parametrize(
    ("fields", "claim", "markers"),
    [
        ("series: S", SeriesClaim("S"), ()),
        ("series: [S]\nseries_order: 3", SeriesClaim("S", 3), ()),
        ("series: {title: S, index: '2 of 4'}", SeriesClaim("S", 2), ()),
        ("series: {name: S}\npart: 2.5", SeriesClaim("S", 2.5), ()),
        ("series: {name: S, part: 2}\npart: two", SeriesClaim("S", 2), ()),
        ("series: S\nweight: 10", SeriesClaim("S", 10), ()),
        ("weight: ten", None, ()),
        ("series: false\nmood: x", None, ()),
        ("part: 2", None, (Marker("this", 2, line=3),)),
    ],
)
def test_series_and_part(
    fields: str, claim: SeriesClaim | None, markers: tuple[Marker, ...]
) -> None:
    """Both may be in one field or two; a part alone says only what a marker in the text says."""
    post = with_fields(fields)
    assert (post.series, post.markers) == (claim, markers)


def test_markers_of_the_body_come_first() -> None:
    """What the text said is kept, and what front matter adds follows."""
    next_part = Marker("next", 3, line=9)
    post = make_post(
        parse(b"---\ntitle: A\npart: 2\n---\n", "a.md"),
        title=None,
        markers=(next_part,),
        history=Committed(),
        rules=PostRules(**RULES),
    )
    assert post.markers == (next_part, Marker("this", 2, line=3))


@pytest.mark.parametrize(
    ("fields", "image"),
    [
        ("image: /a.jpg\nimage_alt: A till", Picture("/a.jpg", "A till")),
        (
            "feature_image: a.jpg\nfeature_image_alt: A\nfeature_image_caption: <b>B</b>",
            Picture("a.jpg", "A", "B"),
        ),
        ("image: {src: a.jpg, alt: A}\nimage_alt: B", Picture("a.jpg", "A")),
        ("images: [a.jpg, b.jpg]", Picture("a.jpg")),
        ("cover: {image: '', alt: ''}", None),
        ("hero: false", None),
        ("image_alt: no image", None),
    ],
)
def test_images(fields: str, image: Picture | None) -> None:
    """Alt text and caption may stand beside the image or in it."""
    assert with_fields(fields).image == image


@pytest.mark.parametrize(
    ("fields", "replies"),
    [
        ("mood: x", "open"),
        ("comments: off", "none"),
        ("replies: false", "none"),
        ("comments: closed", "closed"),
        ("comment_status: Closed", "closed"),
        ("comment_status: open", "open"),
        ("disableComments: true", "none"),
        ("disableComments: false", "open"),
        ("comments: true\ndisableComments: false", "open"),
        ("comments: closed\ndisableComments: false", "closed"),
    ],
)
def test_replies(fields: str, replies: str) -> None:
    """Comments are switched either way round, and a post may stop to take them."""
    assert with_fields(fields).replies == replies


@pytest.mark.parametrize(
    ("written", "template"),
    [
        ("post", None),
        ("Page", None),
        ("layouts/post.njk", None),
        ("../../layouts/BlogPostLayout.astro", "BlogPostLayout"),
        ("../../layouts/BlogPost.astro", None),
        ("landing-page", "landing-page"),
        ("special.html", "special"),
        ("false", None),
    ],
)
def test_templates(written: str, template: str | None) -> None:
    """The layouts that every post has in its tool are the usual one here."""
    assert with_fields(f"layout: {written}").template == template


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        (
            "draft: true\nstatus: published",
            [
                "3: draft: status: published on line 4 and draft: true say opposite things; keep one of the two"
            ],
        ),
        (
            "published: true\ndraft: true",
            [
                "4: draft: published: true on line 3 and draft: true say opposite things; keep one of the two"
            ],
        ),
        (
            "comments: true\ndisable_comments: true",
            [
                "4: disable_comments: the post both takes replies and takes none; keep one of the two"
            ],
        ),
        (
            "series: {name: S, part: 2}\npart: 3",
            ["4: part: the series has part 2, and this is 3; keep one of the two"],
        ),
        ("part: 2.5", ["3: part: part 2.5 belongs to no series; write series: and its name"]),
        (
            "status: scheduled",
            ["3: status: a scheduled post needs a date; write date: 2024-03-01 10:30"],
        ),
    ],
)
def test_fields_that_contradict_each_other_are_refused(fields: str, faults: list[str]) -> None:
    """Nobody guesses which of two statements was meant."""
    assert faults_in(fields) == faults


def test_the_languages_of_file_and_field_must_agree() -> None:
    """A French file name and a German field are a mistake in one of them."""
    source = "---\ntitle: A\nlang: de\n---\n"
    assert problems_of(source, "a.fr.md") == [
        'a.fr.md:3: lang: "de" is not the language of the file\'s name, "fr"; change one of the two'
    ]
    assert with_fields("lang: fr-CA", "a.fr.md").lang == "fr-CA"


def test_an_impossible_date_in_a_file_name_is_named() -> None:
    """A file name that looks dated and is not is a mistake, unless front matter gives the date."""
    source = "---\ntitle: A\n---\n"
    assert problems_of(source, "2013-13-01-a.md") == [
        '2013-13-01-a.md:1: file name: "2013-13-01" does not exist: there is no month 13; '
        "write it as 2024-03-01 or 2024-03-01 10:30"
    ]
    assert with_fields("date: 2013-12-01", "2013-13-01-a.md").slug == "a"


def test_a_post_of_the_last_second_is_published() -> None:
    """The moment itself has come; the next one has not."""
    for seconds, status in ((0, "published"), (1, "scheduled")):
        moment = (NOW + timedelta(seconds=seconds)).isoformat()
        assert with_fields(f"date: {moment}").status == status
