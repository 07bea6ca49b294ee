"""Links to a place on a page: checked against what the page has."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.checks.settings import CheckSettings
from plugins.markup.settings import THEME_IDS, MarkupSettings
from tests.plugins.building import Workshop
from tests.plugins.sequences import clean_build, snapshot

B = (
    '---\ntitle: B\ndate: 2024-01-01\n---\n## First part\n\nx[^1] <a name="old"></a>\n\n'
    '<p id="Über">y</p>\n\n[^1]: z\n'
)


def an_a(body: str) -> str:
    """A post that has a heading of its own."""
    return f"---\ntitle: A\ndate: 2024-01-02\n---\n## Own part\n\n{body}\n"


@pytest.mark.parametrize(
    "link",
    [
        *("#own-part", "#", "#top", "#:~:text=own", "#own-part:~:text=x", "#replies"),
        *("b.md#first-part", "/b/#first-part", "{filename}b.md#fn:1", "/b/#old", "/b#old"),
        *("/b/#%C3%9Cber", "/b/#Über", "b.md#", "b.md#top", "b.md#:~:text=x", "b.md#reply-7"),
        *("b.md?x=1#first-part", "/files/a.pdf#page=3", "/archive/#y2024", "https://e.org/#none"),
        *("/images/a.svg#part", "/dialogue/x#y"),
    ],
)
def test_a_place_that_is_there(links: Workshop, link: str) -> None:
    """Headings, footnotes, ids and names in HTML, the theme's parts, and what browsers understand."""
    assert links.build({"a.md": an_a(f"[x]({link})")}).problems == ()


@pytest.fixture(scope="module")
def links(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """A site to link into, built again for each link."""
    workshop = Workshop(tmp_path_factory.mktemp("links"))
    workshop.write({"b.md": B, "files/a.pdf": b"x", "images/a.svg": b"<svg/>"})
    return workshop


@pytest.mark.parametrize(
    ("link", "told"),
    [
        (
            "#own-prat",
            "'#own-prat' leads to 'own-prat', and nothing on this page has this id; did you mean #own-part?",
        ),
        ("b.md#First-Part", "nothing on that page has this id; did you mean #first-part?"),
        ("/b/#nope", "'/b/#nope' leads to 'nope', and nothing on that page has this id"),
        ("{filename}b.md#first", "did you mean #first-part?"),
        ("b.md#fn:2", "nothing on that page has this id; did you mean #fn:1?"),
        ("b.md#own-part", "nothing on that page has this id"),
    ],
)
def test_a_place_that_is_not_there(links: Workshop, link: str, told: str) -> None:
    """The problem has the line of the link, and the nearest id."""
    [problem] = links.build({"a.md": an_a(f"x\n\n[x]({link})")}).problems
    assert problem.startswith("a.md:9: fragment: ")
    assert told in problem


def test_all_kinds_of_texts_are_checked(tmp_path: Path) -> None:
    """Pages, series, bios and posts with problems of their own."""
    built = Workshop(tmp_path).build(
        {
            "a.md": "---\ntitle: A\nauthor: Ann\nseries: S\ndate: 2024-01-01\n---\n## Part\n",
            "pages/about.md": "# About\n\n[x](#none)\n",
            "authors/ann.md": "## Me\n\n[x](#none) [y](#me) [z](/a/#none)\n",
            "series/s.md": "---\ntitle: S\n---\n## Us\n\n[x](#none) [y](#us)\n",
            "bad.md": "---\ntitle: Bad\ndate: never\n---\n## Us\n\n[x](#none) [y](#us)\n",
        }
    )
    found = [problem.split(": fragment")[0] for problem in built.problems if "fragment" in problem]
    assert found == [*("authors/ann.md:3",) * 2, "bad.md:7", "pages/about.md:3", "series/s.md:6"]


def test_a_site_decides_how_bad_it_is(tmp_path: Path) -> None:
    """An error, a notice, or nothing at all."""
    files = {"a.md": an_a("[x](#none)")}
    workshop = Workshop(tmp_path)
    built = workshop.build(files, CHECKS=CheckSettings({"dead-fragment": "notice"}))
    assert built.report is not None
    assert [one.field for one in built.report.notices] == ["fragment"]
    built = workshop.build(CHECKS=CheckSettings({"dead-fragment": "off"}))
    assert built.report is not None
    assert built.report.notices == ()
    assert len(workshop.build().problems) == 1


def test_a_link_is_checked_again_when_its_target_changes(tmp_path: Path) -> None:
    """An incremental build finds what a clean one finds: the heading may go in another file."""
    workshop = Workshop(tmp_path)
    assert workshop.build({"a.md": an_a("[x](b.md#first-part)"), "b.md": B}).problems == ()
    [problem] = workshop.build({"b.md": B.replace("First", "Second")}).problems
    assert problem.startswith("a.md:7: fragment: ")
    assert workshop.build({"b.md": B.replace("First", "Zeroth")}).problems
    assert workshop.build({"b.md": f"{B}\n## More\n"}).problems == ()
    assert workshop.build({"b.md": f"{B}\n## Still more\n"}).problems == ()
    assert workshop.build({"b.md": B.replace('name="old"', "")}).problems == ()
    clean_build(workshop, tmp_path / "clean")
    assert snapshot(workshop.output) == snapshot(tmp_path / "clean")


def test_a_notice_about_a_place_goes_when_the_place_comes(tmp_path: Path) -> None:
    """Though only the text of the other post changed."""
    workshop = Workshop(tmp_path)
    lenient = {"CHECKS": CheckSettings({"dead-fragment": "notice"})}
    workshop.build({"a.md": an_a("[x](b.md#third)"), "b.md": B}, **lenient)
    built = workshop.build({"b.md": f"{B}\n## Third\n"}, **lenient)
    assert built.report is not None
    assert built.report.notices == ()


def test_the_parts_of_pages_are_those_that_the_site_names(tmp_path: Path) -> None:
    """The ids that headings are kept from are those that links can name, in another theme, too."""
    workshop = Workshop(tmp_path)
    files = {"a.md": an_a("[x](#replies) [y](#share-title) [z](#my-part)")}
    [problem] = workshop.build(files).problems
    assert "'#my-part'" in problem
    named = MarkupSettings(reserved_ids=THEME_IDS | {"my-part"})
    assert workshop.build(MARKUP=named).problems == ()
