"""``python -m desk ping``: the hub is told which feeds have changed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from desk import ping
from desk.errors import DeskError
from dialogue.fetch.fetcher import Response, fetch
from tests.desk.sites import site
from tests.dialogue.web import Answer, Web, always, web
from tests.plugins.feed_examples import SETTINGS, entry, on

POSTS = [entry("one", date=on(1)), entry("two", date=on(2))]


def _run(output: Path, state: Path, *more: str) -> int:
    parser = argparse.ArgumentParser()
    ping.add_arguments(parser)
    words = ["--output", str(output), "--state", str(state), *more]
    return ping.run(parser.parse_args(words))


@contextmanager
def _hub(monkeypatch: pytest.MonkeyPatch, answer: Answer) -> Iterator[Web]:
    """A hub on this machine that the desk may reach."""
    with web(always(answer)) as hub:

        def post(url: str, form: Sequence[tuple[str, str]], **_: object) -> Response:
            return fetch(url, form=form, limits=hub.limits)

        monkeypatch.setattr("desk.ping.fetch", post)
        yield hub


def _site(folder: Path, hub: Web, posts: int = 2) -> Path:
    return site(folder, POSTS[:posts], replace(SETTINGS, hub=f"{hub.url}/hub"))


def test_every_feed_that_changed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its own address, as a notice that hubs understand; at first all have."""
    with _hub(monkeypatch, Answer(204)) as hub:
        assert _run(_site(tmp_path / "output", hub), tmp_path / "state/pinged.json") == 0
    assert {(asked.method, asked.path) for asked in hub.requests} == {("POST", "/hub")}
    told = [parse_qs(asked.body.decode()) for asked in hub.requests]
    assert {notice["hub.mode"][0] for notice in told} == {"publish"}
    assert [notice["hub.url"] for notice in told] == [
        [f"https://blog.example.com/feeds/all.{ending}"]
        for ending in ("atom.xml", "json", "rss.xml")
    ]


def test_what_was_told_is_not_told_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Until it changes."""
    state = tmp_path / "pinged.json"
    with _hub(monkeypatch, Answer(202)) as hub:
        output = _site(tmp_path / "output", hub, posts=1)
        assert _run(output, state) == _run(output, state) == 0
        assert len(hub.requests) == 3
        assert "No feed has changed" in capsys.readouterr().out
        _site(output, hub)
        assert _run(output, state) == 0
        assert len(hub.requests) == 6


def test_the_site_as_it_was_can_say_what_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In CI, where nothing is remembered."""
    with _hub(monkeypatch, Answer(204)) as hub:
        before, output = _site(tmp_path / "before", hub), _site(tmp_path / "output", hub)
        (before / "feeds/all.json").write_text("{}")
        assert _run(output, tmp_path / "state.json", "--against", str(before)) == 0
        (asked,) = hub.requests
    assert b"all.json" in asked.body


def test_a_notice_that_failed_is_an_error_and_is_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The next run tells what this one could not."""
    state = tmp_path / "pinged.json"
    with _hub(monkeypatch, Answer(503)) as hub:
        output = _site(tmp_path / "output", hub)
        assert _run(output, state) == 1
    told = capsys.readouterr().out
    assert "https://blog.example.com/feeds/all.json: the hub" in told
    assert "answered with status 503" in told
    assert "0 of 3 changed feeds told" in told
    assert _run(output, state) == 1
    assert "cannot be fetched" in capsys.readouterr().out


def test_a_redirect_of_the_notice_is_no_success(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would arrive as something else."""
    with _hub(monkeypatch, Answer(302, {"Location": "/"})) as hub:
        assert _run(_site(tmp_path / "output", hub), tmp_path / "s.json") == 1


def test_a_hub_on_this_network_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A setting is no reason to connect to the router."""
    output = site(tmp_path / "output", POSTS, replace(SETTINGS, hub="http://127.0.0.1/hub"))
    assert _run(output, tmp_path / "s.json") == 1
    assert "no public address" in capsys.readouterr().out


def test_a_dry_run_tells_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And remembers nothing."""
    with _hub(monkeypatch, Answer(204)) as hub:
        assert _run(_site(tmp_path / "output", hub), tmp_path / "s.json", "--dry-run") == 0
        assert hub.requests == []
        told = capsys.readouterr().out
        assert f"would tell {hub.url}/hub that https://blog.example.com/feeds/all.json" in told
    assert not (tmp_path / "s.json").exists()


def test_a_site_without_hub_or_feeds_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    """And so is a memory that cannot be read."""
    output = site(tmp_path / "output", POSTS)
    with pytest.raises(DeskError, match=r"FEEDS\.hub"):
        _run(output, tmp_path / "s.json")
    with pytest.raises(DeskError, match="build the site first"):
        _run(tmp_path / "nothing", tmp_path / "s.json")
    (tmp_path / "s.json").write_text("{")
    with pytest.raises(DeskError, match="delete it"):
        _run(output, tmp_path / "s.json")
