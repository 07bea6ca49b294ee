"""Icons in the sizes and formats that systems ask for, drawn from the theme's one SVG.

An SVG of circles and rectangles with plain colours can be drawn here. Of any other drawing there
are no smaller pictures, and browsers that know SVG use it as it is.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from lxml import etree
from PIL import Image, ImageDraw

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_COLOUR = re.compile("#[0-9a-fA-F]{6}")
# Drawn larger and made smaller, so that edges are smooth: 16 points are looked at for each pixel.
_FINER = 4
ICO = "favicon.ico"
TOUCH = "apple-touch-icon.png"
# Name, pixels, and whether a system may cut it to a shape of its own.
MANIFEST_ICONS = (
    ("icons/192.png", 192, False),
    ("icons/512.png", 512, False),
    ("icons/maskable.png", 512, True),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A circle or rectangle by the box around it, as parts of the picture's width."""

    box: tuple[float, float, float, float]
    colour: str
    round: bool


def shapes_of(svg: bytes) -> tuple[Shape, ...]:
    """The shapes of a drawing; none where it holds anything else or cannot be read."""
    try:
        root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True))
        left, top, width, height = (float(part) for part in root.get("viewBox", "").split())
    except (etree.XMLSyntaxError, ValueError):
        return ()
    found = [_shape(one, left, top, width) for one in root]
    return () if width != height or None in found else tuple(filter(None, found))


def _shape(element: etree._Element, left: float, top: float, width: float) -> Shape | None:
    try:
        kind = str(element.tag).removeprefix(_NAMESPACE)
        get = {name: float(element.get(name, "0")) for name in ("cx", "cy", "r", "x", "y")}
        if kind == "circle":
            box = (*(get[n] - get["r"] for n in ("cx", "cy")), 2 * get["r"], 2 * get["r"])
        elif kind == "rect" and not element.get("rx"):
            box = (
                get["x"],
                get["y"],
                float(element.get("width", "")),
                float(element.get("height", "")),
            )
        else:
            return None
    except ValueError:
        return None
    colour = element.get("fill", "")
    known = {"cx", "cy", "r", "x", "y", "width", "height", "fill"}
    if not _COLOUR.fullmatch(colour) or set(element.keys()) - known:
        return None
    x, y = (box[0] - left) / width, (box[1] - top) / width
    corners = (x, y, x + box[2] / width, y + box[3] / width)
    return Shape(corners, colour, kind == "circle")


def icon(shapes: tuple[Shape, ...], size: int, paper: str = "", margin: float = 0.0) -> bytes:
    """A PNG of ``size`` pixels; on ``paper`` or on nothing, with ``margin`` parts of it around."""
    return _png(_drawn(shapes, size, paper, margin))


def ico(shapes: tuple[Shape, ...]) -> bytes:
    """A Windows icon of 16, 32 and 48 pixels, for all that asks for /favicon.ico."""
    out = io.BytesIO()
    sizes = [(size, size) for size in (16, 32, 48)]
    _drawn(shapes, 48, "", 0).save(out, "ICO", sizes=sizes)
    return out.getvalue()


def _drawn(shapes: tuple[Shape, ...], size: int, paper: str, margin: float) -> Image.Image:
    large = size * _FINER
    image = Image.new("RGBA", (large, large), paper or (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    start, scale = margin * large, (1 - 2 * margin) * large
    for shape in shapes:
        box = tuple(start + part * scale for part in shape.box)
        (pen.ellipse if shape.round else pen.rectangle)(box, fill=shape.colour)
    return image.reduce(_FINER)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
