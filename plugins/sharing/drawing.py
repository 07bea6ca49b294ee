"""Draws share images: flat colours and large type, which stay readable as small as a stamp.

A site draws thousands of them, so an image is drawn as numbers of colours: each colour of the brand
is a ramp from the paper to it, along which the edges of letters are smooth.
"""

from __future__ import annotations

import io
import math
from functools import lru_cache
from typing import Literal
from unicodedata import combining

from PIL import Image, ImageColor, ImageDraw

from plugins.sharing.cards import HEIGHT, WIDTH, Brand, Card
from plugins.sharing.fitting import fit, font, places, shortened, writable

_MARGIN = 84
_WIDE = WIDTH - 2 * _MARGIN
_TITLE_TOP, _TITLE_HEIGHT = 150, 320
_KICKER_TOP, _SMALL = 78, 34
_FOOT = HEIGHT - 92
_INKS = ("text", "signal", "quiet", "link")
Ink = Literal["text", "signal", "quiet", "link"]
# Steps of each ramp. Steps of sixteen cannot be told from those of 256 in letters of this size.
_STEPS = 15
# Circles are drawn so much larger and made smaller, which smooths their edges.
_FINER = 4
# zlib's: 4 takes half as long again and saves a tenth of the size, 9 twenty times and a quarter.
_LEVEL = 3


def draw(card: Card) -> bytes:
    """The image as PNG; the same card gives the same bytes.

    Words that the font cannot write are left out, and with a title that it cannot write, the title:
    the brand alone is better than a row of empty boxes.
    """
    title = writable(card.title)
    image = _ground(large=not title).copy()
    if title:
        _title(image, title)
    _words(image, card)
    image.putpalette(_palette(card.brand))
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=_LEVEL)
    return out.getvalue()


@lru_cache(maxsize=8)
def _palette(brand: Brand) -> bytes:
    """The colours by number: the paper, each ramp, and the ramp from the link to the signal."""
    paper = ImageColor.getrgb(brand.paper)
    signal, link = ImageColor.getrgb(brand.signal), ImageColor.getrgb(brand.link)
    ramps = [(paper, ImageColor.getrgb(getattr(brand, ink))) for ink in _INKS]
    colours = bytearray(paper)
    for start, end in (*ramps, (link, signal)):
        for step in range(1, _STEPS + 1):
            mixed = (a + (b - a) * step / _STEPS for a, b in zip(start, end, strict=True))
            colours += bytes(round(part) for part in mixed)
    return bytes(colours)


@lru_cache(maxsize=8)
def _numbers(ink: Ink, *, over_link: bool = False) -> list[int]:
    """The number of a colour by how much of it covers a pixel, 0 to 255."""
    place = len(_INKS) if over_link else _INKS.index(ink)
    nothing = _numbers("link")[255] if over_link else 0
    steps = (round(cover * _STEPS / 255) for cover in range(256))
    return [step + place * _STEPS if step else nothing for step in steps]


@lru_cache(maxsize=2)
def _ground(*, large: bool) -> Image.Image:
    """What is on every image of a site: numbers of colours, whichever these are."""
    image = Image.new("L", (WIDTH, HEIGHT))
    pen = ImageDraw.Draw(image)
    _marks(image, pen, large=large)
    rule = (_MARGIN, _FOOT - 30, WIDTH - _MARGIN, _FOOT - 30)
    pen.line(rule, fill=_numbers("quiet")[255], width=2)
    return image


def _marks(image: Image.Image, pen: ImageDraw.ImageDraw, *, large: bool) -> None:
    """A heavy line at the top, as over the pages; two overlapping circles, as in the icon."""
    pen.rectangle((0, 0, WIDTH, 18), fill=_numbers("signal")[255])
    size, right, top = (240, WIDTH // 2 + 190, 150) if large else (48, WIDTH - _MARGIN, _FOOT - 6)
    step = round(size * 0.45)
    left = right - size - step
    circle = _circle(size)
    image.paste(circle.point(_numbers("link")), (left + step, top))
    whole = circle.point(_numbers("signal"))
    image.paste(whole, (left, top), circle.point(lambda cover: 255 if cover else 0))
    # Where the circles overlap, the edge of the upper one fades into the lower one.
    lower = image.crop((left + step, top, left + size, top + size))
    upper = circle.crop((step, 0, size, size))
    both = circle.crop((0, 0, size - step, size)).point(lambda cover: 255 if cover == 255 else 0)
    lower.paste(upper.point(_numbers("signal", over_link=True)), mask=both)
    image.paste(lower, (left + step, top))


def _circle(size: int) -> Image.Image:
    """How much of each pixel a circle covers."""
    large = Image.new("L", (size * _FINER, size * _FINER))
    ImageDraw.Draw(large).ellipse((0, 0, size * _FINER - 1, size * _FINER - 1), fill=255)
    return large.resize((size, size), Image.Resampling.BOX)


def _title(image: Image.Image, title: str) -> None:
    fitted = fit(title, _WIDE, _TITLE_HEIGHT)
    lines = [drawn_line(line, fitted.size) for line in fitted.lines]
    around = _around(fitted.size)
    height = lines[0].height + fitted.leading * (len(lines) - 1)
    cover = Image.new("L", (max(line.width for line in lines), height))
    for number, line in enumerate(lines):
        cover.paste(line, (0, number * fitted.leading), line)
    _write(image, (_MARGIN - around, _TITLE_TOP - around), cover, "text")


def _words(image: Image.Image, card: Card) -> None:
    """The series above the title; site and authors at the foot."""
    around = _around(_SMALL)
    if kicker := writable(card.kicker):
        line, _ = _small(kicker, _WIDE)
        _write(image, (_MARGIN - around, _KICKER_TOP - around), line, "signal")
    top = _FOOT - 8 - around
    site, width = _small(writable(card.site), _WIDE // 2)
    _write(image, (_MARGIN - around, top), site, "text")
    if byline := writable(card.byline):
        start = _MARGIN + width + 36
        line, _ = _small(byline, WIDTH - _MARGIN - 110 - start)
        _write(image, (start - around, top), line, "quiet")


# Names of sites, authors and series are on many images.
@lru_cache(maxsize=256)
def _small(text: str, width: int) -> tuple[Image.Image, int]:
    """A line of small words, cut to a width, and its own width; for reading only."""
    line = shortened(text, font(_SMALL), width)
    return drawn_line(line, _SMALL), round(font(_SMALL).getlength(line))


def drawn_line(text: str, size: int) -> Image.Image:
    """How much of each pixel a line covers, with room around it for what reaches beyond it.

    A line is put together of letters that were drawn before. Where the font joins or moves letters
    in another way than by kerning, as it does with marks, the whole line is drawn.
    """
    at, around, starts = font(size), _around(size), places(text, size)
    width = math.ceil(at.getlength(text))
    cover = Image.new("L", (width + 2 * around, sum(at.getmetrics()) + 2 * around))
    if abs(starts[-1] - at.getlength(text)) > 1 or any(map(combining, text)):
        ImageDraw.Draw(cover).text((around, around), text, font=at, fill=255)
        return cover
    for char, start in zip(text, starts, strict=False):
        if not char.isspace():
            letter, left, top = _letter(char, size)
            cover.paste(255, (around + round(start) + left, around + top), letter)
    return cover


@lru_cache(maxsize=1024)
def _letter(char: str, size: int) -> tuple[Image.Image, int, int]:
    """How much of each pixel a letter covers, and where that is from the place of the letter."""
    at = font(size)
    left, top, right, bottom = at.getbbox(char)
    cover = Image.new("L", (int(right - left), int(bottom - top)))
    ImageDraw.Draw(cover).text((-left, -top), char, font=at, fill=255)
    return cover, int(left), int(top)


def _around(size: int) -> int:
    return size // 4


def _write(image: Image.Image, where: tuple[int, int], cover: Image.Image, ink: Ink) -> None:
    """Write over what was there and a little around it."""
    image.paste(cover.point(_numbers(ink)), where)
