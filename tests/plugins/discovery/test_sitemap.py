"""The sitemap, read back by an XML parser."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from plugins.canonical.policy import decide, for_path
from plugins.discovery.sitemap import SitemapEntry, changed, list_entry, post_entry, sitemap
from plugins.post import Original
from plugins.views import AlternateView
from tests.plugins.examples import CANONICAL, SITE, a_post

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
MAY = datetime(2026, 5, 1, 12, tzinfo=timezone(timedelta(hours=2)))


def locations(data: bytes) -> list[str]:
    """Every ``loc`` of one file, which must be well-formed and in UTF-8."""
    tree = etree.fromstring(data)
    return [str(loc.text) for loc in tree.iterfind("s:*/s:loc", NAMES)]


def everything(files: Mapping[str, bytes]) -> list[str]:
    """All URLs of a sitemap, found as a crawler finds them: through the index, if there is one."""
    tree = etree.fromstring(files["sitemap.xml"])
    if str(tree.tag).endswith("urlset"):
        assert list(files) == ["sitemap.xml"]
        return locations(files["sitemap.xml"])
    parts = [loc.removeprefix(f"{SITE}/") for loc in locations(files["sitemap.xml"])]
    assert sorted([*parts, "sitemap.xml"]) == sorted(files)
    return [loc for part in parts for loc in locations(files[part])]


def test_an_entry_has_its_date_and_its_translations() -> None:
    """Location, last change with its offset, and the whole hreflang set."""
    links = (AlternateView("de", f"{SITE}/de/?a=1&b=2"), AlternateView("x-default", f"{SITE}/en/"))
    files = sitemap([SitemapEntry(f"{SITE}/de/?a=1&b=2", MAY, links)], SITE)
    (url,) = etree.fromstring(files["sitemap.xml"])
    assert url.findtext("s:loc", namespaces=NAMES) == f"{SITE}/de/?a=1&b=2"
    assert url.findtext("s:lastmod", namespaces=NAMES) == "2026-05-01T12:00:00+02:00"
    assert [dict(link.attrib) for link in url.iterfind("x:link", NAMES)] == [
        {"rel": "alternate", "hreflang": "de", "href": f"{SITE}/de/?a=1&b=2"},
        {"rel": "alternate", "hreflang": "x-default", "href": f"{SITE}/en/"},
    ]


def test_the_bytes_depend_on_the_pages_only() -> None:
    """The order of the entries makes no difference, and an empty site has an empty sitemap."""
    entries = [SitemapEntry(f"{SITE}/{name}/") for name in "cab"]
    assert sitemap(entries, SITE) == sitemap(reversed(entries), SITE)
    assert everything(sitemap([], SITE)) == []


@pytest.mark.parametrize("entry", [SitemapEntry(f"{SITE}/a/", datetime(2026, 5, 1))])  # noqa: DTZ001
def test_a_date_without_a_zone_is_refused(entry: SitemapEntry) -> None:
    """It would mean another moment on another machine."""
    with pytest.raises(ValueError, match="no time zone"):
        sitemap([entry], SITE)


def test_a_url_that_comes_twice_is_refused() -> None:
    """Two pages at one address are a fault of the build that must not be hidden."""
    with pytest.raises(ValueError, match="twice"):
        sitemap([SitemapEntry(f"{SITE}/a/"), SitemapEntry(f"{SITE}/a/", MAY)], SITE)


def test_a_large_sitemap_becomes_an_index_at_the_limit() -> None:
    """50,000 URLs fit one file; one more makes two and an index that names both."""
    entries = [SitemapEntry(f"{SITE}/{number}/", MAY) for number in range(50_000)]
    assert list(sitemap(entries, SITE)) == ["sitemap.xml"]
    files = sitemap([*entries, SitemapEntry(f"{SITE}/z/", MAY + timedelta(days=1))], SITE)
    assert sorted(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    assert locations(files["sitemap-2.xml"]) == [f"{SITE}/z/"]
    newest = etree.fromstring(files["sitemap.xml"]).iterfind("s:*/s:lastmod", NAMES)
    assert [one.text for one in newest] == [
        "2026-05-01T12:00:00+02:00",
        "2026-05-02T12:00:00+02:00",
    ]


@given(st.integers(0, 40), st.integers(1, 12), st.integers(1, 3000))
def test_nothing_is_lost_and_no_file_is_too_large(count: int, urls: int, size: int) -> None:
    """However low the limits: every URL once, in order, and no file above a limit it can keep."""
    entries = [SitemapEntry(f"{SITE}/{number:03}{'x' * number}/") for number in range(count)]
    files = sitemap(entries, SITE, max_urls=urls, max_bytes=size)
    found = everything(files)
    assert found == [entry.loc for entry in entries]
    assert all(first < second for first, second in pairwise(found))
    for name, data in files.items():
        within = locations(data)
        assert name == "sitemap.xml" or len(within) <= urls
        assert name == "sitemap.xml" or len(data) <= size or len(within) == 1


def test_only_pages_to_be_found_here_have_an_entry() -> None:
    """Copies, hidden posts, drafts and pages kept out have none."""
    there = "https://other.example/"
    posts = [
        a_post("ours"),
        a_post("excerpt", original=Original(there, relation="excerpt")),
        a_post("copy", original=Original(there)),
        a_post("theirs", original=Original(there, relation="republished")),
        a_post("hidden", status="hidden"),
        a_post("draft", status="draft"),
        a_post("scheduled", status="scheduled"),
    ]
    entries = [post_entry(post, decide(post, CANONICAL)) for post in posts]
    assert [entry.loc for entry in entries if entry] == [f"{SITE}/ours/", f"{SITE}/excerpt/"]
    assert list_entry(for_path("/404.html", CANONICAL, indexable=False), posts) is None


def test_the_last_change_is_the_writers() -> None:
    """The declared change, else the date; a date that is only the file's time says nothing."""
    assert changed(a_post(modified=MAY)) == MAY
    assert changed(a_post(date=MAY)) == MAY
    assert changed(a_post(date=MAY, date_source="git")) == MAY
    assert changed(a_post(date=MAY, date_source="file time")) is None
    assert changed(a_post(date_source="file time", modified=MAY)) == MAY


def test_a_list_is_as_new_as_its_newest_post() -> None:
    """A change of any post counts; an empty list has no date."""
    policy = for_path("/tag/tea/", CANONICAL)
    old = a_post(date=datetime(2020, 1, 1, tzinfo=UTC))
    edited = a_post(date=datetime(2019, 1, 1, tzinfo=UTC), modified=MAY)
    assert list_entry(policy, [old, edited]) == SitemapEntry(f"{SITE}/tag/tea/", MAY)
    assert list_entry(policy, []) == SitemapEntry(f"{SITE}/tag/tea/", None)
