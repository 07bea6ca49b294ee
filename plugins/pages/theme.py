"""Themes that are rendered from page views: how to tell, and the one stylesheet they serve.

A theme says in ``theme.toml`` that it is written for views (``views = 1``) and lists its CSS
sources in order; they are joined into one file with a content hash in its name, so it can be
cached for ever. Any other folder is an ordinary Pelican theme.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from plugins.errors import Problem, SettingsError

VIEWS_VERSION = 1
_MANIFEST = "theme.toml"


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme for views: its folder, its name and the text of its one stylesheet."""

    path: Path
    name: str
    css: str

    @property
    def stylesheet(self) -> str:
        """Path of the stylesheet below the output folder; changes when the text changes."""
        digest = hashlib.sha256(self.css.encode("utf-8")).hexdigest()[:10]
        return f"theme/css/main.{digest}.css"


def is_for_views(path: Path) -> bool:
    """Whether the theme at ``path`` says that it is written for views."""
    return (path / _MANIFEST).is_file()


def load_theme(path: Path) -> Theme | None:
    """The theme at ``path``, or None where it is an ordinary Pelican theme.

    Raises :class:`SettingsError` when ``theme.toml`` cannot be used.
    """
    if not is_for_views(path):
        return None
    manifest = path / _MANIFEST
    try:
        facts = tomllib.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _unusable(manifest, str(error), "correct the TOML") from error
    if facts.get("views") != VIEWS_VERSION:
        raise _unusable(
            manifest, f"views is {facts.get('views')!r}", f"write views = {VIEWS_VERSION}"
        )
    return Theme(path, str(facts.get("name", path.name)), _css(path, manifest, facts))


def _css(path: Path, manifest: Path, facts: dict[str, object]) -> str:
    section = facts.get("css")
    names = section.get("files", []) if isinstance(section, dict) else []
    try:
        return "\n".join((path / name).read_text(encoding="utf-8") for name in names)
    except OSError as error:
        raise _unusable(manifest, str(error), "list only files that exist") from error


def _unusable(manifest: Path, message: str, hint: str) -> SettingsError:
    return SettingsError(
        [Problem(f"{manifest.parent.name}/{manifest.name}", 1, "theme", message, hint)]
    )
