"""Images in a real browser: nothing moves while they load, and no more is loaded than is shown."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from plugins.images.settings import ImageSettings
from tests.plugins.building import Workshop
from tests.plugins.images.pictures import photo

WIDTHS = (240, 480, 800, 1200, 1600)
POST = """---
title: {title}
date: 2026-01-0{day}
image: {{src: /lead.jpg, alt: Red}}
---

{text}

![Red](/inside.jpg)

{text}
"""
# What moved, in the browser's own measure; and for each image what it shows and what it needs.
SHIFT = """() => new Promise(done => {
    let sum = 0
    new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value }))
        .observe({type: "layout-shift", buffered: true})
    setTimeout(() => done(sum), 200)
})"""
SHOWN = """() => Array.from(document.images, image => ({
    url: image.currentSrc, need: image.getBoundingClientRect().width * devicePixelRatio
}))"""


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a line for each on the terminal."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A built site of two posts with a lead image and one in the text."""
    folder = tmp_path_factory.mktemp("site")
    posts = {
        f"{title}.md": POST.format(title=title, day=day, text="Some words. " * 60)
        for day, title in enumerate("ab", start=1)
    }
    files = {"lead.jpg": photo(2000, 1000), "inside.jpg": photo(1800, 1200)}
    images = ImageSettings(cache=folder / "cache", widths=WIDTHS)
    built = Workshop(folder).build({**posts, **files}, IMAGES=images)
    assert built.problems == ()
    handler = partial(Quiet, directory=str(Path(built.output)))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(params=[(390, 3), (1000, 1), (1440, 2)], ids=["phone", "small", "desktop"])
def screen(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A tab on a phone, a small window, and a fine desktop screen."""
    width, ratio = request.param
    viewport = {"width": width, "height": 900}
    context = chromium.new_context(viewport=viewport, device_scale_factor=ratio)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", ["/", "/a/"])
def test_nothing_moves_while_images_load(screen: Page, address: str, path: str) -> None:
    """The layout shift is nothing, from the first paint to the end of the page."""
    screen.goto(f"{address}{path}")
    screen.evaluate("scrollTo(0, document.body.scrollHeight)")
    screen.wait_for_function("Array.from(document.images).every(image => image.complete)")
    assert screen.evaluate(SHIFT) == 0


@pytest.mark.parametrize("path", ["/", "/a/"])
def test_the_browser_takes_the_version_that_fits(screen: Page, address: str, path: str) -> None:
    """At most one step larger than the smallest that is sharp, and sharp where there is one."""
    screen.goto(f"{address}{path}")
    screen.evaluate("scrollTo(0, document.body.scrollHeight)")
    screen.wait_for_function("Array.from(document.images).every(image => image.complete)")
    shown = screen.evaluate(SHOWN)
    assert len(shown) == 2
    for image in shown:
        width = int(image["url"].removesuffix(".webp").rpartition("-")[2])
        fits = next((one for one in WIDTHS if one >= image["need"] * 0.95), WIDTHS[-1])
        assert WIDTHS.index(width) - WIDTHS.index(fits) in (0, 1), image
