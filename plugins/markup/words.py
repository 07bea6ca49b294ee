"""How many words a body has: in the HTML what a reader sees of it, of any script.

A word is letters and digits, with single marks such as apostrophes, full stops and hyphens inside.
"""

from __future__ import annotations

import html
import re

from plugins.markup.passages import COMMENT, element

_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]|[^\W_]+(?:['’.,-][^\W_]+)*"
)
# Tags, comments, and elements whose content nobody sees.
_NOT_TEXT = re.compile(
    rf"{COMMENT}|{element('script|style')}"
    r"|<[a-zA-Z/](?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>",
    re.IGNORECASE,
)
# Letters that are equal to one of ASCII where case does not matter, but not to lower().
_OTHER_CASES = "\u0130\u0131\u017f\u212a"
_TAG = re.compile(r"<[a-zA-Z/][^<>\"']*+(?:(?:\"[^\"]*+\"|'[^']*+')[^<>\"']*+)*+>")
_ENTITIES = (("&quot;", '"'), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"))
# The usual marks that are not ASCII, as marks of ASCII that divide or join words as they do.
_MARKS = (("’", "'"), *((mark, " ") for mark in "‘“”–—…\xa0"))
_NOT_LATIN = re.compile("[^\x00-\x7f\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]")
# What each byte of Latin text in UTF-8 is: part of a word (a), a mark that can be inside one, or not.
_KINDS = bytes(
    ord("a" if byte > 127 or chr(byte).isalnum() else "." if chr(byte) in "'.,-" else " ")
    for byte in range(256)
)


def count_words(content: str) -> int:
    """The words in the HTML ``content``; each character of Chinese, Japanese and Korean is one."""
    return count_in_text((_NOT_TEXT if _has_more_than_tags(content) else _TAG).sub(" ", content))


def _has_more_than_tags(content: str) -> bool:
    lower = content.lower()
    if "<!--" in lower or "<script" in lower or "<style" in lower:
        return True
    return not content.isascii() and any(char in content for char in _OTHER_CASES)


def count_in_text(text: str) -> int:
    """The words in a text without tags, whose characters may be those of HTML."""
    if "&" in text:
        for entity, char in _ENTITIES:
            text = text.replace(entity, char)
        amp = text.count("&") == text.count("&amp;")
        text = text.replace("&amp;", "&") if amp else html.unescape(text)
    if not text.isascii():
        for mark, plain in _MARKS:
            text = text.replace(mark, plain)
        if not text.isascii() and _NOT_LATIN.search(text):
            return len(_WORD.findall(text))
    return _beginnings(text)


def _beginnings(text: str) -> int:
    """How many words begin in Latin ``text``: behind a space, one mark of many, or the first mark."""
    kinds = f" {text}".encode("utf-8", "surrogatepass").translate(_KINDS)
    return kinds.count(b" a") + kinds.count(b" .a") + kinds.count(b"..a")
