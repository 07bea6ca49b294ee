"""A page is small and stands still: what is sent over the network, and what moves while it loads."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request

from tests.browser.sites import KINDS

# The first round trip of a new connection: ten segments of 1,460 bytes (RFC 6928).
FIRST_ROUND_TRIP = 14_600
SHIFT = """() => new Promise(done => {
    let sum = 0
    new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value }))
        .observe({type: "layout-shift", buffered: true})
    setTimeout(() => done(sum), 300)
})"""


def loaded(page: Page, url: str) -> tuple[int, list[str]]:
    """Everything that a first visit transfers, with headers, in bytes; and the addresses asked for."""
    requests: list[Request] = []

    def remember(request: Request) -> None:
        requests.append(request)

    page.on("requestfinished", remember)
    page.goto(url, wait_until="networkidle")
    sizes = [request.sizes() for request in requests]
    total = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    return total, [request.url for request in requests]


@pytest.mark.parametrize(
    ("kind", "images", "most"),
    [("post without images", 0, 20_000), ("post", 1, 60_000), ("post of a series", 1, 60_000)],
)
def test_a_post_is_light(page: Page, address: str, kind: str, images: int, most: int) -> None:
    """Without images below 20 kB, with one below 60 kB; and all of it from the site itself."""
    total, asked = loaded(page, address + KINDS[kind])
    assert total < most
    assert all(one.startswith(f"{address}/") for one in asked)
    assert len([one for one in asked if "/images/" in one]) == images


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_moves_while_a_page_loads(page: Page, address: str, kind: str) -> None:
    """The layout is right from the first frame."""
    page.goto(address + KINDS[kind])
    assert page.evaluate(SHIFT) == 0


def test_a_post_comes_in_one_round_trip(sample: Path) -> None:
    """Page and stylesheet together fit into what a server sends first, even only gzipped."""
    for kind in ("post", "post without images", "post of a series", "post from elsewhere"):
        html = (sample / KINDS[kind].strip("/") / "index.html").read_bytes()
        assert len(gzip.compress(html, 9)) < FIRST_ROUND_TRIP - 1_000, kind
