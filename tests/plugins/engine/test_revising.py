"""An edited text brings its own page up to date, and nothing that could be wrong is taken over."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree, rmtree
from types import ModuleType
from typing import Any

import pytest

import pelicanconf
from plugins.catalogue.settings import PageSettings
from plugins.digests import digest
from plugins.engine import revising
from plugins.fastbuild.settings import BuildSettings
from plugins.fastbuild.store import Store
from plugins.feeds.settings import FeedSettings
from plugins.steps import Site, Task
from tests.conftest import ROOT
from tests.plugins.building import Built, Workshop, be_quiet
from tests.plugins.images.pictures import plain
from tests.plugins.sequences import snapshot
from tests.thread.examples import reply
from thread import files
from thread.model import Thread

PLAIN = ROOT / "benchmarks" / "sites" / "parley" / "theme"
FEEDS = FeedSettings(
    authority="blog.example.com", authority_date="2026-01-01", kinds=(), archive_size=0, limit=1
)
SETTINGS: dict[str, Any] = {
    "THEME": str(PLAIN),
    "PAGES": PageSettings(search=False, share_images=False),
    "FEEDS": FEEDS,
}
# Longer than the beginning that lists show of it.
TEXT = "Old words {0}. " + "There is more to say about that than fits into a list. " * 5
OLD = f"---\ntitle: Old\ndate: 2026-01-0{{0}}\nauthor: Ann\ntags: [one]\ncategory: News\n---\n\n{TEXT}\n\n## Head\n\nMore.\n"
NEW = "---\ntitle: New\ndate: 2026-05-01\nauthor: Ann\ncategory: News\n---\n\nNew words.\n"
ABOUT = f"---\ntitle: About\ndate: 2026-01-01\n---\n\n{TEXT}\n"


def blog(folder: Path, **settings: Any) -> Workshop:
    """A blog of three old posts, a new one, which is in the feed, and a page; built."""
    workshop = Workshop(folder)
    workshop.write({f"posts/old-{n}.md": OLD.format(n) for n in range(1, 4)})
    workshop.write({"posts/new.md": NEW, "pages/about.md": ABOUT, "images/a.png": plain(40, 30)})
    build(workshop, **settings)
    return workshop


def build(workshop: Workshop, **settings: Any) -> Built:
    """A build that has no problems."""
    built = workshop.build(**{**SETTINGS, **settings})
    assert built.problems == ()
    return built


def edit(workshop: Workshop, name: str = "posts/old-1.md", text: str = "\nAn edit.\n") -> None:
    """Add to the text of a post."""
    path = workshop.content / name
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def was_short(built: Built) -> bool:
    """Whether the build looked at the edited posts only."""
    assert built.run is not None
    return built.run.catalogue is None


def clean(workshop: Workshop, **settings: Any) -> tuple[dict[str, bytes], Built]:
    """What a build from nothing makes."""
    other = Workshop.__new__(Workshop)
    other.content, other.replies = workshop.content, workshop.replies
    other.output = workshop.output.with_name("clean")
    rmtree(other.output, ignore_errors=True)
    built = build(other, BUILD=BuildSettings(cache=None, workers=1), **settings)
    return snapshot(other.output), built


def is_right(workshop: Workshop, built: Built, **settings: Any) -> bool:
    """Whether the output, the report and its notices are those of a build from nothing."""
    files, other = clean(workshop, **settings)
    assert built.report is not None
    assert other.report is not None
    assert str(built.report).split(";")[0] == str(other.report).split(";")[0]
    assert built.report.notices == other.report.notices
    return snapshot(workshop.output) == files


@pytest.mark.parametrize("name", ["posts/old-1.md", "pages/about.md"])
def test_an_edited_text_makes_its_page_alone(tmp_path: Path, name: str) -> None:
    """Of a post and of a page; and it makes what a build from nothing makes."""
    workshop = blog(tmp_path)
    edit(workshop, name)
    built = build(workshop)
    assert was_short(built)
    assert built.report is not None
    assert built.report.made == 1
    assert built.report.changed == (name != "pages/about.md")  # the theme does not show its text
    assert is_right(workshop, built)


def test_it_is_taken_again_and_again_and_then_a_build_of_the_whole_is_right(tmp_path: Path) -> None:
    """Texts edited one after the other and together, then a title, then nothing."""
    workshop = blog(tmp_path)
    for n in (1, 2, 1):
        edit(workshop, f"posts/old-{n}.md")
        assert was_short(build(workshop))
    edit(workshop, "posts/old-1.md", "\n## Another head\n")
    edit(workshop, "posts/old-3.md", "\n`code`\n")
    built = build(workshop)
    assert was_short(built)
    assert built.report is not None
    assert built.report.made == 2
    assert is_right(workshop, built)
    path = workshop.content / "posts" / "old-2.md"
    path.write_text(path.read_text().replace("title: Old", "title: Other"))
    built = build(workshop)
    assert not was_short(built)
    assert is_right(workshop, built)
    edit(workshop)
    built = build(workshop)
    assert was_short(built)
    assert is_right(workshop, built)
    report = build(workshop).report
    assert report is not None
    assert report.made == 0


def test_an_edit_that_changes_no_page_makes_nothing(tmp_path: Path) -> None:
    """White space at the end, as with a build of the whole."""
    workshop = blog(tmp_path)
    edit(workshop, text="\n\n")
    before = (workshop.output / "old-1" / "index.html").stat()
    built = build(workshop)
    assert was_short(built)
    assert built.report is not None
    assert (built.report.changed, built.report.made) == (0, 0)
    assert (workshop.output / "old-1" / "index.html").stat() == before
    assert is_right(workshop, built)


def test_links_and_images_of_the_post_are_finished(tmp_path: Path) -> None:
    """Addresses become those of the site, images get their size, as before the edit."""
    workshop = blog(tmp_path)
    text = "\n![A](../images/a.png)\n\n[New](new.md) ![A](/images/a.png)\n"
    edit(workshop, text=text)
    assert not was_short(build(workshop))
    edit(workshop)
    built = build(workshop)
    assert was_short(built)
    page = (workshop.output / "old-1" / "index.html").read_text()
    assert 'width="40"' in page
    assert 'href="/new/"' in page
    assert is_right(workshop, built)


def put(name: str, data: str | bytes) -> Callable[[Workshop], None]:
    """Something that writes a file of the content."""
    return lambda workshop: workshop.write({name: data})


def add(text: str, name: str = "posts/old-1.md") -> Callable[[Workshop], None]:
    """Something that adds to a text."""
    return lambda workshop: edit(workshop, name, text)


def lose(name: str) -> Callable[[Workshop], None]:
    """Something that removes a file of content or output."""
    return lambda workshop: (workshop.content.parent / name).unlink()


def spoil(name: str) -> Callable[[Workshop], object]:
    """Something that writes to a file of the output."""
    return lambda workshop: (workshop.output / name).write_text("x")


EDITS: dict[str, tuple[Callable[[Workshop], object], ...]] = {
    "title": (put("posts/old-1.md", OLD.format(1).replace("Old\n", "Older\n")),),
    "summary": (put("posts/old-1.md", OLD.format(1).replace("words", "ones")),),
    "minutes": (add("\n" + "word " * 400),),
    "link": (add("\n[New](new.md)\n"),),
    "image": (add("\n![A](/images/a.png)\n"),),
    "unnamed image": (add("\n![](/images/a.png)\n"),),
    "foreign": (add('\n<img src="https://other.example/a.png" alt="A">\n'),),
    "script": (add("\n<script>alert(1)</script>\n"),),
    "another file": (edit, put("images/b.png", plain(20, 20))),
    "an image": (edit, put("images/a.png", plain(41, 30))),
    "another post": (edit, put("posts/more.md", OLD.format(9))),
    "a post less": (edit, lose("content/posts/old-2.md")),
    "the post itself": (lose("content/posts/old-1.md"),),
    "a tag's intro": (edit, put("tags/one.md", "All of one.\n")),
    "in the feed": (add("\nAn edit.\n", "posts/new.md"),),
    "one of two in the feed": (edit, add("\nAn edit.\n", "posts/new.md")),
    "a page removed": (edit, lose("output/old-2/index.html")),
    "a page touched": (edit, spoil("index.html")),
    "the page touched": (edit, spoil("old-1/index.html")),
    "no manifest": (edit, lose("output/.parley-manifest.json")),
}


@pytest.mark.parametrize("what", EDITS)
def test_whatever_else_changes_has_the_whole_looked_at(tmp_path: Path, what: str) -> None:
    """And the outcome is that of a build from nothing."""
    workshop = blog(tmp_path)
    for change in EDITS[what]:
        change(workshop)
    built = build(workshop)
    assert not was_short(built)
    assert is_right(workshop, built)


def test_a_text_with_a_problem_is_told_as_ever_and_mended_as_ever(tmp_path: Path) -> None:
    """The page stays as it was until the text is right again."""
    workshop = blog(tmp_path)
    before = snapshot(workshop.output)
    good = (workshop.content / "posts" / "old-1.md").read_text()
    edit(workshop, text="\n[gone](gone.md)\n")
    assert len(workshop.build(**SETTINGS).problems) == 1
    assert snapshot(workshop.output) == before
    workshop.write({"posts/old-1.md": good + "\nMended.\n"})
    built = build(workshop)
    assert is_right(workshop, built)


def test_a_build_that_failed_in_between_is_no_ground_for_the_next(tmp_path: Path) -> None:
    """A title was read and kept by a build that failed elsewhere; its page has the old one."""
    workshop = blog(tmp_path)
    titled = OLD.format(1).replace("title: Old", "title: Other")
    workshop.write({"posts/old-1.md": titled, "posts/bad.md": "---\ndate: never\n---\n\nX.\n"})
    assert workshop.build(**SETTINGS).problems != ()
    (workshop.content / "posts" / "bad.md").unlink()
    workshop.write({"posts/old-1.md": f"{titled}\nAn edit.\n"})
    built = build(workshop)
    assert not was_short(built)
    assert is_right(workshop, built)


SETUPS: dict[str, dict[str, Any]] = {
    "search": {"PAGES": PageSettings(share_images=False)},
    "archives": {"FEEDS": FeedSettings(authority="a.example", authority_date="2026-01-01")},
    "related": {"THEME": str(ROOT / "theme")},
    "clean": {"DELETE_OUTPUT_DIRECTORY": True},
}


@pytest.mark.parametrize("what", SETUPS)
def test_a_site_that_shows_texts_elsewhere_is_looked_at_as_a_whole(
    tmp_path: Path, what: str
) -> None:
    """A search index, archives of feeds and related posts are made of every text."""
    settings = dict(SETUPS[what])
    if what == "search":
        settings["THEME"] = quiet_theme(tmp_path)
    workshop = blog(tmp_path, **settings)
    edit(workshop)
    built = build(workshop, **settings)
    assert not was_short(built)
    assert is_right(workshop, built, **settings)


def _plugin(texts: tuple[str, ...] | None, *, closing: bool = False) -> ModuleType:
    """A plugin that writes down a length of text, and says of which."""

    def tasks(site: Site) -> Iterator[Task]:
        lengths = [len(entry.html) for entry in site.catalogue.entries if entry.post.slug == "new"]
        yield Task(
            "lengths", digest(lengths), lambda: [("l.txt", repr(lengths).encode())], texts=texts
        )

    made = ModuleType("a_plugin")
    vars(made)["register"] = lambda: None
    vars(made)["closing_tasks" if closing else "tasks"] = tasks
    return made


@pytest.mark.parametrize(
    ("plugin", "short"),
    [
        (_plugin(("posts/new.md",)), True),
        (_plugin(("posts/old-1.md",)), False),
        (_plugin(None), False),
        (_plugin((), closing=True), False),
    ],
    ids=["of another", "of this one", "not said", "finished pages"],
)
def test_a_plugin_says_which_texts_it_reads(
    tmp_path: Path, plugin: ModuleType, *, short: bool
) -> None:
    """One that does not say so, and one that reads finished pages, may read any."""
    settings = {"PLUGINS": [*pelicanconf.PLUGINS, plugin]}
    workshop = blog(tmp_path, **settings)
    edit(workshop)
    settings = {"PLUGINS": [*pelicanconf.PLUGINS, plugin]}
    built = build(workshop, **settings)
    assert was_short(built) is short
    assert is_right(workshop, built, PLUGINS=[*pelicanconf.PLUGINS, plugin])


def test_a_plugin_without_tasks_may_have_some_after_the_next_edit(tmp_path: Path) -> None:
    """Nobody knows what it makes that depend on."""

    def tasks(site: Site) -> Iterator[Task]:
        if any("An edit" in entry.html for entry in site.catalogue.entries):
            yield Task("edited", "", lambda: [("edited.txt", b"yes")], texts=())

    plugin = ModuleType("a_plugin")
    vars(plugin).update(register=lambda: None, tasks=tasks)
    workshop = blog(tmp_path, PLUGINS=[*pelicanconf.PLUGINS, plugin])
    edit(workshop)
    build(workshop, PLUGINS=[*pelicanconf.PLUGINS, plugin])
    assert (workshop.output / "edited.txt").is_file()


def test_why_is_told(tmp_path: Path) -> None:
    """Of the page that was made, by any of its names, and of one that was not."""
    workshop = blog(tmp_path)
    edit(workshop)
    run = build(workshop).run
    assert run is not None
    told = "old-1/index.html was made: its text has changed, and nothing else of it"
    for name in ("/old-1/", "posts/old-1.md", "content/posts/old-1.md", "output/old-1/index.html"):
        told_of = f"{told}; changed files: content/posts/old-1.md"
        assert run.explain(name) == f"{told_of}\n  text of posts/old-1.md changed -> /old-1/"
    assert run.explain("posts/new.md").startswith("new/index.html was left as it is")
    with pytest.raises(LookupError, match="no page"):
        run.explain("/nowhere/")


def test_compressed_twins_are_renewed_with_their_page(tmp_path: Path) -> None:
    """Where they come to be others than before, the whole is looked at."""
    twinning = "plugins.engine.twinning"
    settings = {"PLUGINS": [*pelicanconf.PLUGINS, twinning]}
    workshop = blog(tmp_path, **settings)
    edit(workshop)
    settings = {"PLUGINS": [*pelicanconf.PLUGINS, twinning]}
    built = build(workshop, **settings)
    assert was_short(built)
    assert (workshop.output / "old-1" / "index.html.br").is_file()
    assert is_right(workshop, built, PLUGINS=[*pelicanconf.PLUGINS, twinning])
    report = build(workshop, PLUGINS=[*pelicanconf.PLUGINS, twinning]).report
    assert report is not None
    assert report.made == 0


@pytest.mark.parametrize(
    "lost", ["DELETE FROM pages", "DELETE FROM facts WHERE key = 'frames'"], ids=["page", "frame"]
)
def test_what_the_cache_has_lost_is_made_from_the_whole(tmp_path: Path, lost: str) -> None:
    """A row that is gone is no ground for anything."""
    workshop = blog(tmp_path)
    [path] = (tmp_path / ".parley" / "build").glob("*.sqlite")
    database = sqlite3.connect(path)
    database.execute(lost)
    database.commit()
    database.close()
    edit(workshop)
    built = build(workshop)
    assert not was_short(built)
    assert is_right(workshop, built)


def test_a_page_that_was_published_but_not_noted_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that is killed between the two leaves an output that is not as it was noted."""
    workshop = blog(tmp_path)
    edit(workshop)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(revising, "keep", killed)
        with pytest.raises(KeyboardInterrupt):
            build(workshop)
    edit(workshop, "posts/old-2.md")
    built = build(workshop)
    assert not was_short(built)
    assert is_right(workshop, built)


def test_a_scheduled_post_comes_with_the_edit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When its time has come, the edit of another text does not hide that."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1779200000")  # 2026-05-19
    workshop = blog(tmp_path)
    workshop.write(
        {
            "later.md": "---\ntitle: Later\nauthor: Ann\ncategory: News\ndate: 2026-06-01\n---\n\nText.\n"
        }
    )
    build(workshop)
    edit(workshop)
    assert was_short(build(workshop))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780400000")  # 2026-06-02
    edit(workshop)
    built = build(workshop)
    assert not was_short(built)
    assert is_right(workshop, built)


def test_dates_from_the_files_themselves_have_the_whole_looked_at(tmp_path: Path) -> None:
    """Any of them may be another after an edit."""
    workshop = blog(tmp_path)
    workshop.write(
        {"posts/undated.md": "---\ntitle: Undated\nauthor: Ann\ncategory: News\n---\n\nText.\n"}
    )
    os.utime(workshop.content / "posts" / "undated.md", (1_700_000_000, 1_700_000_000))
    build(workshop)
    edit(workshop)
    built = build(workshop)
    assert not was_short(built)
    assert is_right(workshop, built)


def test_another_process_that_has_the_cache_is_not_waited_for(tmp_path: Path) -> None:
    """Without the cache everything is made, and is right."""
    workshop = blog(tmp_path)
    edit(workshop)
    [path] = (tmp_path / ".parley" / "build").glob("*.sqlite")
    with Store(path, "another"):
        assert is_right(workshop, build(workshop))


def test_another_theme_has_its_own_frames(tmp_path: Path) -> None:
    """A template that changed makes pages anew, and edits after that are made with it."""
    theme = tmp_path / "theme"
    copytree(PLAIN, theme)
    workshop = blog(tmp_path, THEME=str(theme))
    path = theme / "templates" / "post.html"
    path.write_text(path.read_text().replace("<h1", '<h1 data-mark="1"', 1))
    edit(workshop)
    built = build(workshop, THEME=str(theme))
    assert not was_short(built)
    edit(workshop)
    built = build(workshop, THEME=str(theme))
    assert was_short(built)
    assert is_right(workshop, built, THEME=str(theme))


def quiet_theme(folder: Path) -> str:
    """Our theme without related posts."""
    theme = folder / "theme"
    copytree(ROOT / "theme", theme)
    be_quiet(theme)
    return str(theme)


def approve(workshop: Workshop, version: int) -> None:
    """A reply to an old post, as the service writes it."""
    files.write(workshop.replies, Thread("old-1", version, (reply(f"r{version}"),)))


def test_replies_stay_below_an_edited_text(tmp_path: Path) -> None:
    """Those that were there; a new one has the whole looked at."""
    theme = quiet_theme(tmp_path)
    workshop = Workshop(tmp_path)
    approve(workshop, 1)
    workshop.write({f"posts/old-{n}.md": OLD.format(n) for n in range(1, 4)})
    workshop.write({"posts/new.md": NEW})
    build(workshop, THEME=theme)
    edit(workshop)
    built = build(workshop, THEME=theme)
    assert was_short(built)
    assert "reply-r1" in built.page("/old-1/")
    assert is_right(workshop, built, THEME=theme)
    approve(workshop, 2)
    edit(workshop)
    built = build(workshop, THEME=theme)
    assert not was_short(built)
    assert is_right(workshop, built, THEME=theme)


@pytest.mark.parametrize("moment", ["open_answers", "publishing_of"])
def test_a_reply_that_comes_during_the_build_is_not_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """The service has put it into the page already, and the page with the new text has it, too."""
    theme = quiet_theme(tmp_path)
    workshop = Workshop(tmp_path)
    approve(workshop, 1)
    workshop.write({"posts/old-1.md": OLD.format(1), "posts/new.md": NEW})
    build(workshop, THEME=theme)
    edit(workshop)
    own = getattr(revising, moment)

    def approved(*values: Any) -> Any:
        approve(workshop, 2)
        return own(*values)

    monkeypatch.setattr(revising, moment, approved)
    built = build(workshop, THEME=theme)
    assert not was_short(built)
    assert "reply-r2" in built.page("/old-1/")
    assert "An edit." in built.page("/old-1/")
