"""Measuring images."""

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from plugins.images.measuring import Raster, UnreadableImageError, look, measure, quiet
from tests.plugins.images.pictures import animation, bomb, exif, photo, plain


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


def look_at(tmp_path: Path, data: bytes) -> Raster:
    """What the header of these bytes says."""
    (tmp_path / "image").write_bytes(data)
    with quiet():
        return look(tmp_path / "image")


def test_an_animation_is_told_from_a_picture(tmp_path: Path) -> None:
    """A phone's JPEG with a second picture behind the first is no animation."""
    assert look_at(tmp_path, animation()).moving
    assert not look_at(tmp_path, photo(form="GIF")).moving
    second = Image.new("RGB", (40, 30))
    assert not look_at(tmp_path, plain(40, 30, "MPO", save_all=True, append_images=[second])).moving


def test_the_place_of_a_photo_is_found(tmp_path: Path) -> None:
    """And is not made up for one that has other metadata only."""
    assert look_at(tmp_path, photo(exif=exif(located=True))).located
    assert not look_at(tmp_path, photo(exif=exif(6))).located


def test_damaged_metadata_says_nothing(tmp_path: Path) -> None:
    """Browsers show such a picture, so it is no fault."""
    data = photo(40, 30, exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert look_at(tmp_path, data) == Raster(40, 30)


@pytest.mark.parametrize("form", ["BMP", "TIFF", "ICO"])
def test_only_what_every_browser_shows_is_opened(tmp_path: Path, form: str) -> None:
    """The more decoders, the more ways to do harm."""
    with pytest.raises(UnreadableImageError):
        look_at(tmp_path, plain(40, 30, form))


def test_a_bomb_is_not_opened(tmp_path: Path) -> None:
    """It says it has four thousand million pixels."""
    with pytest.raises(UnreadableImageError, match="too large"):
        look_at(tmp_path, bomb(65_000, 65_000))
