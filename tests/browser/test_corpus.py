"""All that attackers are known to type, approved and on one page, in a real browser: nothing happens."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, expect
from sqlalchemy import Connection

from dialogue.replies import markup, writing
from dialogue.replies.model import State
from tests.browser.test_reply import POST, Blog, answering
from tests.dialogue.corpora import corpus
from tests.dialogue.replies_made import reply
from tests.waiting import until


@pytest.fixture(scope="module")
def blog(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Blog]:
    """The sample site with every text of the corpus as a published reply to one of its posts."""
    folder, target = tmp_path_factory.mktemp("corpus"), POST.strip("/")
    with answering(shutil.copytree(sample, folder / "output"), folder) as found:

        def store(connection: Connection) -> None:
            for text in corpus():
                said = text.replace("\x00", "")
                words = {"author": said, "words": said, "html": markup.html(said)}
                made = reply(**words, target=target, url=said, source=said, state=State.APPROVED)
                writing.add(connection, made, found.services.store.deepest)

        found.services.database.write(store)
        until(lambda: not found.services.store.unpublished())
        yield found


@pytest.mark.parametrize("bypassed", [False, True])
def test_nothing_happens(chromium: Browser, blog: Blog, bypassed: bool) -> None:
    """No dialog, no request elsewhere, nothing for the policy to stop; the same without a policy."""
    context = chromium.new_context(bypass_csp=bypassed)
    page = context.new_page()
    heard: list[str] = []
    asked: list[str] = []

    def note(dialog: Dialog) -> None:
        heard.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", note)
    page.on("console", lambda message: heard.append(f"console: {message.text}"))
    page.on("request", lambda request: asked.append(request.url))
    context.on("weberror", lambda error: heard.append(f"error: {error.error}"))
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation',"
        " event => console.log('stopped: ' + event.violatedDirective + event.blockedURI))"
    )
    page.goto(f"{blog.address}{POST}")
    expect(page.locator("li.reply")).to_have_count(len(corpus()))
    page.evaluate(
        "for (const each of document.querySelectorAll('#replies *'))"
        " for (const kind of ['mouseover', 'focus', 'pointerdown', 'animationstart', 'toggle'])"
        " each.dispatchEvent(new Event(kind))"
    )
    context.close()
    assert heard == []
    assert asked
    assert [url for url in asked if not url.startswith(f"{blog.address}/")] == []
