"""The preview answers as a good host would, and adds to pages only what keeps them current."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from desk.job import Finding, Outcome
from desk.preview.app import preview
from desk.preview.board import Board

PAGE = b"<!doctype html><html><body><p>\xe4\xf6</p></body></html>"
GOOD = Outcome(ok=True)
HOSTILE = "</template><script>alert(1)</script>"
BAD = Outcome(
    ok=False,
    problems=(Finding(HOSTILE, 2, HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
    traceback=HOSTILE,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A built site."""
    folder = tmp_path / "site"
    for name in ("index.html", "a/index.html", "404.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(PAGE.replace(b"<p>", f"<p>{name} ".encode()))
    (folder / "feeds").mkdir()
    (folder / "feeds" / "all.json").write_text('{"title": "</body>"}', encoding="utf-8")
    (folder / "clip.mp4").write_bytes(bytes(range(256)) * 5000)
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    return folder


def ask(
    folder: Path, path: str, *outcomes: Outcome, method: str = "GET", **headers: str
) -> httpx.Response:
    """What the preview of ``folder`` answers once these builds were done."""

    async def send() -> httpx.Response:
        board = Board()
        for outcome in outcomes or (GOOD,):
            board.post(board.state.after(outcome, styles_only=False))
        transport = httpx.ASGITransport(preview(folder, board, "127.0.0.1"))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.request(method, path, headers=headers)

    return asyncio.run(send())


@pytest.mark.parametrize(
    "name", ["ha#sh.jpg", "what?.jpg", "100%.jpg", "100%25.jpg", "ü b.jpg", "a+b&c;d.jpg"]
)
def test_a_file_is_found_by_its_address_decoded_once(folder: Path, name: str) -> None:
    """As plain servers find it, whatever is in its name."""
    (folder / name).write_bytes(name.encode())
    answer = ask(folder, f"/{quote(name)}")
    assert (answer.status_code, answer.content) == (200, name.encode())


def test_a_page_is_served_with_its_script_and_otherwise_as_built(folder: Path) -> None:
    """The script stands before the end of the body; all other bytes are the file's."""
    answer = ask(folder, "/a/")
    before, _, after = answer.content.partition(b"<script")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert b'src="/_desk/live.js"' in after
    assert before + after.partition(b"</script>")[2] == (folder / "a/index.html").read_bytes()
    assert b"_desk" not in (folder / "a/index.html").read_bytes()


def test_other_files_are_served_untouched(folder: Path) -> None:
    """Only HTML is added to, even where something else looks like it."""
    assert ask(folder, "/feeds/all.json").content == b'{"title": "</body>"}'


@pytest.mark.parametrize("path", ["/", "/clip.mp4", "/missing", "/a", "/_desk/live.js"])
def test_nothing_is_kept_by_the_browser(folder: Path, path: str) -> None:
    """Every answer of the site says no-store."""
    assert ask(folder, path).headers["cache-control"] == "no-store"


def test_a_missing_page_gets_the_site_s_own_404(folder: Path) -> None:
    """Its text comes with status 404, and live: it goes when the page appears."""
    answer = ask(folder, "/missing/")
    assert answer.status_code == 404
    assert b"404.html" in answer.content
    assert b"live.js" in answer.content


def test_a_site_without_404_page_still_answers(folder: Path) -> None:
    """The stand-in has status 404 and is live too."""
    (folder / "404.html").unlink()
    answer = ask(folder, "/missing/")
    assert answer.status_code == 404
    assert b"live.js" in answer.content


@pytest.mark.parametrize(
    ("path", "to"),
    [("/a", "/a/"), ("/a?x=1&y", "/a/?x=1&y"), ("//a", "/a/"), ("/%61", "/a/")],
)
def test_a_folder_without_slash_redirects(folder: Path, path: str, to: str) -> None:
    """To the same folder with a slash, its query kept."""
    answer = ask(folder, f"http://127.0.0.1{path}")
    assert (answer.status_code, answer.headers["location"]) == (307, to)


def test_a_redirect_never_leaves_the_site(folder: Path) -> None:
    """A folder named like another host is still a folder of this site."""
    (folder / "evil.example").mkdir()
    (folder / "evil.example" / "index.html").write_bytes(PAGE)
    assert ask(folder, "http://127.0.0.1//evil.example").headers["location"] == "/evil.example/"


@pytest.mark.parametrize(
    "path",
    [
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/a/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
    ],
)
def test_encoded_ways_out_of_the_folder_lead_nowhere(folder: Path, path: str) -> None:
    """They are missing pages like any other."""
    answer = ask(folder, path)
    assert answer.status_code == 404
    assert b"secret" not in answer.content


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_only_reading_is_allowed(folder: Path, method: str) -> None:
    """Other methods get 405 and the methods that work."""
    answer = ask(folder, "/", method=method)
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_part_of_a_file_can_be_asked_for(folder: Path) -> None:
    """A video can be sought in: Safari plays none without."""
    answer = ask(folder, "/clip.mp4", range="bytes=256-259")
    assert (answer.status_code, answer.content) == (206, bytes(range(4)))


@pytest.mark.parametrize("path", ["/", "/_desk/events", "/_desk/live.js", "/missing"])
def test_a_name_that_is_not_ours_gets_nothing(folder: Path, path: str) -> None:
    """A request under a foreign name (DNS rebinding) is refused before anything is looked up."""
    answer = ask(folder, path, host="evil.example")
    assert answer.status_code == 403
    assert b"live.js" not in answer.content


def test_other_sites_may_not_read(folder: Path) -> None:
    """No answer allows another origin."""
    answer = ask(folder, "/", origin="https://evil.example")
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_the_problems_of_a_failed_build_are_on_the_last_good_page(folder: Path) -> None:
    """The page is there with status 200, and the problems with it as text, whatever they hold."""
    answer = ask(folder, "/", GOOD, BAD)
    assert answer.status_code == 200
    assert b"index.html" in answer.content
    assert b"<parley-desk>" in answer.content
    assert answer.content.count(b"&lt;/template&gt;&lt;script&gt;") == 5
    assert b"alert(1)</script>" not in answer.content


def test_the_problems_go_with_the_next_good_build(folder: Path) -> None:
    """Nothing of them is left in the page or in what open pages fetch."""
    assert b"<parley-desk>" not in ask(folder, "/", GOOD, BAD, GOOD).content
    assert ask(folder, "/_desk/problems", GOOD, BAD, GOOD).content == b""


def test_an_open_page_can_fetch_the_problems(folder: Path) -> None:
    """They come as the same escaped HTML that a new page has in it."""
    fetched = ask(folder, "/_desk/problems", GOOD, BAD).content
    assert b"1 problem to mend" in fetched
    assert fetched in ask(folder, "/", GOOD, BAD).content


def test_without_a_good_build_every_page_shows_the_problems(folder: Path) -> None:
    """Status 500, and live: what was left in the folder by an earlier run is not shown."""
    answer = ask(folder, "/a/", BAD)
    assert answer.status_code == 500
    assert b"1 problem to mend" in answer.content
    assert b"live.js" in answer.content
    assert b"a/index.html" not in answer.content


@pytest.mark.parametrize(
    ("path", "status", "to"),
    [
        ("/blog/", 200, None),
        ("/blog/a/", 200, None),
        ("/blog/a", 307, "/blog/a/"),
        ("/blog", 307, "/blog/"),
        ("/", 307, "/blog/"),
        ("/a/", 307, "/blog/"),
        ("/blogger/", 307, "/blog/"),
        ("/blog/b/", 404, None),
    ],
)
def test_a_site_below_a_path_is_served_below_it(
    folder: Path, path: str, status: int, to: str | None
) -> None:
    """Links begin with the path of SITEURL, so that is where the pages are."""
    answer = ask(folder, path, replace(GOOD, base="/blog"))
    assert (answer.status_code, answer.headers.get("location")) == (status, to)
