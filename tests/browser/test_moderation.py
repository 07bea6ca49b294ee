"""Moderation in a real browser without scripts: in, decide, undo, answer; and nothing typed runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Page, expect

from dialogue.app import app_of
from dialogue.contact import store
from dialogue.contact.store import Box, Message
from dialogue.migrate import migrate
from dialogue.moments import now
from dialogue.notices.links import Links
from dialogue.replies.model import State
from dialogue.services import Services, services
from dialogue.settings import Settings
from plugins.pages.theme import load_theme
from tests.dialogue.hostile import PAYLOADS
from tests.dialogue.mail.server import free_port
from tests.dialogue.moderation.signing import HASH, PASSWORD
from tests.dialogue.replies_made import reply
from tests.dialogue.sites import write_targets
from tests.theme import css

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3


@dataclass(frozen=True)
class Running:
    """A service that answers at ``url``."""

    url: str
    services: Services


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """The service in the dress of our theme, with some replies that wait and a message."""
    theme, output, port = load_theme(css.THEME), tmp_path / "output", free_port()
    assert theme is not None
    write_targets(output)
    (output / "index.html").write_text(f"<style>{theme.css}</style>", encoding="utf-8")
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'd.sqlite3'}",
        site_url=f"http://127.0.0.1:{port}",
        output=output,
        replies=tmp_path / "replies",
        state=tmp_path / "state",
        moderator_password_hash=HASH,
    )
    made = services(settings)
    migrate(made.database)
    fill(made)
    server = uvicorn.Server(uvicorn.Config(app_of(made), port=port, log_config=None, ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
    yield Running(settings.site_url, made)
    server.should_exit = True
    thread.join()


def fill(made: Services) -> None:
    """Replies of several kinds, and a message."""
    asked = made.store.hold(reply(author="Ben", words="A question", state=State.APPROVED)).reply
    made.store.hold(reply(author="Ada", words="An answer", parent=asked.id, reasons=("links",)))
    made.store.hold(reply(author=LONG[:80], words=LONG, email="a@b.example"))
    note = Message(
        id="m" * 16, target="tea", state=Box.NEW, name="Cleo", email="cleo@example.org",
        text=LONG, reasons=("links",), digest="d", address=None, created=now(),
    )  # fmt: skip
    made.database.write(lambda at: store.add(at, note))


def sign_in(page: Page, running: Running) -> None:
    """As a moderator does."""
    page.goto(f"{running.url}/dialogue/moderate/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_a_moderator_decides_without_scripts(plain_page: Page, running: Running) -> None:
    """One by its button, all that are marked at once, back again, and with an answer."""
    page = plain_page
    sign_in(page, running)
    expect(page.get_by_role("heading", level=1)).to_have_text("Waiting")
    page.get_by_role("article", name="Ada").get_by_role("button", name="Approve").click()
    expect(page.get_by_role("status")).to_contain_text("1 reply was decided.")
    expect(page.get_by_role("article", name="Ada")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_have_text("It is as it was before.")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("group", name="All that are marked").get_by_role("button", name="Spam").click()
    expect(page.locator("#list")).to_have_text("Nothing here.")
    page.get_by_role("link", name="Spam 2").click()
    page.get_by_role("article", name="Ada").get_by_role("link", name="Answer or change").click()
    page.get_by_label("Your answer").fill("Thank *you*")
    page.get_by_role("button", name="Approve, and publish the answer").click()
    said = [(each.author, each.by_author) for each in running.services.store.approved("tea")]
    assert said == [("Ben", False), ("Ada", False), ("Mara Lindqvist", True)]
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{running.url}/dialogue/moderate/")
    expect(page.get_by_label("Password")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_everybody_can_moderate(
    chromium: Browser, running: Running, scheme: Any, width: int
) -> None:
    """By axe-core's rules in both colour schemes; no page scrolls sideways on a small phone."""
    context = chromium.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        reduced_motion="reduce",
        bypass_csp=True,  # axe itself is a script that these pages do not allow
    )
    page = context.new_page()
    first = running.services.store.listed(State.HELD)[0].id
    found = {}
    sign_in(page, running)
    link = Links(running.url, running.services.tokens).decide(first, "spam")
    places = ("moderate/", f"moderate/replies/{first}", "moderate/messages", "contact")
    for url in (*(f"{running.url}/dialogue/{place}" for place in places), link):
        page.goto(url)
        results = Axe().run(page)
        if results.violations_count:
            found[url] = results.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, url
    context.close()
    assert found == {}


def note_and_close(dialog: Dialog, heard: list[str]) -> None:
    """Remember that there was one."""
    heard.append(dialog.message)
    dialog.dismiss()


def test_nothing_that_was_typed_runs(chromium: Browser, running: Running) -> None:
    """With scripts on and our policy off: no dialog, no request elsewhere, no error of a script."""
    for number, payload in enumerate(PAYLOADS):
        said = payload.replace("\x00", "")
        running.services.store.hold(
            reply(author=said[:80], words=f"{number} {said}", url=said, source=said)
        )
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    heard: list[str] = []
    page.on("dialog", lambda dialog: note_and_close(dialog, heard))
    context.on("weberror", lambda error: heard.append(str(error.error)))
    page.on("request", lambda request: heard.append(request.url))
    sign_in(page, running)
    for number in (1, 2, 3):
        page.goto(f"{running.url}/dialogue/moderate/?page={number}")
        for each in page.get_by_role("checkbox").all():
            each.focus()
    shown = running.services.store.listed(State.HELD, limit=100)
    for held in shown[:: len(shown) // 6]:
        page.goto(f"{running.url}/dialogue/moderate/replies/{held.id}")
        page.goto(Links(running.url, running.services.tokens).decide(held.id, "spam"))
    context.close()
    assert len(heard) > 10, "requests are heard"
    assert [each for each in heard if not each.startswith(f"{running.url}/")] == []
