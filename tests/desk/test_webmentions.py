"""``python -m desk webmentions``: what webmention.io took becomes replies that the build reads."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from desk import webmentions
from desk.errors import DeskError
from dialogue.fetch.fetcher import fetch
from tests.dialogue.sites import write_targets
from tests.dialogue.web import Answer, Request, Web, web
from tests.thread.examples import REPLY
from thread import files
from thread.model import Reply, Thread

SECRET = "secret-token"


def mention(number: int, post: str = "tea", **changes: Any) -> dict[str, Any]:
    """A webmention as the service hands it out."""
    return {
        "type": "entry",
        "author": {"type": "card", "name": "Ada", "photo": "", "url": "https://ada.example/"},
        "url": f"https://ada.example/{number}",
        "published": "2026-05-01T10:00:00+02:00",
        "wm-received": "2026-05-01T09:00:00Z",
        "wm-id": number,
        "wm-source": f"https://ada.example/{number}",
        "wm-target": f"https://blog.example/{post}/?utm_source=x#y",
        "wm-property": "in-reply-to",
        "wm-private": False,
        "content": {"html": "<p>Yes<script>x</script></p>", "text": "Yes"},
        **changes,
    }


@contextmanager
def service(monkeypatch: pytest.MonkeyPatch, mentions: list[Any]) -> Iterator[Web]:
    """The service, a hundred mentions a page; ``mentions`` may change meanwhile."""

    def answer(request: Request) -> Answer:
        asked = parse_qs(urlsplit(request.path).query)
        if asked["token"] != [SECRET]:
            return Answer(403)
        start = int(asked["page"][0]) * int(asked["per-page"][0])
        children = mentions[start : start + int(asked["per-page"][0])]
        return Answer(body=json.dumps({"type": "feed", "children": children}).encode())

    with web(answer) as running:
        monkeypatch.setenv(webmentions.TOKEN, SECRET)
        monkeypatch.setattr(webmentions, "_API", f"{running.url}/api/mentions.jf2")
        monkeypatch.setattr(webmentions, "fetch", partial(fetch, limits=running.limits))
        yield running


def pull(folder: Path, *more: str) -> dict[str, list[Reply]]:
    """Run the command beside a small site; the replies by post."""
    write_targets(folder / "output")
    parser = argparse.ArgumentParser()
    webmentions.add_arguments(parser)
    places = ["--output", str(folder / "output"), "--folder", str(folder / "replies")]
    assert webmentions.run(parser.parse_args([*places, "--domain", "blog.example", *more])) == 0
    threads = files.read_all(folder / "replies")
    return {post: list(thread.replies) for post, thread in threads.items()}


def test_mentions_become_replies_of_their_posts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With author, words and date; cleaned; by whichever address of the post they name."""
    with service(monkeypatch, [mention(1), mention(2, "coffee"), mention(3, "nothing")]) as api:
        found = pull(tmp_path)
        asked = parse_qs(urlsplit(api.requests[0].path).query)
    assert asked["domain"] == ["blog.example"]
    assert set(found) == {"tea", "coffee"}
    (reply,) = found["tea"]
    assert (reply.id, reply.kind, reply.author) == ("wm-1", "reply", "Ada")
    assert (reply.html, reply.source) == ("<p>Yes</p>", "https://ada.example/1")
    assert f"{reply.date:%Y-%m-%d %H:%M %Z}" == "2026-05-01 08:00 UTC"
    told = capsys.readouterr().out
    assert "2 webmentions of 2 posts; 2 files changed. 1 are of pages that are no posts" in told


@pytest.mark.parametrize(
    ("changes", "kind", "html"),
    [
        ({"wm-property": "like-of"}, "like", ""),
        ({"wm-property": "repost-of"}, "repost", ""),
        ({"wm-property": "bookmark-of"}, "mention", "<p>Yes</p>"),
        ({"wm-property": "mention-of", "name": "On tea"}, "mention", "<p>On tea</p><p>Yes</p>"),
        ({"content": {"text": "a <b>"}}, "reply", "<p>a &lt;b&gt;</p>"),
        ({"content": None, "summary": "In short"}, "reply", "<p>In short</p>"),
    ],
)
def test_kinds_of_mentions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: Any, kind: str, html: str
) -> None:
    """As with those that come to us."""
    with service(monkeypatch, [mention(1, **changes)]):
        (reply,) = pull(tmp_path)["tea"]
    assert (reply.kind, reply.html) == (kind, html)


@pytest.mark.parametrize(
    "changes",
    [
        {"wm-private": True},
        {"wm-id": "1"},
        {"wm-source": "javascript:x"},
        {"wm-source": None},
        {"wm-target": 1},
    ],
)
def test_what_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: Any) -> None:
    """Private ones, and what is none."""
    with service(monkeypatch, [mention(1, **changes), "nothing"]):
        assert pull(tmp_path) == {}


def test_odd_authors_and_dates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No name is the host's; a date after it was received is not believed."""
    odd: Any = {"author": {"name": "", "url": "javascript:x"}, "published": "2099-01-01T00:00:00Z"}
    with service(monkeypatch, [mention(1, **odd)]):
        (reply,) = pull(tmp_path)["tea"]
    assert (reply.author, reply.url, reply.date.year) == ("ada.example", "", 2026)


def test_all_pages_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred at a time."""
    with service(monkeypatch, [mention(n) for n in range(250)]) as api:
        assert len(pull(tmp_path)["tea"]) == 250
        assert len(api.requests) == 3


def test_only_what_changed_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is gone there goes here, what is not from there stays, and versions count up."""
    written = replace(REPLY, id="own")
    files.write(tmp_path / "replies", Thread("tea", 4, (written,)))
    mentions = [mention(1), mention(2)]
    with service(monkeypatch, mentions):
        assert [reply.id for reply in pull(tmp_path)["tea"]] == ["wm-1", "wm-2", "own"]
        assert files.read(tmp_path / "replies", "tea").version == 5
        pull(tmp_path)
        assert files.read(tmp_path / "replies", "tea").version == 5
        mentions.pop()
        assert [reply.id for reply in pull(tmp_path)["tea"]] == ["wm-1", "own"]
        assert files.read(tmp_path / "replies", "tea").version == 6


def test_the_token_is_told_to_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong one, a missing one, a service that is away: the message says what to do."""
    with service(monkeypatch, []) as api:
        monkeypatch.setenv(webmentions.TOKEN, "wrong")
        with pytest.raises(DeskError, match=r"403; check WEBMENTION_IO_TOKEN"):
            pull(tmp_path)
        monkeypatch.setenv(webmentions.TOKEN, "")
        with pytest.raises(DeskError, match="is not set"):
            pull(tmp_path)
        monkeypatch.setenv(webmentions.TOKEN, SECRET)
    with pytest.raises(DeskError, match="cannot be fetched") as failed:
        monkeypatch.setattr(webmentions, "_API", f"{api.url}/api/mentions.jf2")
        monkeypatch.setattr(webmentions, "fetch", partial(fetch, limits=api.limits))
        monkeypatch.setenv(webmentions.TOKEN, SECRET)
        pull(tmp_path)
    assert SECRET not in str(failed.value)


@pytest.mark.parametrize("body", [b"no JSON", b"[]", b"{}", b'{"children": 1}'])
def test_an_answer_that_is_no_feed_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: bytes
) -> None:
    """Or a service in trouble would take all replies off the site."""
    with service(monkeypatch, [mention(1)]):
        before = pull(tmp_path)
    with web(lambda _: Answer(body=body)) as broken:
        monkeypatch.setattr(webmentions, "_API", broken.url)
        monkeypatch.setattr(webmentions, "fetch", partial(fetch, limits=broken.limits))
        with pytest.raises(DeskError, match="is no"):
            pull(tmp_path)
    threads = files.read_all(tmp_path / "replies")
    assert {post: list(thread.replies) for post, thread in threads.items()} == before


def test_a_site_that_is_answered_otherwise_is_told_so(tmp_path: Path) -> None:
    """Without a domain there is nothing to ask for."""
    write_targets(tmp_path / "output")
    parser = argparse.ArgumentParser()
    webmentions.add_arguments(parser)
    with pytest.raises(DeskError, match="WebmentionIo"):
        webmentions.run(parser.parse_args(["--output", str(tmp_path / "output")]))
    with pytest.raises(DeskError, match="build the site"):
        webmentions.run(parser.parse_args(["--output", str(tmp_path / "nothing")]))
