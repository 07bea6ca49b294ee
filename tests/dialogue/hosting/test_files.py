"""A URL leads to a file below the folder, or nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogue.hosting import files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A served folder, with things beside it that nobody may see."""
    names = ["index.html", "a/index.html", "a/b.css", "a b.txt", ".well-known/security.txt"]
    names += [".env", ".git/config", "a/.hidden", "404.html"]
    for name in [*(f"site/{name}" for name in names), "secret.txt", "site-b/secret.txt"]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    (tmp_path / "site" / "empty").mkdir()
    (tmp_path / "site" / "out.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "site" / "beside").symlink_to(tmp_path / "site-b")
    (tmp_path / "site" / "loop").symlink_to("loop")
    (tmp_path / "site" / "within.txt").symlink_to("a b.txt")
    return tmp_path / "site"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("", "index.html"),
        ("/", "index.html"),
        ("/index.html", "index.html"),
        ("/a/", "a/index.html"),
        ("//a//", "a/index.html"),
        ("/a/b.css", "a/b.css"),
        ("/a b.txt", "a b.txt"),
        ("/within.txt", "within.txt"),
        ("/.well-known/security.txt", ".well-known/security.txt"),
    ],
)
def test_a_url_leads_to_its_file(folder: Path, path: str, name: str) -> None:
    """Files by their path, folders by their index page, names from RFC 8615 included."""
    found = files.find(folder, path)
    assert found is not None
    assert found.name == name
    assert found.path == (folder / name).resolve()


@pytest.mark.parametrize(
    "path",
    [
        "/missing",
        "/empty",
        "/empty/",
        "/a/b.css/",
        "/a/b.css/c",
        "/../secret.txt",
        "/a/../../secret.txt",
        "/a/../index.html",
        "/./index.html",
        "/..\\secret.txt",
        "/out.txt",
        "/beside/secret.txt",
        "/loop",
        "/.env",
        "/.git/config",
        "/a/.hidden",
        "/.well-known/../.env",
        "/a\0.html",
        "/" + "a" * 5000,
        "/\ud800",
    ],
)
def test_what_is_not_in_the_folder_is_not_found(folder: Path, path: str) -> None:
    """No path leads above the folder, to a hidden file, through a link to outside, or to a crash."""
    assert files.find(folder, path) is None


def test_an_absolute_path_stays_below_the_folder(folder: Path) -> None:
    """A second slash does not start over at the root of the file system."""
    assert files.find(folder, f"/{folder.parent}/secret.txt") is None


@pytest.mark.parametrize(
    ("path", "lacks"), [("/a", True), ("/a/", False), ("/a/index.html", False)]
)
def test_a_folder_named_without_slash_is_noticed(folder: Path, path: str, lacks: bool) -> None:
    """Only the bare name of a folder lacks the slash that its relative links need."""
    found = files.find(folder, path)
    assert found is not None
    assert found.slash is lacks
