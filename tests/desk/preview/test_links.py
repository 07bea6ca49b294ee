"""Where links lead."""

from __future__ import annotations

from pathlib import Path

from desk.preview.links import links_below


def test_every_step_of_a_link_is_named(tmp_path: Path) -> None:
    """Links over links, links in linked folders, dead ones and circles."""
    top = tmp_path.resolve()
    content, outside = top / "content", top / "outside"
    for folder in (content, outside / "deep"):
        folder.mkdir(parents=True)
    (outside / "file.md").touch()
    (outside / "step.md").symlink_to("file.md")
    (content / "a.md").symlink_to(outside / "step.md")
    (content / "ext").symlink_to("../outside/deep")
    (outside / "deep" / "b.md").symlink_to("../file.md")
    (content / "dead.md").symlink_to("none.md")
    (content / "me").symlink_to("me")
    (content / "up").symlink_to(".")
    found = links_below([content])
    assert found[outside / "step.md"] == {content / "a.md"}
    assert found[outside / "file.md"] == {content / "a.md", content / "ext" / "b.md"}
    assert found[outside / "deep"] == {content / "ext"}
    assert found[content / "none.md"] == {content / "dead.md"}
    assert content / "up" in found[content]
