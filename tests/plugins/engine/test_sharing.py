"""Share images of a built site: drawn, named in heads, and made again only when they change."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from plugins.catalogue.settings import PageSettings
from plugins.images.settings import ImageSettings
from plugins.sharing import drawing
from plugins.sharing.cards import Card
from tests.plugins.building import Built, Workshop
from tests.plugins.images.pictures import photo

POST = "---\ntitle: {}\ndate: 2026-01-01\nauthor: Mara Lindqvist\n{}---\nText.\n"


def shared(built: Built, path: str) -> dict[str, str]:
    """What the head of a page says of its picture."""
    return dict(re.findall(r'property="og:image(?::)?(\w*)" content="([^"]*)"', built.page(path)))


def file_of(built: Built, url: str) -> bytes:
    """The file behind an absolute URL."""
    return (built.output / url.removeprefix("https://blog.example.com/")).read_bytes()


def test_a_post_without_a_picture_has_one_made(tmp_path: Path) -> None:
    """With the size that it says it has, in a format that networks take; the front page as well."""
    built = Workshop(tmp_path).build({"one.md": POST.format("One & <b>", "")})
    for path in ("/one/", "/"):
        said = shared(built, path)
        data = file_of(built, said[""])
        image = Image.open(io.BytesIO(data))
        assert (image.format, image.size) == ("PNG", (1200, 630))
        assert (said["width"], said["height"]) == ("1200", "630")
        assert len(data) < 60_000
        assert 'content="summary_large_image"' in built.page(path)
    assert shared(built, "/one/")["alt"] == "One &amp; &lt;b&gt; – Parley"
    assert shared(built, "/one/") != shared(built, "/")


def test_a_post_with_a_picture_keeps_it(tmp_path: Path) -> None:
    """Nothing is drawn for it."""
    files: dict[str, str | bytes] = {}
    files |= {"one.md": POST.format("One", "image: /a.jpg\nimage_alt: A\n"), "a.jpg": photo()}
    built = Workshop(tmp_path).build(files)
    assert shared(built, "/one/")[""] == "https://blog.example.com/a.jpg"
    assert len([name for name in built.files() if name.startswith("images/share/")]) == 1


def test_share_images_can_be_left_out(tmp_path: Path) -> None:
    """Then no page names one."""
    built = Workshop(tmp_path).build(
        {"one.md": POST.format("One", "")}, PAGES=PageSettings(share_images=False)
    )
    assert shared(built, "/one/") == shared(built, "/") == {}
    assert not [name for name in built.files() if name.startswith("images/share/")]


def test_what_was_drawn_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build into another folder takes the images from the cache."""
    images = ImageSettings(cache=tmp_path / "cache")
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    files = {"one.md": POST.format("One", "")}
    first = Workshop(one).build(files, IMAGES=images)
    monkeypatch.setattr("plugins.engine.sharing.draw", lambda card: pytest.fail(str(card)))
    second = Workshop(other).build(files, IMAGES=images)
    for name in (name for name in first.files() if name.startswith("images/share/")):
        assert (first.output / name).read_bytes() == (second.output / name).read_bytes()


def test_the_same_card_is_drawn_the_same() -> None:
    """And another title, author, series or colour otherwise."""
    card = Card("A title", "The Blog", "Attention, part 2", "Mara Lindqvist")
    assert drawing.draw(card) == drawing.draw(card)
    others = (
        Card("Another", "The Blog", "Attention, part 2", "Mara Lindqvist"),
        Card("A title", "The Blog", "Attention, part 3", "Mara Lindqvist"),
        Card("A title", "The Blog", "Attention, part 2", "Tobias"),
        Card("手紙", "The Blog"),
    )
    assert len({drawing.draw(one) for one in (card, *others)}) == 5
