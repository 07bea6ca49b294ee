"""Completing image elements: what is added, and what is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.images.showing import Shown, complete, image_addresses

SIZES = "92vw"
KNOWN = {
    "/a.jpg": Shown(1000, 500, "/a-480.webp 480w, /a-800.webp 800w"),
    "/b.gif": Shown(300, 200),
    "/c.svg": Shown(),
}
LATER = ' loading="lazy" decoding="async"'
CHOICE = ' srcset="/a-480.webp 480w, /a-800.webp 800w" sizes="92vw"'


def done(html: str, *, leads: bool = False) -> str:
    """The HTML with the images in ``KNOWN`` completed."""
    return complete(html, KNOWN.get, SIZES, leads=leads)


@pytest.mark.parametrize(
    ("written", "completed"),
    [
        ('<img src="/a.jpg" alt="A">',
         f'<img src="/a.jpg" alt="A" width="1000" height="500"{CHOICE}{LATER}>'),
        ("<IMG SRC=/a.jpg>", f'<IMG SRC=/a.jpg width="1000" height="500"{CHOICE}{LATER}>'),
        ("<img src='/b.gif' />", f"<img src='/b.gif' width=\"300\" height=\"200\"{LATER} />"),
        ('<img src="/c.svg">', f'<img src="/c.svg"{LATER}>'),
        ('<img src="/a.jpg" width="200">',
         '<img src="/a.jpg" width="200" height="100" srcset="/a-480.webp 480w, /a-800.webp 800w" '
         f'sizes="(min-width: 217px) 200px, 92vw"{LATER}>'),
        ('<img src="/b.gif" height=100>', f'<img src="/b.gif" height=100 width="150"{LATER}>'),
        ('<img src="/b.gif" width="50%">', f'<img src="/b.gif" width="50%"{LATER}>'),
        ('<img src="/b.gif" width=1 height=2>', f'<img src="/b.gif" width=1 height=2{LATER}>'),
        ('<img src="/a.jpg" srcset="/mine.jpg 2x" width=1 height=1>',
         f'<img src="/a.jpg" srcset="/mine.jpg 2x" width=1 height=1{LATER}>'),
        ('<img src="/b.gif" width=1 height=1 loading="eager" decoding="sync">',
         '<img src="/b.gif" width=1 height=1 loading="eager" decoding="sync">'),
        ('<picture><source srcset="x.avif"><img src="/a.jpg"></picture>',
         f'<picture><source srcset="x.avif"><img src="/a.jpg" width="1000" height="500"{LATER}>'
         "</picture>"),
    ],
)  # fmt: skip
def test_what_the_writer_gave_wins(written: str, completed: str) -> None:
    """Only what is missing is added, at the end of the tag."""
    assert done(written) == completed


@pytest.mark.parametrize(
    "html",
    [
        '<img src="/unknown.jpg">',
        '<img src="https://example.com/a.jpg">',
        "<img alt=x>",
        '<!-- <img src="/a.jpg"> -->',
        '<script>"<img src=/a.jpg>"</script>',
        '<textarea><img src="/a.jpg"></textarea>',
        '<imgs src="/a.jpg"><source src="/a.jpg">',
        '&lt;img src="/a.jpg"&gt;',
        '<img src="/a.jpg"',
    ],
)
def test_everything_else_stays_as_it_is(html: str) -> None:
    """Byte for byte."""
    assert done(html) == html


@given(st.text(alphabet="<>/ aimgsrc=\"'.jp-!&\n"))
def test_text_around_images_is_never_lost(text: str) -> None:
    """Taking out what was added gives back what was written."""
    completed = done(text)
    for added in (' width="1000" height="500"', CHOICE, LATER):
        completed = completed.replace(added, "")
    assert completed == text


def test_the_image_that_begins_a_page_is_loaded_first() -> None:
    """One near the beginning is loaded at once, those further down when they are near."""
    picture = '<p><img src="/c.svg"></p>'
    assert done(f"{picture}<p>Text</p>{picture}", leads=True) == (
        f'<p><img src="/c.svg" fetchpriority="high"></p><p>Text</p><p><img src="/c.svg"{LATER}></p>'
    )
    assert done(f"<p>Some words.</p>{picture}", leads=True) == f"<p>Some words.</p>{picture}"
    assert LATER in done(f"<p>{'word' * 300}</p>{picture}", leads=True)


def test_addresses_are_found_in_order() -> None:
    """Character references are read."""
    html = "<img src='/a.jpg?x=1&amp;y'><p><img alt=x><img src=b.png></p>"
    assert list(image_addresses(html)) == ["/a.jpg?x=1&y", "b.png"]
