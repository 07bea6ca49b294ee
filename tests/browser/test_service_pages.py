"""The service's own pages in a real browser: everybody can use them, in the dress of the site."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.test_accessibility import CLIPPED, DESKTOP, FOCUS, PHONE, REACHABLE
from tests.browser.test_reply import POST, Blog, answering, fill


@pytest.fixture(scope="module")
def blog(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Blog]:
    """The sample site with its service."""
    folder = tmp_path_factory.mktemp("service")
    with answering(shutil.copytree(sample, folder / "output"), folder) as found:
        yield found


def preview(page: Page, address: str) -> None:
    """A reply before it is sent."""
    page.goto(address + POST)
    fill(page)
    page.wait_for_url("**/dialogue/replies")


def faults(page: Page, address: str) -> None:
    """A reply that cannot be sent: its website is none."""
    page.goto(address + POST)
    form = page.locator("form.reply-form")
    form.get_by_label("Website").fill("javascript:alert(1)")
    fill(page)
    page.wait_for_url("**/dialogue/replies")
    page.locator("[aria-invalid]").first.wait_for()


def receipt(page: Page, address: str) -> None:
    """What was sent, and how to take it back."""
    preview(page, address)
    link = page.get_by_role("link", name="this link").get_attribute("href")
    page.get_by_role("button", name="Send it").click()
    page.wait_for_url(f"**{POST}*")
    page.goto(address + str(link).removeprefix(address))


def contact(page: Page, address: str) -> None:
    """The form to write in private."""
    page.goto(f"{address}/dialogue/contact")


def missing(page: Page, address: str) -> None:
    """A reply that is not there."""
    page.goto(f"{address}/dialogue/replies/none")


WAYS: dict[str, Callable[[Page, str], None]] = {
    way.__name__: way for way in (preview, faults, receipt, contact, missing)
}
EVERY = pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))


def _page(chromium: Browser, screen: dict[str, Any], **more: Any) -> Page:
    """A tab without the scripts of pages, which would keep the reader inside the post."""
    context = chromium.new_context(viewport=screen, reduced_motion="reduce", **more)  # type: ignore[arg-type] # a size
    context.route("**/*.js", lambda route: route.abort())
    return context.new_page()


@EVERY
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    chromium: Browser, blog: Blog, scheme: Any, way: Callable[[Page, str], None]
) -> None:
    """In both colour schemes, on a phone and on a desk; and nothing is beside the screen."""
    for screen in (PHONE, DESKTOP):
        page = _page(chromium, screen, color_scheme=scheme, bypass_csp=True)
        way(page, blog.address)
        results = Axe().run(page)
        assert not results.violations_count, results.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
        assert page.evaluate(CLIPPED) == []
        page.context.close()


@EVERY
def test_the_keyboard_reaches_everything_in_order(
    chromium: Browser, blog: Blog, way: Callable[[Page, str], None]
) -> None:
    """Tab goes through all links, buttons and fields as they stand in the page, visibly."""
    page = _page(chromium, DESKTOP)
    way(page, blog.address)
    page.evaluate("document.activeElement.blur()")
    expected = page.evaluate(REACHABLE)
    assert expected
    for order, element in enumerate(expected):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS) == {"order": order, "outlined": True, "shown": True}, element
    page.context.close()


@EVERY
def test_pages_are_dressed_as_the_site(
    chromium: Browser, blog: Blog, way: Callable[[Page, str], None]
) -> None:
    """Paper, text and headlines are those of the posts."""
    look = """() => [getComputedStyle(document.body).backgroundColor,
        getComputedStyle(document.body).color,
        getComputedStyle(document.querySelector("h1")).fontFamily]"""
    page = _page(chromium, DESKTOP)
    page.goto(blog.address + POST)
    expected = page.evaluate(
        look.replace("document.body).backgroundColor", "document.documentElement).backgroundColor")
    )
    way(page, blog.address)
    assert page.evaluate(look) == expected
    page.context.close()
