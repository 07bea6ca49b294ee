"""The whole way of a reply and of a message in ``make devserver``, as a reader and a moderator go it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.desk.running import Preview, make_site, previewing, write_post
from tests.dialogue.moderation.signing import HASH, PASSWORD
from tests.waiting import until

WORDS = "I *agree*.\n\n<img src=x onerror=alert(1)>"
LINK = "this link"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site to write in."""
    return make_site(tmp_path / "site")


@pytest.fixture
def preview(site: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Preview]:
    """Its preview, with the service in it and a password for moderators."""
    monkeypatch.setenv("DIALOGUE_MODERATOR_PASSWORD_HASH", HASH)
    monkeypatch.setenv("DIALOGUE_LEAST_SECONDS", "0")
    with previewing(site) as preview:
        yield preview


@pytest.fixture
def moderator(page: Page, preview: Preview) -> Page:
    """A moderator's tab, signed in; its pages allow no scripts."""
    page.goto(f"{preview.url}/dialogue/moderate/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Waiting")
    return page


def static(site: Path) -> str:
    """The page of the post as it is on the disk, once all that was decided is in it."""
    path = site / ".parley" / "dialogue.sqlite3"
    asked = "SELECT count(*) FROM threads WHERE published < version"

    def is_published() -> bool:
        with closing(sqlite3.connect(path)) as database:
            return bool(database.execute(asked).fetchone() == (0,))

    until(is_published, "the publisher does not come to it")
    found = site / ".parley" / "preview" / "first" / "index.html"
    return found.read_text(encoding="utf-8")


def approve(moderator: Page, name: str) -> None:
    """Approve what ``name`` wrote, on the list of what waits, once it is there."""
    entry = moderator.get_by_role("article", name=name)

    def is_listed() -> bool:
        with moderator.expect_navigation():
            moderator.get_by_role("link", name="Waiting").click()
        return entry.is_visible()

    until(is_listed)
    entry.get_by_role("button", name="Approve").click()
    expect(moderator.get_by_role("status")).to_contain_text("1 reply was decided.")


def written(page: Page, name: str, words: str = WORDS) -> str:
    """Fill the form of the post that is open, and look at the preview; the link that it gives."""
    form = page.locator("form.reply-form").first
    form.get_by_label("Your reply").fill(words)
    form.get_by_label("Name").fill(name)
    form.get_by_role("button", name="Preview").click()
    expect(page.locator(".reply-preview em", has_text="agree")).to_be_visible()
    return page.get_by_role("link", name=LINK).get_attribute("href") or ""


def test_a_reply_without_scripts_is_in_the_page(
    site: Path, preview: Preview, plain_page: Page, moderator: Page
) -> None:
    """Form, preview, confirmation, note; approved by a moderator it is there, for ever, as text."""
    plain_page.goto(f"{preview.url}/first/")
    written(plain_page, "Ada")
    plain_page.get_by_role("button", name="Send it").click()
    expect(plain_page).to_have_url(f"{preview.url}/first/#reply-received")
    expect(plain_page.get_by_text("waits for a moderator")).to_be_visible()
    plain_page.reload()
    assert "Ada" not in static(site)
    expect(plain_page.locator("li.reply")).to_have_count(0)
    approve(moderator, "Ada")
    assert "<em>agree</em>" in static(site), "it is in the file soon after"
    plain_page.goto(f"{preview.url}/first/")
    shown = plain_page.locator("article.h-entry li.h-cite")
    expect(shown.locator("em", has_text="agree")).to_be_visible()
    expect(shown.get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()
    expect(plain_page.get_by_role("heading", name="1 reply", exact=True)).to_be_visible()
    write_post(site, "first", "Edited since.")
    preview.shows("/first/", "Edited since.")
    assert "<em>agree</em>" in static(site)
    assert plain_page.context.cookies() == [], "readers get no cookie"


def test_an_answer_without_scripts_stands_below_what_it_answers(
    site: Path, preview: Preview, plain_page: Page, moderator: Page
) -> None:
    """Its form is a page of its own, which says who is answered."""
    plain_page.goto(f"{preview.url}/first/")
    written(plain_page, "Ada")
    plain_page.get_by_role("button", name="Send it").click()
    approve(moderator, "Ada")
    assert "Ada" in static(site)
    plain_page.goto(f"{preview.url}/first/")
    plain_page.get_by_role("link", name="Reply to Ada").click()
    expect(plain_page.get_by_text("You answer what Ada wrote.")).to_be_visible()
    written(plain_page, "Ben")
    plain_page.get_by_role("button", name="Send it").click()
    approve(moderator, "Ben")
    assert "Ben" in static(site)
    plain_page.goto(f"{preview.url}/first/")
    expect(plain_page.locator("li.reply li.reply .p-author")).to_have_text("Ben")
    expect(plain_page.get_by_role("heading", name="2 replies")).to_be_visible()


def test_a_reply_with_scripts_appears_in_the_open_page(
    preview: Preview, tabs: BrowserContext, moderator: Page
) -> None:
    """Written without leaving the post, which shows it by itself once it is approved."""
    page = tabs.new_page()
    page.goto(f"{preview.url}/first/")
    written(page, "Ada")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("waits for a moderator")).to_be_visible()
    approve(moderator, "Ada")
    expect(page.locator("li.h-cite em", has_text="agree")).to_be_visible()


@pytest.mark.parametrize("scripts", [False, True])
def test_a_message_reaches_the_people_behind_the_site(
    preview: Preview, plain_page: Page, tabs: BrowserContext, moderator: Page, scripts: bool
) -> None:
    """Written below the post in private, with and without scripts; only moderators read it."""
    page = tabs.new_page() if scripts else plain_page
    page.goto(f"{preview.url}/first/")
    page.get_by_text("Write to the author in private").click()
    form = page.locator("form.contact-form")
    form.get_by_label("Your message").fill(WORDS)
    form.get_by_label("Name").fill("Cleo")
    form.get_by_label("E-mail").fill("cleo@example.org")
    form.get_by_role("button").click()
    expect(page.locator(".reply-preview")).to_contain_text("<img src=x onerror=alert(1)>")
    page.get_by_role("button", name="Send it").click()
    expect(page.locator("#contact-received")).to_be_visible()
    expect(page).to_have_url(f"{preview.url}/first/#contact-received")
    moderator.get_by_role("link", name="Messages").click()
    shown = moderator.get_by_role("article", name="Cleo")
    expect(shown).to_contain_text("cleo@example.org")
    expect(shown).to_contain_text("<img src=x onerror=alert(1)>")


def test_whoever_wrote_a_reply_keeps_hold_of_it(
    site: Path, preview: Preview, plain_page: Page, moderator: Page
) -> None:
    """By the link of the preview, without scripts: change it, have it as a file, erase it."""
    plain_page.goto(f"{preview.url}/first/")
    receipt = written(plain_page, "Ada")
    plain_page.get_by_role("button", name="Send it").click()
    approve(moderator, "Ada")
    plain_page.goto(receipt)
    expect(plain_page.get_by_text("Everybody can read it.")).to_be_visible()
    plain_page.get_by_text("Change it").click()
    plain_page.get_by_label("Your reply").fill("On second thought.")
    plain_page.get_by_role("button", name="Save").click()
    expect(plain_page.get_by_text("waiting for a moderator")).to_be_visible()
    assert "agree" not in static(site), "what was changed is looked at again"
    approve(moderator, "Ada")
    assert "On second thought." in static(site)
    plain_page.reload()
    with plain_page.expect_download() as download:
        plain_page.get_by_role("link", name="Download everything").click()
    told = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert "On second thought." in json.dumps(told)
    plain_page.get_by_role("button", name="Erase it for good").click()
    expect(plain_page.get_by_role("heading", name="Your reply has been erased.")).to_be_visible()
    assert "On second thought." not in static(site)
    plain_page.goto(receipt)
    expect(plain_page.get_by_text("There is no reply here")).to_be_visible()


def test_a_post_with_replies_asks_nobody_elses_server(
    preview: Preview, tabs: BrowserContext, moderator: Page
) -> None:
    """Whoever reads or replies is known to this site only."""
    page = tabs.new_page()
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    page.goto(f"{preview.url}/first/")
    written(page, "Ada", "*I agree*: ![](https://elsewhere.example/pixel.png)")
    page.get_by_role("button", name="Send it").click()
    approve(moderator, "Ada")
    expect(page.locator("li.h-cite")).to_be_visible()
    page.reload()
    assert asked
    assert [url for url in asked if not url.startswith(f"{preview.url}/")] == []
