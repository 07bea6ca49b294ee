"""How large an image is, read from its header, so that pages keep its place while it loads."""

from __future__ import annotations

import re
import struct
import warnings
from pathlib import Path

from PIL import Image

Size = tuple[int, int]

_NUMBER = rb"(\d+(?:\.\d+)?|\.\d+)"
_VIEW_BOX = re.compile(
    rb"viewBox\s*=\s*[\"']\s*[-+\d.eE]+[\s,]+[-+\d.eE]+[\s,]+%s[\s,]+%s\s*[\"']"
    % (_NUMBER, _NUMBER)
)
_EXIF_ORIENTATION = 0x0112
_TURNED = frozenset({5, 6, 7, 8})
# What Pillow raises for files that are broken in one way or another.
_BROKEN = (OSError, SyntaxError, ValueError, struct.error, Image.DecompressionBombError)


def measure(path: Path) -> Size | None:
    """Width and height in CSS pixels, or None where the file is no image we can read.

    Honours the EXIF orientation, as browsers do. An SVG is measured by its ``viewBox``.
    """
    if path.suffix.lower() == ".svg":
        return _svg_size(path)
    with warnings.catch_warnings():
        # Pillow warns of oddities that browsers pass over, and of sizes that we only read.
        warnings.simplefilter("ignore")
        try:
            with Image.open(path) as image:
                width, height = image.size
                return (height, width) if _is_turned(image) else (width, height)
        except _BROKEN:
            return None


def _is_turned(image: Image.Image) -> bool:
    try:
        return image.getexif().get(_EXIF_ORIENTATION) in _TURNED
    except _BROKEN:
        return False


def _svg_size(path: Path) -> Size | None:
    found = _VIEW_BOX.search(path.read_bytes()[:4096])
    width, height = (round(float(side)) for side in found.groups()) if found else (0, 0)
    return (width, height) if width and height else None
