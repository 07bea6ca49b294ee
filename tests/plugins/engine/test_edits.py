"""Edits of texts, one build after the other, with whatever comes between: always as a clean build.

Most of these builds take the short way (:mod:`plugins.engine.revising`), which the sequences of
``test_incremental.py`` seldom do: there, every text stands in feeds and in the search index.
"""

from __future__ import annotations

from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from plugins.catalogue.settings import PageSettings
from plugins.feeds.settings import FeedSettings
from tests.conftest import ROOT
from tests.plugins.building import Workshop
from tests.plugins.images.pictures import plain
from tests.plugins.sequences import QUIET, clean_build, damage_cache, snapshot

FIELDS = "author: Ann\ntags: [one]\ncategory: News\nsummary: In short"
POST = "---\ntitle: Post {0}\ndate: 2026-01-0{0}\n{1}\n---\n\nThe text of {0}.\n"
NUMBERS = st.integers(1, 5)
MORE = st.sampled_from(["More.", "*Even* more.", "## Head", "`x`", "", "> Said", "[^1]\n\n[^1]: N"])
OTHER = st.sampled_from(
    [
        "[One](post-1.md) and [the archive](/archive/).",
        "![A picture](/images/a.png)",
        "![](/images/a.png)",
        "https://other.example and <img src='https://other.example/a.png' alt='A'>",
        "<script>alert(1)</script>",
        "word " * 300,
        "[gone](gone.md)",
    ]
)


class Edits(RuleBasedStateMachine):
    """A site of five posts, of which one is in the feed, next to one that is built from nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(prefix="parley-test-"))
        self.workshop = Workshop(self.folder)
        self.workshop.workers = 2
        self.theme = self.folder / "theme"
        copytree(ROOT / "benchmarks" / "sites" / "parley" / "theme", self.theme)
        self.settings: dict[str, Any] = {
            "THEME": str(self.theme),
            "PAGES": PageSettings(search=False, share_images=False),
            "FEEDS": FeedSettings(
                "blog.example.com", "2026-01-01", kinds=(), archive_size=0, limit=1
            ),
        }
        about = f"---\ntitle: About\ndate: 2026-01-01\n{FIELDS}\n---\n\nUs.\n"
        self.workshop.write({"images/a.png": plain(40, 30), "pages/about.md": about})
        for number in range(1, 6):
            self.workshop.write({f"post-{number}.md": POST.format(number, FIELDS)})

    def change(self, number: int, old: str, new: str) -> None:
        """Replace something in the file of a post."""
        path = self.workshop.content / f"post-{number}.md"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    @rule(number=NUMBERS, text=MORE)
    def edit(self, number: int, text: str) -> None:
        """Add to the text of a post what stands nowhere else."""
        self.change(number, f"The text of {number}.", f"The text of {number}.\n\n{text}")

    @rule(number=NUMBERS, text=MORE)
    def edit_again(self, number: int, text: str) -> None:
        """And at its end."""
        path = self.workshop.content / f"post-{number}.md"
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")

    @rule(numbers=st.sets(NUMBERS), text=MORE)
    def edit_some(self, numbers: set[int], text: str) -> None:
        """Several posts at once."""
        for number in numbers:
            self.edit(number, text)

    @rule(number=NUMBERS, text=OTHER)
    def tell(self, number: int, text: str) -> None:
        """Add what more depends on than the page, or what is wrong."""
        self.edit(number, text)

    @rule(number=NUMBERS)
    def begin_anew(self, number: int) -> None:
        """Take everything back that was done to a post."""
        self.workshop.write({f"post-{number}.md": POST.format(number, FIELDS)})

    @rule(number=NUMBERS, title=st.sampled_from(["Post", "Other"]))
    def retitle(self, number: int, title: str) -> None:
        """Give a post another title."""
        self.change(number, f"title: {'Other' if title == 'Post' else 'Post'}", f"title: {title}")

    @rule(text=MORE)
    def edit_page(self, text: str) -> None:
        """Add to a page."""
        path = self.workshop.content / "pages" / "about.md"
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")

    @rule(width=st.integers(30, 60))
    def paint(self, width: int) -> None:
        """Change the image."""
        self.workshop.write({"images/a.png": plain(width, 30)})

    @rule(number=NUMBERS)
    def disturb(self, number: int) -> None:
        """Write something into a page of the output."""
        page = self.workshop.output / f"post-{number}" / "index.html"
        if page.is_file():
            page.write_text("x")

    @rule(length=st.integers(0, 90_000))
    def damage(self, length: int) -> None:
        """Cut the cache off, or write into the midst of it."""
        damage_cache(self.folder, length)

    @invariant()
    def is_as_a_clean_build(self) -> None:
        """Both have the same files with the same bytes, or the same problems."""
        built = self.workshop.build(**self.settings)
        clean = self.folder / "clean"
        fresh = clean_build(self.workshop, clean, **self.settings)
        assert built.problems == fresh.problems
        if built.run is None or built.report is None or fresh.report is None:
            return
        if built.run.news:
            event("the short way" if built.run.catalogue is None else "the whole")
        assert str(built.report).split(";")[0] == str(fresh.report).split(";")[0]
        assert built.report.notices == fresh.report.notices
        assert snapshot(self.workshop.output) == snapshot(clean)

    def teardown(self) -> None:
        """Leave nothing behind."""
        rmtree(self.folder, ignore_errors=True)


class TestAFewEdits(Edits.TestCase):  # type: ignore[misc, valid-type]
    """A few of them, in every run of the tests."""

    settings = settings(
        max_examples=4, stateful_step_count=8, deadline=None, suppress_health_check=QUIET
    )


@pytest.mark.deep
class TestManyEdits(Edits.TestCase):  # type: ignore[misc, valid-type]
    """Hundreds of them."""

    settings = settings(
        max_examples=200, stateful_step_count=15, deadline=None, suppress_health_check=QUIET
    )
