"""Compressed twins of what a build publishes."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli

from pelicanconf import PLUGINS
from plugins.engine import twinning
from plugins.engine.twinning import add_twins
from tests.plugins.building import Workshop
from thread.twins import twins

POST = "---\ntitle: {0}\ndate: 2026-01-0{0}\n---\n" + "Words, words, words.\n" * 30
TEXT = b"<p>Text.</p>" * 100


def test_every_text_of_a_build_has_twins_that_hold_it(tmp_path: Path) -> None:
    """Pages, feeds and scripts; not what hosts read themselves, nor images."""
    built = Workshop(tmp_path).build(
        {"1.md": POST.format(1), "a.png": b"\x89PNG" * 99}, PLUGINS=[*PLUGINS, twinning]
    )
    files = built.files()
    for name in files:
        if name.endswith(".br"):
            data = (built.output / name.removesuffix(".br")).read_bytes()
            assert brotli.decompress((built.output / name).read_bytes()) == data
            packed = (built.output / f"{name.removesuffix('.br')}.gz").read_bytes()
            assert gzip.decompress(packed) == data
    assert {"1/index.html.br", "feeds/all.rss.xml.gz", "404.html.br", "sitemap.xml.gz"} <= files
    assert not {"_headers.gz", "a.png.gz", "a.png.br"} & files


def test_a_page_that_goes_takes_its_twins_along(tmp_path: Path) -> None:
    """They belong to what the build wrote; without the setting there are none."""
    workshop = Workshop(tmp_path)
    first = workshop.build(
        {"1.md": POST.format(1), "2.md": POST.format(2)}, PLUGINS=[*PLUGINS, twinning]
    )
    assert "2/index.html.br" in first.files()
    (workshop.content / "2.md").unlink()
    assert not [
        name
        for name in workshop.build(PLUGINS=[*PLUGINS, twinning]).files()
        if name.startswith("2/")
    ]
    assert not [name for name in workshop.build().files() if name.endswith((".br", ".gz"))]


def test_only_what_changed_is_compressed_again(tmp_path: Path) -> None:
    """A twin of the same file is taken over as it is; a damaged one is not."""
    staged, output = tmp_path / "staged", tmp_path / "output"
    for folder in (staged, output):
        folder.mkdir()
        for name in ("same.html", "damaged.html", "new.html"):
            (folder / name).write_bytes(TEXT)
    (staged / "new.html").write_bytes(TEXT + b"new")
    other = brotli.compress(TEXT, quality=1), gzip.compress(TEXT, 1)
    for name in ("same.html", "damaged.html", "new.html"):
        (output / f"{name}.br").write_bytes(other[0])
        (output / f"{name}.gz").write_bytes(other[1])
    (output / "damaged.html.gz").write_bytes(other[1][:-9])
    add_twins(staged, output)
    assert (staged / "same.html.br").read_bytes() == other[0]
    assert (staged / "same.html.gz").read_bytes() == other[1]
    assert (staged / "damaged.html.gz").read_bytes() == twins(TEXT)[".gz"]
    assert brotli.decompress((staged / "new.html.br").read_bytes()) == TEXT + b"new"


def test_a_writer_may_bring_a_twin(tmp_path: Path) -> None:
    """It is left as it is, and the other one is made."""
    (tmp_path / "a.txt").write_bytes(TEXT)
    (tmp_path / "a.txt.gz").write_bytes(b"own")
    add_twins(tmp_path, tmp_path / "none")
    assert (tmp_path / "a.txt.gz").read_bytes() == b"own"
    assert brotli.decompress((tmp_path / "a.txt.br").read_bytes()) == TEXT
