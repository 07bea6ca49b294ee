"""Which versions of an image there are to be, and where they are: a pure function of the image."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from plugins.images.measuring import Raster
from plugins.images.settings import ImageSettings

FOLDER = "/images/derived/"

# Raised when versions are made differently: it is in every name and in every key of the cache.
RECIPE = 1
# WebP's limit on either side, in pixels.
_LONGEST = 16_383
# A version of the image's own width is made where it is this much wider than the one before.
_WORTH = 1.15


@dataclass(frozen=True, slots=True)
class Variant:
    """A version to be made: its root-relative path and its size in pixels."""

    path: str
    width: int
    height: int


def plan(source: str, digest: str, raster: Raster, settings: ImageSettings) -> tuple[Variant, ...]:
    """The versions of the image ``source`` whose bytes have the SHA-256 ``digest``, by width.

    None is wider than the image. Animations and small images have none.
    """
    if raster.moving or raster.deep or raster.width < settings.smallest:
        return ()
    stem = f"{FOLDER}{_stem(source)}-{_mark(digest, settings)}"
    sizes = ((width, _height(raster, width)) for width in _widths(raster.width, settings.widths))
    return tuple(
        Variant(f"{stem}-{width}.webp", width, height)
        for width, height in sizes
        if height <= _LONGEST
    )


def _widths(own: int, widths: tuple[int, ...]) -> Iterator[int]:
    below = [width for width in widths if width < own]
    yield from below
    if own <= widths[-1] and (not below or own > below[-1] * _WORTH):
        yield own


def _height(raster: Raster, width: int) -> int:
    return max(1, round(raster.height * width / raster.width))


def _stem(source: str) -> str:
    """The file's name in letters that are safe in every URL and file system."""
    plain = unicodedata.normalize("NFKD", PurePosixPath(source).stem)
    words = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower())
    return words.strip("-")[:60] or "image"


def _mark(digest: str, settings: ImageSettings) -> str:
    """Changes with the image and with how versions are made, so they can be cached for ever.

    Forty-eight bits: ten thousand files called ``cover.jpg`` do not meet.
    """
    made = f"{digest} {settings.quality} {RECIPE}"
    return hashlib.sha256(made.encode()).hexdigest()[:12]
