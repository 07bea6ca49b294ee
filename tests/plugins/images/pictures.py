"""Image files for tests, made on the spot: photos, drawings, and those that do harm."""

from __future__ import annotations

import io
import zlib
from random import Random
from typing import Any

from PIL import Image


def photo(width: int = 1000, height: int = 500, form: str = "JPEG", **options: Any) -> bytes:
    """A picture with as much detail as a photo: red at the left, blue at the right, noisy."""
    red = Image.linear_gradient("L").rotate(270).resize((width, height))
    noise = Image.frombytes("L", (width, height), Random(1).randbytes(width * height))
    return _saved(Image.merge("RGB", (red, noise, red.point(lambda v: 255 - v))), form, options)


def plain(width: int, height: int, form: str = "PNG", mode: str = "RGB", **options: Any) -> bytes:
    """A picture of one colour."""
    return _saved(Image.new(mode, (width, height)), form, options)


def animation() -> bytes:
    """A GIF with two frames."""
    second = Image.new("RGB", (400, 300), "red")
    return plain(400, 300, "GIF", save_all=True, append_images=[second])


def exif(orientation: int = 1, *, located: bool = False) -> Image.Exif:
    """Metadata of a camera."""
    made = Image.Exif()
    made[0x0112] = orientation
    if located:
        made.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0)})
    return made


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is this large and holds next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        head = len(data).to_bytes(4, "big") + name + data
        return head + zlib.crc32(name + data).to_bytes(4, "big")

    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", size + b"\x08\x02\x00\x00\x00")
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def opened(data: bytes) -> Image.Image:
    """The decoded image of a file."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def _saved(image: Image.Image, form: str, options: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()
