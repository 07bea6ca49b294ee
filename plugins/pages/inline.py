"""The code that a theme puts into its pages, to the byte: what a strict policy has to allow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from plugins.hosting.policy import Code
from plugins.pages.theme import Theme

_ELEMENT = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
_JINJA = re.compile(r"\{[{%#]")


def code_of(theme: Theme, overrides: Iterable[Path] = ()) -> Code:
    """The theme's own stylesheet and first script, and what stands in its templates as it is.

    ``overrides`` are folders with templates that come before the theme's. Code that a template
    makes from values is none of this: a policy cannot know it.
    """
    scripts = {theme.script} if theme.script else set()
    styles = {theme.css} if theme.inline else set()
    for kind, text in _literal([*overrides, theme.path / "templates"]):
        (scripts if kind == "script" else styles).add(text)
    return Code(tuple(sorted(scripts)), tuple(sorted(styles)))


def _literal(folders: Iterable[Path]) -> Iterator[tuple[str, str]]:
    for folder in folders:
        for path in sorted(folder.rglob("*.html")):
            for found in _ELEMENT.finditer(path.read_text(encoding="utf-8")):
                if not _JINJA.search(found[2]):
                    yield found[1], found[2]
