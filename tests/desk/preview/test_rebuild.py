"""The terminal shows what a writer needs of a build, once."""

from __future__ import annotations

from pathlib import Path

from desk.job import Finding, Outcome
from desk.preview.rebuild import describe

ROOT = Path("/site")
NOTICE = Finding("a.md", 1, "date", "odd", "look", "a.md:1: date: odd; look")
GOOD = Outcome(ok=True, summary="2 published\n1 date inferred", notices=(NOTICE,))
BAD = Outcome(ok=False, problems=(NOTICE, NOTICE), traceback="Traceback\nValueError")


def lines(outcome: Outcome, *changed: str, told: frozenset[str] = frozenset()) -> list[str]:
    """What is shown, without the time."""
    shown = describe(outcome, frozenset(ROOT / name for name in changed), ROOT, told).splitlines()
    return [shown[0].partition("  ")[2], *shown[1:]]


def test_a_good_build_is_its_summary_and_notices() -> None:
    """Below the line with the counts, indented."""
    assert lines(GOOD) == ["2 published", "  1 date inferred", f"  {NOTICE.text}"]


def test_what_was_told_is_not_told_again() -> None:
    """After the next save there is one line, and what is new."""
    told = frozenset({"1 date inferred"})
    assert lines(GOOD, "content/a.md", told=told) == [
        "content/a.md: 2 published",
        f"  {NOTICE.text}",
    ]


def test_a_failed_build_is_all_its_problems() -> None:
    """With the traceback where code failed."""
    expected = ["not built: 2 problems", "  Traceback", "  ValueError", *[f"  {NOTICE.text}"] * 2]
    assert lines(BAD) == expected


def test_the_files_saved_are_named() -> None:
    """The first by name and how many more; others than the site's with their whole path."""
    assert lines(GOOD, "b.md", "a.md", "c.md")[0] == "a.md and 2 more: 2 published"
    assert lines(GOOD, "/elsewhere/base.html")[0] == "/elsewhere/base.html: 2 published"


def test_a_file_name_cannot_steer_the_terminal() -> None:
    """Escape sequences and line ends in it are shown as what they are."""
    shown = lines(GOOD, "a\x1b[2J\n.md")[0]
    assert "\x1b" not in shown
    assert "\\x1b[2J" in shown
