"""Settings of images: what cannot work is said at once."""

from typing import Any

import pytest

from plugins.errors import SettingsError
from plugins.images.settings import ImageSettings


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("widths", ()),
        ("widths", (800, 480)),
        ("widths", (0, 480)),
        ("widths", (480, 20_000)),
        ("quality", 0),
        ("quality", 101),
        ("max_pixels", 0),
        ("max_pixels", 10**9),
    ],
)
def test_what_cannot_work_is_named(field: str, value: Any) -> None:
    """The problem names the setting."""
    with pytest.raises(SettingsError, match=rf"pelicanconf\.py:1: IMAGES\.{field}: .+; .+"):
        ImageSettings(**{field: value})
