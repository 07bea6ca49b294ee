"""Players of other sites in a real browser: nothing is asked of them before a reader clicks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.browser.host import Host, hosting
from tests.plugins.building import Workshop

POST = """---
title: Watch
date: 2026-01-02
---

https://youtu.be/dQw4w9WgXcQ

<iframe src="https://open.spotify.com/embed/episode/7makk4" title="Our podcast"></iframe>
"""
PLAYER = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with one post that has a video and a podcast."""
    made = Workshop(tmp_path_factory.mktemp("players")).build({"posts/watch.md": POST})
    assert made.problems == ()
    return made.output


@pytest.fixture
def host(output: Path) -> Iterator[Host]:
    """Its host, which sends the policy."""
    with hosting(output) as found:
        yield found


def test_a_player_is_loaded_by_a_click(page: Page, host: Host) -> None:
    """Until then no other site is asked for anything; then the player stands in the card's place."""
    asked: list[str] = []
    complaints: list[str] = []

    def elsewhere(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="text/html", body="<title>player</title>")

    page.route(lambda url: not url.startswith(host.address), elsewhere)
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{host.address}/watch/", wait_until="networkidle")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    assert asked == []
    shape = page.locator(".player-video").evaluate("box => [box.offsetWidth, box.offsetHeight]")
    page.get_by_role("link", name="Video on YouTube").click()
    frame = page.locator(".player-video iframe")
    expect(frame).to_have_attribute("title", "Video on YouTube")
    expect(frame).to_be_focused()
    page.wait_for_load_state("networkidle")
    assert asked == [PLAYER]
    player = page.locator(".player-video")
    assert player.evaluate("box => [box.offsetWidth, box.offsetHeight]") == shape
    assert complaints == []


def test_without_scripts_the_card_leads_to_the_page(plain_page: Page, host: Host) -> None:
    """A plain link, with the title of the embed code where there is one."""
    plain_page.goto(f"{host.address}/watch/")
    video = plain_page.get_by_role("link", name="Video on YouTube")
    expect(video).to_have_attribute("href", "https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    expect(plain_page.get_by_role("link", name="Our podcast Audio on Spotify")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_cards_are_accessible(page: Page, host: Host, scheme: str, width: int) -> None:
    """No rule of axe is broken, whatever the colours and the width."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{host.address}/watch/")
    assert Axe().run(page, ".prose").response["violations"] == []
