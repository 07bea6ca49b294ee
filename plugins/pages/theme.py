"""Themes that are rendered from page views: how to tell, and the files they bring.

A theme says in ``theme.toml`` that it is written for views (``views = 1``) and lists its CSS
sources in order; they are joined and minified. The result goes into every page, or into one file.
Everything below ``static/`` is published under a name with a hash of its content in it, so it can
be cached for ever. Any other folder is an ordinary Pelican theme.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from plugins.errors import Problem, SettingsError
from plugins.pages.forviews import MANIFEST, is_for_views
from plugins.pages.minify import minify_css
from plugins.palette import Role, roles, settled

VIEWS_VERSION = 1
# Where the files of a theme are, below the output folder.
FOLDER = "theme"
SPECULATION = "speculation.json"
# The files of a theme that are its brand: a site's own takes their place.
TOKENS, BRANDS = "css/tokens.css", "brands/"


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """A file of ``static/``: its name there, where it goes below the output folder, its bytes."""

    name: str
    save_as: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme for views: its folder and name, its one stylesheet, its first script, its files.

    ``inline`` says that the stylesheet stands in the pages. ``script`` is the JavaScript that runs
    in the head of every page before anything is painted; empty where there is none.
    """

    path: Path
    name: str
    css: str
    inline: bool = False
    script: str = ""
    static: tuple[ThemeFile, ...] = ()

    def role(self, name: str) -> Role | None:
        """The brand's colours for ``name``, such as ``--paper``, where the CSS gives it two."""
        return roles(self.css).get(name)

    @property
    def stylesheet(self) -> str:
        """Path of the stylesheet below the output folder, if it is a file of its own."""
        return hashed(f"{FOLDER}/css/main.css", self.css.encode("utf-8"))

    @property
    def files(self) -> tuple[ThemeFile, ...]:
        """Every file the theme publishes."""
        if self.inline:
            return self.static
        data = self.css.encode("utf-8")
        return (ThemeFile("css/main.css", self.stylesheet, data), *self.static)


def hashed(path: str, data: bytes) -> str:
    """``path`` with a hash of ``data`` before its suffix: it changes when the content does."""
    pure = PurePosixPath(path)
    digest = hashlib.sha256(data).hexdigest()[:10]
    return str(pure.with_name(f"{pure.stem}.{digest}{pure.suffix}"))


def theme_of(settings: Mapping[str, Any]) -> Theme | None:
    """The theme that ``settings`` name, with the site's own brand; raises as :func:`load_theme`."""
    brand = settings.get("BRAND")
    return load_theme(Path(settings["THEME"]), Path(brand) if brand else None)


def load_theme(path: Path, brand: Path | None = None) -> Theme | None:
    """The theme at ``path``, or None where it is an ordinary Pelican theme.

    ``brand`` is a file that takes the place of the theme's tokens. Raises :class:`SettingsError`
    when ``theme.toml`` or the brand cannot be used.
    """
    if not is_for_views(path):
        return None
    manifest = path / MANIFEST
    try:
        facts = tomllib.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _unusable(manifest, str(error), "correct the TOML") from error
    if facts.get("views") != VIEWS_VERSION:
        raise _unusable(
            manifest, f"views is {facts.get('views')!r}", f"write views = {VIEWS_VERSION}"
        )
    try:
        return _theme(path, facts, _brand(brand))
    except OSError as error:
        raise _unusable(manifest, str(error), "list only files that exist") from error
    except _NotInlineError as error:
        raise _unusable(manifest, str(error), "write it otherwise, or do not inline it") from error


class _NotInlineError(Exception):
    """A text would end the element that it is to stand in."""


def _brand(path: Path | None) -> str | None:
    """The text of a site's brand."""
    if path is None:
        return None
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        hint = "copy the theme's css/tokens.css there, or take the setting out"
        raise SettingsError([Problem("settings", 1, "BRAND", str(error), hint)]) from error


def _theme(path: Path, facts: dict[str, Any], brand: str | None) -> Theme:
    css, scripts = _table(facts, "css"), _table(facts, "scripts")

    def read(name: str) -> str:
        if brand is not None and (name == TOKENS or name.startswith(BRANDS)):
            return brand
        return (path / name).read_text(encoding="utf-8")

    text = "\n".join(map(read, css.get("files", [])))
    first = scripts.get("first")
    theme = Theme(
        path=path,
        name=str(facts.get("name", path.name)),
        css=settled(minify_css(text)),
        inline=css.get("inline") is True,
        script=(path / first).read_text(encoding="utf-8").strip() if first else "",
        static=tuple(_static(path / "static")),
    )
    if theme.inline and re.search("</style", theme.css, re.IGNORECASE):
        raise _NotInlineError("the CSS contains </style")
    if re.search("</script|<!--", theme.script, re.IGNORECASE):
        raise _NotInlineError(f"{first} contains </script or <!--")
    return theme


def _table(facts: dict[str, Any], name: str) -> dict[str, Any]:
    found = facts.get(name)
    return found if isinstance(found, dict) else {}


def _static(folder: Path) -> Iterator[ThemeFile]:
    """The files below ``static/`` by name; what a system left there is hidden and stays back."""
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_file() and not any(part.startswith(".") for part in name.split("/")):
            data = file.read_bytes()
            yield ThemeFile(name, hashed(f"{FOLDER}/{name}", data), data)


def _unusable(manifest: Path, message: str, hint: str) -> SettingsError:
    return SettingsError(
        [Problem(f"{manifest.parent.name}/{manifest.name}", 1, "theme", message, hint)]
    )
