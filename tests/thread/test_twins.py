"""Compressed twins of text files."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from thread.twins import BROTLI, GZIP, has_twins, twins, write_twins

PAGE = b"<p>Newspapers printed the answers of their readers.</p>\n" * 40


@given(st.binary(max_size=2000), st.integers(1, 30))
def test_a_twin_is_the_file_and_smaller(part: bytes, times: int) -> None:
    """Both forms give the bytes back; one that would not save anything is not made."""
    data = part * times
    opened = {BROTLI: brotli.decompress, GZIP: gzip.decompress}
    for suffix, small in twins(data).items():
        assert opened[suffix](small) == data
        assert len(small) < len(data)


def test_text_is_worth_it_and_pictures_are_not() -> None:
    """What is compressed already stays alone, and so do the rules that hosts read."""
    names = ("index.html", "feeds/all.rss.xml", "feeds/all.json", "a.JS", "site.webmanifest")
    assert all(map(has_twins, names))
    others = ("a.webp", "a.jpg", "a.woff2", "index.html.br", "_headers", "_redirects", "CNAME")
    assert not any(map(has_twins, others))


def test_the_same_bytes_have_the_same_twins_in_every_process() -> None:
    """No time and no name of a file is in them."""
    code = (
        "import sys; from thread.twins import twins; made = twins(sys.stdin.buffer.read());"
        "sys.stdout.buffer.write(made['.br'] + made['.gz'])"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, input=PAGE, capture_output=True, check=True, cwd=ROOT)
    made = twins(PAGE)
    assert done.stdout == made[BROTLI] + made[GZIP]


def test_twins_follow_their_file(tmp_path: Path) -> None:
    """A changed file has new ones; one that became tiny has none."""
    page = tmp_path / "index.html"
    page.write_bytes(PAGE)
    written = write_twins(page)
    assert [path.name for path in written] == ["index.html.br", "index.html.gz"]
    page.write_bytes(PAGE + b"<p>A reply.</p>")
    write_twins(page)
    assert gzip.decompress(written[1].read_bytes()).endswith(b"<p>A reply.</p>")
    page.write_bytes(b"gone")
    assert write_twins(page) == ()
    assert sorted(tmp_path.iterdir()) == [page]


def test_a_picture_gets_none(tmp_path: Path) -> None:
    """Nothing is written beside it."""
    picture = tmp_path / "a.jpg"
    picture.write_bytes(PAGE)
    assert write_twins(picture) == ()
    assert list(tmp_path.iterdir()) == [picture]


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """It is not passed over."""
    with pytest.raises(FileNotFoundError):
        write_twins(tmp_path / "gone.html")
