"""The site is whole without JavaScript: what needs it is not shown, and everything leads somewhere."""

from __future__ import annotations

from urllib.parse import urldefrag, urljoin

from playwright.sync_api import Page, expect

from tests.browser.sites import KINDS


def test_every_link_leads_to_a_page(plain_page: Page, address: str) -> None:
    """Starting at the front page, a reader without scripts comes to every page and back."""
    seen, ahead = set[str](), [f"{address}/"]
    while ahead:
        url = ahead.pop()
        seen.add(url)
        answer = plain_page.goto(url)
        assert answer is not None
        assert answer.status == 200, url
        links = plain_page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
        for link in links:
            target = urldefrag(urljoin(url, link)).url
            inside = target.startswith(f"{address}/") and target.endswith("/")
            if inside and "/dialogue/" not in target and target not in {*seen, *ahead}:
                ahead.append(target)
    pages = {url for url in KINDS.values() if url.endswith("/")}
    assert {url.removeprefix(address) for url in seen} >= pages


def test_what_needs_scripts_is_not_offered(plain_page: Page, address: str) -> None:
    """The colour switch and the copy buttons are added by the scripts that they need."""
    plain_page.goto(f"{address}{KINDS['post with everything']}")
    expect(plain_page.get_by_role("button", name="Copy")).to_have_count(0)
    expect(plain_page.locator(".theme-choice:visible")).to_have_count(0)
    expect(plain_page.locator("main")).to_contain_text("Markdown")
