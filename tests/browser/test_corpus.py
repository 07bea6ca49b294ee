"""All that attackers are known to type, approved and on one page, in a real browser: nothing happens."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, expect

from dialogue.replies import markup
from dialogue.replies.model import State
from dialogue.services import Unpublished
from tests.browser.test_reply import POST, Blog, answering
from tests.dialogue.corpora import corpus
from tests.dialogue.replies_made import reply


@pytest.fixture
def blog(sample: Path, tmp_path: Path) -> Iterator[Blog]:
    """The sample site with every text of the corpus as a reply to one of its posts."""
    output = shutil.copytree(sample, tmp_path / "output")
    with answering(output, tmp_path) as found:
        store = replace(found.services.store, publisher=Unpublished())
        for text in corpus():
            said, target = text.replace("\x00", ""), POST.strip("/")
            words = {"author": said, "words": said, "html": markup.html(said), "target": target}
            store.hold(reply(**words, url=said, source=said, state=State.APPROVED))
        found.services.store.publisher.notify(POST.strip("/"))
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
