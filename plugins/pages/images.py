"""How large an image is, read from its header, so that pages keep its place while it loads."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image, UnidentifiedImageError

Size = tuple[int, int]

_VIEW_BOX = re.compile(rb'viewBox\s*=\s*["\']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)')
_EXIF_ORIENTATION = 0x0112
_TURNED = frozenset({5, 6, 7, 8})


def measure(path: Path) -> Size | None:
    """Width and height in CSS pixels, or None where the file is no image we can read.

    Honours the EXIF orientation, as browsers do. An SVG is measured by its ``viewBox``.
    """
    if path.suffix.lower() == ".svg":
        return _svg_size(path)
    try:
        with Image.open(path) as image:
            width, height = image.size
            turned = image.getexif().get(_EXIF_ORIENTATION) in _TURNED
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return None
    return (height, width) if turned else (width, height)


def _svg_size(path: Path) -> Size | None:
    found = _VIEW_BOX.search(path.read_bytes()[:4096])
    return (round(float(found[1])), round(float(found[2]))) if found else None
