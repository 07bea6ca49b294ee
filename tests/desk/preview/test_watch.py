"""The watcher sees every save, and only saves."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from desk.errors import DeskError
from desk.preview.serve import Plan, serve
from desk.preview.watch import Watcher
from tests.waiting import PATIENCE

QUIET = 0.2


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site's folder, nothing in it yet but its rooms."""
    site = (tmp_path / "site").resolve()
    for name in ("content/posts", "theme", "output", ".git"):
        (site / name).mkdir(parents=True)
    (site / "content" / "posts" / "a.md").write_text("a", encoding="utf-8")
    (site / "pelicanconf.py").write_text("", encoding="utf-8")
    return site


@contextlib.asynccontextmanager
async def watching(site: Path) -> AsyncIterator[Watcher]:
    """A watcher at work."""
    folders = [site / "content", site / "theme", site / "plugins"]
    watcher = Watcher(site, folders, [site / "content" / "built"])
    task = asyncio.create_task(watcher.run())
    await asyncio.sleep(0.1)
    try:
        yield watcher
    finally:
        task.cancel()
        await asyncio.wait([task])


async def until(watcher: Watcher, *wanted: Path) -> None:
    """Wait until all of ``wanted`` have been seen to change."""
    missing = set(wanted)
    while missing:
        missing -= await asyncio.wait_for(watcher.next(), PATIENCE)


def seen(site: Path, change: Callable[[], object], within: float = PATIENCE) -> frozenset[Path]:
    """What the watcher says has changed after ``change``; empty if it says nothing."""

    async def run() -> frozenset[Path]:
        changed: frozenset[Path] = frozenset()
        async with watching(site) as watcher:
            change()
            with contextlib.suppress(TimeoutError):
                changed = await asyncio.wait_for(watcher.next(), within)
                while True:
                    changed |= await asyncio.wait_for(watcher.next(), QUIET)
        return changed

    return asyncio.run(run())


def test_a_save_is_seen(site: Path) -> None:
    """Writing to a file in a watched folder is a change of that file."""
    post = site / "content" / "posts" / "a.md"
    assert seen(site, lambda: post.write_text("b", encoding="utf-8")) == {post}


def test_a_save_by_renaming_over_the_file_is_seen(site: Path) -> None:
    """As many editors do it; the name they write to first is not a change."""
    post = site / "content" / "posts" / "a.md"

    def save() -> None:
        (post.parent / "a.md~").write_text("b", encoding="utf-8")
        (post.parent / "a.md~").replace(post)

    assert seen(site, save) == {post}


def test_a_removal_and_a_new_folder_are_seen(site: Path) -> None:
    """A file that goes and a bundle that comes change the site."""
    post, bundle = site / "content" / "posts" / "a.md", site / "content" / "posts" / "b"

    def change() -> None:
        post.unlink()
        bundle.mkdir()

    assert seen(site, change) == {post, bundle}


@pytest.mark.parametrize("name", ["pelicanconf.py", "publishconf.py", "facts.py"])
def test_settings_are_watched(site: Path, name: str) -> None:
    """Python beside the settings file may be imported by it."""
    assert seen(site, lambda: (site / name).write_text("x = 1", encoding="utf-8")) == {site / name}


NO_SOURCES = (
    "content/posts/.a.md.swp",
    "content/posts/4913",
    "content/posts/a.md~",
    "content/posts/.#a.md",
    "content/posts/#a.md#",
    "content/.DS_Store",
    "theme/__pycache__/x.pyc",
    "content/.git/index",
    "content/built/index.html",
    "output/index.html",
    "README.md",
    ".pelicanconf.py.swp",
)


def test_what_is_no_source_is_not_seen(site: Path) -> None:
    """Temporary files, caches, version control and what was built never start a build."""

    def write() -> None:
        for name in NO_SOURCES:
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text("x", encoding="utf-8")

    assert seen(site, write, within=QUIET) == frozenset()


def test_hidden_sources_are_seen(site: Path) -> None:
    """A dotfile can be part of a site."""
    hidden = site / "content" / ".htaccess"
    assert seen(site, lambda: hidden.write_text("x", encoding="utf-8")) == {hidden}


def test_a_save_while_nobody_asks_is_kept(site: Path) -> None:
    """Changes made while a build runs are there when the next one is asked for, all of them."""

    async def run() -> frozenset[Path]:
        async with watching(site) as watcher:
            for name in ("b.md", "c.md"):
                (site / "content" / name).write_text("x", encoding="utf-8")
                await asyncio.sleep(0.2)
            return await asyncio.wait_for(watcher.next(), PATIENCE)

    assert asyncio.run(run()) == {site / "content" / "b.md", site / "content" / "c.md"}


def test_a_folder_that_goes_and_comes_back_is_watched_again(site: Path) -> None:
    """As when a branch without it is checked out and then one that has it."""
    post = site / "content" / "posts" / "a.md"

    async def run() -> None:
        async with watching(site) as watcher:
            shutil.rmtree(site / "content")
            await until(watcher, site / "content")
            (site / "content" / "posts").mkdir(parents=True)
            await until(watcher, site / "content")
            await asyncio.sleep(QUIET)
            post.write_text("b", encoding="utf-8")
            await until(watcher, post)

    asyncio.run(run())


def test_a_folder_named_later_is_watched_and_what_it_held_counts(site: Path) -> None:
    """Settings may name a theme elsewhere; what changed before it was watched is not lost."""
    elsewhere = site.parent / "theme"
    elsewhere.mkdir()

    async def run() -> None:
        async with watching(site) as watcher:
            watcher.cover([elsewhere])
            await until(watcher, elsewhere)
            (elsewhere / "base.html").write_text("x", encoding="utf-8")
            await until(watcher, elsewhere / "base.html")

    asyncio.run(run())


def test_it_is_said_when_the_system_cannot_watch(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one sentence with what to do: no preview goes on that would miss saves."""

    async def full(*_: object, **__: object) -> AsyncIterator[None]:
        for error in [OSError(28, "No space left on device")]:
            raise error
        yield

    monkeypatch.setattr("desk.preview.watch.awatch", full)
    plan = Plan(site / "pelicanconf.py", site / "content", site / "preview", "127.0.0.1", 0)
    with pytest.raises(DeskError, match=r"No space left.*max_user_watches"):
        serve(plan)


def replace_as_vim_does(path: Path, text: str) -> None:
    """Write beside the file, and rename over it."""
    (path.parent / "4913").write_text(text, encoding="utf-8")
    (path.parent / "4913").rename(path)


def test_each_save_of_a_file_that_a_link_leads_to_is_seen(site: Path, tmp_path: Path) -> None:
    """By its path in the content, however the editor saves; files beside it are not."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "single.md").write_text("a", encoding="utf-8")
    (outside / "step.md").symlink_to("single.md")
    link = site / "content" / "posts" / "single.md"
    link.symlink_to(outside / "step.md")

    async def run() -> None:
        async with watching(site) as watcher:
            for text in "bcd":
                replace_as_vim_does(outside / "single.md", text)
                assert await asyncio.wait_for(watcher.next(), PATIENCE) == {link}
            (outside / "single.md").write_text("e", encoding="utf-8")
            await until(watcher, link)
            (outside / "other.md").write_text("x", encoding="utf-8")
            with pytest.raises(TimeoutError):
                while await asyncio.wait_for(watcher.next(), QUIET) <= {link}:
                    pass

    asyncio.run(run())


def test_a_link_may_be_pointed_elsewhere_or_come_later(site: Path, tmp_path: Path) -> None:
    """What it leads to then is watched: a folder, a file, and a file in a folder that is linked."""
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
        (folder / "a.md").write_text("a", encoding="utf-8")
    link = site / "content" / "posts" / "ext"
    link.symlink_to(folders[0])

    async def run() -> None:
        async with watching(site) as watcher:
            (folders[0] / "a.md").write_text("b", encoding="utf-8")
            await until(watcher, link / "a.md")
            (tmp_path / "new").symlink_to(folders[1])
            (tmp_path / "new").rename(link)
            await until(watcher, site / "content")
            (folders[1] / "a.md").write_text("b", encoding="utf-8")
            await until(watcher, link / "a.md")
            late = site / "content" / "late.md"
            late.symlink_to(folders[0] / "a.md")
            await until(watcher, site / "content")
            replace_as_vim_does(folders[0] / "a.md", "c")
            await until(watcher, late)

    asyncio.run(run())


def test_a_folder_that_a_link_leads_to_may_be_made_again(site: Path, tmp_path: Path) -> None:
    """As a checkout of another branch does."""
    outside = tmp_path / "outside"
    outside.mkdir()
    link = site / "content" / "ext"
    link.symlink_to(outside)

    async def run() -> None:
        async with watching(site) as watcher:
            shutil.rmtree(outside)
            await asyncio.wait_for(watcher.next(), PATIENCE)
            outside.mkdir()
            await until(watcher, site / "content")
            (outside / "a.md").write_text("a", encoding="utf-8")
            await until(watcher, link / "a.md")

    asyncio.run(run())
