"""The tags in a piece of HTML, and their attributes, each with where it stands.

The tokenizer follows the HTML standard's rules for tags and attributes (section 13.2.5) closely
enough for what writers put into posts: quotes, values without quotes, comments, and elements
whose content is text. Most tags of a body (paragraphs, the spans of coloured code) concern
nobody: who looks for addresses or images has them skipped, which is many times faster.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

# Possessive quantifiers: no input makes these backtrack.
_ATTRIBUTE = (
    r"(?P<name>[^\s/>][^\s/>=]*+)"
    r"(?:\s*+=\s*+(?P<value>\"[^\"]*+\"|'[^']*+'|[^\s\"'>][^\s>]*+))?+"
)
_UNNAMED = r"[\s/]*+" + re.sub(r"\?P<\w+>", "?:", _ATTRIBUTE)
_START = re.compile(
    r"(?P<comment><!--(?P<empty>-?>)?)|(?P<other><[!?]|</(?=[^a-zA-Z]))|</?(?=[a-zA-Z])"
)
_COMMENT_END = re.compile(r"--!?>")
_TAG = re.compile(rf"(?P<tag>[a-zA-Z][^\s/>]*+)(?P<attributes>(?:{_UNNAMED})*+)[\s/]*+>")
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TEXT_ONLY = ("script", "style", "textarea", "title", "xmp", "noembed", "noframes")
# How the names of those begin: what is skipped must not be one.
_TEXT_ONLY_BEGINS = r"[sS][cC][rR]|[sS][tT][yY]|[tT][eE][xX]|[tT][iI]|[xX][mM]|[nN][oO]"
_IMAGE_BEGINS = r"[iI][mM]|[pP][iI][cC]"
_USUAL = r" [a-z-]++=\"[^\"]*+\""
_WITHOUT_ADDRESS = r" (?!href|src|poster|data)[a-z-]++=\"[^\"]*+\""
_WITHOUT_ID = r" (?!id|name)[a-z-]++=\"[^\"]*+\""


def _skipping(but: str, attribute: str) -> re.Pattern[str]:
    """Text, and all tags written in the usual form whose name and attributes are of no interest.

    Coloured code, of which there is much, is passed over an element at a time.
    """
    span = r"<span class=\"[^\"]*+\">[^<]*+</span>"
    return re.compile(rf"(?:[^<]++|{span}|</?+(?!{but})[a-zA-Z][^\s/>]*+(?:{attribute})*+>)*+")


NOTHING = re.compile("")
NO_ADDRESSES = _skipping(_TEXT_ONLY_BEGINS, _WITHOUT_ADDRESS)
NO_IDS = _skipping(_TEXT_ONLY_BEGINS, _WITHOUT_ID)
NO_IMAGES = _skipping(f"{_TEXT_ONLY_BEGINS}|{_IMAGE_BEGINS}", _USUAL)
# In attributes only what ends in a semicolon is sure to be a character reference.
_CHARACTER = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


class Tag(NamedTuple):
    """A start or end tag: its name in lower case, and where it and its attributes lie.

    ``start`` is at the ``<``, ``end`` behind the ``>``.
    """

    name: str
    closing: bool
    start: int
    end: int
    attributes_start: int
    attributes_end: int


def tags(text: str, skipping: re.Pattern[str] = NOTHING) -> Iterator[Tag]:
    """Every tag of the HTML ``text``, in order; those in comments and in scripts are none.

    With ``NO_ADDRESSES``, ``NO_IDS`` or ``NO_IMAGES`` most tags that have none of these are skipped.
    """
    position = 0
    while start := _START.search(text, _behind(skipping, text, position)):
        if start["comment"] or start["other"]:
            position = start.end() if start["empty"] else _comment_end(text, start)
            continue
        token = _TAG.match(text, start.end())
        if token is None:
            # Only a tag that never ends does not match, and then all that follows is in it.
            return
        position = token.end()
        name, closing = token["tag"].lower(), start[0] == "</"
        yield Tag(name, closing, start.start(), position, *token.span("attributes"))
        if name in _TEXT_ONLY and not closing:
            end_tag = re.compile(rf"</{name}(?=[\s/>])", re.I).search(text, position)
            position = end_tag.start() if end_tag else len(text)


def _behind(skipped: re.Pattern[str], text: str, position: int) -> int:
    found = skipped.match(text, position)
    return found.end() if found else position


def raw_attributes(text: str, tag: Tag) -> Iterator[re.Match[str]]:
    """The attributes of ``tag`` as they stand: groups ``name``, and ``value`` with its quotes."""
    return _ATTRIBUTES.finditer(text, tag.attributes_start, tag.attributes_end)


def attributes(text: str, tag: Tag) -> Iterator[tuple[str, str]]:
    """Name, in lower case, and value of each attribute; an attribute without a value has none."""
    for found in raw_attributes(text, tag):
        yield found["name"].lower(), unquoted(found["value"] or "")


def unquoted(value: str) -> str:
    """What the value of an attribute says: without its quotes and character references."""
    bare = value[1:-1] if value[:1] in ('"', "'") else value
    if "&" not in bare:
        return bare
    return _CHARACTER.sub(lambda found: html.unescape(found[0]), bare)


def _comment_end(text: str, start: re.Match[str]) -> int:
    """Where a comment, or what a browser takes for one (``<!a``, ``<?b``, ``</3``), is over."""
    form = _COMMENT_END if start["comment"] else re.compile(">")
    end = form.search(text, start.end())
    return end.end() if end else len(text)
