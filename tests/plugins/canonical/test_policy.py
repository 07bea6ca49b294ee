"""One policy for every place."""

from itertools import product
from types import SimpleNamespace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pelican import signals

from plugins.canonical import policy as canonical
from plugins.canonical.policy import CanonicalSettings, Policy, Share, decide, for_alias, for_path
from plugins.errors import SettingsError
from plugins.post import Original, Relation, Status
from tests.plugins.examples import CANONICAL, a_post

OWN = "https://blog.example.com/a-post/"
THERE = "https://other.example/text"


# Relation and status; then canonical, robots meta, and whether the page is in the sitemap.
TOLD: list[tuple[Relation | None, Status, str, str | None, bool]] = [
    (None, "published", OWN, None, True),
    (None, "hidden", OWN, "noindex", False),
    (None, "draft", OWN, "noindex", False),
    (None, "scheduled", OWN, "noindex", False),
    ("crosspost", "published", THERE, None, False),
    ("crosspost", "hidden", OWN, "noindex", False),
    ("crosspost", "draft", OWN, "noindex", False),
    ("crosspost", "scheduled", OWN, "noindex", False),
    ("republished", "published", OWN, "noindex", False),
    ("republished", "hidden", OWN, "noindex", False),
    ("republished", "draft", OWN, "noindex", False),
    ("republished", "scheduled", OWN, "noindex", False),
    ("excerpt", "published", OWN, None, True),
    ("excerpt", "hidden", OWN, "noindex", False),
    ("excerpt", "draft", OWN, "noindex", False),
    ("excerpt", "scheduled", OWN, "noindex", False),
]


@pytest.mark.parametrize(("relation", "status", "canonical_url", "robots", "in_sitemap"), TOLD)
def test_what_search_engines_are_told(
    relation: Relation | None,
    status: Status,
    canonical_url: str,
    robots: str | None,
    in_sitemap: bool,
) -> None:
    """Each relation in each status has its canonical, its robots meta and its place in the sitemap."""
    original = Original(THERE, relation=relation) if relation else None
    policy = decide(a_post(status=status, original=original), CANONICAL)
    assert (policy.canonical, policy.robots, policy.in_sitemap) == (
        canonical_url,
        robots,
        in_sitemap,
    )
    assert policy.elsewhere is (canonical_url == THERE)
    assert policy.indexable is (robots is None)


@pytest.mark.parametrize(
    ("relation", "share", "credited"),
    [
        (None, "own", OWN),
        (None, "original", OWN),
        ("crosspost", "own", OWN),
        ("crosspost", "original", THERE),
        ("republished", "own", OWN),
        ("republished", "original", THERE),
        ("excerpt", "own", OWN),
        ("excerpt", "original", OWN),
    ],
)
def test_who_is_credited_for_a_share(
    relation: Relation | None, share: Share, credited: str
) -> None:
    """The setting moves the credit for a copy; an excerpt stands for itself."""
    original = Original(THERE, relation=relation) if relation else None
    settings = CanonicalSettings(CANONICAL.site_url, share=share)
    assert decide(a_post(original=original), settings).og_url == credited


@pytest.mark.parametrize("relation", get_args(Relation))
def test_every_relation_names_its_original(relation: Relation) -> None:
    """JSON-LD, Atom and the visible link name the original; the feed's link is our own page."""
    policy = decide(a_post(original=Original(THERE, relation=relation)), CANONICAL)
    assert policy.based_on == policy.via == THERE
    assert policy.original == Original(THERE, "other.example", relation=relation)
    assert policy.site_label == "other.example"
    assert policy.item_link == OWN


def test_a_post_of_ours_names_no_original() -> None:
    """Without an original there is none in any place."""
    policy = decide(a_post(), CANONICAL)
    assert policy == Policy(OWN, OWN, OWN, None, in_sitemap=True, original=None)
    assert (policy.based_on, policy.via, policy.site_label) == (None, None, "")


def test_unicode_and_the_path_part_of_the_address() -> None:
    """The canonical is absolute, encoded and below the site's path."""
    policy = decide(a_post(url="/über-uns/"), CanonicalSettings("https://example.org/blog"))
    assert policy.canonical == "https://example.org/blog/%C3%BCber-uns/"


def test_each_page_of_a_list_names_itself() -> None:
    """Page 2 is not a copy of page 1; a page that is not to be found is not in the sitemap."""
    second = for_path("/tag/email/page/2/", CANONICAL)
    assert second.canonical == "https://blog.example.com/tag/email/page/2/"
    assert second.in_sitemap
    missing = for_path("/404.html", CANONICAL, indexable=False)
    assert (missing.robots, missing.in_sitemap, missing.elsewhere) == ("noindex", False, False)


@pytest.mark.parametrize("relation", [None, "crosspost"])
def test_an_old_address_names_what_the_post_names(relation: Relation | None) -> None:
    """There is no chain of canonicals: the page at an alias names the end of it."""
    original = Original(THERE, relation=relation) if relation else None
    target = decide(a_post(original=original), CANONICAL)
    policy = for_alias("/old/", target, CANONICAL)
    assert policy.own_url == "https://blog.example.com/old/"
    assert policy.canonical == target.canonical
    assert (policy.robots, policy.in_sitemap) == ("noindex", False)


relations = st.one_of(st.none(), st.sampled_from(get_args(Relation)))


@given(relations, st.sampled_from(get_args(Status)), st.sampled_from(get_args(Share)), st.text())
def test_no_policy_contradicts_itself(
    relation: Relation | None, status: Status, share: Share, name: str
) -> None:
    """A page that is not to be found names itself; one in the sitemap is found and names itself."""
    original = Original(THERE, site=name, relation=relation) if relation else None
    settings = CanonicalSettings(CANONICAL.site_url, share=share)
    policy = decide(a_post(status=status, original=original), settings)
    assert policy.indexable or not policy.elsewhere
    assert policy.in_sitemap == (policy.indexable and not policy.elsewhere)
    assert policy.canonical in (OWN, policy.based_on)
    assert policy.og_url in (OWN, policy.based_on)
    assert bool(policy.site_label) == bool(original)


def test_the_plugin_gives_pelicans_contents_their_policy() -> None:
    """Every article and page of our reader gets one, wherever Pelican keeps it; others stay."""
    names = ("articles", "translations", "hidden_articles", "drafts", "pages", "draft_pages")
    contents = {name: SimpleNamespace(post=a_post(name.replace("_", "-"))) for name in names}
    foreign = SimpleNamespace(title="from another reader")
    lists = {name: [content] for name, content in contents.items()}
    lists["articles"].append(foreign)
    generator = SimpleNamespace(settings={"SITEURL": "https://example.org"}, **lists)
    signal = signals.article_generator_finalized
    canonical.register()
    try:
        signal.send(generator)
    finally:
        for one in (signal, signals.page_generator_finalized):
            one.disconnect(canonical.attach)
    for content in contents.values():
        assert content.policy.own_url == f"https://example.org{content.post.url}"
    assert not hasattr(foreign, "policy")


def test_the_plugin_asks_for_the_address_of_the_site() -> None:
    """Without a production address there is no policy, and the build says so."""
    with pytest.raises(SettingsError, match=r"CANONICAL\.site_url"):
        canonical.attach(SimpleNamespace(settings={"SITEURL": ""}, articles=[]))  # type: ignore[arg-type]


def test_the_table_covers_everything() -> None:
    """The table above names each relation in each status once."""
    cases = [case[:2] for case in TOLD]
    statuses = [status for status in get_args(Status) if status != "held"]  # these get no page
    assert sorted(cases, key=str) == sorted(product((None, *get_args(Relation)), statuses), key=str)
