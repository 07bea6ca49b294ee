"""Versions of real images: upright, in the right colours, and without metadata."""

from pathlib import Path

import pytest
from PIL import Image, ImageCms

from plugins.images.encoding import Original
from tests.plugins.images.pictures import exif, opened, photo, plain


def version(tmp_path: Path, data: bytes, size: tuple[int, int], orientation: int = 1) -> bytes:
    """A version of ``data`` of this size."""
    path = tmp_path / "original"
    path.write_bytes(data)
    return Original(path, orientation, size[0], 80).version(*size)


def test_a_version_is_a_webp_of_its_size(tmp_path: Path) -> None:
    """It is much smaller than the photo it was made from."""
    data = photo(2000, 1000)
    made = version(tmp_path, data, (400, 200))
    assert opened(made).format == "WEBP"
    assert opened(made).size == (400, 200)
    assert len(made) < len(data) / 10


def test_the_same_image_gives_the_same_bytes(tmp_path: Path) -> None:
    """Builds can be compared."""
    data = photo()
    assert version(tmp_path, data, (480, 240)) == version(tmp_path, data, (480, 240))


def test_nothing_but_pixels_is_kept(tmp_path: Path) -> None:
    """The camera, and the place where the photo was taken, are nobody's business."""
    data = photo(exif=exif(located=True), comment=b"secret")
    assert opened(data).getexif().get_ifd(0x8825)
    made = version(tmp_path, data, (480, 240))
    assert not opened(made).getexif()
    assert opened(made).info.keys() <= {"loop", "background", "timestamp", "duration"}
    assert b"EXIF" not in made


@pytest.mark.parametrize("orientation", [2, 3, 4, 5, 6, 7, 8])
def test_a_photo_is_upright(tmp_path: Path, orientation: int) -> None:
    """A version shows what Pillow's own, slower way of turning shows."""
    data = photo(800, 400, exif=exif(orientation))
    turned = orientation > 4
    made = opened(
        version(tmp_path, data, (200, 400) if turned else (400, 200), orientation)
    ).convert("RGB")
    # Red grows from one side to the other: where it is tells how the picture lies.
    straight = opened(version(tmp_path, photo(800, 400), (400, 200))).convert("RGB")
    method = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }[orientation]
    wanted = straight.transpose(method)
    assert made.size == wanted.size
    for point in [(20, 20), (made.width - 20, 20), (20, made.height - 20)]:
        red, wanted_red = made.getpixel(point), wanted.getpixel(point)
        assert isinstance(red, tuple)
        assert isinstance(wanted_red, tuple)
        assert abs(red[0] - wanted_red[0]) < 40


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_transparency_is_kept(tmp_path: Path, mode: str) -> None:
    """A logo has no black box around it."""
    data = plain(600, 300, mode=mode)
    assert opened(version(tmp_path, data, (300, 150))).convert("RGBA").getpixel((5, 5)) == (
        *(0, 0, 0),
        0,
    )


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK"])
def test_every_kind_of_pixel_is_read(tmp_path: Path, mode: str) -> None:
    """Grey, palette, black and white, and print colours."""
    data = plain(600, 300, "JPEG" if mode == "CMYK" else "PNG", mode)
    assert opened(version(tmp_path, data, (300, 150))).size == (300, 150)


def test_colours_of_other_profiles_are_converted(tmp_path: Path) -> None:
    """The profile is gone from the version, so its numbers must say the same in sRGB."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"?XYZ").replace(b"bXYZ", b"rXYZ").replace(b"?XYZ", b"bXYZ")
    image = Image.new("RGB", (600, 300), "red")
    image.save(tmp_path / "a.png", icc_profile=swapped)
    made = opened(Original(tmp_path / "a.png", 1, 300, 80).version(300, 150))
    assert "icc_profile" not in made.info
    found = made.convert("RGB").getpixel((5, 5))
    assert isinstance(found, tuple)
    assert found[0] < 10
    assert found[2] > 245


def test_a_profile_that_cannot_be_used_is_not_in_the_way(tmp_path: Path) -> None:
    """The colours stay as the numbers say."""
    data = plain(600, 300, "JPEG", icc_profile=b"no profile")
    assert opened(version(tmp_path, data, (300, 150))).size == (300, 150)


def test_a_photo_saved_as_a_drawing_is_a_photo(tmp_path: Path) -> None:
    """A version of a PNG with many colours is as small as that of a JPEG."""
    made = version(tmp_path, photo(1000, 500, "PNG"), (1000, 500))
    assert made[12:16] == b"VP8 "
    assert version(tmp_path, plain(1000, 500), (1000, 500))[12:16] == b"VP8L"


def test_a_drawing_stays_sharp(tmp_path: Path) -> None:
    """A PNG of few colours is kept without loss, because that is smaller too."""
    image = Image.new("RGB", (600, 300), "white")
    image.paste("red", (100, 100, 500, 200))
    path = tmp_path / "a.png"
    image.save(path)
    made = opened(Original(path, 1, 600, 80).version(600, 300))
    assert made.convert("RGB").tobytes() == image.tobytes()
