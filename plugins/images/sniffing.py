"""Whether browsers show a file as an image, told by its first bytes and not by its name.

Browsers do the same (WHATWG MIME Sniffing, section 6.1), but for drawings, which are text: they are
SVG only where the name says so.
"""

from __future__ import annotations

import re
from pathlib import Path

_HEAD = 1024
# How far in a drawing may begin: some programs write their own definitions first.
_PREAMBLE = 65_536
_SHOWN = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8[79]a|RIFF....WEBP|BM|\x00\x00[\x01\x02]\x00", re.DOTALL
)
_NOT_SHOWN = (
    (rb"II\*\x00....CR\x02\x00|FUJIFILMCCD-RAW|IIU\x00|IIR[OS]|MMOR", "a camera's raw image"),
    (rb"II[*+]\x00|MM\x00[*+]", "a TIFF image"),
    (rb"8BP[SB]", "a Photoshop file"),
    (rb"%!PS|\xc5\xd0\xd3\xc6", "an EPS or PostScript file"),
    (rb"\x00\x00\x00\x0cjP  |\xff\x4f\xff\x51", "a JPEG 2000 image"),
    (rb"\x00\x00\x00\x0cJXL |\xff\x0a", "a JPEG XL image"),
    (rb"II\xbc", "a JPEG XR image"),
    (rb"gimp xcf", "a GIMP file"),
    (rb"\s*%PDF", "a PDF document"),
    (rb"\x1f\x8b", "a compressed file"),
    (rb"PK\x03\x04", "an archive, as some programs save their documents"),
    (rb"\x1aE\xdf\xa3", "a video"),
    (rb"(?i:\s*(?:<!doctype html|<html|<head|<body))", "a web page"),
    (rb"version https://git-lfs", "the pointer of Git LFS to an image that was not fetched"),
)
_KINDS = tuple((re.compile(pattern, re.DOTALL), what) for pattern, what in _NOT_SHOWN)
_AVIF = frozenset({b"avif", b"avis"})
_HEIF = re.compile(rb"he[iv][cfmsx]|mif[12]|msf1")


def why_not_shown(path: Path) -> str | None:
    """What the file at ``path`` is where browsers show no image of it; None where they do.

    The answer goes on "the file ...". Raises OSError if the file cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if path.suffix.lower() == ".svg":
            drawn = b"<svg" in (head + file.read(_PREAMBLE)).replace(b"\0", b"").lower()
            return None if drawn else "is no SVG drawing"
    if not head:
        return "is empty"
    if _SHOWN.match(head):
        return None
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    what = next((what for pattern, what in _KINDS if pattern.match(head)), None)
    return f"is {what}, which browsers do not show" if what else "cannot be read as an image"


def _by_brand(head: bytes) -> str | None:
    """The kind of a file of boxes (ISO/IEC 14496-12), by its brands."""
    end = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[8:12], *(head[place : place + 4] for place in range(16, end, 4))}
    if brands & _AVIF:
        return None
    if any(map(_HEIF.fullmatch, brands)):
        what = "a HEIC image"
    else:
        what = "a camera's raw image" if b"crx " in brands else "a video"
    return f"is {what}, which browsers do not show"
