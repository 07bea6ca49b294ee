"""Whether a theme is written for views; a module of its own because every build asks it first."""

from __future__ import annotations

from pathlib import Path

MANIFEST = "theme.toml"


def is_for_views(path: Path) -> bool:
    """Whether the theme at ``path`` says that it is written for views."""
    return (path / MANIFEST).is_file()
