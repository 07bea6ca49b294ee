"""Addresses in feeds: absolute, in ASCII, and never to a place that runs something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.feeds.addresses import (
    absolute,
    absolute_image,
    absolute_srcset,
    absolute_web,
    watch_page,
)
from tests.feed_html_rules import is_absolute

PAGE = "https://example.org/blog/a-post/"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://example.com/a?b=c#d", "https://example.com/a?b=c#d"),
        ("/x/", "https://example.org/x/"),
        ("/x/../y/", "https://example.org/y/"),
        ("//example.com/x", "https://example.com/x"),
        ("photo.jpg", "https://example.org/blog/a-post/photo.jpg"),
        ("../b/", "https://example.org/blog/b/"),
        ("?page=2", "https://example.org/blog/a-post/?page=2"),
        ("#fn:1", "https://example.org/blog/a-post/#fn:1"),
        ("", "https://example.org/blog/a-post/"),
        (" /x/ ", "https://example.org/x/"),
        ("/ä ü?é#ö", "https://example.org/%C3%A4%20%C3%BC?%C3%A9#%C3%B6"),
        ("/100%", "https://example.org/100%25"),
        ("/a%20b", "https://example.org/a%20b"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("MAILTO:a@example.org", "MAILTO:a@example.org"),
        ("tel:+491234", "tel:+491234"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        (" \x00JavaScript:alert(1)", None),
        ("vbscript:x", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("blob:https://example.org/1", None),
        ("http://[bad", None),
    ],
)
def test_addresses_are_read_as_a_browser_on_the_page_reads_them(
    written: str, read: str | None
) -> None:
    """And what a feed must not lead to is none."""
    assert absolute(written.replace("\x00", ""), PAGE) == read


@given(st.text())
def test_no_text_makes_an_address_that_readers_cannot_follow(text: str) -> None:
    """Whatever a writer writes, the result is a harmless absolute URL or nothing."""
    found = absolute_web(text, PAGE)
    assert found is None or found.isascii()
    assert found is None or found.startswith(("http://", "https://"))
    image = absolute_image(text, PAGE)
    assert image is None or not image.lower().startswith(("javascript", "vbscript"))


def test_images_may_be_in_their_address_and_pages_may_not() -> None:
    """Only kinds of images that can hold no script."""
    assert absolute_image("data:image/png;base64, AAA=", PAGE) == "data:image/png;base64,AAA="
    assert absolute_image("data:image/svg+xml,<svg onload=x>", PAGE) is None
    assert absolute_image("mailto:a@example.org", PAGE) is None
    assert absolute("data:image/png;base64,AAA=", PAGE) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("/a.webp 1x, b.webp 2x", "https://example.org/a.webp 1x, https://example.org/blog/a-post/b.webp 2x"),
        ("/a.webp", "https://example.org/a.webp"),
        ("/a.webp 480w,/b.webp 800w", "https://example.org/a.webp 480w, https://example.org/b.webp 800w"),
        (" , /a.webp, ", "https://example.org/a.webp"),
        ("/a,b.webp 1x", "https://example.org/a%2Cb.webp 1x"),
        ("javascript:x 1x, /a.webp 2x", "https://example.org/a.webp 2x"),
        ("javascript:x 1x", None),
        ("", None),
    ],
)  # fmt: skip
def test_each_candidate_of_a_srcset_is_absolute(written: str, read: str | None) -> None:
    """Candidates that lead nowhere are left out; the rest stay in their order."""
    assert absolute_srcset(written, PAGE) == read
    if read:
        assert all(is_absolute(candidate.split(" ")[0]) for candidate in read.split(", "))


@pytest.mark.parametrize(
    ("player", "page"),
    [
        ("https://www.youtube.com/embed/abc_1?start=3", "https://www.youtube.com/watch?v=abc_1"),
        ("https://www.youtube-nocookie.com/embed/abc", "https://www.youtube.com/watch?v=abc"),
        (
            "https://www.youtube.com/embed/videoseries?list=PL1&x=2",
            "https://www.youtube.com/playlist?list=PL1",
        ),
        ("https://player.vimeo.com/video/123?h=1", "https://vimeo.com/123"),
        ("https://example.com/embed/1", "https://example.com/embed/1"),
        (
            "https://www.youtube.com.example.com/embed/1",
            "https://www.youtube.com.example.com/embed/1",
        ),
    ],
)
def test_an_embedded_player_is_left_as_the_page_to_watch_it_on(player: str, page: str) -> None:
    """Players show nothing outside a frame; any other address stays."""
    assert watch_page(player) == page
