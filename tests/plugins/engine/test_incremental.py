"""Whatever is done to a site, an incremental build makes what a clean one makes, byte for byte."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from plugins.catalogue.settings import PageSettings
from tests.conftest import ROOT
from tests.plugins.building import Workshop
from tests.plugins.images.pictures import plain
from tests.plugins.sequences import QUIET, clean_build, damage_cache, snapshot
from tests.thread.examples import reply
from thread import files
from thread.model import Thread

NAMES = st.sampled_from(["ant", "bee", "cow", "dog", "elk"])
TITLES = st.sampled_from(["First things", "Bees & honey", "A <b>title</b>", "First things", "Zoo"])
TAGS = st.lists(st.sampled_from(["one", "two", "three"]), unique=True, max_size=3)
DATES = st.sampled_from(
    ["2024-02-29", "2025-01-01", "2026-05-18", "2026-05-19T10:00", "2099-01-01"]
)
STATES = st.sampled_from(["", "draft: true", "status: hidden", "featured: true"])
SERIES = st.sampled_from(["", "series: Animals", "series: Plants", "series: Animals\npart: 2"])
CATEGORIES = st.sampled_from(["", "category: News", "category: How to"])
AUTHORS = st.sampled_from(["", "author: Ann", "authors: [Ann, Ben]", "author: ann-other"])
EXTRAS = st.sampled_from(["", "mood: calm", "Mood: wild\nkicker: Now", "sumary: x"])
PEOPLE = st.sampled_from(["Ann", "Ann Other", "Ben"])
TEXTS = st.sampled_from(
    [
        "Some text.",
        "Some other words about honey and the hive.\n\n## Head\n\nMore honey.",
        "![A picture](/images/a.png)\n\nHoney, honey and the hive.",
        "See [the archive](/archive/) and https://example.org.\n\nPart 2 >>",
        "word " * 300,
    ]
)


def a_post(*values: Any) -> str:
    """A post with these title, date, tags, text and further lines of front matter."""
    title, date, tags, text, *lines = values
    fields = [
        f'title: "{title}"',
        f"date: {date}",
        f"tags: [{', '.join(tags)}]",
        *filter(None, lines),
    ]
    return "---\n{}\n---\n\n{}\n".format("\n".join(fields), text)


POSTS = st.builds(a_post, TITLES, DATES, TAGS, TEXTS, STATES, SERIES, CATEGORIES, AUTHORS, EXTRAS)


class Site(RuleBasedStateMachine):
    """A site that is edited and built again and again, next to one that is built from nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(prefix="parley-test-"))
        self.workshop = Workshop(self.folder)
        self.workshop.workers = 2
        self.theme = self.folder / "theme"
        self.settings: dict[str, Any] = {"THEME": str(self.theme)}
        self.answers = 0
        self.start = ""
        copytree(ROOT / "theme", self.theme)

    @initialize(posts=st.dictionaries(NAMES, POSTS, min_size=2, max_size=5))
    def begin(self, posts: dict[str, str]) -> None:
        """Some posts, a page and an image."""
        files: dict[str, str | bytes] = {f"posts/{name}.md": text for name, text in posts.items()}
        about = "---\ntitle: About\n---\n\nUs.\n"
        self.workshop.write({**files, "pages/about.md": about, "images/a.png": plain(40, 30)})

    @rule(name=NAMES, text=POSTS)
    def write(self, name: str, text: str) -> None:
        """Add a post, or write one anew: title, tags, date, series, standing and text."""
        self.workshop.write({f"posts/{name}.md": text})

    @rule(name=NAMES, text=TEXTS)
    def go_on(self, name: str, text: str) -> None:
        """Add to the text of a post."""
        path = self.workshop.content / "posts" / f"{name}.md"
        if path.is_file():
            path.write_text(path.read_text(encoding="utf-8") + f"\n{text}\n", encoding="utf-8")

    @rule(name=NAMES)
    def remove(self, name: str) -> None:
        """Delete a post."""
        (self.workshop.content / "posts" / f"{name}.md").unlink(missing_ok=True)

    @rule(old=NAMES, new=NAMES)
    def rename(self, old: str, new: str) -> None:
        """Give a post another name, and thereby another address."""
        path = self.workshop.content / "posts" / f"{old}.md"
        if path.is_file():
            path.rename(path.with_name(f"{new}.md"))

    @rule(width=st.integers(30, 60))
    def paint(self, width: int) -> None:
        """Change the image."""
        self.workshop.write({"images/a.png": plain(width, 30)})

    @rule(text=st.sampled_from(["Us.", "Us, and them.", ""]))
    def introduce(self, text: str) -> None:
        """Change a page, an intro and a series file, or take the latter two away."""
        self.workshop.write(
            {"pages/about.md": f"---\ntitle: About {text}\n---\n\n{text or 'Me.'}\n"}
        )
        for name in ("authors/ann.md", "tags/one.md"):
            if text:
                self.workshop.write({name: text})
            else:
                (self.workshop.content / name).unlink(missing_ok=True)

    @rule(name=PEOPLE, shown=st.sampled_from(["", "picture: /images/a.png", "github: ann"]))
    def present(self, name: str, shown: str) -> None:
        """Say who an author is: another name under one key, with a picture, a link, or neither."""
        self.workshop.write({"authors/ann.md": f"---\nname: {name}\n{shown}\n---\n\nA bio.\n"})

    @rule(plan=st.sampled_from(["", "planned:\n  - part: 3\n    title: Third\n"]))
    def announce(self, plan: str) -> None:
        """Describe a series, with a planned part or without."""
        text = f"---\ntitle: Animals\nsummary: About animals\n{plan}---\n\nThe series.\n"
        self.workshop.write({"series/animals.md": text})

    @rule(name=NAMES, count=st.integers(0, 2))
    def answer(self, name: str, count: int) -> None:
        """Approve replies to a post, or take them back, as the service does."""
        self.answers += 1
        found = [reply(f"r{n}", html=f"<p>Answer {self.answers}.</p>") for n in range(count)]
        files.write(self.workshop.replies, Thread(name, self.answers, tuple(found)))

    @rule(name=st.sampled_from(["post", "home", "base"]), mark=st.integers(1, 3))
    def redesign(self, name: str, mark: int) -> None:
        """Change a template."""
        path = self.theme / "templates" / f"{name}.html"
        text = (ROOT / "theme" / "templates" / f"{name}.html").read_text(encoding="utf-8")
        shown = ' title="{{ page.extra.mood }}"' if (name, mark) == ("post", 3) else ""
        new = text.replace("<h1", f'<h1 data-mark="{mark}"{shown}', 1)
        path.write_text(new, encoding="utf-8")

    @rule(size=st.sampled_from([1, 2, 10]), title=st.sampled_from(["Parley", "Another name"]))
    def set_up(self, size: int, title: str) -> None:
        """Change settings."""
        self.settings |= {"PAGES": PageSettings(per_page=size), "SITENAME": title}

    @rule(preview=st.booleans())
    def look_ahead(self, preview: bool) -> None:
        """Show drafts and scheduled posts, or not."""
        self.settings["PREVIEW"] = preview

    @rule(which=st.integers(0, 5))
    def disturb(self, which: int) -> None:
        """Remove a file of the output, or write something else into it."""
        pages = sorted(self.workshop.output.rglob("*.html"))
        if pages:
            page = pages[which * 7 % len(pages)]
            page.unlink() if which % 2 else page.write_text("x")

    @rule(length=st.integers(0, 40_000))
    def damage(self, length: int) -> None:
        """Cut the cache off, or write into the midst of it."""
        damage_cache(self.folder, length)

    @invariant()
    def is_as_a_clean_build(self) -> None:
        """Both have the same files with the same bytes, or the same problems."""
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("PARLEY_START", self.start)
            built = self.workshop.build(**self.settings)
        clean = self.folder / "clean"
        fresh = clean_build(self.workshop, clean, **self.settings)
        assert built.problems == fresh.problems
        if not built.problems:
            assert str(built.report).split(";")[0] == str(fresh.report).split(";")[0]
            assert built.report is not None
            assert fresh.report is not None
            assert built.report.notices == fresh.report.notices
            before, after = snapshot(self.workshop.output), snapshot(clean)
            assert before.keys() - {".parley-manifest.json"} == after.keys() - {
                ".parley-manifest.json"
            }
            assert [name for name in after if before[name] != after[name]] == []

    def teardown(self) -> None:
        """Leave nothing behind."""
        rmtree(self.folder, ignore_errors=True)


class TestAFewSequences(Site.TestCase):  # type: ignore[misc, valid-type]
    """A few of them, in every run of the tests."""

    settings = settings(
        max_examples=4, stateful_step_count=6, deadline=None, suppress_health_check=QUIET
    )


class HelpedSite(Site):
    """The same, where processes that are started anew help with some builds."""

    @rule(start=st.sampled_from(["", "spawn"]))
    def hire(self, start: str) -> None:
        """Let new processes help from now on, or no longer."""
        self.start = start


@pytest.mark.deep
class TestManySequences(HelpedSite.TestCase):  # type: ignore[misc, valid-type]
    """Three hundred of them."""

    settings = settings(
        max_examples=300, stateful_step_count=10, deadline=None, suppress_health_check=QUIET
    )


def start(folder: Path, content: Path) -> subprocess.Popen[bytes]:
    """A build in a process of its own."""
    conf = folder / "conf.py"
    conf.write_text(
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from pelicanconf import *\n"
        f"BUILD = BuildSettings(cache=Path({str(folder / '.parley' / 'build')!r}), workers=2)\n"
    )
    command = [sys.executable, "-m", "pelican", str(content), "-o", str(folder / "output")]
    return subprocess.Popen(
        [*command, "-s", str(conf)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def kill_again_and_again(folder: Path, moments: list[float]) -> None:
    """Builds killed after these seconds, each after an edit; then one that is not, and is right."""
    workshop = Workshop(folder)
    values = ("Some text.", "", "series: Animals", "category: News", "author: Ann")
    posts = {f"posts/p{n}.md": a_post(f"P {n}", "2026-05-19", ["one"], *values) for n in range(40)}
    workshop.write(posts)
    for number, seconds in enumerate(moments):
        process = start(folder, workshop.content)
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        name = f"posts/p{number % 40}.md"
        text = posts[name].replace("Some text.", f"Some text, edited {number} times.")
        workshop.write({name: text.replace("title: ", "title: New ") if number % 3 else text})
    process = start(folder, workshop.content)
    _, told = process.communicate(timeout=120)
    assert process.returncode == 0, told.decode()
    left = snapshot(folder / "output")
    rmtree(folder / "output")
    rmtree(folder / ".parley")
    again = start(folder, workshop.content)
    again.communicate(timeout=120)
    assert left == snapshot(folder / "output")


def test_builds_that_are_killed_leave_nothing_wrong(tmp_path: Path) -> None:
    """While reading, while rendering and while files are put in place."""
    kill_again_and_again(tmp_path, [1.2, 2.0])


@pytest.mark.deep
def test_builds_that_are_killed_at_many_moments(tmp_path: Path) -> None:
    """From the first moment of a build to its last."""
    kill_again_and_again(tmp_path, [0.4 + 0.05 * n for n in range(60)])
