"""Everybody can use every page: by axe-core's rules, by keyboard alone, zoomed in, on a small phone."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.sites import KINDS

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
# What Tab can reach, in the order of the document: it is to be the order of the keyboard as well.
REACHABLE = """() => {
    const found = document.querySelectorAll(
        "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")
    return Array.from(found).filter(element =>
        !element.disabled && element.tabIndex >= 0 &&
        element.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})
    ).map((element, index) => {
        element.dataset.order = index
        return element.outerHTML.slice(0, 80)
    })
}"""
# Where the keyboard is, and whether one can see it: something about the element has changed.
FOCUS = """async () => {
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
    await Promise.all(document.getAnimations().map(animation => animation.finished))
    const element = document.activeElement, style = getComputedStyle(element)
    const box = element.getBoundingClientRect()
    return {
        order: element.dataset.order === undefined ? null : Number(element.dataset.order),
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1,
        shown: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    }
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing(
    chromium: Browser, address: str, scheme: Any, screen: dict[str, int]
) -> None:
    """On every kind of page, in both colour schemes, on a phone and on a desk."""
    context = chromium.new_context(
        viewport={"width": screen["width"], "height": screen["height"]},
        color_scheme=scheme,
        reduced_motion="reduce",
        bypass_csp=True,  # axe itself is a script that the site does not allow
    )
    page = context.new_page()
    found = {}
    for kind, url in KINDS.items():
        page.goto(address + url)
        results = Axe().run(page)
        if results.violations_count:
            found[kind] = results.generate_report()
    context.close()
    assert found == {}


def test_the_keyboard_reaches_everything_in_order(page: Page, address: str) -> None:
    """Tab goes through all links, buttons and fields as they stand in the page, visibly."""
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 1280, "height": 900})
    for kind, url in KINDS.items():
        page.goto(address + url)
        expected = page.evaluate(REACHABLE)
        assert len(expected) > 3, kind
        for order, element in enumerate(expected):
            page.keyboard.press("Tab")
            assert page.evaluate(FOCUS) == {"order": order, "outlined": True, "shown": True}, (
                kind,
                element,
            )


@pytest.mark.parametrize("width", [320, 640])
def test_nothing_is_lost_when_zoomed_in(page: Page, address: str, width: int) -> None:
    """A desk's page of 1,280 pixels at 200% and at 400%: nothing is cut off or beside the screen."""
    page.set_viewport_size({"width": width, "height": 700})
    for kind, url in KINDS.items():
        page.goto(address + url)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, kind
        assert page.evaluate(CLIPPED) == [], kind


# Text that is cut off: it is wider than its box, and the box neither scrolls nor shows the rest.
CLIPPED = """() => Array.from(document.querySelectorAll("main *"), element => {
    const style = getComputedStyle(element)
    const cut = element.scrollWidth > element.clientWidth + 1 && style.overflowX === "hidden"
    const hidden = element.closest(".visually-hidden") !== null
    return cut && !hidden && element.clientWidth > 1 ? element.outerHTML.slice(0, 120) : null
}).filter(Boolean)"""
