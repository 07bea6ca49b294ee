"""What was imported from WordPress and Ghost builds, at its old addresses, with nothing leaked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import feedparser
import pytest

from desk.cli import main
from tests.conftest import ROOT
from tests.desk.importing import test_ghost, test_wordpress
from tests.desk.importing.wxr import export, item, picture, term

TEXTS = [*test_wordpress.CLASSIC, *test_wordpress.BLOCKS]
SECRET = "Behind the password"


def wordpress(folder: Path) -> Path:
    """An export with every construct in a post of its own, and what must not be published."""
    posts = [item(n, text) for n, text in enumerate(TEXTS, 100)]
    hidden = [
        item(2, "Other"),
        item(3, SECRET, wp__post_password="x"),
        item(4, SECRET, wp__status="private"),
        item(5, "Again", wp__post_type="wp_block"),
    ]
    pictures = [picture(7, "shore", "The shore"), picture(8, "waves", "Waves")]
    tides = item(1, more=term("category", "tides", "Tides"))
    (folder / "export.xml").write_text(export(tides, *posts, *hidden, *pictures), "utf-8")
    return folder / "export.xml"


def ghost(folder: Path) -> Path:
    """The same of Ghost."""
    posts = [
        test_ghost.post(
            id=f"{n:024x}",
            slug=f"post-{n}",
            title=f"Post {n}",
            lexical=test_ghost.lexical({**values, "type": card}),
        )
        for n, (card, values, _) in enumerate(test_ghost.CARDS, 1)
    ]
    posts += [test_ghost.post(id="f" * 24, slug="secret", html=SECRET, visibility="paid")]
    path = folder / "export.json"
    path.write_text(json.dumps(test_ghost.export(*posts)), "utf-8")
    return path


@pytest.mark.parametrize("kind", [wordpress, ghost], ids=["wordpress", "ghost"])
def test_an_import_builds_without_an_error(kind: object, tmp_path: Path) -> None:
    """Every post is at its old address, feeds have the old identities, and drafts stay hidden."""
    make = wordpress if kind is wordpress else ghost
    new = tmp_path / "new"
    (tmp_path / "old").mkdir()
    source = make(tmp_path / "old")
    assert main(["import", make.__name__, str(source), str(new)]) == 0
    command = [sys.executable, "-m", "pelican", str(new / "content"), "-o", str(new / "output")]
    done = subprocess.run(
        [*command, "-s", str(new / "pelicanconf.py")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "held back" not in done.stdout + done.stderr, done.stderr
    pages = {path.relative_to(new / "output").parent.as_posix() for path in new.rglob("index.html")}
    wanted = (
        {f"2020/01/post-{n}" for n in (1, 2, *range(100, 100 + len(TEXTS)))}
        if make is wordpress
        else {f"post-{n}" for n in range(1, len(test_ghost.CARDS) + 1)}
    )
    assert wanted <= pages
    shown = [path for path in (new / "output").rglob("*") if path.is_file()]
    assert not [path for path in shown if SECRET.encode() in path.read_bytes()]
    feed = feedparser.parse((new / "output/feeds/all.rss.xml").read_bytes())
    ids = {entry.id for entry in feed.entries}
    first = "https://old.example/blog/?p=" if make is wordpress else "0" * 20
    assert ids
    assert all(one.startswith(first) for one in ids)
