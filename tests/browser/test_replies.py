"""Replies in a real browser: read and answered without scripts, and what scripts add."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread as Running

import pytest
from playwright.sync_api import Page, Request

from plugins.replies.settings import RepliesSettings
from tests.plugins.building import Workshop
from tests.thread.examples import REPLY, reply
from thread import files
from thread.model import Thread
from thread.ways.github import Giscus
from thread.ways.replies import BuiltIn

POST = "---\ntitle: A\ndate: 2026-05-19\n---\n\nText.\n"
PHONE = 390


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def served(folder: Path, way: BuiltIn | Giscus) -> Iterator[str]:
    """The address of a post with replies, on a site with this way to answer."""
    workshop = Workshop(folder)
    answer = reply("r2", author="Bob", parent="r1")
    files.write(workshop.replies, Thread("a", 1, (REPLY, answer)))
    settings = RepliesSettings(folder=workshop.replies, way=way)
    assert workshop.build({"a.md": POST}, REPLIES=settings).problems == ()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(workshop.output)))
    running = Running(target=server.serve_forever)
    running.start()
    yield f"http://127.0.0.1:{server.server_port}/a/"
    server.shutdown()
    running.join()
    server.server_close()


@pytest.fixture
def post(tmp_path: Path) -> Iterator[str]:
    """A post whose replies our own service takes."""
    yield from served(tmp_path, BuiltIn())


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """A post whose replies are kept elsewhere."""
    yield from served(tmp_path, Giscus("o/r", "R_1", "Blog", "DIC_1"))


def test_without_scripts_everything_is_there(plain_page: Page, post: str) -> None:
    """The replies, a link to answer each, the form; the note only after sending; on a phone too."""
    plain_page.set_viewport_size({"width": PHONE, "height": 800})
    plain_page.goto(post)
    assert plain_page.locator("#reply-r1 > .reply-text").inner_text() == "Well said."
    assert plain_page.locator("#reply-r1 #reply-r2").is_visible()
    href = plain_page.get_by_role("link", name="Reply to Ada").get_attribute("href")
    assert href == "/dialogue/replies/new?target=a&parent=r1"
    assert plain_page.get_by_label("Your reply").is_visible()
    assert not plain_page.locator("#reply-received").is_visible()
    trap = plain_page.locator("#answer-website").bounding_box()
    assert trap is None or trap["x"] + trap["width"] <= 0
    assert plain_page.evaluate("document.documentElement.scrollWidth") <= PHONE
    plain_page.goto(f"{post}#reply-received")
    assert plain_page.locator("#reply-received").is_visible()


def test_with_scripts_the_form_comes_to_the_reply(page: Page, post: str) -> None:
    """And goes back; what was typed stays."""
    page.goto(post)
    page.get_by_label("Your reply").fill("Hm.")
    link = page.get_by_role("link", name="Reply to Bob")
    link.click()
    assert page.locator("#reply-r2 #reply-form").count() == 1
    assert page.locator("[name=parent]").input_value() == "r2"
    assert page.get_by_label("Your reply").input_value() == "Hm."
    link.click()
    assert page.locator("#answer #reply-form").count() == 1
    assert page.locator("[name=parent]").input_value() == ""


def test_nothing_is_loaded_from_others_before_it_is_asked_for(page: Page, elsewhere: str) -> None:
    """Then it is, with what it needs to know."""
    foreign: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith("http://127.0.0.1"):
            foreign.append(request.url)

    page.on("request", note)
    page.route("https://giscus.app/**", lambda route: route.fulfill(body=""))
    page.goto(elsewhere, wait_until="networkidle")
    assert foreign == []
    with page.expect_request("https://giscus.app/client.js"):
        page.get_by_role("button", name="Load the replies").click()
    script = page.locator('script[src="https://giscus.app/client.js"]')
    assert script.get_attribute("data-term") == "a"
    assert script.get_attribute("data-repo") == "o/r"
