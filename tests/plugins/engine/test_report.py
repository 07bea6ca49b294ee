"""The summary of a build."""

from plugins.engine.report import make_report
from plugins.posts.ledger import Ledger
from tests.plugins.examples import a_post


def report(*read: object, held: tuple[object, ...] = (), **facts: object) -> str:
    """The printed report of a build that read and held back these posts."""
    ledger = Ledger(
        read={str(number): post for number, post in enumerate(read)},  # type: ignore[misc]
        held={str(number): post for number, post in enumerate(held)},  # type: ignore[misc]
    )
    told = {"elsewhere": 0, "changed": 2, "seconds": 0.5, "preview": False, **facts}
    return str(make_report(ledger, **told))  # type: ignore[arg-type]


def test_everything_is_counted() -> None:
    """Published, drafts, scheduled, hidden and pages, each only where there are some."""
    held = (a_post(status="draft"), a_post(status="scheduled"), a_post(status="scheduled"))
    read = (a_post(), a_post(status="hidden"), a_post(kind="page"))
    assert report(*read, held=held) == (
        "1 published, 1 draft, 2 scheduled, 1 hidden, 1 page; 2 files changed in 0.50 s"
    )


def test_a_preview_says_that_drafts_are_shown() -> None:
    """Nobody takes a preview for the published site."""
    assert "(drafts and scheduled posts shown: preview)" in report(a_post(), preview=True)


def test_inferred_dates_and_foreign_canonicals_are_told() -> None:
    """What a writer would wonder about stands below the counts."""
    dates = (a_post(date_source="git"), a_post(date_source="file time"), a_post(date_source="git"))
    assert report(*dates, elsewhere=1).splitlines()[1:] == [
        "3 dates inferred: 1 from file time, 2 from git history",
        "No date is known for sure of posts/a-post.md: write date: into them",
        "1 page is canonical elsewhere, so the sitemap leaves it out",
    ]


def test_files_that_are_not_published_are_told() -> None:
    """Those that are no posts by name, as far as they fit into a line; those of drafts by number."""
    ledger = Ledger(aside={f"{n:02}.txt": "resource" for n in range(12)}, beside={"a.png", "b.png"})
    lines = str(make_report(ledger, elsewhere=0, changed=0, seconds=0, preview=False)).splitlines()
    named = ", ".join(f"{n:02}.txt" for n in range(10))
    assert lines[1:] == [
        f"Not posts: 12 files ({named} and 2 more)",
        "2 files of drafts are not published",
    ]


def test_a_name_cannot_steer_the_terminal() -> None:
    """Nor stop the build where it is no text at all."""
    ledger = Ledger(aside={"a\x1b[2J.txt": "resource", "caf\udce9.txt": "resource"})
    told = str(make_report(ledger, elsewhere=0, changed=0, seconds=0, preview=False))
    assert told.replace("\n", "").isprintable()
