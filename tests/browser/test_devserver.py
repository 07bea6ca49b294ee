"""An open page stays current by itself while a writer works."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.desk.running import Preview, make_site, previewing, write_post


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site to write in."""
    return make_site(tmp_path / "site")


@pytest.fixture
def preview(site: Path) -> Iterator[Preview]:
    """Its preview."""
    with previewing(site) as preview:
        yield preview


def opened(tabs: BrowserContext, preview: Preview, path: str) -> Page:
    """A new tab that shows ``path``."""
    page = tabs.new_page()
    page.goto(preview.url + path)
    return page


def mark(page: Page) -> None:
    """Leave a sign in the page that a reload would wipe out."""
    page.evaluate("window.mark = 'still here'")


def test_an_open_page_shows_what_was_saved(
    site: Path, preview: Preview, tabs: BrowserContext
) -> None:
    """The text changes in the tab, nobody touching it, as often as it is saved."""
    page = opened(tabs, preview, "/first/")
    for text in ("Edited once.", "Edited twice."):
        write_post(site, "first", text)
        expect(page.get_by_text(text, exact=True)).to_be_visible()


def test_a_style_sheet_is_swapped_without_a_reload(
    site: Path, preview: Preview, tabs: BrowserContext
) -> None:
    """The page looks different and is still the same page; the old sheet is gone."""
    page = opened(tabs, preview, "/first/")
    mark(page)
    sheets = page.evaluate("document.styleSheets.length")
    sheet = min((site / "theme" / "css").glob("*.css"))
    original = sheet.read_text(encoding="utf-8")
    for colour in ("rgb(1, 2, 3)", "rgb(4, 5, 6)"):
        rule = f"\nbody {{ background-color: {colour}; }}\n"
        sheet.write_text(original + rule, encoding="utf-8")
        expect(page.locator("body")).to_have_css("background-color", colour)
    expect(page.locator("[data-desk-old]")).to_have_count(0)
    assert page.evaluate("document.styleSheets.length") == sheets
    assert page.evaluate("window.mark") == "still here"


def test_a_page_behind_by_more_than_styles_is_reloaded(
    site: Path, preview: Preview, tabs: BrowserContext
) -> None:
    """A post and a style sheet saved together are not taken for a style sheet."""
    page = opened(tabs, preview, "/first/")
    sheet = min((site / "theme" / "css").glob("*.css"))
    sheet.write_text(sheet.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    write_post(site, "first", "Saved with it.")
    expect(page.get_by_text("Saved with it.")).to_be_visible()


def test_problems_come_over_the_page_and_go_when_mended(
    site: Path, preview: Preview, tabs: BrowserContext
) -> None:
    """The last good page stays below, unreloaded; what a file says is shown, never run."""
    page = opened(tabs, preview, "/first/")
    mark(page)
    path = site / "content" / "posts" / "first.md"
    path.write_text(
        "---\ntitle: Title\ndate: <img src=x onerror=window.hit=1>\n---\n\nText.\n",
        encoding="utf-8",
    )
    problems = page.get_by_role("alert")
    expect(problems).to_contain_text("posts/first.md:3")
    expect(problems).to_contain_text("<img src=x onerror")
    expect(page.get_by_text("First words.")).to_be_visible()
    assert page.evaluate("window.mark") == "still here"
    page.reload()
    expect(problems).to_contain_text("posts/first.md:3")
    assert page.evaluate("window.hit") is None
    write_post(site, "first", "Mended.")
    expect(page.get_by_text("Mended.")).to_be_visible()
    expect(problems).to_have_count(0)


def test_problems_are_readable_without_scripts(
    site: Path, preview: Preview, plain_page: Page
) -> None:
    """They are in the page as it is served, in a part of it that its styles do not reach."""
    path = site / "content" / "posts" / "second.md"
    path.write_text("---\ntitle: [unclosed\n---\n\nText.\n", encoding="utf-8")
    preview.line("  posts/second.md:")
    plain_page.goto(f"{preview.url}/first/")
    expect(plain_page.get_by_role("alert")).to_contain_text("posts/second.md:")


def test_more_tabs_than_connections_stay_current(
    site: Path, preview: Preview, tabs: BrowserContext
) -> None:
    """A browser opens six connections to a server; eight tabs load, follow, and outlive the first."""
    pages = [opened(tabs, preview, "/first/") for _ in range(8)]
    write_post(site, "first", "In every tab.")
    for page in pages:
        expect(page.get_by_text("In every tab.")).to_be_visible()
    pages.pop(0).close()
    write_post(site, "first", "In those left.")
    for page in pages:
        expect(page.get_by_text("In those left.")).to_be_visible()


def test_a_page_finds_the_server_again(site: Path, tabs: BrowserContext) -> None:
    """Left open while the preview is stopped, it shows what was written once that runs again."""
    with previewing(site) as preview:
        page = opened(tabs, preview, "/first/")
        expect(page.get_by_text("First words.")).to_be_visible()
        port = preview.url.rpartition(":")[2]
    write_post(site, "first", "Written meanwhile.")
    with previewing(site, "--port", port):
        expect(page.get_by_text("Written meanwhile.")).to_be_visible()


def test_the_site_comes_up_in_place_of_the_problems(site: Path, tabs: BrowserContext) -> None:
    """A tab opened while nothing can be built becomes the page as soon as something can."""
    path = site / "content" / "posts" / "first.md"
    path.write_text("---\ntitle: [unclosed\n---\n", encoding="utf-8")
    with previewing(site) as preview:
        page = opened(tabs, preview, "/first/")
        expect(page.get_by_role("alert")).to_contain_text("posts/first.md:")
        write_post(site, "first", "Here at last.")
        expect(page.get_by_text("Here at last.")).to_be_visible()
