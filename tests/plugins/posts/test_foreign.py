"""Posts that another reader read: here Pelican's own, for reStructuredText."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plugins.building import Workshop


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """An empty content folder, ready to be built."""
    return Workshop(tmp_path)


def rst(*fields: str, title: str = "Older") -> str:
    """A post with these fields, as reStructuredText."""
    return "\n".join([title, "=" * len(title), "", *fields, "", "Some *text*.", ""])


def test_fields_mean_what_they_mean_in_markdown(workshop: Workshop) -> None:
    """Synonyms, several authors, dates with a zone, and an address of the writer's choice."""
    fields = (
        ":date: 2024-03-01 10:30 +0100",
        ":authors: Ann Author; Bo Writer",
        ":category: Basics",
        ":permalink: /2024/older.html",
        ":canonical_url: https://example.org/older",
    )
    built = workshop.build({"posts/older.rst": rst(*fields)})
    assert built.problems == ()
    page = built.page("/2024/older.html")
    assert 'datetime="2024-03-01T09:30:00+00:00"' in page
    assert '<link rel="canonical" href="https://example.org/older">' in page
    assert "Older" in built.page("/author/bo-writer/")
    assert "Older" in built.page("/category/basics/")


def test_a_date_is_found_out_where_none_is_written(workshop: Workshop) -> None:
    """The file's name is read for these posts, too, and the report counts it."""
    built = workshop.build({"posts/2024-03-01-older.rst": rst(":tags: one")})
    assert "1 date inferred: 1 from file name" in str(built.report)
    assert 'datetime="2024-03-01T00:00:00+00:00"' in built.page("/older/")


def test_all_faults_are_told_with_those_of_other_files(workshop: Workshop) -> None:
    """Such a post stops the build like any other, in the same words."""
    built = workshop.build(
        {
            "a.rst": rst(":slug: ../out", ":image: javascript:alert(1)", ":date: 2024-03-01"),
            "b.md": "---\ntitle: B\ndate: never\n---\n\nText.\n",
        }
    )
    assert [line.rpartition("; ")[0] for line in built.problems] == [
        'a.rst:1: image: "javascript:alert(1)" is neither a path nor an http URL',
        'a.rst:1: slug: "../out" has ".." in it',
        'b.md:3: date: "never" is not a date',
    ]


def test_a_draft_is_seen_in_a_preview_only(workshop: Workshop) -> None:
    """It has the mark that every draft has."""
    draft = {"posts/older.rst": rst(":status: draft", ":date: 2024-03-01")}
    assert "older/index.html" not in workshop.build(draft).files()
    preview = workshop.build(draft, PREVIEW=True)
    assert "Draft: only visible in this preview" in preview.page("/older/")


def test_a_hidden_post_is_a_page_in_no_list(workshop: Workshop) -> None:
    """Pelican's status of that name is kept."""
    built = workshop.build({"posts/older.rst": rst(":status: hidden", ":date: 2024-03-01")})
    assert "Some <em>text</em>" in built.page("/older/")
    assert "/older/" not in built.page("/") + built.page("sitemap.xml")


def test_what_its_reader_cannot_read_is_told_once(workshop: Workshop) -> None:
    """In the reader's own words, with the file's name, and without being called forgotten."""
    built = workshop.build({"posts/older.rst": rst(":date: 2024-03-01", "", ".. nonsense::")})
    [line] = built.problems
    assert line.startswith("posts/older.rst:1: pelican.generators: Could not process ")
    assert 'Unknown directive type "nonsense"' in line
