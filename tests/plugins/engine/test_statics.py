"""Where files that are no posts go."""

import pytest

from plugins.engine.statics import place_statics, static_path
from plugins.posts.ledger import Ledger
from tests.plugins.examples import a_post

BUNDLE = a_post("walk", source="posts/a-walk/index.md", save_as="2026/walk/index.html")


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("images/a.png", "images/a.png"),
        ("static/favicon.ico", "favicon.ico"),
        ("static/.well-known/security.txt", ".well-known/security.txt"),
        ("posts/a-walk/map.png", "2026/walk/map.png"),
        ("posts/a-walk/more/map.png", "2026/walk/more/map.png"),
        ("posts/other/map.png", "posts/other/map.png"),
        ("static", "static"),
    ],
)
def test_every_file_has_its_place(source: str, path: str) -> None:
    """Bundles take their files along, static/ is the root, the rest stays where it is."""
    assert static_path(source, {"posts/a-walk": BUNDLE}) == path


def test_files_are_placed_and_found_by_source() -> None:
    """The files of a bundle are found where its page is."""
    placed = place_statics(["posts/a-walk/map.png"], [BUNDLE], Ledger(), preview=False)
    assert placed == {"posts/a-walk/map.png": "/2026/walk/map.png"}


def test_the_images_of_a_draft_stay_back_with_it() -> None:
    """A draft's files are not public before it is, and are accounted for."""
    ledger = Ledger(held={BUNDLE.source: BUNDLE})
    files = ["posts/a-walk/map.png", "images/a.png"]
    assert place_statics(files, [], ledger, preview=False) == {"images/a.png": "/images/a.png"}
    assert ledger.beside == {"posts/a-walk/map.png"}


def test_a_draft_at_the_top_does_not_hold_back_everything() -> None:
    """A draft ``index.md`` in the content folder itself is no bundle of all its files."""
    ledger = Ledger(held={"index.md": a_post("x", source="index.md")})
    placed = place_statics(["images/a.png"], [], ledger, preview=False)
    assert placed == {"images/a.png": "/images/a.png"}


@pytest.mark.parametrize("source", ["_drafts/map.png", "posts/drafts/a/map.png"])
def test_files_among_the_drafts_are_only_seen_in_a_preview(source: str) -> None:
    """An image beside a draft that is a single file is no more public than the draft."""
    ledger = Ledger()
    assert place_statics([source], [], ledger, preview=False) == {}
    assert ledger.beside == {source}
    assert place_statics([source], [], Ledger(), preview=True) == {source: f"/{source}"}
