"""Series markers in bodies and in titles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.markup.markers import lift, read_line, title_marker
from plugins.post import Marker


@pytest.mark.parametrize(
    "line",
    [
        *("Part 3 >>", "Part 3 »", "Part 3 &gt;&gt;", "Part 3 &raquo;", "Part 3 →", "Part 3 ->"),
        *("part 3>>", "PART THREE >>", "Part III >>", "Pt. 3 >>", "Teil 3 >>", "Partie 3 »"),
        *("**Part 3 >>**", "*Part 3* >>", "### Part 3 >>", "[Part 3 >>]()", "[Part 3](#) >>"),
        *('<p align="right">Part 3 >></p>', "→ Part 3", ">> Part 3", "Part 3 \\>\\>"),
        *("Next: Part 3", "Next up: Part 3", "Continued in Part 3.", "To be continued in part 3"),
        *("Read Part 3 >>", "Part 3: The inbox >>", "Next: Part 3 – The inbox →"),
    ],
)
def test_a_line_that_points_to_the_next_part(line: str) -> None:
    """However it is written, a pointer to part 3 is one marker."""
    assert read_line(line) == (Marker("next", 3),)


@pytest.mark.parametrize(
    "line",
    [
        *("<< Part 1", "« Part 1", "&lt;&lt; Part 1", "&laquo; Part I", "← Part One", "Part 1 <<"),
        *("*<< Part 1*", "Previous: Part 1", "Previously: Part 1", "Back to Part 1", "<- part 1"),
    ],
)
def test_a_line_that_points_to_the_part_before(line: str) -> None:
    """However it is written, a pointer back to part 1 is one marker."""
    assert read_line(line) == (Marker("previous", 1),)


@pytest.mark.parametrize(
    "line",
    ["<< Part 1 | Part 3 >>", "<< Part 1 Part 3 >>", "← Part 1 · Part 3 →", "« Part 1 / Part 3 »"],
)
def test_both_ways_on_one_line(line: str) -> None:
    """A line may point back and on at once."""
    assert read_line(line) == (Marker("previous", 1), Marker("next", 3))


@pytest.mark.parametrize(
    "line",
    [
        *("Spare part 3 >> mount", "Part of the plan >>", "Part time work", "Part 3", "Part 0 >>"),
        *(
            "Part 3.5 >>",
            "In Part 3 >> we saw",
            "« Part 1 »",
            "Part 3 of the plan >>",
            "`Part 3 >>`",
        ),
        *("Next: Part 3 - we hire", "Part 5% >>", "We'll see more in Part 3.", "Parts 3 >>", ""),
        *("[Part 3 >>](part-3.md)", '<a href="/x">Part 3 >></a>', "[Part 3 >>][next]"),
    ],
)
def test_text_and_links_are_no_markers(line: str) -> None:
    """Prose that mentions parts stays prose, and a working link stays the writer's link."""
    assert read_line(line) == ()


def test_the_closing_line_is_lifted_with_its_line_in_the_file() -> None:
    """The marker leaves an empty line behind, so that later lines keep their numbers."""
    lifted = lift("Text.\n\nPart 3 >>\n", first_line=7)
    assert lifted.text == "Text.\n\n\n"
    assert lifted.markers == (Marker("next", 3, line=9),)


def test_markers_at_both_ends_are_found() -> None:
    """A body may begin with the way back and end with the way on, over several lines."""
    lifted = lift("\n<< Part 1\n\nText.\n\n<< Part 1\nPart 3 >>\n\n")
    assert [(marker.direction, marker.line) for marker in lifted.markers] == [
        ("previous", 2),
        ("previous", 6),
        ("next", 7),
    ]
    assert lifted.text.split() == ["Text."]


def test_definitions_and_comments_may_follow() -> None:
    """What does not show does not keep a marker from being the last line."""
    assert lift("Text [a].\n\nPart 2 >>\n\n[a]: /x\n<!-- end -->").markers == (
        Marker("next", 2, line=3),
    )


def test_a_marker_in_the_middle_is_text() -> None:
    """Only the ends of a body count."""
    text = "Text.\n\nPart 3 >>\n\nMore text."
    assert lift(text).text == text
    assert lift(text).markers == ()


@pytest.mark.parametrize("text", ["a\n\n```\nPart 3 >>\n```", "a\n\n    x\n    Part 3 >>"])
def test_a_marker_in_code_is_code(text: str) -> None:
    """Code shows what it shows."""
    assert lift(text).markers == ()


def test_a_marker_pushed_to_the_right_is_a_marker() -> None:
    """Spaces align a closing line; alone they do not make it code."""
    assert lift("Text.\n\n                Part 3 >>").markers == (Marker("next", 3, line=3),)


@pytest.mark.parametrize(
    ("title", "number", "total", "base"),
    [
        ("Attention, Part 2 of 3", 2, 3, "Attention"),
        ("Attention (Part II)", 2, None, "Attention"),
        ("Attention [part 2/3]", 2, 3, "Attention"),
        ("Attention: Part Two", 2, None, "Attention"),
        ("Attention - Part 2", 2, None, "Attention"),
        ("Attention – part 2", 2, None, "Attention"),
        ("Attention, pt. 2", 2, None, "Attention"),
        ("Attention. Part 2.", 2, None, "Attention"),
        ("Attention (2 of 3)", 2, 3, "Attention"),
        ("Attention Part 2", 2, None, "Attention"),
        ("Attention part 2 – The inbox", 2, None, "Attention"),
        ("Part 2: Attention", 2, None, "Attention"),
        ("Part II – Attention", 2, None, "Attention"),
        ("Attention, Part 2: The inbox", 2, None, "Attention"),
        ("The pillars (Part 2) of attention", 2, None, "The pillars of attention"),
        ("Part 2", 2, None, ""),
    ],
)
def test_a_title_that_numbers_its_post(
    title: str, number: int, total: int | None, base: str
) -> None:
    """The part is read from a title, and what the series' titles have in common is left."""
    assert title_marker(title, 4) == (Marker("this", number, total, 4), base)


@pytest.mark.parametrize(
    "title",
    [
        *("Part of the plan", "Part time work", "The best part", "Spare part 3 mount"),
        *("My favourite part i", "the good part, one and only", "Part 3 of 2", "Part 1 and 2"),
        *("A part one should see", "Part 50% off", "Part 2.0: a release", "Part I, II and III"),
    ],
)
def test_a_title_that_only_mentions_parts(title: str) -> None:
    """A title that numbers nothing stays whole."""
    assert title_marker(title) == (None, title)


@given(st.text(alphabet="Part 3>|<«»\n#*[]()-:`", max_size=120))
def test_lifting_keeps_every_line_number(text: str) -> None:
    """Whatever is lifted, the body keeps as many lines as it had, and is lifted only once."""
    lifted = lift(text)
    assert lifted.text.count("\n") == text.count("\n")
    assert all(text.split("\n")[marker.line - 1].strip() for marker in lifted.markers)
