"""Planning versions: which widths, and under which names."""

import pytest

from plugins.images.measuring import Raster
from plugins.images.planning import plan
from plugins.images.settings import ImageSettings

SETTINGS = ImageSettings(widths=(240, 480, 800))


def widths(width: int, height: int = 100) -> list[int]:
    """The widths planned for an image of this size."""
    return [one.width for one in plan("a.jpg", "d", Raster(width, height), SETTINGS)]


@pytest.mark.parametrize(
    ("own", "planned"),
    [
        (2000, [240, 480, 800]),
        (800, [240, 480, 800]),
        (700, [240, 480, 700]),
        (500, [240, 480]),
        (240, [240]),
        (200, [200]),
        (159, []),
    ],
)
def test_no_version_is_wider_than_the_image(own: int, planned: list[int]) -> None:
    """Its own width is added where it is clearly more than the next one below."""
    assert widths(own) == planned


def test_the_shape_is_kept() -> None:
    """Heights are in proportion, and never nothing."""
    plans = plan("a.jpg", "d", Raster(1600, 900), SETTINGS)
    assert [(one.width, one.height) for one in plans] == [(240, 135), (480, 270), (800, 450)]
    assert [one.height for one in plan("a.jpg", "d", Raster(1600, 1), SETTINGS)] == [1, 1, 1]


def test_what_webp_cannot_hold_is_not_planned() -> None:
    """A strip of which a version would be higher than WebP allows has the smaller versions only."""
    assert widths(1000, 50_000) == [240]


@pytest.mark.parametrize("raster", [Raster(900, 900, moving=True), Raster(900, 900, deep=True)])
def test_some_images_are_left_alone(raster: Raster) -> None:
    """Animations would stand still, and deep images lose their contrast."""
    assert plan("a.gif", "d", raster, SETTINGS) == ()


@pytest.mark.parametrize(
    ("source", "stem"),
    [
        ("images/Two Voices.JPG", "two-voices"),
        ("images/Übergröße.png", "ubergroe"),
        ("images/写真.png", "image"),
        ("images/../x' onerror=.png", "x-onerror"),
        (f"images/{'a' * 300}.png", "a" * 60),
    ],
)
def test_names_are_safe_everywhere(source: str, stem: str) -> None:
    """A name has small Latin letters, digits and hyphens, whatever the file is called."""
    [first, *_] = plan(source, "d", Raster(900, 900), SETTINGS)
    name = first.path.removeprefix("/images/derived/")
    assert name.rsplit("-", 2)[0] == stem
    assert name.endswith("-240.webp")


def test_a_name_changes_with_what_is_in_the_file_and_how_it_is_made() -> None:
    """So a version may be cached for ever."""
    raster = Raster(900, 900)
    [first, *_] = plan("a.jpg", "one", raster, SETTINGS)
    assert plan("a.jpg", "one", raster, SETTINGS)[0] == first
    assert plan("a.jpg", "two", raster, SETTINGS)[0].path != first.path
    better = ImageSettings(widths=(240,), quality=90)
    assert plan("a.jpg", "one", raster, better)[0].path != first.path
