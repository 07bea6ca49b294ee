"""Posts say where their webmentions go, so that other sites find it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogue.fetch.fetcher import Response
from dialogue.webmention.discovery import endpoint
from plugins.replies.settings import RepliesSettings
from tests.plugins.building import Workshop
from thread.ways.replies import BuiltIn, NoReplies, WebmentionIo
from thread.ways.way import ReplyWay

POST = "---\ntitle: A\ndate: 2026-05-19\n{}---\n\nText.\n"
ABOUT = "---\ntitle: About\n---\n\nText.\n"


def found(output: Path, path: str) -> str | None:
    """The endpoint that a sender finds on the page at ``path``."""
    body = (output / path / "index.html").read_bytes()
    url = f"https://blog.example.com/{path}"
    return endpoint(Response(url, 200, {"content-type": "text/html"}, body))


@pytest.mark.parametrize(
    ("way", "service", "expected"),
    [
        (BuiltIn(), "/dialogue/", "https://blog.example.com/dialogue/webmention"),
        (BuiltIn(), "https://talk.example/d/", "https://talk.example/d/webmention"),
        (WebmentionIo("blog.example.com"), "/dialogue/",
         "https://webmention.io/blog.example.com/webmention"),
        (NoReplies(), "/dialogue/", None),
    ],
)  # fmt: skip
def test_a_sender_finds_the_endpoint_of_a_post(
    tmp_path: Path, way: ReplyWay, service: str, expected: str | None
) -> None:
    """That of our own service, of somebody else's, or none; other pages take none."""
    workshop = Workshop(tmp_path)
    files = {"a.md": POST.format(""), "pages/about.md": ABOUT}
    settings = RepliesSettings(folder=workshop.replies, way=way, service=service)
    built = workshop.build(files, REPLIES=settings)
    assert built.problems == ()
    assert found(built.output, "a/") == expected
    assert found(built.output, "about/") is None
    assert found(built.output, "") is None


def test_a_closed_post_still_hears_of_what_it_shows(tmp_path: Path) -> None:
    """One that is in no list takes no replies, and no webmentions either."""
    workshop = Workshop(tmp_path)
    files = {
        "b.md": POST.replace("A", "B").format("replies: closed\n"),
        "c.md": POST.replace("A", "C").format("hidden: true\n"),
    }
    built = workshop.build(files)
    assert built.problems == ()
    service = "https://blog.example.com/dialogue/webmention"
    assert found(built.output, "b/") == service
    assert found(built.output, "c/") is None
