"""Subscribers on moving day: no old post is new to them, and their feed is where it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import feedparser
import pytest

from desk.cli import main
from desk.errors import DeskError
from desk.importing.identity import ids_in
from plugins.frontmatter.document import parse
from tests.conftest import ROOT

URL = "https://talk.example.org"
OLD = {
    "jekyll": {
        "_config.yml": f"url: {URL}\nbaseurl: /blog\ntitle: Talk\n",
        "_posts/2020-01-02-tides.md": "---\ntitle: Tides\n---\n\nHigh.\n",
        "_drafts/later.md": "---\ntitle: Later\n---\n\nNot yet.\n",
    },
    "hugo": {
        "hugo.toml": f'baseURL = "{URL}/"\ntitle = "Talk"\n',
        "content/posts/tides.md": "---\ntitle: Tides\ndate: 2020-01-02\n---\n\nHigh.\n",
        "content/posts/later.md": "---\ntitle: L\ndate: 2020-01-03\ndraft: true\n---\n\nNo.\n",
    },
    "zola": {
        "config.toml": f'base_url = "{URL}"\ntitle = "Talk"\ngenerate_feeds = true\n'
        'feed_filenames = ["rss.xml"]\n',
        "content/tides.md": '+++\ntitle = "Tides"\ndate = 2020-01-02\n+++\n\nHigh.\n',
    },
    "pelican": {
        "pelicanconf.py": f"SITEURL = '{URL}'\nSITENAME = 'Talk'\nFEED_ALL_RSS = 'feed.rss'\n",
        "content/tides.md": "Title: Tides\nDate: 2020-01-02\n\nHigh.\n",
    },
}
# The id of the post as the generator writes it into its feed, and where that feed is.
IDS = {
    "jekyll": (f"{URL}/blog/2020/01/02/tides", "feed.xml"),
    "hugo": (f"{URL}/posts/tides/", "index.xml"),
    "zola": (f"{URL}/tides/", "rss.xml"),
    "pelican": ("tag:talk.example.org,2020-01-02:/tides.html", "feed.rss"),
}


def lay_out(generator: str, folder: Path) -> Path:
    """An old site with one post, in some with a draft."""
    for name, text in OLD[generator].items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("generator", OLD)
def test_the_old_feed_goes_on_with_the_old_ids(generator: str, tmp_path: Path) -> None:
    """The address that subscribers have gives them our feed, in which the post is the same entry."""
    source, site = lay_out(generator, tmp_path / "old"), tmp_path / "new"
    assert main(["import", generator, str(source), str(site)]) == 0
    command = [sys.executable, "-m", "pelican", str(site / "content"), "-o", str(site / "output")]
    done = subprocess.run(
        [*command, "-s", str(site / "pelicanconf.py")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    expected, feed = IDS[generator]
    seen = feedparser.parse((site / "output" / feed).read_bytes())
    assert [entry.id for entry in seen.entries] == [expected]
    drafts = list((site / "content").rglob("later.md"))
    assert all("uid" not in parse(path.read_bytes(), "a.md").fields for path in drafts)


def test_an_old_feed_says_what_the_ids_are(tmp_path: Path) -> None:
    """Whatever the generator would have made: the theme may have had a feed of its own."""
    source = lay_out("hugo", tmp_path / "old")
    feed = tmp_path / "feed.xml"
    feed.write_text(
        '<rss version="2.0"><channel><title>T</title><item><title>Tides</title>'
        f"<link>{URL}/posts/tides/</link><guid>urn:uuid:7</guid></item></channel></rss>"
    )
    site = tmp_path / "new"
    assert main(["import", "hugo", str(source), str(site), "--old-feed", str(feed)]) == 0
    post = next((site / "content").rglob("tides.md"))
    assert parse(post.read_bytes(), "a.md").fields["uid"].value == "urn:uuid:7"


def test_a_file_that_is_no_feed_is_named(tmp_path: Path) -> None:
    """So is one that is not there."""
    (tmp_path / "a.xml").write_text("Hello.")
    for name in ("a.xml", "none.xml"):
        with pytest.raises(DeskError, match=name):
            ids_in(tmp_path / name)
