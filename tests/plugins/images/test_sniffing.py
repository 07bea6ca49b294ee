"""Whether browsers show a file, by what is in it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from plugins.images.sniffing import why_not_shown


def encoded(form: str) -> bytes:
    """A small image in a format that Pillow writes."""
    file = io.BytesIO()
    Image.new("RGB", (32, 32)).save(file, form)
    return file.getvalue()


def boxes(*brands: bytes) -> bytes:
    """The beginning of a file with these brands, the first of them the major one."""
    rest = b"".join(brands[1:])
    return (16 + len(rest)).to_bytes(4, "big") + b"ftyp" + brands[0] + b"\0\0\0\0" + rest + b"more"


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a", "a.tiff"])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP", "ICO", "MPO"])
def test_what_browsers_show(tmp_path: Path, form: str, name: str) -> None:
    """Whatever the file is called."""
    path = tmp_path / name
    path.write_bytes(encoded(form))
    assert why_not_shown(path) is None


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (encoded("TIFF"), "is a TIFF image, which browsers do not show"),
        (b"MM\0*\0\0\0\x08", "is a TIFF image, which browsers do not show"),
        (encoded("JPEG2000"), "is a JPEG 2000 image, which browsers do not show"),
        (encoded("EPS"), "is an EPS or PostScript file, which browsers do not show"),
        (encoded("PDF"), "is a PDF document, which browsers do not show"),
        (b"8BPS\0\x01", "is a Photoshop file, which browsers do not show"),
        (boxes(b"heic", b"mif1", b"heic"), "is a HEIC image, which browsers do not show"),
        (boxes(b"mif1", b"heic"), "is a HEIC image, which browsers do not show"),
        (boxes(b"heix"), "is a HEIC image, which browsers do not show"),
        (boxes(b"msf1", b"hevc"), "is a HEIC image, which browsers do not show"),
        (boxes(b"crx ", b"isom"), "is a camera's raw image, which browsers do not show"),
        (boxes(b"isom", b"mp42"), "is a video, which browsers do not show"),
        (b"II*\0\x10\0\0\0CR\x02\0", "is a camera's raw image, which browsers do not show"),
        (b"FUJIFILMCCD-RAW 0201", "is a camera's raw image, which browsers do not show"),
        (b"\xff\x0a\xfa", "is a JPEG XL image, which browsers do not show"),
        (b"\0\0\0\x0cJXL \r\n", "is a JPEG XL image, which browsers do not show"),
        (b"<!DOCTYPE html><p>Not found", "is a web page, which browsers do not show"),
        (b"<svg/>", "cannot be read as an image"),
        (b"", "is empty"),
        (b"hello", "cannot be read as an image"),
    ],
)
def test_what_browsers_do_not_show(tmp_path: Path, data: bytes, told: str) -> None:
    """A file that is called like an image they show is none for that."""
    path = tmp_path / "a.jpg"
    path.write_bytes(data)
    assert why_not_shown(path) == told


def test_avif_in_the_family_of_heif(tmp_path: Path) -> None:
    """A brand that AVIF shares with HEIC decides nothing."""
    path = tmp_path / "a.avif"
    path.write_bytes(boxes(b"mif1", b"avif"))
    assert why_not_shown(path) is None


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"<svg/>", None),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x -->\n<svg xmlns='x'>", None),
        ("\ufeff<svg/>".encode("utf-16"), None),
        (b"<!DOCTYPE svg [" + b" " * 9000 + b"]><svg>", None),
        (encoded("PNG"), "is no SVG drawing"),
        (b"", "is no SVG drawing"),
        (b"\x1f\x8b\x08", "is no SVG drawing"),
    ],
)
def test_drawings(tmp_path: Path, data: bytes, told: str | None) -> None:
    """They are told by their name, as browsers do, and have to be drawings then."""
    path = tmp_path / "a.SVG"
    path.write_bytes(data)
    assert why_not_shown(path) == told
