"""Ids for headings, and the list of contents that ``[TOC]`` asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.extensions.toc import TocExtension, TocTreeprocessor

from plugins.markup.headings import heading_id
from plugins.markup.settings import MarkupSettings

if TYPE_CHECKING:
    from markdown.extensions.toc import _TocToken


class Contents(TocExtension):
    """python-markdown's, with a ``nav``, ids in every script, and none that the theme uses."""

    def __init__(self, settings: MarkupSettings) -> None:
        def slugify(text: str, _: str) -> str:
            return heading_id(text, settings)

        class Processor(TocTreeprocessor):
            """The library's, with navigation in place of its ``div``."""

            def build_toc_div(self, toc_list: list[_TocToken]) -> Element:
                """The list of contents as an element."""
                contents = super().build_toc_div(toc_list)
                contents.tag = "nav"
                contents.set("aria-label", settings.contents)
                return contents

        self.TreeProcessorClass = Processor
        super().__init__(slugify=slugify)
