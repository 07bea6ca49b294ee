"""The folder of the site that a command is for: it may lie beside the kit."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

KIT = Path(__file__).resolve().parent.parent
TEMPLATES = KIT / "theme" / "templates"


def enter(environ: Mapping[str, str]) -> None:
    """Go to the folder that ``SITE`` names, if it does; raises OSError where there is none."""
    if site := environ.get("SITE"):
        os.chdir(site)


def templates_of(site: Path) -> Path:
    """The templates of the site's own theme, or of the kit's where it has none."""
    own = site / "theme" / "templates"
    return own if own.is_dir() else TEMPLATES
