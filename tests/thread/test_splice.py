"""A newer thread in a finished site: page, feeds and twins are what a build would have made."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.thread.examples import OWN_SITE, REPLY, TARGET, TEMPLATES, page, reply, thread, threads
from thread import twins
from thread.block import BEGIN, END
from thread.errors import FileError
from thread.feed import render_feeds
from thread.model import Target, Thread
from thread.splice import replaced, splice

Files = dict[str, bytes]


def built(folder: Path, found: Thread, *, twinned: bool = True, target: Target = TARGET) -> Path:
    """A site as a build with these replies makes it."""
    whole = page(found, target=target).encode()
    files = {target.file: whole, **render_feeds(OWN_SITE, target, found)}
    for name, data in {**files, "index.html": b"home"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
        if twinned:
            twins.write_twins(folder / name)
    return folder


def files(folder: Path) -> Files:
    """Every file with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def spliced(output: Path, found: Thread, target: Target = TARGET) -> tuple[str, ...]:
    """Splice as the service does."""
    return splice(output, OWN_SITE, target, found, TEMPLATES)


@given(
    history=st.lists(threads(), min_size=1, max_size=4),
    twinned=st.booleans(),
    lang=st.sampled_from(("en", "de", "de-AT", "ar")),
)
def test_a_spliced_site_is_the_one_a_build_makes(
    tmp_path_factory: pytest.TempPathFactory, history: list[Thread], twinned: bool, lang: str
) -> None:
    """After any sequence of threads: replies that come, change and go. No file is more or less."""
    post, before = replace(TARGET, lang=lang), thread(version=0)
    output = built(tmp_path_factory.mktemp("spliced"), before, twinned=twinned, target=post)
    for found in history:
        spliced(output, found, post)
    again = built(tmp_path_factory.mktemp("built"), history[-1], twinned=twinned, target=post)
    assert files(output) == files(again)


def test_nothing_is_written_twice(tmp_path: Path) -> None:
    """A thread that is there already costs no write, so web servers keep what they know."""
    output = built(tmp_path, thread(version=0))
    written = spliced(output, thread(REPLY))
    assert set(written) == {
        f"{name}{end}" for name in (TARGET.file, *TARGET.feeds) for end in ("", ".gz", ".br")
    }
    times = {path: path.stat().st_mtime_ns for path in output.rglob("*")}
    assert spliced(output, thread(REPLY)) == ()
    assert times == {path: path.stat().st_mtime_ns for path in output.rglob("*")}


def test_the_mode_of_a_page_is_kept(tmp_path: Path) -> None:
    """A page that only a group may read stays so."""
    output = built(tmp_path, thread(version=0))
    (output / TARGET.file).chmod(0o640)
    spliced(output, thread(REPLY))
    assert (output / TARGET.file).stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("stale", [".br", ".gz", ".br and .gz"])
def test_a_splice_that_was_cut_off_is_completed(tmp_path: Path, stale: str) -> None:
    """The page is new, its twins are old or not there: the next splice sees that."""
    output = built(tmp_path, thread(version=0))
    before = files(output)
    spliced(output, thread(REPLY))
    after = files(output)
    for end in stale.split(" and "):
        (output / f"{TARGET.file}{end}").write_bytes(before[f"{TARGET.file}{end}"])
    (output / f"{TARGET.feeds[0]}.gz").unlink()
    spliced(output, thread(REPLY))
    assert files(output) == after
    assert brotli.decompress(after[f"{TARGET.file}.br"]) == after[TARGET.file]
    assert gzip.decompress(after[f"{TARGET.file}.gz"]) == after[TARGET.file]


def test_markers_in_the_text_of_the_post_are_left_alone(tmp_path: Path) -> None:
    """A post about Parley may show them; the block is the last on its page."""
    text = f"<p>Write {BEGIN}nothing{END} here.</p>"
    whole = f"{text}{page(thread(version=0))}".encode()
    found = replaced(whole, b"NEW", "x")
    assert found.startswith(text.encode())
    assert re.search(rb'h-entry">NEW</article>', found)


@pytest.mark.parametrize("html", [b"", b"<p>x</p>", BEGIN.encode(), f"{END}{BEGIN}".encode()])
def test_a_page_without_a_place_for_replies_is_an_error(tmp_path: Path, html: bytes) -> None:
    """It says what to do and leaves the page as it is."""
    output = built(tmp_path, thread(version=0))
    (output / TARGET.file).write_bytes(html)
    with pytest.raises(FileError, match="no place for replies; build the site again"):
        spliced(output, thread(REPLY))
    assert (output / TARGET.file).read_bytes() == html


def test_a_page_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """The post was taken down since."""
    with pytest.raises(FileError, match="is not there"):
        spliced(tmp_path, thread(reply("a")))


def test_a_post_without_feeds_has_its_page_spliced(tmp_path: Path) -> None:
    """Where a site makes no feeds."""
    target = replace(TARGET, feeds=())
    (tmp_path / "hello").mkdir()
    (tmp_path / TARGET.file).write_text(page(thread(version=0), target=target))
    assert splice(tmp_path, OWN_SITE, target, thread(REPLY), TEMPLATES) == (TARGET.file,)
