"""Ids for headings, and the list of contents that ``[TOC]`` asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.extensions.toc import TocExtension, TocTreeprocessor, slugify_unicode

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


def heading_id(text: str, settings: MarkupSettings) -> str:
    """The id of a heading that reads ``text``, if no other has it."""
    slug = slugify_unicode(text, "-").strip("-") or "section"
    return f"section-{slug}" if slug in settings.reserved_ids else slug
