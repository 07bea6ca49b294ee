"""Draws share images: flat colours and large type, which stay readable as small as a stamp.

A site draws thousands of them, so an image is drawn as numbers of colours: each colour of the brand
is a ramp from the paper to it, along which the edges of letters are smooth.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from PIL import Image, ImageColor, ImageDraw

from plugins.sharing.cards import HEIGHT, WIDTH, Brand, Card
from plugins.sharing.fitting import fit, font, shortened, writable

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
# zlib's: 9 takes four times as long as all the rest of an image and saves a fifth of its size.
_LEVEL = 4


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
    where = (_MARGIN, _TITLE_TOP)
    _write(image, where, fitted.lines, fitted.size, "text", fitted.leading)


def _words(image: Image.Image, card: Card) -> None:
    """The series above the title; site and authors at the foot."""
    small = font(_SMALL)
    if kicker := writable(card.kicker):
        line = shortened(kicker, small, _WIDE)
        _write(image, (_MARGIN, _KICKER_TOP), (line,), _SMALL, "signal")
    site = shortened(writable(card.site), small, _WIDE // 2)
    _write(image, (_MARGIN, _FOOT - 8), (site,), _SMALL, "text")
    if byline := writable(card.byline):
        start = _MARGIN + round(small.getlength(site)) + 36
        line = shortened(byline, small, WIDTH - _MARGIN - 110 - start)
        _write(image, (start, _FOOT - 8), (line,), _SMALL, "quiet")


def _write(
    image: Image.Image,
    where: tuple[int, int],
    lines: Sequence[str],
    size: int,
    ink: Ink,
    leading: int = 0,
) -> None:
    """Write lines, the first at ``where``. What was there, and a little around it, is written over."""
    at = font(size)
    around = size // 4  # for letters that reach beyond their place
    width = math.ceil(max(map(at.getlength, lines)))
    height = leading * (len(lines) - 1) + sum(at.getmetrics())
    cover = Image.new("L", (width + 2 * around, height + 2 * around))
    pen = ImageDraw.Draw(cover)
    for number, line in enumerate(lines):
        pen.text((around, around + number * leading), line, font=at, fill=255)
    image.paste(cover.point(_numbers(ink)), (where[0] - around, where[1] - around))
