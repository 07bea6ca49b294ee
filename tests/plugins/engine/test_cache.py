"""The cache: used where it is right, and never where it might not be."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from plugins.catalogue.settings import PageSettings
from plugins.checks.settings import CheckSettings
from plugins.engine.report import Report
from tests.plugins.building import Built, Workshop
from tests.plugins.sequences import snapshot

POST = "---\ntitle: {0}\ndate: 2026-05-1{1}\ntags: [one]\n---\n\nText {0}.\n"


def posts(workshop: Workshop) -> Workshop:
    """A site of a few posts."""
    workshop.write({f"p{n}.md": POST.format(f"P{n}", n) for n in range(8)})
    return workshop


def report_of(built: Built) -> Report:
    """The report of a build without problems."""
    assert built.report is not None, built.problems
    return built.report


@pytest.mark.parametrize("workers", ["1", "2", "5"])
def test_any_number_of_workers_makes_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: str
) -> None:
    """The same bytes, and the same problems in the same order."""
    (tmp_path / "one").mkdir()
    (tmp_path / "some").mkdir()
    one, some = posts(Workshop(tmp_path / "one")), posts(Workshop(tmp_path / "some"))
    monkeypatch.setenv("PARLEY_WORKERS", "1")
    expected = snapshot(one.build().output)
    monkeypatch.setenv("PARLEY_WORKERS", workers)
    assert snapshot(some.build().output) == expected
    wrong = {f"w{n}.md": "---\ntitle: W\ndate: never\n---\n\n[x](gone.md)\n" for n in range(40)}
    monkeypatch.setenv("PARLEY_WORKERS", "1")
    problems = one.build(wrong).problems
    monkeypatch.setenv("PARLEY_WORKERS", workers)
    assert some.build(wrong).problems == problems
    assert len(problems) == 80


def test_a_number_of_workers_that_is_none_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what to do."""
    monkeypatch.setenv("PARLEY_WORKERS", "many")
    [line] = Workshop(tmp_path).build().problems
    assert line.startswith("environment:1: PARLEY_WORKERS: 'many' is no number")


def test_a_fresh_clone_with_the_cache_restored_reads_nothing_again(tmp_path: Path) -> None:
    """All times are new and the output is not there: contents decide, and the pages are the same."""
    (tmp_path / "a").mkdir()
    first = posts(Workshop(tmp_path / "a"))
    before = snapshot(first.build().output)
    copytree(tmp_path / "a" / "content", tmp_path / "b" / "content")
    copytree(tmp_path / "a" / ".parley", tmp_path / "b" / ".parley")
    for path in (tmp_path / "b" / "content").rglob("*"):
        os.utime(path)
    clone = Workshop.__new__(Workshop)
    clone.content, clone.output = tmp_path / "b" / "content", tmp_path / "b" / "output"
    clone.replies, clone.puts_off = tmp_path / "b" / "replies", False
    caches = list((tmp_path / "b" / ".parley" / "build").glob("*.sqlite"))
    sizes = {path: path.stat().st_size for path in caches}
    assert snapshot(clone.build().output) == before
    assert {path: path.stat().st_size for path in caches} == sizes
    assert list((tmp_path / "b" / ".parley" / "build").glob("*.sqlite")) == caches


@pytest.mark.parametrize("damage", ["empty", "cut", "garbage", "gone", "folder"])
def test_a_damaged_cache_is_as_none(tmp_path: Path, damage: str) -> None:
    """The site is right whatever happened to it."""
    workshop = posts(Workshop(tmp_path))
    workshop.build()
    [cache] = (tmp_path / ".parley" / "build").glob("*.sqlite")
    data = cache.read_bytes()
    cache.unlink()
    if damage == "folder":
        cache.mkdir()
    elif damage != "gone":
        middle = len(data) // 2
        changed = {
            "empty": b"",
            "cut": data[:middle],
            "garbage": data[:middle] + b"\xff" * 5000 + data[middle + 5000 :],
        }
        cache.write_bytes(changed[damage])
    built = workshop.build({"p1.md": POST.format("Changed", 1)})
    left = snapshot(built.output)
    rmtree(tmp_path / ".parley")
    rmtree(workshop.output)
    assert left == snapshot(workshop.build().output)


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("table", ["facts", "readings", "texts"])
def test_damage_that_shows_late_is_as_no_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str, workers: str
) -> None:
    """The file can be opened, but not read to its end: by this process or by a worker."""
    monkeypatch.setenv("PARLEY_WORKERS", workers)
    workshop = posts(Workshop(tmp_path))
    workshop.build()
    damage_table(tmp_path, table)
    built = workshop.build({"p1.md": POST.format("Another", 1)}, SITENAME="Another")
    assert built.problems == ()
    assert "Another" in built.page("/p1/")
    assert report_of(workshop.build(SITENAME="Another")).changed == 0


def test_a_text_that_is_lost_is_read_again(tmp_path: Path) -> None:
    """Its row is gone, and its page has to be made."""
    workshop = posts(Workshop(tmp_path))
    page = workshop.build().page("/p1/")
    for path in tmp_path.glob(".parley/build/*.sqlite"):
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("DELETE FROM texts")
    (workshop.output / "p1" / "index.html").unlink()
    assert workshop.build().page("/p1/") == page


def damage_table(folder: Path, name: str) -> None:
    """Write nonsense over the first page of a table of the cache."""
    [path] = folder.glob(".parley/build/*.sqlite")
    with closing(sqlite3.connect(path)) as database:
        query = "SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = ?"
        [root] = database.execute(query, (name,)).fetchone()
        [size] = database.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"nonsense" * 40)


def test_other_settings_make_everything_again(tmp_path: Path) -> None:
    """And going back to the old ones does, too."""
    workshop = posts(Workshop(tmp_path))
    before = snapshot(workshop.build().output)
    two = replace(PageSettings(), per_page=2)
    built = workshop.build(PAGES=two)
    assert report_of(built).made != 0
    assert "page/2/index.html" in built.files()
    assert snapshot(workshop.build(PAGES=PageSettings()).output) == before


def test_a_setting_that_cannot_be_compared_makes_everything(tmp_path: Path) -> None:
    """The report says why."""
    built = posts(Workshop(tmp_path)).build(SOME_SETTING=object())
    assert "SOME_SETTING: a value of type object cannot be compared" in str(report_of(built))


def test_a_day_among_the_settings_is_compared(tmp_path: Path) -> None:
    """Checks that are laxer before a day leave the next build nothing to make."""
    workshop = posts(Workshop(tmp_path))
    checks = CheckSettings(before=date(2020, 1, 1))
    workshop.build(CHECKS=checks)
    assert report_of(workshop.build(CHECKS=checks)).made == 0


def test_a_scheduled_post_is_published_when_its_time_has_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing changed but the clock."""
    workshop = posts(Workshop(tmp_path))
    workshop.write({"later.md": "---\ntitle: Later\ndate: 2026-06-01\n---\n\nText.\n"})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1779200000")  # 2026-05-19
    assert "later/index.html" not in workshop.build().files()
    assert report_of(workshop.build()).made == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780400000")  # 2026-06-02
    assert "later/index.html" in workshop.build().files()


def test_two_builds_at_a_time_do_not_share_the_cache(tmp_path: Path) -> None:
    """The second does without, and leaves the first one's alone."""
    from plugins.fastbuild.store import Store

    path = tmp_path / "cache.sqlite"
    with Store(path, "v") as first:
        first.put("facts", [("a", b"1")])
        first.commit()
        with Store(path, "v") as second:
            assert second.get("facts", "a") is None
            second.put("facts", [("a", b"2")])
            second.commit()
    with Store(path, "v") as third:
        assert third.get("facts", "a") == b"1"
    with Store(path, "another version") as fourth:
        assert fourth.get("facts", "a") is None
