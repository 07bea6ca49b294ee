"""``python -m desk feed-diff``: what subscribers will see, and whether the release may go on."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from desk import feed_diff
from desk.errors import DeskError
from dialogue.fetch.fetcher import fetch
from plugins.catalogue.catalogue import Entry
from tests.desk.sites import site
from tests.dialogue.web import Answer, always, web
from tests.plugins.feed_examples import SETTINGS, entry, on, term

POSTS = [
    entry(f"p{day}", f"<p>Text {day}.</p>", date=on(day), tags=(term("a"),)) for day in range(1, 5)
]


def _run(against: Path | str, output: Path, *more: str) -> int:
    parser = argparse.ArgumentParser()
    feed_diff.add_arguments(parser)
    return feed_diff.run(parser.parse_args([str(against), "--output", str(output), *more]))


def _sites(folder: Path, before: list[Entry], after: list[Entry]) -> tuple[Path, Path]:
    return site(folder / "public", before), site(folder / "output", after)


def _edited(index: int, **changes: object) -> list[Entry]:
    """The posts with one of them changed."""
    name = f"p{index + 1}"
    facts = {"date": on(index + 1), "tags": (term("a"),), **changes}
    return [*POSTS[:index], entry(name, f"<p>Text {index + 1}.</p>", **facts), *POSTS[index + 1 :]]


def test_an_unchanged_site_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In one line."""
    assert _run(*_sites(tmp_path, POSTS, POSTS)) == 0
    told = capsys.readouterr().out
    assert told == "6 feeds compared: 0 new, 0 changed, 0 re-announced, 0 vanished.\n"


def test_new_and_changed_entries_pass_and_are_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """However many feeds show them."""
    after = [*_edited(0, title="Corrected"), entry("p9", date=on(9), tags=(term("a"),))]
    assert _run(*_sites(tmp_path, POSTS, after)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "new: “P9” https://blog.example.com/p9/ [feeds/all.atom.xml and 5 more]",
        "changed: “Corrected” https://blog.example.com/p1/: another title"
        " [feeds/all.atom.xml and 5 more]",
        "6 feeds compared: 1 new, 1 changed, 0 re-announced, 0 vanished.",
    ]


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (_edited(1, date=on(2) + timedelta(hours=3)), "its date moves"),
        (_edited(1, date=on(20)), "put its date back, or add 'uid: \"tag:example.org"),
        (_edited(1, uid="another"), "its id was 'tag:example.org,2026-05-02:/p2'"),
        (_edited(1, url="/moved/"), "aliases: [/p2/]"),
        (_edited(1, modified=on(21)), "nothing in it was"),
    ],
)
def test_an_entry_announced_again_stops_the_release(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], after: list[Entry], words: str
) -> None:
    """By a new date, a new id, or a move without an alias; the words say what to do."""
    public, output = _sites(tmp_path, POSTS, after)
    assert _run(public, output) == 1
    told = capsys.readouterr().out
    assert "re-announced: “P2”" in told
    assert words in told
    assert _run(public, output, "--allow", "re-announced") == 0
    assert "(allowed)" in capsys.readouterr().out


def test_a_move_with_an_alias_passes(tmp_path: Path) -> None:
    """Subscribers only see another address."""
    after = _edited(1, url="/moved/", aliases=("/p2/",))
    assert _run(*_sites(tmp_path, POSTS, after)) == 0


def test_a_deleted_post_stops_the_release(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Until it is allowed, by itself or with all that vanish."""
    public, output = _sites(tmp_path, POSTS, [POSTS[0], *POSTS[2:]])
    assert _run(public, output) == 1
    assert "vanished: “P2” https://blog.example.com/p2/" in capsys.readouterr().out
    assert _run(public, output, "--allow", "https://blog.example.com/p2/") == 0
    assert _run(public, output, "--allow", "vanished") == 0
    assert _run(public, output, "--allow", "https://blog.example.com/p3/") == 1


def test_a_post_with_other_tags_has_not_vanished(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It leaves one feed and comes into another; its readers have it already."""
    before = _edited(0, tags=(term("b"),))
    after = [*before[:2], *_edited(2, tags=(term("b"),))[2:]]
    assert _run(*_sites(tmp_path, before, after)) == 0
    assert capsys.readouterr().out.splitlines() == [
        "new: “P3” https://blog.example.com/p3/: published before, and now in this feed"
        " [feeds/tag/b.atom.xml and 2 more]",
        "9 feeds compared: 1 new, 0 changed, 0 re-announced, 0 vanished.",
    ]


def test_a_feed_that_is_gone_stops_the_release(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its subscribers get nothing any more."""
    after = [entry(f"p{day}", f"<p>Text {day}.</p>", date=on(day)) for day in range(1, 5)]
    public, output = _sites(tmp_path, POSTS, after)
    assert _run(public, output) == 1
    assert "vanished: “feeds/tag/a.atom.xml”: the feed is gone" in capsys.readouterr().out
    gone = [f"feeds/tag/a.{ending}" for ending in ("rss.xml", "atom.xml", "json")]
    assert _run(public, output, *(word for path in gone for word in ("--allow", path))) == 0


def test_entries_that_go_into_the_archive_have_not_vanished(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A feed made shorter loses none of them; the pages themselves are nobody's subscription."""
    long = replace(SETTINGS, limit=8, archive_size=0)
    short = replace(SETTINGS, limit=4, archive_size=2)
    posts = [entry(f"p{day}", date=on(day)) for day in range(1, 9)]
    public = site(tmp_path / "public", posts, long)
    output = site(tmp_path / "output", posts, short)
    assert (output / "feeds/archive/all/2026-4.atom.xml").is_file()
    assert _run(public, output) == _run(output, output) == 0
    assert capsys.readouterr().out.count("3 feeds compared") == 2
    assert _run(public, site(tmp_path / "bare", posts, replace(short, archive_size=0))) == 1


@pytest.mark.parametrize("ending", ["rss.xml", "atom.xml", "json"])
def test_one_feed_file_can_be_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    """Wherever it lies: by its path, else with the site's own feed of its format."""
    public, output = _sites(tmp_path, POSTS, _edited(0, title="New title"))
    assert _run(public / f"feeds/tag/a.{ending}", output) == 0
    assert f"[feeds/tag/a.{ending}]" in capsys.readouterr().out
    elsewhere = tmp_path / "old-feed"
    elsewhere.write_bytes((public / f"feeds/all.{ending}").read_bytes())
    assert _run(elsewhere, output) == 0
    assert f"[feeds/all.{ending}]" in capsys.readouterr().out


def test_a_site_of_another_generator_can_be_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its feed's entries with ours, and its address, which subscribers have."""
    public, output = tmp_path / "public", site(tmp_path / "output", POSTS)
    public.mkdir()
    feed = (output / "feeds/all.rss.xml").read_bytes()
    (public / "index.xml").write_bytes(feed.replace(b"tag:example.org,2026-05-02:/p2", b"old-2"))
    assert _run(public, output) == 1
    told = capsys.readouterr().out
    assert "add 'uid: \"old-2\"' to its front matter" in told
    assert "vanished: “index.xml”: the feed is gone" in told


def test_a_published_feed_can_be_compared_by_its_url(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Fetched like anything else: with a guard, and a refusal is an error."""
    output = site(tmp_path / "output", POSTS)
    body = (output / "feeds/tag/a.json").read_bytes()
    with web(always(Answer(body=body))) as public:
        address = f"{public.url}/blog/feeds/tag/a.json"
        with pytest.raises(DeskError, match="at port"):
            _run(address, output)
        monkeypatch.setattr("desk.feed_diff.fetch", partial(fetch, limits=public.limits))
        assert _run(address, output) == 0
    assert "1 feed compared" in capsys.readouterr().out
    with web(always(Answer(404))) as public:
        monkeypatch.setattr("desk.feed_diff.fetch", partial(fetch, limits=public.limits))
        with pytest.raises(DeskError, match="status 404"):
            _run(f"{public.url}/feeds/all.json", output)


def test_what_cannot_be_compared_is_an_error_that_says_why(tmp_path: Path) -> None:
    """No build, no published site, or nothing in it."""
    output = site(tmp_path / "output", POSTS)
    (tmp_path / "empty").mkdir()
    with pytest.raises(DeskError, match="build the site first"):
        _run(output, tmp_path / "nowhere")
    with pytest.raises(DeskError, match="no folder or feed"):
        _run(tmp_path / "nowhere", output)
    with pytest.raises(DeskError, match="no feeds in"):
        _run(tmp_path / "empty", output)
