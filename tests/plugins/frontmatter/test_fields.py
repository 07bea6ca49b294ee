"""The table of fields, and that the documentation lists the same."""

from __future__ import annotations

import re

import pytest

from plugins.frontmatter.fields import FIELDS, Match, fold, match, pick
from tests.conftest import ROOT

GUIDE = (ROOT / "docs" / "front-matter.md").read_text(encoding="utf-8")
NAME = re.compile(r"`([^`]+)`")
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
    names = [fold(n) for f in FIELDS for n in (f.name, *f.synonyms, *f.stand_ins)]
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


def rows() -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """The table of fields in the documentation."""
    table = GUIDE[GUIDE.index("| Field |") :].split("\n\n")[0].splitlines()[2:]
    return [
        (NAME.findall(name)[0], tuple(NAME.findall(also)), tuple(NAME.findall(stand_in)))
        for name, also, stand_in, _ in (line.strip("|").split("|") for line in table)
    ]


def test_the_documentation_lists_every_field_and_name() -> None:
    """The table in docs/front-matter.md is the table in the code, in its order."""
    assert rows() == [(one.name, one.synonyms, one.stand_ins) for one in FIELDS]
