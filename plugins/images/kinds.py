"""Which files are images, by their names."""

from __future__ import annotations

import os

SUFFIXES = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".gif", ".webp", ".avif"})


def is_raster(source: str) -> bool:
    """Whether the name of a file says that it is an image of pixels."""
    return os.path.splitext(source)[1].lower() in SUFFIXES  # noqa: PTH122 - called for every image
