"""A process that builds again and again makes what a new one makes, and a saved text at once."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from desk.job import Job, Outcome
from desk.resident import Resident
from tests.conftest import ROOT
from tests.plugins.engine.test_incremental import NAMES, POSTS, TEXTS
from tests.plugins.sequences import QUIET, snapshot

TEXT = '---\ntitle: "{title}"\ndate: 2024-02-29\nsummary: One sentence.\n---\n\n{text}\n'


class Home:
    """A site in a folder, with a process that has built it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.content = folder / "content"
        self.output = folder / "preview"
        self.settings = folder / "conf.py"
        self.waiting = False
        self.resident = Resident(lambda: self.waiting)
        self.settings.write_text(
            "from dataclasses import replace\n"
            "from pelicanconf import *\n"
            f"BUILD = BuildSettings(cache=Path({str(folder / 'build')!r}), workers=1)\n"
            f"REPLIES = replace(REPLIES, folder=Path({str(folder / 'replies')!r}))\n"
            "PAGES = replace(PAGES, search=False)\n"
            f"IMAGES = replace(IMAGES, cache=Path({str(folder / 'images')!r}))\n"
            f"OUTPUT_PATH = {str(folder / 'public')!r}\n"
            f"THEME = {str(ROOT / 'theme')!r}\n",
            encoding="utf-8",
        )

    def write(self, name: str, text: str) -> Path:
        """Write a file of the content."""
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def post(self, name: str, text: str, title: str = "Title") -> Path:
        """Write a post."""
        return self.write(f"posts/{name}.md", TEXT.format(title=title, text=text))

    def build(self, *changed: Path) -> Outcome:
        """What the preview does after these files were saved."""
        return self.resident.build(self._job(self.output, *changed))

    def settle(self) -> Outcome:
        """What it does when nobody saves for a while."""
        return self.resident.build(replace(self._job(self.output), background=True))

    def clean(self) -> tuple[Outcome, dict[str, bytes]]:
        """The outcome and files of a build from nothing."""
        output = self.folder / "clean"
        rmtree(output, ignore_errors=True)
        job = replace(self._job(output), background=True)
        return Resident(lambda: False).build(job), files(output)

    def page(self, name: str) -> str:
        """The page of a post."""
        return (self.output / name / "index.html").read_text(encoding="utf-8")

    def _job(self, output: Path, *changed: Path) -> Job:
        names = (str(self.settings), str(self.content), str(output))
        return Job(*names, changed=tuple(map(str, changed)))


def files(folder: Path) -> dict[str, bytes]:
    """The files of a site with their bytes."""
    found = snapshot(folder)
    return {name: data for name, data in found.items() if name != ".parley-manifest.json"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A site with two posts that has just been built and is in memory."""
    monkeypatch.syspath_prepend(str(ROOT))
    made = Home(tmp_path)
    made.post("ant", "Small words.", "Ant")
    made.post("bee", "See [the ant](ant.md).", "Bee")
    assert made.build().ok
    assert made.settle().ok
    return made


def test_a_text_is_told_at_once_and_everything_else_afterwards(home: Home) -> None:
    """The page first; feeds follow in the background, and then all is as a clean build makes it."""
    feeds = {name: data for name, data in files(home.output).items() if name.startswith("feeds/")}
    outcome = home.build(home.post("ant", "Larger words.", "Ant"))
    assert outcome.short
    assert outcome.due
    assert "Larger words." in home.page("ant")
    assert {name: files(home.output)[name] for name in feeds} == feeds
    settled = home.settle()
    assert settled.same
    assert files(home.output) == home.clean()[1]
    assert any(files(home.output)[name] != data for name, data in feeds.items())


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Small words and [the bee](bee.md).", "Ant"),
        ("Small words, <script src='https://example.org/a.js'></script>.", "Ant"),
    ],
)
def test_what_others_show_too_is_built_as_ever(home: Home, text: str, title: str) -> None:
    """A new link, code of another host: the short way is not taken."""
    outcome = home.build(home.post("ant", text, title))
    assert outcome.ok
    assert not outcome.short
    home.settle()
    assert files(home.output) == home.clean()[1]


@pytest.mark.parametrize(
    ("text", "title"), [("Small words.", "Another title"), ("word " * 2000, "Ant")]
)
def test_the_page_comes_before_the_others_that_show_what_changed(
    home: Home, text: str, title: str
) -> None:
    """A title, minutes to read: the page is told at once, and the others do not wait for a pause."""
    others = {name: data for name, data in files(home.output).items() if name != "ant/index.html"}
    outcome = home.build(home.post("ant", text, title))
    assert outcome.short
    assert outcome.soon
    assert f"<title>{title}" in home.page("ant")
    assert {name: files(home.output)[name] for name in others} == others
    assert not home.settle().same
    assert files(home.output) == home.clean()[1]


def test_a_post_that_moves_is_built_as_ever(home: Home) -> None:
    """Another address, another date, another series: its page alone cannot be told."""
    path = home.content / "posts" / "ant.md"
    whole = path.read_text(encoding="utf-8")
    for line in ("slug: emmet", "series: Insects", "status: draft", "lang: fr"):
        path.write_text(whole.replace("summary:", f"{line}\nsummary:"), encoding="utf-8")
        assert not home.build(path).short
        home.settle()
        assert files(home.output) == home.clean()[1]


def test_a_broken_post_is_told_of_and_its_page_stays(home: Home) -> None:
    """And as long as it is broken, no other page is told as if all were well."""
    before = files(home.output)
    broken = home.build(home.post("ant", "See [nothing](nothing.md).", "Ant"))
    assert "nothing.md" in broken.problems[0].text
    assert not home.build(home.post("bee", "Other words.", "Bee")).ok
    assert files(home.output) == before
    assert home.build(home.post("ant", "Small words.", "Ant")).ok
    assert files(home.output) == home.clean()[1]


def test_a_file_that_is_emptied_and_then_filled_is_read_when_it_is_full(home: Home) -> None:
    """As some editors save; the empty file is no problem to tell of."""
    path = home.post("ant", "Full again.", "Ant")
    full = path.read_text(encoding="utf-8")
    path.write_text("", encoding="utf-8")
    filling = threading.Timer(0.03, path.write_text, [full])
    filling.start()
    outcome = home.build(path)
    filling.join()
    assert outcome.ok
    assert "Full again." in home.page("ant")


def test_a_file_that_came_and_went_is_passed_over(home: Home) -> None:
    """An editor's own beside the post, which is renamed to it: the short way is taken."""
    beside = home.content / "posts" / "ant.md.new"
    beside.write_text(TEXT.format(title="Ant", text="Renamed words."), encoding="utf-8")
    path = beside.replace(home.content / "posts" / "ant.md")
    assert home.build(beside, path).short
    assert "Renamed words." in home.page("ant")


def test_a_build_in_the_background_gives_way(home: Home) -> None:
    """Nothing reaches the output then, and the next save is answered from memory."""
    assert home.build(home.post("ant", "Larger words.", "Ant")).short
    before = files(home.output)
    home.waiting = True
    assert home.settle().left
    assert files(home.output) == before
    home.waiting = False
    assert home.build(home.post("bee", "See [the ant](ant.md). More.", "Bee")).short
    home.settle()
    assert files(home.output) == home.clean()[1]


def test_a_page_that_only_the_short_way_made_is_made_again_by_a_new_process(home: Home) -> None:
    """A process that dies before the background build leaves nothing that is taken for current."""
    path = home.post("ant", "Larger words.", "Ant")
    assert home.build(path).short
    path.write_text(TEXT.format(title="Ant", text="Small words."), encoding="utf-8")
    os.utime(path, (time.time() - 60, time.time() - 60))
    home.resident = Resident(lambda: False)
    assert home.build().ok
    assert files(home.output) == home.clean()[1]


class Sessions(RuleBasedStateMachine):
    """Hours of writing, with and without pauses long enough for the background build."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Home(Path(mkdtemp(prefix="parley-test-")))
        self.settled = True

    @initialize(posts=st.dictionaries(NAMES, POSTS, min_size=2, max_size=5))
    def begin(self, posts: dict[str, str]) -> None:
        """Some posts, built."""
        self.home.write("pages/about.md", "---\ntitle: About\n---\n\nUs.\n")
        for name, text in posts.items():
            self.home.write(f"posts/{name}.md", text)
        self.home.build()
        self.settle()

    @rule(name=NAMES, text=POSTS)
    def write(self, name: str, text: str) -> None:
        """Add a post, or write one anew."""
        self._saved(self.home.write(f"posts/{name}.md", text))

    @rule(name=NAMES, text=TEXTS)
    def go_on(self, name: str, text: str) -> None:
        """Add to the text of a post."""
        path = self.home.content / "posts" / f"{name}.md"
        if path.is_file():
            path.write_text(path.read_text(encoding="utf-8") + f"\n{text}\n", encoding="utf-8")
            self._saved(path)

    @rule(name=NAMES)
    def remove(self, name: str) -> None:
        """Delete a post."""
        path = self.home.content / "posts" / f"{name}.md"
        path.unlink(missing_ok=True)
        self._saved(path)

    @rule(name=NAMES)
    def err(self, name: str) -> None:
        """Save a post with a fault, and then without."""
        path = self.home.content / "posts" / f"{name}.md"
        if path.is_file():
            whole = path.read_text(encoding="utf-8")
            path.write_text(whole.replace("date:", "date: soon #"), encoding="utf-8")
            self.home.build(path)
            path.write_text(whole, encoding="utf-8")
            self._saved(path)

    @rule()
    def lose_the_cache(self) -> None:
        """Delete what is kept on disk, while the process has all of it in memory."""
        rmtree(self.home.folder / "build", ignore_errors=True)

    @rule(name=NAMES, text=POSTS)
    def build_elsewhere(self, name: str, text: str) -> None:
        """Have another process build the same site, which the first one is told nothing of."""
        self.home.write(f"posts/{name}.md", text)
        mine, self.home.resident = self.home.resident, Resident(lambda: False)
        self.home.build()
        self.home.resident, self.settled = mine, False

    @rule()
    def settle(self) -> None:
        """Pause."""
        self.home.settle()
        self.settled = True

    def _saved(self, path: Path) -> None:
        self.settled = not self.home.build(path).due

    @invariant()
    def is_as_a_clean_build(self) -> None:
        """Where nothing is left for the background, output or problems are those of a new build."""
        if not self.settled:
            return
        outcome, clean = self.home.clean()
        if outcome.ok:
            assert files(self.home.output) == clean
        else:
            assert self.home.build().problems == outcome.problems

    def teardown(self) -> None:
        """Leave nothing behind."""
        rmtree(self.home.folder, ignore_errors=True)


class TestAFewSessions(Sessions.TestCase):  # type: ignore[misc, valid-type]
    """A few of them, in every run of the tests."""

    settings = settings(
        max_examples=3, stateful_step_count=6, deadline=None, suppress_health_check=QUIET
    )


@pytest.mark.deep
class TestManySessions(Sessions.TestCase):  # type: ignore[misc, valid-type]
    """Many of them."""

    settings = settings(
        max_examples=150, stateful_step_count=12, deadline=None, suppress_health_check=QUIET
    )
