"""What an image is, read from its header: how large, whether it moves, whether it says where."""

from __future__ import annotations

import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import ExifTags, Image

Size = tuple[int, int]

# The formats that browsers show and that we read; by content, whatever the file is called.
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
# What Pillow's decoders raise for files that are damaged or made to harm.
UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    TypeError,
    LookupError,
    ArithmeticError,
    struct.error,
    Image.DecompressionBombError,
)

_NUMBER = rb"(\d+(?:\.\d+)?|\.\d+)"
_VIEW_BOX = re.compile(
    rb"viewBox\s*=\s*[\"']\s*[-+\d.eE]+[\s,]+[-+\d.eE]+[\s,]+%s[\s,]+%s\s*[\"']"
    % (_NUMBER, _NUMBER)
)
# The EXIF orientations that lay an image on its side.
_TURNED = frozenset({5, 6, 7, 8})


@dataclass(frozen=True, slots=True)
class Raster:
    """An image of pixels: its size as browsers show it, with the EXIF ``orientation`` applied.

    ``moving`` is an animation, ``deep`` has more than eight bits a channel in a form that is not
    converted without loss of contrast, ``located`` names the place where a photo was taken.
    """

    width: int
    height: int
    orientation: int = 1
    moving: bool = False
    deep: bool = False
    located: bool = False


class UnreadableImageError(Exception):
    """The file is no image that browsers show, or is too large to be one; says why."""


def look(path: Path) -> Raster:
    """The raster image at ``path`` by its header. Raises :class:`UnreadableImageError`.

    Use it inside :func:`quiet`.
    """
    try:
        with Image.open(path, formats=FORMATS) as image:
            return _raster(image)
    except Image.DecompressionBombError as error:
        raise UnreadableImageError("is far too large") from error
    except UNREADABLE as error:
        raise UnreadableImageError("cannot be read as an image") from error


def measure(path: Path) -> Size | None:
    """Width and height in CSS pixels, or None where the file is no image we can read.

    Honours the EXIF orientation, as browsers do. An SVG is measured by its ``viewBox``.
    """
    if path.suffix.lower() == ".svg":
        return _svg_size(path)
    try:
        with quiet():
            raster = look(path)
    except UnreadableImageError:
        return None
    return raster.width, raster.height


@contextmanager
def quiet() -> Iterator[None]:
    """No warnings of Pillow's: about sizes below its own limit, and metadata that nobody uses.

    Filters of warnings are shared by all threads: enter it in one, around all of them.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _raster(image: Image.Image) -> Raster:
    width, height = image.size
    orientation, located = _facts(image)
    if orientation in _TURNED:
        width, height = height, width
    # A phone's "multi-picture" JPEG has further pictures behind the one that browsers show.
    moving = image.format != "MPO" and bool(getattr(image, "is_animated", False))
    return Raster(width, height, orientation, moving, image.mode[:1] in "IF", located)


def _facts(image: Image.Image) -> tuple[int, bool]:
    """Orientation, and whether there is a place; damaged metadata says nothing, as in browsers."""
    try:
        exif = image.getexif()
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        return exif.get(ExifTags.Base.Orientation, 1), bool(place)
    except UNREADABLE:
        return 1, False


def _svg_size(path: Path) -> Size | None:
    found = _VIEW_BOX.search(path.read_bytes()[:4096])
    width, height = (round(float(side)) for side in found.groups()) if found else (0, 0)
    return (width, height) if width and height else None
