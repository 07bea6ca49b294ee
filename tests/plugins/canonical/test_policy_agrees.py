"""The places that name a page's address agree, for any set of posts.

What each place says is read back from what is written: the HTML of the theme's head, its JSON-LD
and the sitemap's XML. What it should say is told here a second time, from the post alone.
"""

import json
from datetime import UTC, datetime
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from plugins.canonical.alternates import alternates
from plugins.canonical.policy import CanonicalSettings, Policy, Share, decide
from plugins.discovery.head import Around, SiteFacts, head_for_post
from plugins.discovery.sitemap import post_entry, sitemap
from plugins.post import Original, Post, Relation, Status
from plugins.views import AlternateView
from tests.plugins.examples import a_post
from tests.plugins.heads import ReadHead, read_head

SITES = ("https://blog.example.com", "https://example.org/blog", "https://xn--bcher-kva.example")
LANGS = ("en", "de", "pt-BR")
Site = list[tuple[Post, Policy]]


@st.composite
def originals(draw: st.DrawFn) -> Original | None:
    """Nothing, or an original in any relation, its address written in any of several ways."""
    relation = draw(st.sampled_from([None, *get_args(Relation)]))
    if relation is None:
        return None
    forms = ("//other.example/{}", "https://other.example/{}", "HTTP://www.other.example:80/{}")
    where = draw(st.sampled_from(forms)).format(draw(st.sampled_from(["", "ä b", "x?a=1&b=2#c"])))
    name = draw(st.none() | st.text(st.characters(), max_size=20))
    return Original(where, name, None, relation)


@st.composite
def sites(draw: st.DrawFn) -> tuple[CanonicalSettings, Site]:
    """A site of up to a dozen posts in several languages, some of them translations."""
    share = draw(st.sampled_from(get_args(Share)))
    settings = CanonicalSettings(draw(st.sampled_from(SITES)), share)
    keys = [(text, lang) for text in ("tea", "über", "it's") for lang in LANGS]
    posts = [
        a_post(
            f"{text}-{lang.lower()}",
            lang=lang,
            translation=text,
            title=draw(st.text(st.characters(), max_size=20)),
            status=draw(st.sampled_from(get_args(Status))),
            original=draw(originals()),
            modified=draw(st.none() | st.just(datetime(2026, 6, 1, tzinfo=UTC))),
        )
        for text, lang in draw(st.lists(st.sampled_from(keys), unique=True))
    ]
    return settings, [(post, decide(post, settings)) for post in posts]


def sitemap_of(
    site: Site, sets: dict[str, tuple[AlternateView, ...]], url: str
) -> dict[str, dict[str, str]]:
    """The sitemap as a crawler reads it: each URL with its hreflang links."""
    entries = (post_entry(post, policy, sets.get(post.source, ())) for post, policy in site)
    root = etree.fromstring(sitemap(filter(None, entries), url)["sitemap.xml"])
    return {
        str(item[0].text): {
            link.get("hreflang", ""): link.get("href", "")
            for link in item.iterfind("{http://www.w3.org/1999/xhtml}link")
        }
        for item in root
    }


def heads_of(site: Site, sets: dict[str, tuple[AlternateView, ...]], url: str) -> list[ReadHead]:
    """The head of every post's page as a crawler reads it."""
    facts = SiteFacts("Parley", url, "en")
    return [
        read_head(
            head_for_post(post, policy, facts, around=Around(alternates=sets.get(post.source, ())))
        )
        for post, policy in site
    ]


def told(post: Post, own: str, share: Share) -> tuple[str, str, bool, bool]:
    """Canonical, ``og:url``, whether it is indexed and whether it is in the sitemap, by the rules."""
    there = {"//other": "https://other", "HTTP://www.other.example:80": "http://www.other.example"}
    url = post.original.url if post.original else ""
    for written, clean in there.items():
        url = url.replace(written, clean) if url.startswith(written) else url
    url = url.partition("#")[0].replace("ä b", "%C3%A4%20b")
    copy = post.original is not None and post.original.relation != "excerpt"
    public = post.status == "published"
    theirs = post.original is not None and post.original.relation == "republished"
    elsewhere = copy and public and not theirs
    credited = url if copy and share == "original" else own
    return url if elsewhere else own, credited, public and not theirs, public and not copy


@given(sites())
def test_all_places_agree(made: tuple[CanonicalSettings, Site]) -> None:
    """Canonical, og:url, robots, JSON-LD, sitemap, feed and visible link of every page."""
    settings, site = made
    sets = dict(alternates(site, "en"))
    listed = sitemap_of(site, sets, settings.site_url)
    heads = heads_of(site, sets, settings.site_url)
    for (post, policy), head in zip(site, heads, strict=True):
        own = f"{settings.site_url}{post.url}".replace("ü", "%C3%BC")
        canonical, credited, indexed, in_sitemap = told(post, own, settings.share)
        node = head.nodes["BlogPosting"]
        assert head.canonicals == [canonical]
        assert head.one("og:url") == credited
        assert head.one("robots") == (None if indexed else "noindex")
        assert (node["mainEntityOfPage"], node["url"]) == (canonical, own)
        assert (own in listed) is in_sitemap
        assert policy.item_link == own
        assert node.get("isBasedOn") == policy.via
        assert (policy.original.url if policy.original else None) == policy.via
        assert bool(policy.via) == bool(policy.site_label) == bool(post.original)
        if policy.elsewhere:
            assert canonical == policy.via


@given(sites())
def test_translations_name_each_other(made: tuple[CanonicalSettings, Site]) -> None:
    """Links by hreflang go both ways, to pages that are found; head and sitemap have the same."""
    settings, site = made
    sets = dict(alternates(site, "en"))
    listed = sitemap_of(site, sets, settings.site_url)
    heads = heads_of(site, sets, settings.site_url)
    links = {policy.own_url: head.alternates for (_, policy), head in zip(site, heads, strict=True)}
    for (post, policy), head in zip(site, heads, strict=True):
        assert listed.get(policy.own_url, {}) == head.alternates
        if head.alternates:
            assert head.alternates[post.lang] == policy.own_url
        for target in head.alternates.values():
            assert target in listed
            assert links[target] == head.alternates


@given(sites())
def test_the_json_is_what_was_meant(made: tuple[CanonicalSettings, Site]) -> None:
    """The document in the page is JSON without a character that could end its element."""
    settings, site = made
    for post, policy in site:
        view = head_for_post(post, policy, SiteFacts("Parley", settings.site_url, "en"))
        assert not set(view.json_ld) & set("<>&\u2028\u2029")
        document = json.loads(view.json_ld)
        assert document["@context"] == "https://schema.org"
