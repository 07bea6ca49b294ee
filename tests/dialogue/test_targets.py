"""Which posts can be answered: as the build says, and what answers lead to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dialogue.errors import DialogueError
from dialogue.targets import Targets
from dialogue.web.places import path_of, receipt_path
from tests.dialogue.sites import POSTS, target, write_targets


def test_posts_are_found_by_id_and_by_address(tmp_path: Path) -> None:
    """Whatever stands behind the path of an address; others are not found."""
    write_targets(tmp_path)
    found = Targets(tmp_path)
    assert found.find("tea") == POSTS[0]
    assert found.at("https://BLOG.example/tea/?utm=1#replies") == POSTS[0]
    assert found.find("milk") is None
    assert found.at("https://other.example/tea/") is None
    assert found.at("https://[") is None
    assert found.site.name == "The Blog"


def test_a_new_build_is_seen_at_once(tmp_path: Path) -> None:
    """The service need not be started again."""
    write_targets(tmp_path)
    found = Targets(tmp_path)
    assert found.find("milk") is None
    write_targets(tmp_path, (*POSTS, target("milk")))
    assert found.find("milk") == target("milk")


def test_a_site_that_was_not_built_is_named(tmp_path: Path) -> None:
    """With what to do about it; a broken file too."""
    with pytest.raises(DialogueError, match="DIALOGUE_OUTPUT"):
        Targets(tmp_path).all()
    (tmp_path / "targets.json").write_text("{")
    with pytest.raises(DialogueError, match=r"targets\.json"):
        Targets(tmp_path).all()


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://blog.example/tea/", "/tea/"),
        ("https://blog.example/below/tea/", "/below/tea/"),
        ("https://blog.example//evil.example/", "/evil.example/"),
        ("https://blog.example/\\evil.example/", "/%5Cevil.example/"),
        ("https://blog.example/a b/ü/", "/a%20b/%C3%BC/"),
        ("https://blog.example/x/?to=//evil.example#y", "/x/"),
        ("https://blog.example", "/"),
    ],
)
def test_answers_lead_to_this_site_only(url: str, path: str) -> None:
    """The address is a path with one slash at its beginning, and nothing that ends a header."""
    assert path_of(replace(POSTS[0], url=url)) == path


def test_a_receipt_is_one_step_of_a_path() -> None:
    """Whatever is in a token, it cannot become another path."""
    assert receipt_path("a/../b?c#d") == "/dialogue/replies/a%2F..%2Fb%3Fc%23d"
