"""The dialogue inside the preview: a reply from the form to the page, without JavaScript."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from html import unescape
from pathlib import Path

import httpx
import pytest

from tests.desk.running import environment, make_site, previewing
from tests.waiting import PATIENCE, until

APPROVE = """
import sys
from pathlib import Path
from desk.preview.talk import talk
from dialogue.replies.model import State
given = talk(Path(sys.argv[1]), Path(sys.argv[1]) / ".parley" / "preview", sys.argv[2])
held = given.store.listed(State.HELD)
given.store.decide(held[0].id, State.APPROVED)
"""


def form(html: str) -> tuple[str, dict[str, str]]:
    """Where the form that confirms is sent, and what is filled in."""
    [inside] = [one for one in re.findall(r"(?s)<form.*?</form>", html) if "/confirm" in one]
    fields = {}
    for tag in re.findall(r"<input[^>]*>", inside):
        found = dict(re.findall(r'(name|value)="([^"]*)"', tag))
        if "name" in found:
            fields[found["name"]] = unescape(found.get("value", ""))
    for name, text in re.findall(r'(?s)<textarea name="(\w+)"[^>]*>\n?(.*?)</textarea>', inside):
        fields[name] = unescape(text)
    action = re.search(r'action="([^"]*)"', inside)
    assert action
    return unescape(action[1]), fields


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_reply_goes_from_the_form_to_the_page(tmp_path: Path, host: str) -> None:
    """Preview, confirm, approve; then it is in the page, and the next build keeps it there."""
    site = make_site(tmp_path)
    with (
        previewing(site) as preview,
        httpx.Client(follow_redirects=False, timeout=PATIENCE) as reader,
    ):
        url = preview.url.replace("127.0.0.1", host)
        page = reader.get(f"{url}/first/").text
        assert 'action="/dialogue/replies"' in page
        said = {"target": "first", "parent": "", "name": "Ada", "text": "I agree, *truly*."}
        shown = reader.post(f"{url}/dialogue/replies", data=said, headers={"Origin": url})
        assert shown.status_code == 200, shown.text
        action, fields = form(shown.text)
        sent = reader.post(f"{url}{action}", data=fields, headers={"Origin": url})
        assert sent.status_code == 303
        assert sent.headers["location"].endswith("/first/#reply-received")
        assert "truly" not in reader.get(f"{url}/first/").text
        ran = subprocess.run(
            [sys.executable, "-c", APPROVE, str(site), preview.url],
            cwd=site, env=environment(), capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        until(
            lambda: "I agree, <em>truly</em>." in reader.get(f"{url}/first/").text,
            lambda: str(preview.lines),
        )
        source = site / "content" / "posts" / "first.md"
        source.write_text(source.read_text().replace("First words.", "Other words."))
        until(
            lambda: "Other words." in reader.get(f"{url}/first/").text, lambda: str(preview.lines)
        )
        assert "I agree, <em>truly</em>." in reader.get(f"{url}/first/").text


def test_a_form_of_another_site_is_not_taken_for_ours(tmp_path: Path) -> None:
    """Nor is the service there under a name that somebody points at this machine."""
    site = make_site(tmp_path)
    with previewing(site) as preview:
        foreign = {"Host": "evil.example", "Origin": "http://evil.example"}
        assert (
            httpx.get(
                f"{preview.url}/dialogue/health", headers=foreign, timeout=PATIENCE
            ).status_code
            == 403
        )
        assert httpx.get(f"{preview.url}/dialogue/health", timeout=PATIENCE).status_code == 200
        with sqlite3.connect(site / ".parley" / "dialogue.sqlite3") as database:
            assert database.execute("SELECT count(*) FROM replies").fetchone() == (0,)


def test_settings_that_cannot_be_stop_the_preview(tmp_path: Path) -> None:
    """By the name of the variable."""
    site = make_site(tmp_path)
    ran = subprocess.run(
        [sys.executable, "-m", "desk", "serve", "--port", "0"],
        cwd=site, env={**environment(), "DIALOGUE_WORKERS": "many"},
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert ran.returncode != 0
    assert "DIALOGUE_WORKERS" in ran.stderr


def test_a_reply_is_approved_on_the_moderation_page(tmp_path: Path) -> None:
    """With nothing set up: the terminal says where, and the password; the same the next time."""
    site = make_site(tmp_path)
    passwords = []
    for _ in range(2):
        with previewing(site) as preview, httpx.Client(timeout=PATIENCE) as moderator:
            until(lambda: len(preview.lines) > 1, lambda: str(preview.lines))
            said = re.search(r"Replies wait at (\S+) \(password (\S+)\)", preview.lines[1])
            assert said is not None
            preview.get("/")  # answered when the site is built
            place, password = said[1], said[2]
            passwords.append(password)
            entered = moderator.post(
                f"{place}sign-in", data={"password": password}, headers={"Origin": preview.url}
            )
            assert entered.headers["location"] == "/dialogue/moderate/"
            assert "Nothing here." in moderator.get(place).text
            wrong = moderator.post(
                f"{place}sign-in", data={"password": "x" * 16}, headers={"Origin": preview.url}
            )
            assert wrong.status_code == 403
    assert passwords[0] == passwords[1]
    assert (site / ".parley" / "moderator").stat().st_mode & 0o077 == 0


def test_the_service_waits_for_the_first_build(tmp_path: Path) -> None:
    """Its pages need the site: asked at once, they come when that is there."""
    site = make_site(tmp_path)
    with previewing(site) as preview:
        assert preview.get("/dialogue/moderate/sign-in").status_code == 200


def test_where_nothing_could_be_built_the_problems_are_shown(tmp_path: Path) -> None:
    """In place of the service's pages, too; once they are mended, the service answers."""
    site = make_site(tmp_path)
    post = site / "content" / "posts" / "first.md"
    whole = post.read_text(encoding="utf-8")
    post.write_text("---\ntitle: [unclosed\n---\n", encoding="utf-8")
    with previewing(site) as preview:
        broken = preview.get("/dialogue/moderate/sign-in")
        assert (broken.status_code, "posts/first.md:" in broken.text) == (500, True)
        post.write_text(whole, encoding="utf-8")
        until(lambda: preview.get("/dialogue/moderate/sign-in").status_code == 200, preview.lines)
