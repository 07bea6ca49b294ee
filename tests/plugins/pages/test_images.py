"""Measuring images."""

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from plugins.pages.images import measure


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp", "a.gif"])
def test_the_size_is_read(tmp_path: Path, name: str) -> None:
    """Width comes first."""
    Image.new("RGB", (40, 30)).save(tmp_path / name)
    assert measure(tmp_path / name) == (40, 30)


def test_a_photograph_taken_upright_is_upright(tmp_path: Path) -> None:
    """The EXIF orientation turns the size as browsers turn the picture."""
    image = Image.new("RGB", (40, 30))
    exif = image.getexif()
    exif[0x0112] = 6
    image.save(tmp_path / "a.jpg", exif=exif)
    assert measure(tmp_path / "a.jpg") == (30, 40)


def test_an_svg_is_measured_by_its_view_box(tmp_path: Path) -> None:
    """Fractions are rounded to whole pixels."""
    (tmp_path / "a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24.4 12"/>'
    )
    assert measure(tmp_path / "a.svg") == (24, 12)


@pytest.mark.parametrize("box", ["0 0 1.2.3 4", "0 0 . .", "0 0 0 0", "0 0 12", "none"])
def test_a_view_box_that_is_none_has_no_size(tmp_path: Path, box: str) -> None:
    """The page keeps no place for a picture of unknown size."""
    (tmp_path / "a.svg").write_text(f'<svg viewBox="{box}"/>')
    assert measure(tmp_path / "a.svg") is None


def test_broken_photographs_stop_no_build(tmp_path: Path) -> None:
    """Wherever a byte is wrong, there is a size or none: no error, and no warning."""
    image = Image.new("RGB", (40, 30))
    exif = image.getexif()
    exif[0x0112], exif[0x010E] = 6, "A description"
    for name in ("a.webp", "a.jpg", "a.png", "a.tif"):
        image.save(tmp_path / name, exif=exif)
        good = (tmp_path / name).read_bytes()
        for position in range(0, min(len(good), 240), 5):
            (tmp_path / name).write_bytes(good[:position] + b"\xff" + good[position + 1 :])
            size = measure(tmp_path / name)
            assert size is None or all(isinstance(side, int) for side in size)


def test_a_picture_of_a_wall_has_its_size_without_a_warning(tmp_path: Path) -> None:
    """Pillow warns of more pixels than it would decode; only the header is read here."""
    Image.new("1", (4, 3)).save(tmp_path / "a.png")
    small = (tmp_path / "a.png").read_bytes()
    # The header of a PNG: its name, width, height, and five bytes more; then its checksum.
    header = b"IHDR" + struct.pack(">II", 12_000, 9_000) + small[24:29]
    checked = header + struct.pack(">I", zlib.crc32(header))
    (tmp_path / "a.png").write_bytes(small[:12] + checked + small[33:])
    assert measure(tmp_path / "a.png") == (12_000, 9_000)


@pytest.mark.parametrize("data", [b"", b"no image", b"\x89PNG\r\n\x1a\n broken"])
def test_what_is_no_image_has_no_size(tmp_path: Path, data: bytes) -> None:
    """A broken file is not guessed at."""
    (tmp_path / "a.png").write_bytes(data)
    assert measure(tmp_path / "a.png") is None
