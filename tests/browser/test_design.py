"""What the design promises, looked at where it is drawn."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.sites import KINDS

# The boxes of two kinds of elements that lie on each other.
OVERLAPS = """([one, others]) => {
    const box = element => element.getBoundingClientRect()
    const under = (a, b) =>
        a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
    return Array.from(document.querySelectorAll(one)).flatMap(quote =>
        Array.from(document.querySelectorAll(others)).filter(other => under(box(quote), box(other)))
            .map(other => other.outerHTML.slice(0, 80)))
}"""
BOXES = ".admonition, .table-scroll, .highlight, figure"


def test_a_pull_quote_lies_on_no_box(page: Page, address: str) -> None:
    """Beside the text there is room for it, not on callouts, tables or code; in both directions."""
    page.set_viewport_size({"width": 1280, "height": 900})
    for kind in ("post in German", "post in Arabic", "post with everything"):
        page.goto(address + KINDS[kind])
        assert page.locator(".pull-quote").count() > 0
        assert page.evaluate(OVERLAPS, [".pull-quote", BOXES]) == [], kind


def test_paper_has_replies_but_no_forms(page: Page, address: str) -> None:
    """What can only be done on a screen is not printed, and colours are those of paper."""
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(address + KINDS["post with replies"])
    assert page.locator(".reply-text").first.is_visible()
    for gone in ("form", "nav", ".reply-answer", ".private", ".share", "button", ".site-footer"):
        assert not [one for one in page.locator(gone).all() if one.is_visible()], gone
    colour = "getComputedStyle(document.documentElement).colorScheme"
    assert page.evaluate(colour) == "light"
    page.goto(address + KINDS["post"])
    assert not page.locator(".replies").is_visible()


def test_pages_pass_into_each_other_for_those_who_like_motion(page: Page, address: str) -> None:
    """The bar of the menu stays where it is; nothing of it where readers want no motion."""
    name = "getComputedStyle(document.querySelector('.masthead-bar')).viewTransitionName"
    page.emulate_media(reduced_motion="no-preference")
    page.goto(address + KINDS["post"])
    assert page.evaluate(name) == "bar"
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(name) == "none"


def test_numbers_stay_beside_names_of_another_direction(page: Page, address: str) -> None:
    """How often an author wrote stands after the name, also where that is Arabic."""
    page.goto(address + KINDS["search"])
    entry = page.locator(".inline-list li").filter(has_text="ليلى")
    name, count = entry.locator("a").bounding_box(), entry.locator(".tally").bounding_box()
    assert name is not None
    assert count is not None
    assert count["x"] > name["x"] + name["width"] / 2


def test_the_bars_of_the_browser_are_the_paper(page: Page, address: str) -> None:
    """The theme-color is what pages stand on, in both schemes."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
        page.goto(address)
        meta = page.locator(f"meta[data-scheme={scheme}]").get_attribute("content") or ""
        channels = ", ".join(str(int(meta[at : at + 2], 16)) for at in (1, 3, 5))
        ground = "getComputedStyle(document.documentElement).backgroundColor"
        assert page.evaluate(ground) == f"rgb({channels})"
