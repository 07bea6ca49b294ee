"""What writers are told about series: every fault once, with file and line, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from plugins.post import Frozen, Marker, Post
from plugins.series.arrange import SeriesFile
from tests.plugins.documents import plain
from tests.plugins.series_examples import NOW, a_file, ahead, arranged, clean, part, plan

GOOD = [part(f"good-{n}", "Craft", n, day=n) for n in (1, 2, 3)]
DUE = NOW + timedelta(days=9)


def told(
    posts: list[Post], held: list[Post] | None = None, files: list[SeriesFile] | None = None
) -> list[str]:
    """Everything the writer is told, problems first."""
    found = arranged([*GOOD, *posts], held or (), files or ())
    return [plain(line) for line in (*found.problems, *found.notices)]


def test_a_sound_series_says_nothing() -> None:
    """Parts without a fault, planned parts and a scheduled last part need no notice."""
    held = [part("later", "Craft", 4, status="scheduled")]
    announced = part("announced", "Craft", 5, status="draft")
    file = a_file("craft", "Craft", planned=(plan(5, "Fifth", date=DUE), plan(title="More")))
    clean(GOOD, [*held, announced], [file])


@pytest.mark.parametrize(
    ("posts", "line"),
    [
        (
            [part("a", number=1), part("b", number=1, day=1)],
            'posts/b.md:4: part: part 1 of "Attention" is already posts/a.md:4; '
            "give one of the two another number",
        ),
        (
            [part("a", number=1), part("b", title="Taste, part 1", day=1)],
            'posts/b.md:2: part: part 1 of "Attention" is already posts/a.md:4; '
            "give one of the two another number",
        ),
        (
            [part("a", number=1), part("b", number=1.0, day=-1)],
            'posts/a.md:4: part: part 1 of "Attention" is already posts/b.md:4; '
            "give one of the two another number",
        ),
        (
            [part("a", number=1), part("b", "attention!", 2)],
            'posts/b.md:3: series: "attention!" here is "Attention" in posts/a.md:3; write the '
            "name the same way in both, or add a file for the series to the series folder",
        ),
        (
            [part("a", number=float("nan"))],
            "posts/a.md:4: part: this cannot be the number of a part; "
            "write a number from 0 to 9999",
        ),
        (
            [part("a", "!!!", 1)],
            'posts/a.md:3: series: the name "!!!" has no letter or digit to make an address from; '
            "add a file with a slug for it to the series folder",
        ),
        (
            [part("a", "Cafe", 1), part("b", "Café", 1)],
            'posts/b.md:3: series: "Café" would have the address of "Cafe", /series/cafe/; '
            "give one of them a file with another slug in the series folder",
        ),
    ],
)
def test_faults_of_posts_stop_the_build(posts: list[Post], line: str) -> None:
    """Each of these is one problem, at the post and line where it is put right."""
    found = arranged([*GOOD, *posts])
    assert [plain(problem) for problem in found.problems] == [line]
    assert found.notices == ()


@pytest.mark.parametrize(
    ("first", "second", "line"),
    [
        (
            a_file("attention"),
            a_file("both-ways", "ATTENTION", lines=Frozen({"title": 2})),
            'series/both-ways.md:2: title: "ATTENTION" is the same series as series/attention.md; '
            "keep one of the two files, or give one another name, title and slug",
        ),
        (
            a_file("attention"),
            a_file("both-ways", "Both ways", slug="attention"),
            'series/both-ways.md:1: title: "Both ways" is the same series as series/attention.md; '
            "keep one of the two files, or give one another name, title and slug",
        ),
    ],
)
def test_two_files_for_one_series_stop_the_build(
    first: SeriesFile, second: SeriesFile, line: str
) -> None:
    """Two files that one name means are one problem, which names both."""
    planned = (plan(2, "Second", date=DUE),)
    assert told([part("a", number=1)], files=[first, second]) == [line]
    assert told([part("a", number=1)], files=[first, replace(second, planned=planned)]) == [line]


def test_one_file_reconciles_every_spelling() -> None:
    """Names that differ in case, spaces and punctuation are one series where one file has the name."""
    names = ["Both Ways", "both-ways", "BOTH  WAYS!", "both_ways", "The way back"]
    posts = [part(f"p{n}", name, n) for n, name in enumerate(names, 1)]
    found = clean(posts, files=[a_file("both-ways", "The Way Back")])
    assert [len(series.parts) for series in found.series] == [5]


def test_the_rarer_spelling_is_the_odd_one() -> None:
    """Of several spellings the one most posts use is kept, whichever file comes first."""
    posts = [part("a", "Attention", 1), *(part(f"b{n}", "attention", n) for n in (2, 3))]
    assert [line.split(":")[0] for line in told(posts)] == ["posts/a.md"]


@pytest.mark.parametrize(
    ("posts", "line"),
    [
        (
            [part("a", number=1), part("b", number=3)],
            'posts/b.md:4: part: part 2 is missing before part 3 of "Attention"; '
            "publish what is missing, or announce it in the series' file under planned",
        ),
        (
            [part("a", number=4)],
            'posts/a.md:4: part: parts 1 to 3 are missing before part 4 of "Attention"; '
            "publish what is missing, or announce it in the series' file under planned",
        ),
        (
            [part("a", number=1), part("b", number=2.5), part("c", number=3)],
            "posts/b.md:4: part: 2.5 is not a whole number; readers see it as written; "
            "number the parts 1, 2, 3",
        ),
        (
            [part("a", number=1), part("b"), part("c", number=3)],
            'posts/b.md:3: part: other parts of "Attention" have numbers, this one has none and '
            "comes last; add a part field with its number",
        ),
        (
            [part("a", number=1, title="Taste, part 2")],
            "posts/a.md:2: title: the title says part 2, but this is part 1; "
            "write the same number in both",
        ),
        (
            [
                part("a", number=1, title="Taste (1)"),
                part("b", title="Taste, part 2 of 2"),
                part("c", number=3),
            ],
            "posts/b.md:2: title: the title says there are 2 parts, but there are 3; "
            "correct the title, or leave the count to the series box",
        ),
        (
            [part("a", number=1, markers=[ahead(1, line=30)])],
            "posts/a.md:30: body: this points readers to part 1, which they are reading; "
            "correct the number here or the post's own",
        ),
        (
            [part("a", None, title="Taste, part 2")],
            "posts/a.md:2: title: this names a part of a series, but not which series; "
            'add series: "Taste" and part: 2 to the front matter',
        ),
        (
            [part("a", None, title="Part 2")],
            "posts/a.md:2: title: this names a part of a series, but not which series; "
            "add series: its name and part: 2 to the front matter",
        ),
        (
            [part("a", None, markers=[Marker("this", 2, line=4)])],
            "posts/a.md:4: part: this names a part of a series, but not which series; "
            "add series: its name to the front matter",
        ),
        (
            [part("a", None, title="Craft, part 2")],
            'posts/a.md:2: title: part 2 of "Craft" is posts/good-2.md; '
            "correct the number, or add a series field",
        ),
    ],
)
def test_notices_name_what_readers_would_stumble_over(posts: list[Post], line: str) -> None:
    """Each of these is one notice; the build goes on."""
    assert arranged([*GOOD, *posts]).problems == ()
    assert told(posts) == [line]


@pytest.mark.parametrize(
    ("held", "line"),
    [
        (
            part("x", "Craft", 4, status="draft"),
            'posts/x.md:4: part: part 4 of "Craft" is a draft; '
            "publish it, or announce it in the series' file under planned",
        ),
        (
            part("x", "Craft", 2.5, status="draft"),
            'posts/x.md:4: part: part 2.5 of "Craft" is a draft, while posts/good-3.md is '
            "published; publish it, or announce it in the series' file under planned",
        ),
        (
            part("x", "Craft", 2.5, status="scheduled"),
            'posts/x.md:4: part: part 2.5 of "Craft" is scheduled, while posts/good-3.md is '
            "published; date it before the parts that follow it",
        ),
        (
            part("x", "Craft", 3, status="draft"),
            "posts/x.md:4: part: part 3 is a draft, and its number is taken by posts/good-3.md; "
            "give one of the two another number",
        ),
        (
            part("x", "Craft", status="draft", title="Hush"),
            'posts/x.md:3: part: "Hush" of "Craft" is a draft; '
            "publish it, or announce it in the series' file under planned",
        ),
    ],
)
def test_parts_held_back_are_named_to_the_writer(held: Post, line: str) -> None:
    """A draft or a late part is one notice, the same in a build for readers and in a preview."""
    assert told([], [held]) == [line]
    assert told([held]) == [line]


def test_a_hidden_part_is_named() -> None:
    """An unlisted post that names a series is told to be left out of it."""
    assert told([part("x", "Craft", 4, status="hidden")]) == [
        'posts/x.md:4: part: part 4 of "Craft" is hidden; '
        "list the post, or take it out of the series"
    ]


def test_a_draft_explains_its_gap() -> None:
    """Where the missing part is a draft, the draft is named and the gap is not."""
    lines = told([part("a", number=1), part("c", number=3)], [part("b", number=2, status="draft")])
    assert [line.split(":")[0] for line in lines] == ["posts/b.md"]


def test_an_announced_part_is_no_gap() -> None:
    """A part that the file plans is not missing."""
    file = a_file(planned=(plan(2, "Second", date=DUE),))
    clean([part("a", number=1), part("c", number=3)], files=[file])


def test_a_series_of_drafts_is_not_spoken_of() -> None:
    """Drafts of a series that readers do not know yet are counted elsewhere."""
    assert told([], [part("a", number=1, status="draft")]) == []


@pytest.mark.parametrize(
    ("planned", "line"),
    [
        (
            plan(3, "Third", date=DUE, line=7),
            "series/craft.md:7: planned: part 3 is published, and no longer planned; "
            "remove it from the list",
        ),
        (
            plan(None, "GOOD 3", date=NOW - timedelta(days=3), line=7),
            'series/craft.md:7: planned: "GOOD 3" is published, and no longer planned; '
            "remove it from the list",
        ),
        (
            plan(4, "Fourth", date=NOW - timedelta(days=1), line=7),
            "series/craft.md:7: planned: part 4 was expected on 2026-11-21; "
            "publish it, or give another date or none",
        ),
    ],
)
def test_plans_overtaken_by_events_are_named(planned: Any, line: str) -> None:
    """A planned part that is out, or should be, is one notice at its line in the series file."""
    assert told([], files=[a_file("craft", "Craft", planned=(planned,))]) == [line]


def test_a_part_expected_today_is_not_late() -> None:
    """A date without a time lasts all day."""
    today = NOW.replace(hour=0)
    clean(GOOD, files=[a_file("craft", "Craft", planned=(plan(4, "Fourth", date=today),))])


def test_a_file_without_posts_is_named() -> None:
    """A series file that no post names is told of, unless a draft waits for it."""
    file = a_file("lonely", "Lonely")
    assert told([], files=[file]) == [
        'series/lonely.md:1: file: no post in "en" names the series "Lonely"; '
        "write this name in the posts' series field, or remove the file"
    ]
    assert told([], [part("a", "lonely", 1, status="draft")], [file]) == []


def test_every_fault_of_a_folder_is_told_once() -> None:
    """Many faults planted together give one line each, with file and line, and nothing else."""
    posts = [
        *(part(f"dup-{n}", "Twins", 1, day=n) for n in (1, 2)),
        *(part(f"gap-{n}", "Gaps", n) for n in (1, 3)),
        *(part(f"half-{n}", "Halves", n) for n in (1, 1.5)),
        *(part(f"spelt-{n}", name, n) for n, name in enumerate(["Sea Side", "Seaside"], 1)),
        *(part(f"hole-{n}", "Holes", n) for n in (1, 3)),
        part("loner", None, title="Taste, part 2"),
        part("lost", None, markers=[ahead(8, line=40)]),
        part("plans-1", "Plans", 1),
    ]
    held = [part("hole-2", "Holes", 2, status="draft")]
    files = [
        a_file("plans", "Plans", planned=(plan(2, "Two", date=NOW - timedelta(days=9), line=5),)),
        a_file("empty", "Empty"),
        a_file("craft", "Craft"),
        a_file("craft2", "Craft!", lines=Frozen({"title": 2})),
    ]
    lines = [":".join(line.split(":")[:3]) for line in told(posts, held, files)]
    assert lines == [
        "posts/dup-2.md:4: part",
        "posts/spelt-2.md:3: series",
        "series/craft2.md:2: title",
        "posts/gap-3.md:4: part",
        "posts/half-1.5.md:4: part",
        "posts/hole-2.md:4: part",
        "posts/loner.md:2: title",
        "posts/lost.md:40: body",
        "series/empty.md:1: file",
        "series/plans.md:5: planned",
    ]
