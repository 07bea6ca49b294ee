"""Callouts (``!!! note``) whose usual titles are in the language of the post."""

from __future__ import annotations

import re

from markdown.blockparser import BlockParser
from markdown.extensions.admonition import AdmonitionProcessor

from plugins.markup.settings import MarkupSettings


class Callouts(AdmonitionProcessor):
    """Python-Markdown's admonitions; one without a title of its own has that of its kind."""

    def __init__(self, parser: BlockParser, settings: MarkupSettings) -> None:
        super().__init__(parser)
        self._titles = dict(settings.callouts)

    def get_class_and_title(self, match: re.Match[str]) -> tuple[str, str | None]:
        """The classes and the title; kinds that nobody knows are their own title."""
        kind, title = super().get_class_and_title(match)
        if match[2] is None:
            title = self._titles.get(kind.partition(" ")[0], title)
        return kind, title
