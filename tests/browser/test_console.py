"""What a real browser complains about, on the site and the service as one process sends them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from dialogue.settings import Settings
from tests.browser.test_reply import POST
from tests.dialogue.moderation.signing import HASH, PASSWORD
from tests.dialogue.serving import Place, Running


@pytest.fixture
def running(sample: Path, tmp_path: Path) -> Iterator[Running]:
    """The sample site and its service, with every header that they have for readers."""
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'dialogue.sqlite3'}",
        output=shutil.copytree(sample, tmp_path / "output"),
        replies=tmp_path / "replies",
        state=tmp_path / "state",
    )
    more = {"DIALOGUE_SERVE_SITE": "yes", "DIALOGUE_MODERATOR_PASSWORD_HASH": HASH}
    with Place(settings, tmp_path / "log").serve(**more) as found:
        yield found


def test_no_page_is_complained_about(tabs: BrowserContext, running: Running) -> None:
    """Form, preview, receipt, contact and moderation: no message in the console at all.

    A violation of a Content-Security-Policy, a header that is not understood or a file that is
    blocked would be one.
    """
    page, heard = tabs.new_page(), list[str]()
    page.on("console", lambda message: heard.append(f"{page.url}: {message.text}"))

    def failed(request: Request) -> None:
        # Who opens the next page aborts what the last one still loads, such as its icon.
        if request.failure != "net::ERR_ABORTED":
            heard.append(f"{request.url}: {request.failure}")

    page.on("requestfailed", failed)
    receipt = _reply(page, running)
    page.goto(f"{running.url}{receipt}")
    expect(page.get_by_text("It is waiting for a moderator")).to_be_visible()
    page.goto(f"{running.url}/dialogue/contact")
    expect(page.get_by_label("Name")).to_be_visible()
    _moderate(page, running)
    assert heard == []


def _reply(page: Page, running: Running) -> str:
    """Reply as without scripts, so that each page of the service is seen; the receipt's address."""
    page.goto(f"{running.url}{POST}")
    form = page.locator("form.reply-form")
    form.get_by_label("Your reply").fill("I *agree*.")
    form.get_by_label("Name").fill("Ada")
    # A submit by a script asks no script of the page, which would stay in the post.
    form.evaluate("form => HTMLFormElement.prototype.submit.call(form)")
    page.wait_for_url("**/dialogue/replies")
    link = page.get_by_role("link", name="this link").get_attribute("href")
    page.get_by_role("button", name="Send it").click()
    page.wait_for_url(f"**{POST}*")
    assert link
    return link.removeprefix(running.url)


def _moderate(page: Page, running: Running) -> None:
    page.goto(f"{running.url}/dialogue/moderate/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    reply = page.get_by_role("article", name="Ada")
    reply.get_by_role("link", name="Answer or change").click()
    expect(page.get_by_label("Your answer")).to_be_visible()
    page.goto(f"{running.url}/dialogue/moderate/messages")
    page.goto(f"{running.url}/dialogue/moderate/")
    page.get_by_role("article", name="Ada").get_by_role("button", name="Approve").click()
    expect(page.get_by_role("status")).to_contain_text("1 reply was decided.")
