"""What headings are: their ids, and the one that is a standfirst."""

from __future__ import annotations

import re

from markdown.extensions.toc import slugify_unicode

from plugins.markup.settings import MarkupSettings

_SENTENCE = re.compile(r".*[.!\u2026\u3002][\"'\u201d\u2019\u00bb)]*", re.DOTALL)
_LONG_QUESTION = re.compile(r".*[?\uff1f][\"'\u201d\u2019\u00bb)]*", re.DOTALL)
_FEWEST_WORDS, _FEWEST_OF_QUESTION = 6, 15


def heading_id(text: str, settings: MarkupSettings) -> str:
    """The id of a heading that reads ``text``, if no other has it."""
    slug = slugify_unicode(text, "-").strip("-") or "section"
    return f"section-{slug}" if slug in settings.reserved_ids else slug


def is_standfirst(text: str) -> bool:
    """Whether a heading that opens a post is a sentence, which introduces it, and no section."""
    words = len(text.split())
    if _SENTENCE.fullmatch(text):
        return words >= _FEWEST_WORDS
    return words >= _FEWEST_OF_QUESTION and bool(_LONG_QUESTION.fullmatch(text))
