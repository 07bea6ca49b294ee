"""What is on a share image."""

from __future__ import annotations

from dataclasses import replace

from plugins.sharing.cards import Brand, Card, brand_of, needs_card
from plugins.views import ImageView
from tests.theme import css

CARD = Card("A title", "The Blog", "Attention, part 2", "Mara Lindqvist")


def test_every_word_and_colour_is_in_the_name() -> None:
    """Another card is another file; the same card is the same."""
    others = (
        replace(CARD, title="x"),
        replace(CARD, site="x"),
        replace(CARD, kicker="x"),
        replace(CARD, byline="x"),
        replace(CARD, brand=Brand(paper="#000000")),
    )
    assert len({one.path for one in (CARD, replace(CARD), *others)}) == 6


def test_the_brand_is_the_theme_s() -> None:
    """Its colours in the light scheme; ours where a theme names none."""
    found = brand_of(css.bundle())
    for name in ("paper", "text", "quiet", "signal", "link"):
        assert getattr(found, name) == css.colour(f"--{name}", dark=False)
    changed = css.bundle().replace(css.tokens()["--signal-600"], "#123456")
    assert brand_of(changed) == replace(found, signal="#123456")
    assert brand_of("a{color:red}") == Brand()


def test_pictures_that_sharing_sites_take_need_no_card() -> None:
    """No picture, a drawing, or one that has no address does."""
    assert not needs_card(ImageView("/a.jpg", ""))
    assert all(map(needs_card, (None, ImageView("/a.SVG", ""), ImageView("data:x", ""))))
