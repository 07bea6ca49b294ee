"""A reader replies in a real browser: without scripts by pages, with them inside the post."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Page, expect
from starlette.types import Receive, Scope, Send

from dialogue.app import app_of
from dialogue.hosting.site import Site
from dialogue.replies.model import State
from dialogue.services import Services, services
from dialogue.settings import Settings
from tests.waiting import until
from thread.model import Reply

POST = "/a-question-worth-answering/"
WORDS = "I *agree*.\n\n<img src=x onerror=alert(1)>"


@dataclass(frozen=True, slots=True)
class Blog:
    """A blog that can be answered: where it is, and what its service knows."""

    address: str
    services: Services


@contextmanager
def answering(output: Path, folder: Path, **changes: object) -> Iterator[Blog]:
    """The site built into ``output`` and the service on one address, as behind a web server."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        places = {"output": output, "replies": folder / "replies", "state": folder / "state"}
        url = f"sqlite:///{folder}/dialogue.sqlite3"
        usual = {"database_url": url, "site_url": address, "least_seconds": 0, **places}
        given = services(Settings(**{**usual, **changes}))  # type: ignore[arg-type] # the class checks names
        service, site = app_of(given), Site(output)

        async def both(scope: Scope, receive: Receive, send: Send) -> None:
            own = scope["type"] == "lifespan" or scope["path"].startswith("/dialogue/")
            await (service if own else site)(scope, receive, send)

        server = uvicorn.Server(uvicorn.Config(both, log_config=None, ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive()
            yield Blog(address, given)
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture
def output(sample: Path, tmp_path: Path) -> Path:
    """The sample site, in a copy that replies may be written into."""
    return shutil.copytree(sample, tmp_path / "output")


@pytest.fixture
def blog(output: Path, tmp_path: Path) -> Iterator[Blog]:
    """The sample site with its service, where a moderator looks at everything."""
    with answering(output, tmp_path) as found:
        yield found


def fill(page: Page, words: str = WORDS) -> None:
    """Type a reply into the form of the page and ask for its preview."""
    form = page.locator("form.reply-form")
    form.get_by_label("Your reply").fill(words)
    form.get_by_label("Name").fill("Ada")
    form.get_by_role("button", name="Preview").click()


def test_a_reader_without_scripts_replies(plain_page: Page, blog: Blog) -> None:
    """Preview on a page of its own, then back at the post, which says that the reply is there."""
    plain_page.goto(f"{blog.address}{POST}")
    expect(plain_page.get_by_text("waits for a moderator")).to_be_hidden()
    fill(plain_page)
    expect(plain_page.locator("em", has_text="agree")).to_be_visible()
    expect(plain_page.get_by_text("<img src=x onerror=alert(1)>").first).to_be_visible()
    plain_page.get_by_role("button", name="Send it").click()
    expect(plain_page).to_have_url(f"{blog.address}{POST}#reply-received")
    expect(plain_page.get_by_text("waits for a moderator")).to_be_visible()
    (held,) = blog.services.store.listed(State.HELD)
    assert (held.author, held.text, held.reasons) == ("Ada", WORDS, ())


def test_a_reader_with_scripts_replies_inside_the_post(page: Page, blog: Blog) -> None:
    """The preview is below the form, the note after it; the page was never left."""
    page.goto(f"{blog.address}{POST}")
    page.evaluate("window.mark = 'still here'")
    fill(page)
    expect(page.locator("#reply-shown em", has_text="agree")).to_be_visible()
    link = page.locator("#reply-shown .hint a").get_attribute("href")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("waits for a moderator")).to_be_visible()
    assert page.evaluate("window.mark") == "still here"
    expect(page.get_by_label("Your reply")).to_have_value("")
    assert len(blog.services.store.listed(State.HELD)) == 1
    page.goto(link or "")
    expect(page.get_by_text("It is waiting for a moderator")).to_be_visible()


def test_what_is_wrong_is_said_beside_its_field(page: Page, blog: Blog) -> None:
    """And goes when it is corrected."""
    page.goto(f"{blog.address}{POST}")
    page.locator("form.reply-form").evaluate("form => form.noValidate = true")
    page.get_by_label("E-mail").first.fill("nonsense")
    fill(page, "> " * 60 + "deep")
    expect(page.get_by_text("This is no mail address")).to_be_visible()
    expect(page.get_by_text("too deep in one another")).to_be_visible()
    expect(page.get_by_label("Your reply")).to_be_focused()
    page.get_by_label("E-mail").first.fill("")
    fill(page)
    expect(page.locator("#reply-shown")).to_be_visible()
    expect(page.locator(".fault")).to_have_count(0)


def test_a_reply_that_needs_nobody_is_in_the_post(page: Page, output: Path, tmp_path: Path) -> None:
    """With the work done that was asked for, the reply is in the page that is shown next."""
    with answering(output, tmp_path, moderation="none", proof_of_work=200) as blog:
        page.goto(f"{blog.address}{POST}")
        fill(page)
        page.get_by_role("button", name="Send it").click()
        (shown,) = wait_for_approved(page, blog)
        expect(page).to_have_url(f"{blog.address}{POST}#{shown}")
        expect(page.locator(f"#{shown} em", has_text="agree")).to_be_visible()


def wait_for_approved(page: Page, blog: Blog) -> tuple[str, ...]:
    """The anchors of the approved replies, once there are any."""

    def found() -> Sequence[Reply]:
        page.wait_for_timeout(50)  # meanwhile the browser goes on
        return blog.services.store.approved(POST.strip("/"))

    until(found)
    return tuple(reply.anchor for reply in found())
