"""Draws share images: flat colours and large type, which stay readable as small as a stamp."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from plugins.sharing.cards import HEIGHT, WIDTH, Card
from plugins.sharing.fitting import fit, font, shortened, writable

_MARGIN = 84
_WIDE = WIDTH - 2 * _MARGIN
_TITLE_TOP, _TITLE_HEIGHT = 150, 320
_SMALL = 34
_FOOT = HEIGHT - 92
# Flat colours and the steps of their edges; PNG is a fifth of the size with so few.
_COLOURS = 48


def draw(card: Card) -> bytes:
    """The image as PNG; the same card gives the same bytes.

    Words that the font cannot write are left out, and with a title that it cannot write, the title:
    the brand alone is better than a row of empty boxes.
    """
    image = Image.new("RGB", (WIDTH, HEIGHT), card.brand.paper)
    pen = ImageDraw.Draw(image)
    title = writable(card.title)
    _marks(pen, card, large=not title)
    if title:
        _title(pen, card, title)
    _words(pen, card)
    few = image.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    out = io.BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


def _marks(pen: ImageDraw.ImageDraw, card: Card, *, large: bool) -> None:
    """A heavy line at the top, as over the pages; two overlapping circles, as in the icon."""
    pen.rectangle((0, 0, WIDTH, 18), fill=card.brand.signal)
    size, right, top = (240, WIDTH // 2 + 190, 150) if large else (48, WIDTH - _MARGIN, _FOOT - 6)
    step = round(size * 0.45)
    left = right - size - step
    pen.ellipse((left + step, top, left + step + size, top + size), fill=card.brand.link)
    pen.ellipse((left, top, left + size, top + size), fill=card.brand.signal)


def _title(pen: ImageDraw.ImageDraw, card: Card, title: str) -> None:
    fitted = fit(title, _WIDE, _TITLE_HEIGHT)
    for number, line in enumerate(fitted.lines):
        where = (_MARGIN, _TITLE_TOP + number * fitted.leading)
        pen.text(where, line, font=font(fitted.size), fill=card.brand.text)


def _words(pen: ImageDraw.ImageDraw, card: Card) -> None:
    """The series above the title; site and authors at the foot."""
    small = font(_SMALL)
    if kicker := writable(card.kicker):
        line = shortened(kicker, small, _WIDE)
        pen.text((_MARGIN, 78), line, font=small, fill=card.brand.signal)
    pen.line((_MARGIN, _FOOT - 30, WIDTH - _MARGIN, _FOOT - 30), fill=card.brand.quiet, width=2)
    site = shortened(writable(card.site), small, _WIDE // 2)
    pen.text((_MARGIN, _FOOT - 8), site, font=small, fill=card.brand.text)
    if byline := writable(card.byline):
        start = _MARGIN + round(small.getlength(site)) + 36
        line = shortened(byline, small, WIDTH - _MARGIN - 110 - start)
        pen.text((start, _FOOT - 8), line, font=small, fill=card.brand.quiet)
