"""Share images as they are seen."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageStat

from plugins.sharing.cards import HEIGHT, WIDTH, Brand, Card
from plugins.sharing.drawing import draw, drawn_line
from plugins.sharing.fitting import font

LONG = "Ấpg Ñandú " * 40
CARD = Card("A title", "The Blog", "Attention, part 2", "Mara Lindqvist")


def seen(card: Card) -> Image.Image:
    """The image of a card as RGB."""
    return Image.open(io.BytesIO(draw(card))).convert("RGB")


def rows_with(image: Image.Image, colour: str) -> list[int]:
    """The rows in which a colour is seen."""
    wanted = ImageColor.getrgb(colour)
    return [
        y
        for y in range(HEIGHT)
        if wanted in {found for _, found in image.crop((0, y, WIDTH, y + 1)).getcolors(WIDTH) or ()}
    ]


def test_an_image_is_small_and_of_few_colours() -> None:
    """Also the fullest: it is sent to whoever looks at a shared link."""
    for card in (CARD, Card(LONG, LONG, LONG, LONG), Card("手紙", "The Blog")):
        data = draw(card)
        image = Image.open(io.BytesIO(data))
        assert len(data) < 40_000
        assert (image.mode, image.size) == ("P", (WIDTH, HEIGHT))


def test_every_word_is_in_its_place_and_colour() -> None:
    """The series on top, the title below it, and the names at the foot."""
    image = seen(CARD)
    brand = CARD.brand
    title = [y for y in rows_with(image, brand.text) if y < 480]
    byline = rows_with(image.crop((250, 520, 1000, HEIGHT)), brand.quiet)
    assert image.getpixel((5, 5)) == ImageColor.getrgb(brand.signal)
    assert image.getpixel((5, 300)) == ImageColor.getrgb(brand.paper)
    assert 150 <= title[0] < title[-1] < 280
    assert byline
    assert not rows_with(seen(Card("A title", "The Blog")).crop((250, 520, 1000, 630)), brand.quiet)


@pytest.mark.parametrize("title", ["A title", LONG, "gjpqÅ" * 60])
def test_words_leave_the_rest_alone(title: str) -> None:
    """However many they are: the rule and the circles are whole."""
    bare, full = seen(Card("", "")), seen(Card(title, LONG, LONG, LONG))
    rule = (84, 507, 1117, 511)
    assert full.crop(rule).tobytes() == seen(CARD).crop(rule).tobytes()
    circles = (1040, 520, 1120, 600)
    assert full.crop(circles).tobytes() == seen(CARD).crop(circles).tobytes()
    assert full.crop((0, 0, WIDTH, 60)).tobytes() == bare.crop((0, 0, WIDTH, 60)).tobytes()


def test_the_colours_are_the_brand_s() -> None:
    """Each image in its own, whatever was drawn before; edges lie between them."""
    brand = Brand("#102030", "#ffffff", "#aabbcc", "#ff0000", "#00ff00")
    seen(CARD)
    image = seen(Card("A title", "The Blog", "Attention", "Mara", brand))
    found = {colour for _, colour in image.getcolors(1_000) or ()}
    for name in ("paper", "text", "quiet", "signal", "link"):
        assert ImageColor.getrgb(getattr(brand, name)) in found
    assert ImageColor.getrgb(Brand().paper) not in found
    assert len(found) > 40


def test_circles_have_smooth_edges() -> None:
    """Over the paper, and where one lies over the other."""
    brand = Brand("#000000", "#ffffff", "#ffffff", "#ff0000", "#0000ff")
    image = seen(Card("手紙", "The Blog", brand=brand)).crop((300, 150, 900, 400))
    data = image.tobytes()
    colours = set(zip(data[::3], data[1::3], data[2::3], strict=True))
    assert any(0 < red < 255 and blue == 0 for red, _, blue in colours)
    assert any(0 < blue < 255 and red == 0 for red, _, blue in colours)
    assert any(0 < red < 255 and 0 < blue < 255 for red, _, blue in colours)


@pytest.mark.parametrize(
    "text", ["AVATAR: To Wait, 1 (Yes)", "Größe fi Łódź", "Что знает", "e\u0328\u0301 x"]
)
@pytest.mark.parametrize("size", [34, 60, 88])
def test_a_line_looks_as_the_font_s_own(text: str, size: int) -> None:
    """Kerned as far, and with marks where they belong, though letters are drawn once for all lines."""
    ours, at = drawn_line(text, size), font(size)
    whole = Image.new("L", ours.size)
    ImageDraw.Draw(whole).text((size // 4, size // 4), text, font=at, fill=255)
    found, wanted = ours.getbbox(), whole.getbbox()
    assert found is not None
    assert wanted is not None
    assert all(abs(one - other) <= 1 for one, other in zip(found, wanted, strict=True))
    assert ImageStat.Stat(ImageChops.difference(ours, whole)).mean[0] < 8
