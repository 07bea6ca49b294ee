"""The table of fields, and that the documentation lists the same."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from plugins.frontmatter.fields import Match, fold, guarded, match, nearest, pick
from plugins.frontmatter.known import KnownField
from plugins.frontmatter.registry import FIELDS
from plugins.views import PostView
from tests import docs_tables
from tests.conftest import ROOT

# Every name that issue trackers and manuals of the tools give these fields, as they spell it.
SPELLINGS = {
    "date": "date published pubDate pubDatetime publishDate created",
    "modified": "modified updated lastmod last_modified_at updatedDate modDatetime",
    "authors": "author authors",
    "category": "category categories",
    "tags": "tags keywords",
    "permalink": "permalink url",
    "slug": "slug",
    "aliases": "aliases redirect_from old-urls",
    "draft": "draft",
    "status": "status",
    "hidden": "hidden",
    "summary": "summary description excerpt subtitle",
    "original": "original canonical canonical_url canonicalURL canonicalUrl external_canonical "
    "original_url externalUrl",
    "image": "image cover hero featured_image thumbnail og_image heroImage",
    "series": "series",
    "part": "part series_order series_index series_part weight",
    "lang": "lang",
    "template": "layout template",
    "replies": "comments replies",
    "toc": "toc",
    "featured": "featured is_featured pinned",
    "uid": "uid",
}


@pytest.mark.parametrize(
    ("name", "spelling"),
    [(name, spelling) for name, listed in SPELLINGS.items() for spelling in listed.split()],
)
def test_the_names_of_other_tools_are_known(name: str, spelling: str) -> None:
    """Each name that another tool gives a field leads to that field."""
    found = match(spelling, "2024-03-01")
    assert found is not None
    assert found.name == name


def test_a_name_belongs_to_one_field() -> None:
    """No name is in the table twice, but for "published", whose value decides."""
    names = [fold(n) for f in FIELDS for n in (f.name, *f.synonyms, *f.stand_ins, *f.similar)]
    assert {name for name in names if names.count(name) > 1} == {"published"}


@pytest.mark.parametrize(
    "spelling", ["canonicalURL", "Canonical-Url", "CANONICAL_URL", "canonical url"]
)
def test_case_and_joints_make_no_difference(spelling: str) -> None:
    """All spellings of a name are one."""
    assert match(spelling) == Match(0, "original")


@pytest.mark.parametrize(
    ("value", "name"),
    [
        *((True, "published"), ("false", "published"), ("Yes", "published"), (1, "published")),
        *(("2024-03-01", "date"), (1709289000, "date"), (None, "date")),
    ],
)
def test_published_is_a_date_or_a_decision(value: object, name: str) -> None:
    """Jekyll's ``published: false`` and everybody else's ``published: 2024-03-01`` are told apart."""
    assert match("published", value) == Match(0, name)
    assert match("publish", value) == Match(0, name)


def test_build_is_hugos_only_as_a_mapping() -> None:
    """A build number is a field of the writer's own."""
    assert match("_build", {"render": "never"}) == Match(0, "build")
    assert match("build", 1234) is None


def test_an_unknown_name_is_unknown() -> None:
    """Nothing is guessed from names that look alike."""
    assert match("titel") is None


def test_picking_takes_the_first_name_that_says_something() -> None:
    """Empty values are passed over, and names compared as everywhere."""
    assert pick({"URL": " ", "web-site": "x", "link": "y"}, "url", "webSite", "link") == "x"
    assert pick({}, "url") is None


def test_the_documentation_has_the_registry() -> None:
    """The table in docs/front-matter.md is the one made from the registry, to the letter."""
    made = docs_tables.fields()
    assert docs_tables.standing(ROOT / "docs/front-matter.md", made) == made


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_what_a_field_is_shown_as_exists(field: KnownField) -> None:
    """Templates find each field where the registry says."""
    assert field.shown in {"", *(one.name for one in fields(PostView))}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        *(("source_url", "original"), ("source", "original"), ("sumary", "summary")),
        *(("categorys", "category"), ("auther", "authors"), ("mood", None), ("id", None)),
    ],
)
def test_the_nearest_field(name: str, meant: str | None) -> None:
    """An unknown name is near what it was meant as, and words of other things are near nothing."""
    assert match(name) is None
    assert nearest(name) == meant


@pytest.mark.parametrize(
    "name", ["deck", "dek", "canonical", "topics", "kicker", "podcast", "audio"]
)
def test_names_that_blogs_have_are_known(name: str) -> None:
    """What real blogs write is in the registry."""
    assert match(name) is not None


@pytest.mark.parametrize(
    ("name", "value", "meant"),
    [
        *(("darft", True, "draft"), ("drafts", "yes", "draft"), ("drat", "true", "draft")),
        *(("dtae", "2024-03-01", "date"), ("data", date(2024, 3, 1), "date")),
        *(("orignal", "https://a.example/", "original"), ("expire", "2024-03-01", "expires")),
        *(("publishd", False, "published"), ("staus", "private", "status")),
        ("permalnk", "/a/", "permalink"),
    ],
)
def test_slips_that_matter(name: str, value: object, meant: str) -> None:
    """One letter too many, too few, wrong or misplaced in a field that decides who sees the post."""
    found = guarded(name, value)
    assert found is not None
    assert found.name == meant


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("data", {"a": 1}), ("data", "some words"), ("draft", True), ("tip", True)),
        *(("origins", "the sea"), ("rate", 5), ("staus", "high"), ("titel", "A"), ("", True)),
    ],
)
def test_other_words_are_no_slips(name: str, value: object) -> None:
    """A value that could not be the field's, or a name that is further away, is the writer's own."""
    assert guarded(name, value) is None
