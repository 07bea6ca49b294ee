"""``desk check --fix``: posts whose titles number them become a series, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.fixing import fix, with_part
from desk.joining import joined
from plugins.frontmatter.document import parse

YAML = "---\ntitle: '{title}'\ndate: 2024-01-0{day}\n---\n\nText.\n"


@pytest.mark.parametrize(
    ("titles", "series"),
    [
        (["Growth loops (Part 1): Basics", "Growth loops (Part 2): Specifics"], "Growth loops"),
        (["Tides, part 3 - Moon", "Tides, part 4 - Sun"], "Tides"),
        (["Office notes #12", "Office notes #13: Chairs"], "Office notes"),
        (["Reading Part One", "Reading Part Two"], "Reading"),
        (["A garden: Part II", "A Garden: Part IV"], "A garden"),
    ],
)
def test_titles_that_number_posts_make_a_series(titles: list[str], series: str) -> None:
    """In figures, words and Roman numerals, with and without a name of the part."""
    found = joined(dict(enumerate(titles)))
    assert {name for name, _ in found.values()} == {series}
    assert len({part for _, part in found.values()}) == 2


@pytest.mark.parametrize(
    "titles",
    [["Tides, part 1"], ["Tides, part 1", "Moons, part 2"], ["Tides, part 1", "Tides (Part 1)"]],
)
def test_what_may_mean_something_else_makes_none(titles: list[str]) -> None:
    """One part alone, other stems, and a number that two claim."""
    assert joined(dict(enumerate(titles))) == {}


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Tides, part 1\ntags:\n- sea\n---\n\nText.\n",
        "---\r\ntitle: Tides, part 1\r\n---\r\n\r\nText.\r\n",
        "\ufeff---\ntitle: >\n  Tides,\n  part 1\n---\nText.\n",
        "+++\ntitle = 'Tides, part 1'\n[params]\nx = 1\n+++\nText.\n",
        '{"title": "Tides, part 1",\n "tags": ["sea"]}\nText.\n',
        "Title: Tides, part 1\nDate: 2024-01-01\n\nText.\n",
    ],
)
def test_every_dialect_gets_the_fields_and_keeps_the_rest(text: str) -> None:
    """Line ends, byte order mark and text stay; a name with a colon and quotes is read again."""
    data = text.encode()
    document = parse(data, "a.md")
    made = with_part(data, document, 'Sea: "tides"', 1)
    assert made is not None
    again = parse(made, "a.md")
    assert (again.fields["series"].value, int(again.fields["part"].value)) == ('Sea: "tides"', 1)
    assert again.body == document.body
    added = made.decode().replace("\r\n", "\n").split("\n")
    assert [line for line in text.replace("\r\n", "\n").split("\n") if line not in added] in (
        [],
        ['{"title": "Tides, part 1",'],
    )
    assert (b"\r\n" in made) == (b"\r\n" in data)


def test_files_are_changed_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was changed is printed; a post that says its series, or has no fields, stays."""
    folder = tmp_path / "posts"
    folder.mkdir()
    for day, title in enumerate(["Tides, part 1", "Tides, part 2"], 1):
        (folder / f"{day}.md").write_text(YAML.format(title=title, day=day))
    said = "---\ntitle: Tides, part 3\nseries: Seas\n---\n\nText.\n"
    (folder / "3.md").write_text(said)
    (folder / "4.txt").write_text("Tides, part 4\n\nText.\n")
    assert fix(tmp_path) == 2
    printed = capsys.readouterr().out
    assert "posts/1.md: series: Tides, part: 1" in printed
    assert "posts/2.md: series: Tides, part: 2" in printed
    assert (folder / "3.md").read_text() == said
    assert fix(tmp_path) == 0
    assert capsys.readouterr().out == ""
