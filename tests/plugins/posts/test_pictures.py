"""Lead images in every form."""

from __future__ import annotations

import pytest

from plugins.post import Picture
from plugins.posts.pictures import picture


@pytest.mark.parametrize(
    ("value", "image"),
    [
        ("cover.jpg", Picture("cover.jpg")),
        ("/images/a b.jpg", Picture("/images/a b.jpg")),
        ("../images/a.jpg", Picture("../images/a.jpg")),
        ("{static}/images/a.jpg", Picture("{static}/images/a.jpg")),
        ("https://example.org/a.jpg", Picture("https://example.org/a.jpg")),
        ("//example.org/a.jpg", Picture("https://example.org/a.jpg")),
        ({"src": "a.jpg", "alt": "A", "caption": "B"}, Picture("a.jpg", "A", "B")),
        ({"url": "a.jpg", "alt_text": "A"}, Picture("a.jpg", "A")),
        ({"image": "a.jpg", "relative": True}, Picture("a.jpg")),
        ({"feature": "a.jpg", "teaser": "b.jpg"}, Picture("a.jpg")),
        ({"path": "", "alt": "A"}, None),
        (["a.jpg", "b.jpg"], Picture("a.jpg")),
        ([{"src": "a.jpg"}], Picture("a.jpg")),
        ([], None),
        (False, None),
        ("no", None),
    ],
    ids=repr,
)
def test_forms(value: object, image: Picture | None) -> None:
    """Paths, URLs, the mappings of the tools, the first of a list, and no image at all."""
    assert picture(value) == image
