"""Measuring images."""

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


@pytest.mark.parametrize("data", [b"", b"no image", b"\x89PNG\r\n\x1a\n broken"])
def test_what_is_no_image_has_no_size(tmp_path: Path, data: bytes) -> None:
    """A broken file is not guessed at."""
    (tmp_path / "a.png").write_bytes(data)
    assert measure(tmp_path / "a.png") is None
