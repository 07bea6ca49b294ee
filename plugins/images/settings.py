"""What a site may choose about its images."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins.errors import Problem, SettingsError

# Above this Pillow itself warns of a decompression bomb.
_MOST_PIXELS = 89_478_485
_WIDEST = 16_383


@dataclass(frozen=True, slots=True)
class ImageSettings:
    """Widths of the versions in pixels, their quality, and how wide the theme shows images.

    ``cache`` is the folder that keeps what was made; it may be deleted at any time. ``quality`` is
    WebP's, 1 to 100. An image narrower than ``smallest`` is left as it is; one of more than
    ``max_pixels`` stops the build. ``text_sizes``, ``lead_sizes`` and ``card_sizes`` are the
    ``sizes`` of images in running text, at the head of a page, and in lists: change them when the
    theme's measure changes. Raises :class:`SettingsError`.
    """

    cache: Path = Path(".parley/images")
    widths: tuple[int, ...] = (240, 480, 800, 1200, 1600)
    quality: int = 80
    smallest: int = 160
    max_pixels: int = 64_000_000
    text_sizes: str = "(min-width: 650px) 600px, 92vw"
    lead_sizes: str = (
        "(min-width: 1250px) 885px, (min-width: 960px) 70vw, (min-width: 650px) 600px, 92vw"
    )
    card_sizes: str = "(min-width: 960px) 240px, (min-width: 650px) 600px, 92vw"

    def __post_init__(self) -> None:
        if problems := [*_faults(self)]:
            raise SettingsError(problems)


def _faults(settings: ImageSettings) -> Iterator[Problem]:
    widths = settings.widths
    if not widths or list(widths) != sorted(set(widths)) or not 0 < widths[0] <= widths[-1]:
        yield _problem("widths", f"{widths!r} does not grow", "write it as in (480, 800, 1200)")
    elif widths[-1] > _WIDEST:
        yield _problem("widths", f"WebP is at most {_WIDEST} wide", "take the wider ones out")
    if not 1 <= settings.quality <= 100:
        yield _problem("quality", f"{settings.quality!r} is no quality", "write 1 to 100")
    if not 1 <= settings.max_pixels <= _MOST_PIXELS:
        hint = f"write a number up to {_MOST_PIXELS}"
        yield _problem("max_pixels", f"{settings.max_pixels!r} is no safe limit", hint)


def _problem(field: str, message: str, hint: str) -> Problem:
    return Problem("pelicanconf.py", 1, f"IMAGES.{field}", message, hint)
