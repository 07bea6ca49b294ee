"""The head of every kind of page, read back from the theme's HTML."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.canonical.alternates import alternates
from plugins.canonical.policy import decide, for_alias, for_path
from plugins.discovery.head import (
    Around,
    Crumb,
    SeriesFacts,
    SiteFacts,
    head_for_alias,
    head_for_author,
    head_for_home,
    head_for_list,
    head_for_notice,
    head_for_post,
    head_for_series,
)
from plugins.post import Original, Person, Term
from plugins.views import FeedView, HeadView, ImageView
from tests.plugins.examples import CANONICAL, SITE, a_post
from tests.plugins.heads import read_head

FACTS = SiteFacts("Parley", SITE, "en", tagline="Blogs that can be answered")
MARA = Person("Mara Lindqvist", "mara-lindqvist", "https://mara.example/")
HOSTILE = "\"'><script>alert(1)</script></title><!-- & \u2028 \x00 ]]> {{ 7*7 }}"


def head_of(site: SiteFacts = FACTS, **changes: Any) -> HeadView:
    """The head of a post changed by ``changes``."""
    post = a_post(**changes)
    return head_for_post(post, decide(post, CANONICAL), site, summary="In short.")


def test_a_post_introduces_itself() -> None:
    """Title, description, canonical, Open Graph and card of a plain post."""
    head = read_head(head_of(lang="en-GB"))
    assert head.title == "A post – Parley"
    assert head.canonicals == [f"{SITE}/a-post/"]
    assert {name: head.one(name) for name in head.meta if ":" in name or name == "description"} == {
        "description": "In short.",
        "og:type": "article",
        "og:title": "A post",
        "og:description": "In short.",
        "og:url": f"{SITE}/a-post/",
        "og:site_name": "Parley",
        "og:locale": "en_GB",
        "article:published_time": "2026-05-19T09:30:00+00:00",
        "twitter:card": "summary",
    }
    assert head.one("robots") is None


def test_a_post_says_who_wrote_it_about_what_and_when() -> None:
    """Authors, dates, section and tags are there for sharing sites and for search engines."""
    head = read_head(
        head_of(
            authors=(MARA, Person("Bo", "bo")),
            category=Term("Practice", "practice"),
            tags=(Term("E-mail", "e-mail"), Term("Trust", "trust")),
            modified=datetime(2026, 6, 1, tzinfo=UTC),
        )
    )
    authors = [f"{SITE}/author/mara-lindqvist/", f"{SITE}/author/bo/"]
    assert head.meta["article:author"] == authors
    assert head.meta["article:tag"] == ["E-mail", "Trust"]
    assert head.one("article:section") == "Practice"
    assert head.one("article:modified_time") == "2026-06-01T00:00:00+00:00"
    node = head.nodes["BlogPosting"]
    assert node["headline"] == "A post"
    assert node["description"] == "In short."
    assert node["datePublished"] == "2026-05-19T09:30:00+00:00"
    assert node["dateModified"] == "2026-06-01T00:00:00+00:00"
    assert [one["url"] for one in node["author"]] == authors
    assert [one.get("sameAs") for one in node["author"]] == ["https://mara.example/", None]
    assert node["publisher"]["name"] == "Parley"
    assert (node["inLanguage"], node["articleSection"]) == ("en", "Practice")
    assert node["keywords"] == ["E-mail", "Trust"]


@pytest.mark.parametrize(("part", "position"), [(2, 2), (2.5, "2.5"), (None, None)])
def test_a_part_says_which_series_it_belongs_to(part: float | None, position: object) -> None:
    """The series is a node of its own with name and address; the part is a number or a text."""
    post = a_post()
    series = SeriesFacts("Attention", f"{SITE}/series/attention/", part)
    head = read_head(head_for_post(post, decide(post, CANONICAL), FACTS, series=series))
    node = head.nodes["BlogPosting"]
    assert node["isPartOf"] == {
        "@type": "CreativeWorkSeries",
        "@id": f"{SITE}/series/attention/#series",
        "name": "Attention",
        "url": f"{SITE}/series/attention/",
    }
    assert node.get("position") == position


def test_an_image_is_absolute_and_has_its_size_and_words() -> None:
    """The share image of a site below a path: address, size, alt text and the large card."""
    site = SiteFacts("Parley", "https://example.org/blog", "en", twitter="@parley")
    image = ImageView("/blog/images/two voices.jpg", 'Two "voices"', 1200, 630)
    post = a_post()
    head = read_head(head_for_post(post, decide(post, CANONICAL), site, image=image))
    url = "https://example.org/blog/images/two%20voices.jpg"
    assert head.one("og:image") == url
    assert (head.one("og:image:width"), head.one("og:image:height")) == ("1200", "630")
    assert head.one("og:image:alt") == 'Two "voices"'
    assert head.one("twitter:card") == "summary_large_image"
    assert head.one("twitter:site") == "@parley"
    node = {"@type": "ImageObject", "url": url, "width": 1200, "height": 630}
    assert head.nodes["BlogPosting"]["image"] == node


@pytest.mark.parametrize(
    "image",
    [
        ImageView("/drawing.svg", "a"),
        ImageView("data:image/png;base64,AAAA", "a"),
        ImageView("javascript:alert(1)", "a"),
    ],
)
def test_an_image_that_cannot_be_shared_is_not(image: ImageView) -> None:
    """Sharing sites draw no SVG and fetch no address that is none; the card is then a small one."""
    head = read_head(head_for_home(for_path("/", CANONICAL), FACTS, image=image))
    assert head.one("og:image") is None
    assert head.one("twitter:card") == "summary"


def test_a_small_image_gets_a_small_card() -> None:
    """Either side below what a large card needs is enough."""
    for size in [(120, 120), (1200, 100), (200, 600)]:
        head = head_for_home(for_path("/", CANONICAL), FACTS, image=ImageView("/a.png", "", *size))
        assert read_head(head).one("twitter:card") == "summary"


def test_the_way_to_the_page_is_a_breadcrumb_list() -> None:
    """Steps are numbered from the home page; the last one is the page itself."""
    crumbs = (
        Crumb("Parley", f"{SITE}/"),
        Crumb("Practice", f"{SITE}/category/practice/"),
        Crumb("A"),
    )
    policy = for_path("/a/", CANONICAL)
    trail = read_head(head_for_list("A", policy, FACTS, around=Around(crumbs=crumbs))).nodes
    assert trail["BreadcrumbList"]["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Parley", "item": f"{SITE}/"},
        {
            "@type": "ListItem",
            "position": 2,
            "name": "Practice",
            "item": f"{SITE}/category/practice/",
        },
        {"@type": "ListItem", "position": 3, "name": "A"},
    ]
    alone = head_for_list("A", policy, FACTS, around=Around(crumbs=crumbs[:1]))
    assert "BreadcrumbList" not in read_head(alone).nodes


def test_translations_are_linked_and_named() -> None:
    """Each translation's head links all of them and names the other locales."""
    posts = [a_post(lang, lang=lang, translation="tea") for lang in ("en", "de", "pt-BR")]
    members = [(post, decide(post, CANONICAL)) for post in posts]
    sets = alternates(members, "en")
    for post, policy in members:
        around = Around(alternates=sets[post.source])
        head = read_head(head_for_post(post, policy, FACTS, around=around))
        assert head.alternates == {
            "de": f"{SITE}/de/",
            "en": f"{SITE}/en/",
            "pt-BR": f"{SITE}/pt-BR/",
            "x-default": f"{SITE}/en/",
        }
        locales = {"en_US", "de_DE", "pt_BR"}
        assert {head.one("og:locale"), *head.meta["og:locale:alternate"]} == locales
        assert len(head.meta["og:locale:alternate"]) == 2


def test_the_home_page_introduces_the_site() -> None:
    """The site, its search and who publishes it are described once, on the first page."""
    site = SiteFacts(
        "Parley", SITE, "en", "A tagline", "Parley Ltd", ImageView("/i.png", ""), "/search/"
    )
    first = read_head(head_for_home(for_path("/", CANONICAL), site))
    assert first.title == "Parley – A tagline"
    assert first.one("description") == "A tagline"
    assert first.one("og:type") == "website"
    node = first.nodes["WebSite"]
    assert (node["name"], node["url"]) == ("Parley", f"{SITE}/")
    assert node["publisher"]["name"] == "Parley Ltd"
    assert node["publisher"]["logo"]["url"] == f"{SITE}/i.png"
    template = f"{SITE}/search/?q={{search_term_string}}"
    assert node["potentialAction"]["target"]["urlTemplate"] == template
    second = read_head(head_for_home(for_path("/page/2/", CANONICAL), site, page_label="Page 2"))
    assert second.title == "Parley – Page 2"
    assert second.canonicals == [f"{SITE}/page/2/"]
    assert not second.nodes


def test_a_page_outside_the_blog_is_a_web_page() -> None:
    """About is no article: no dates, no section, in its own language."""
    head = read_head(head_of(kind="page", title="About", lang="de", category=Term("x", "x")))
    assert head.one("og:type") == "website"
    assert not [name for name in head.meta if name.startswith("article:")]
    assert head.nodes["WebPage"]["inLanguage"] == "de"
    assert head.nodes["WebPage"]["isPartOf"]["@id"] == f"{SITE}/#site"


def test_lists_series_and_authors_say_what_they_are() -> None:
    """Each kind of list has its type, and a series names its parts in order."""
    policy = for_path("/x/", CANONICAL)
    listed = read_head(head_for_list("Practice", policy, FACTS, about="How.", page_label="Page 2"))
    assert listed.title == "Practice – Page 2 – Parley"
    assert listed.nodes["CollectionPage"]["name"] == "Practice"
    parts = [("One", f"{SITE}/one/"), ("Two", f"{SITE}/two/")]
    series = read_head(head_for_series("Attention", policy, FACTS, parts=parts))
    entity = series.nodes["CollectionPage"]["mainEntity"]
    assert [part["url"] for part in entity["hasPart"]] == [url for _, url in parts]
    author = read_head(head_for_author(MARA, policy, FACTS, about="Writes."))
    assert author.one("og:type") == "profile"
    person = author.nodes["ProfilePage"]["mainEntity"]
    assert (person["name"], person["sameAs"]) == ("Mara Lindqvist", "https://mara.example/")


def test_neighbours_and_feeds_are_passed_on() -> None:
    """What readers follow stays root-relative, as it was given."""
    feed = FeedView("All", "/feeds/all.rss.xml", "application/rss+xml")
    around = Around(feeds=(feed,), previous="/a/", next="/c/")
    head = head_for_list("B", for_path("/b/", CANONICAL), FACTS, around=around)
    assert (head.feeds, head.previous, head.next) == ((feed,), "/a/", "/c/")


def test_a_page_nobody_should_find_says_little() -> None:
    """The 404 page and the page at an old address are not indexed and offer nothing to share."""
    missing = read_head(
        head_for_notice("Not found", for_path("/404.html", CANONICAL, indexable=False), FACTS)
    )
    post = a_post(original=Original("https://other.example/text"))
    old = for_alias("/old/", decide(post, CANONICAL), CANONICAL)
    alias = read_head(head_for_alias(post, old, FACTS))
    for head in (missing, alias):
        assert head.one("robots") == "noindex"
        assert not head.nodes
        assert not [name for name in head.meta if name.startswith(("og:", "twitter:"))]
    assert alias.canonicals == ["https://other.example/text"]


def test_authors_without_pages_have_their_own_home() -> None:
    """A site without author pages names the page the author gave, or none."""
    site = SiteFacts("Parley", SITE, "en", author_path="")
    head = read_head(head_of(site, authors=(MARA, Person("Bo", "bo"))))
    assert head.meta["article:author"] == ["https://mara.example/"]
    assert head.nodes["BlogPosting"]["author"][1] == {"@type": "Person", "name": "Bo"}


@pytest.mark.parametrize(
    ("lang", "locale"),
    [
        ("en", "en_US"),
        ("de-AT", "de_AT"),
        ("zh", "zh_CN"),
        ("zh_hant", "zh_TW"),
        ("xx-nonsense", None),
        ("", None),
        ('"><x', None),
    ],
)
def test_the_locale_has_a_territory(lang: str, locale: str | None) -> None:
    """The likeliest territory stands in for one that is not given; no locale is made up."""
    assert read_head(head_of(lang=lang)).one("og:locale") == locale


def test_hostile_text_stays_text_everywhere() -> None:
    """Markup in any field reaches the page as characters, and adds no element to it."""
    plain = read_head(head_of())
    post = a_post(
        title=HOSTILE,
        url=f"/{HOSTILE}/",
        lang="en",
        authors=(Person(HOSTILE, HOSTILE, HOSTILE),),
        category=Term(HOSTILE, "x"),
        tags=(Term(HOSTILE, "x"),),
        original=Original("https://other.example/\"'<&>", site=HOSTILE, relation="excerpt"),
    )
    site = SiteFacts(HOSTILE, SITE, "en", twitter=HOSTILE)
    around = Around(crumbs=(Crumb(HOSTILE, f"{SITE}/"), Crumb(HOSTILE)))
    image = ImageView(f"/{HOSTILE.replace(chr(0), '')}", HOSTILE, 600, 400)
    head = read_head(
        head_for_post(
            post,
            decide(post, CANONICAL),
            site,
            summary=HOSTILE,
            image=image,
            series=SeriesFacts(HOSTILE, f"{SITE}/s/", float("nan")),
            around=around,
        )
    )
    assert head.elements == plain.elements
    assert head.scripts == plain.scripts
    shown = " ".join(HOSTILE.replace("\0", " ").split())
    assert head.title == f"{shown} – {shown}" or head.title == shown
    assert head.one("og:title") == head.one("og:image:alt") == shown
    node = head.nodes["BlogPosting"]
    assert node["headline"] == shown
    assert node["author"][0]["name"] == HOSTILE
    assert node["isPartOf"]["name"] == HOSTILE
    assert node["isBasedOn"] == "https://other.example/%22'%3C&%3E"


@given(title=st.text(st.characters()), name=st.text(st.characters()), tag=st.text(st.characters()))
def test_any_text_gives_a_page_that_can_be_written_and_read(
    title: str, name: str, tag: str
) -> None:
    """Whatever is in title, names and tags: UTF-8, one title, one canonical, one JSON document."""
    site = SiteFacts(name, SITE, "en")
    post = a_post(title=title, tags=(Term(tag, "t"),), authors=(Person(tag, "a"),))
    view = head_for_post(post, decide(post, CANONICAL), site, summary=title)
    view.json_ld.encode("utf-8")
    head = read_head(view)
    assert head.canonicals == [f"{SITE}/a-post/"]
    assert len(head.nodes) == 1
    assert head.nodes["BlogPosting"].get("keywords", [""]) == [tag]
