"""The pictures that people look at: every kind of page, and what the README shows."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.browser import screenshots


def test_pictures_are_taken_in_both_schemes(
    chromium: Browser, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of each kind on each screen, as wide as the screen, light on light and dark on dark."""
    monkeypatch.setattr(screenshots, "KINDS", {"home": "/"})
    taken = {path.name: Image.open(path) for path in screenshots.take(chromium, address, tmp_path)}
    assert {name: image.width for name, image in taken.items()} == {
        f"home-{screen}-{scheme}.png": width
        for screen, width in (("phone", 390), ("desktop", 1280))
        for scheme in ("light", "dark")
    }
    for name, image in taken.items():
        brightness = image.convert("L").tobytes()[0]
        assert (brightness > 200) == ("light" in name)
        assert (brightness < 60) == ("dark" in name)


def test_the_picture_of_the_readme_is_a_small_one() -> None:
    """People load it to see what this is."""
    data = screenshots.README_PICTURE.read_bytes()
    assert len(data) < 200_000
    assert Image.open(io.BytesIO(data)).size == (1280, 1300)
