"""The sample blog as it is published, at a host that knows ``_headers``: what a reader loads."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from pelican.settings import read_settings
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from plugins.engine.site import Parley
from tests.browser.host import Host, hosting
from tests.conftest import ROOT
from tests.waiting import until

WITH_IMAGE = "/the-next-question/"
WITHOUT_IMAGE = "/four-numbers-we-stopped-reporting/"
# What a server sends before it waits for the browser: ten packets (RFC 6928), less their headers.
FIRST_ROUND_TRIP = 14_000
KINDS = (
    *("/", WITH_IMAGE, WITHOUT_IMAGE, "/a-writers-guide-to-markdown/", "/about/", "/archive/"),
    *("/archive/2026/", "/series/", "/series/attention/", "/category/", "/category/customers/"),
    *("/author/mara-lindqvist/", "/subscribe/", "/no-such-page/"),
)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample blog as ``make publish`` builds it."""
    folder = tmp_path_factory.mktemp("hosted") / "output"
    override = {"PATH": str(ROOT / "content"), "OUTPUT_PATH": str(folder)}
    Parley(read_settings(str(ROOT / "publishconf.py"), override=override)).build()
    return folder


@pytest.fixture
def host(output: Path) -> Iterator[Host]:
    """Its host, which has been asked for nothing yet."""
    with hosting(output) as found:
        yield found


def load(page: Page, host: Host, path: str) -> list[str]:
    """Load a page to its end and scroll through it; returns what the browser complained of."""
    told: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            told.append(message.text)

    page.on("console", listen)
    page.goto(f"{host.address}{path}", wait_until="networkidle")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    page.remove_listener("console", listen)
    return told


def test_no_page_breaks_the_policy(tabs: BrowserContext, host: Host) -> None:
    """Every kind of page loads with the headers of a host, and the browser complains of nothing."""
    for path in KINDS:
        page = tabs.new_page()
        told = load(page, host, path)
        expected = ["Failed to load resource"] if path == "/no-such-page/" else []
        assert [line for line in told if not any(map(line.startswith, expected))] == [], path
        assert page.evaluate("getComputedStyle(document.body).display") == "grid"
        page.close()


def test_an_injected_script_does_not_run(page: Page, host: Host, output: Path) -> None:
    """With the headers, and on a host that sends none by what the page says itself."""
    html = (output / "about/index.html").read_text(encoding="utf-8")
    attack = (
        "<script>document.title='stolen'</script><img src=x onerror=\"document.title='stolen'\">"
    )
    (output / "attacked.html").write_text(html.replace("</main>", f"{attack}</main>"))
    page.goto(f"{host.address}/attacked.html", wait_until="networkidle")
    assert page.title().startswith("About")
    page.set_content((output / "attacked.html").read_text(encoding="utf-8"))
    page.wait_for_timeout(200)
    assert page.title().startswith("About")
    (output / "attacked.html").unlink()


@pytest.mark.parametrize(("path", "most"), [(WITH_IMAGE, 60_000), (WITHOUT_IMAGE, 20_000)])
def test_a_post_is_light(page: Page, host: Host, path: str, most: int) -> None:
    """Everything that a phone loads for a post, from this host alone, is below the limit."""
    page.set_viewport_size({"width": 390, "height": 844})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    load(page, host, path)
    assert {url for url in asked if not url.startswith((host.address, "data:"))} == set()
    own = [request for request in host.requests if not request.purpose]
    assert len(own) > 1
    assert sum(request.size for request in own) < most, own


def test_a_post_with_its_styles_fits_the_first_round_trip(output: Path) -> None:
    """Every sample post does, as hosts compress it: but for the guide, which is a book of samples."""
    for path in sorted(output.glob("*/index.html")):
        text = path.read_bytes()
        if (
            b'<article class="h-entry"' in text
            and path.parent.name != "a-writers-guide-to-markdown"
        ):
            assert len(gzip.compress(text, 6)) < FIRST_ROUND_TRIP, path
            assert len(brotli.compress(text, quality=5)) < FIRST_ROUND_TRIP, path


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_a_page_loads(page: Page, host: Host, width: int) -> None:
    """The layout of a post and of the front page stays as it was first painted."""
    page.set_viewport_size({"width": width, "height": 844})
    for path in ("/", WITH_IMAGE):
        page.goto(f"{host.address}{path}", wait_until="networkidle")
        shift = page.evaluate(
            """() => new Promise(done => {
                let sum = 0;
                new PerformanceObserver(list => {
                    for (const entry of list.getEntries()) sum += entry.value;
                }).observe({ type: "layout-shift", buffered: true });
                setTimeout(() => done(sum), 300);
            })"""
        )
        assert shift == 0, path


def test_the_next_part_of_a_series_is_fetched_ahead(page: Page, host: Host) -> None:
    """As soon as a reader is about to follow its link; the policy allows it. Feeds are not."""
    page.goto(f"{host.address}{WITH_IMAGE}", wait_until="networkidle")
    assert "/theme/speculation" in " ".join(request.path for request in host.requests)
    page.locator(".feeds a").first.hover()
    page.locator(".next-part a[rel=next]").hover()

    def ahead() -> list[str]:
        page.wait_for_timeout(50)  # meanwhile the browser goes on
        return [one.path for one in host.requests if one.purpose.startswith("prefetch")]

    until(ahead)
    assert ahead() == ["/known-within-reason/"]
