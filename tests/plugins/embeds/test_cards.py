"""Cards in the place of addresses and frames."""

from __future__ import annotations

import pytest

from plugins.embeds.cards import with_cards

ADDRESS = "https://youtu.be/dQw4w9WgXcQ"
LINK = f'<a href="{ADDRESS}">{ADDRESS}</a>'
CARD = (
    '<div class="player player-video" data-player="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ">'
    '<a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"><span class="player-site">Video on YouTube'
    "</span></a></div>"
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"<p>{LINK}</p>", CARD),
        (f"<p>{ADDRESS}</p>", CARD),
        (f"<p>a</p>\n<p>{LINK}</p>\n<p>b</p>", f"<p>a</p>\n{CARD}\n<p>b</p>"),
        (f"<p>Watch:\n{LINK}</p>", f"<p>Watch:</p>\n{CARD}"),
        (
            f"<p>Watch:<br>\n{LINK}<br>\nand <em>talk</em></p>",
            f"<p>Watch:</p>\n{CARD}\n<p>and <em>talk</em></p>",
        ),
        (f"<p>{LINK}\n{LINK}</p>", f"{CARD}\n{CARD}"),
        (f'<iframe src="{ADDRESS}"></iframe>', CARD),
        (
            '<p><iframe width="1" src="//www.youtube.com/embed/dQw4w9WgXcQ?rel=0"></iframe></p>',
            CARD,
        ),
        (
            '<div style="padding:56.25% 0 0 0;position:relative;">'
            '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ" title="YouTube video player"></iframe></div>'
            '<script src="https://player.vimeo.com/api/player.js"></script>',
            CARD,
        ),
    ],
)
def test_an_address_alone_on_its_line_is_a_card(before: str, after: str) -> None:
    """So is a pasted frame; what stands around it stays, and no paragraph holds a card."""
    assert with_cards(before, "en") == after


def test_the_title_of_a_frame_is_that_of_the_card() -> None:
    """Its words are text, whatever is in them."""
    frame = f'<iframe src="{ADDRESS}" title="Tom &amp; &lt;Ann&gt;"></iframe>'
    assert '<span class="player-title">Tom &amp; &lt;Ann&gt;</span> ' in with_cards(frame, "en")


def test_a_card_speaks_the_language_of_its_post() -> None:
    """The few words of a card are those of the reader."""
    assert "Video bei YouTube" in with_cards(f"<p>{LINK}</p>", "de")


@pytest.mark.parametrize(
    "body",
    [
        f'<p><a href="{ADDRESS}">our talk</a></p>',
        f"<p>See {LINK}</p>",
        f"<ul>\n<li>{LINK}</li>\n</ul>",
        f"<pre><code>{ADDRESS}\n</code></pre>",
        f"<p><em>a\n{LINK}\nb</em></p>",
        '<p><a href="https://www.youtube.com/@us">https://www.youtube.com/@us</a></p>',
        '<iframe src="https://maps.example/youtu.be"></iframe>',
        '<iframe src="https://youtu.be/a b"></iframe>',
    ],
)
def test_everything_else_stays_as_it_is(body: str) -> None:
    """Links with words of their own, addresses in sentences and lists, code, frames of others."""
    assert with_cards(body, "en") == body
