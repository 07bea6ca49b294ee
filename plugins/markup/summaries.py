"""Plain text from a rendered body: the summary a writer did not write, and its length."""

from __future__ import annotations

import re
from html import unescape
from math import ceil

from plugins.markup.passages import COMMENT, TAG, element, until
from plugins.post import Body

WORDS_PER_MINUTE = 230
SUMMARY_LENGTH = 200
# A writer who says where the summary ends may go on for longer.
_LONGEST_INTRO = 1_000

_ASIDES = re.compile(
    rf"{element('script|style|figure|table|pre|details|aside|h[1-6]')}|{COMMENT}", re.I
)
_FOOTNOTE_MARK = re.compile(r'<sup[^<>]*?\bid="fnref(?:[^<]++|<(?!/?sup\b))*+</sup>')
# Notes stand at the end; the text they belong to is all before them.
_NOTES = re.compile(r'<section\b[^<>]*?\bclass="footnote".*', re.DOTALL)
_PARAGRAPH = re.compile(
    r"<p\b(?![^<>]*?(?:admonition-title|standfirst))[^<>]*+>("
    + until("</p>", r"<p\b", "<")
    + ")</p>",
    re.I,
)
_TAG = re.compile(TAG)


def summarise(html: str, limit: int = SUMMARY_LENGTH) -> str:
    """The beginning of the running text, whole words, at most ``limit`` characters.

    Only paragraphs count: headings, tables, code, captions and notes say little on their own.
    """
    running = _FOOTNOTE_MARK.sub("", _ASIDES.sub(" ", _NOTES.sub("", html)))
    text = ""
    for match in _PARAGRAPH.finditer(running):
        text = f"{text} {plain_text(match[1])}".strip()
        if len(text) >= limit:
            break
    return shorten(text, limit)


def summary_of(body: Body) -> str:
    """What stands before ``<!--more-->`` in a body, or else its beginning."""
    if body.intro is not None and (said := summarise(body.intro, _LONGEST_INTRO)):
        return said
    return summarise(body.telling)


def plain_text(html: str) -> str:
    """The text of an HTML fragment on one line."""
    return " ".join(unescape(_TAG.sub("", html)).split())


def shorten(text: str, limit: int) -> str:
    """``text`` cut at a word, with an ellipsis, to at most ``limit`` characters."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    whole = cut.rsplit(" ", 1)[0] if " " in cut else cut
    return whole.rstrip(" ,;:–—-(") + "…"


def reading_minutes(words: int) -> int:
    """Whole minutes to read ``words`` words, at least one."""
    return max(1, ceil(words / WORDS_PER_MINUTE))
