"""One image made smaller, as WebP: upright, in sRGB, and without anything but its pixels."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageCms, features

from plugins.images.measuring import FORMATS
from plugins.images.planning import RECIPE

# Formats that lose nothing hold drawings and screenshots, whose versions should not lose sharpness
# where that costs nothing. More colours than this are a photo, whatever it was saved as: there WebP
# without loss takes long and is larger.
_LOSSLESS = frozenset({"PNG", "GIF"})
_COLOURS_OF_DRAWINGS = 1 << 15
_SRGB = ImageCms.createProfile("sRGB")
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def recipe(quality: int) -> str:
    """Says how bytes are made: with the same image, the same recipe gives the same bytes."""
    libraries = f"pillow {features.version('pil')} libwebp {features.version('webp')}"
    return f"{RECIPE} webp {quality} {libraries}"


class Original:
    """A decoded image that versions are made from. Raises what :mod:`measuring` lists.

    ``orientation`` is EXIF's. ``largest`` is the width of the widest version to be made: a large
    photo is not decoded to more than what that needs.
    """

    def __init__(self, path: Path, orientation: int, largest: int, quality: int) -> None:
        with Image.open(path, formats=FORMATS) as image:
            lossless = image.format in _LOSSLESS
            _skip_detail(image, largest)
            plain = _plain(image)
        turn = _UPRIGHT.get(orientation)
        self._image = plain if turn is None else plain.transpose(turn)
        self._sharp = lossless and plain.getcolors(_COLOURS_OF_DRAWINGS) is not None
        self._quality = quality

    def version(self, width: int, height: int) -> bytes:
        """The image at this size as a WebP file."""
        image = self._image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
        lossy = _webp(image, self._quality, lossless=False)
        if not self._sharp:
            return lossy
        return min(_webp(image, self._quality, lossless=True), lossy, key=len)


def _skip_detail(image: Image.Image, largest: int) -> None:
    """Let a JPEG be decoded at a half, a quarter or an eighth, if twice the width is left."""
    least = 2 * largest
    if min(image.size) > least:
        image.draft(None, (least, least))


def _plain(image: Image.Image) -> Image.Image:
    """The pixels in sRGB, with transparency where there is any."""
    mode = "RGBA" if image.has_transparency_data else "RGB"
    profile = image.info.get("icc_profile")
    if image.mode not in ("RGB", "RGBA", "CMYK", "L"):
        image = image.convert(mode)
    return (_in_srgb(image, profile) if profile else image).convert(mode)


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """``image`` with its colours converted; as it is where its profile cannot be used."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, own, _SRGB, outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError):
        return image


def _webp(image: Image.Image, quality: int, *, lossless: bool) -> bytes:
    file = io.BytesIO()
    image.save(
        file,
        "WEBP",
        quality=quality,
        lossless=lossless,
        method=4,
        exif=b"",
        icc_profile=b"",
        xmp=b"",
    )
    return file.getvalue()
