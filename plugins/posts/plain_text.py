"""Titles and summaries as plain text on one line, whatever their writers' tools printed raw.

Jekyll's and Pelican's themes print them as HTML, so front matter holds entities and inline tags;
summaries hold Markdown too. Here they are text, and the theme escapes it.
"""

from __future__ import annotations

import html
import re
from typing import Any

from plugins.frontmatter.values import Fault, one_line, text
from plugins.markup.source import plain

MAX_TITLE = 500
MAX_SUMMARY = 5000

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# "<Foo>" in a title is text; "<em>" never was meant to be seen.
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|cite|code|del|em|font|i|ins|kbd|mark|p|q|s|small|span|strong|sub|sup|u|wbr)"
    r"(?:\s[^<>]*)?/?>|<!--.*?-->",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def title(value: Any) -> str:
    """``value`` as a title; raises `Fault` where it is no text, too long, or only markup."""
    written = _bounded(text(value), MAX_TITLE)
    if not (shown := _without_entities(_without_tags(written))):
        raise Fault("the title is empty without its markup", "write a title")
    return shown


def summary(value: Any) -> str | None:
    """``value`` as a summary; None if it is only markup. Raises `Fault` as `title` does."""
    written = _bounded(text(value), MAX_SUMMARY)
    return _without_entities(plain(_without_tags(written))) or None


def _bounded(written: str, limit: int) -> str:
    if len(written) > limit:
        message = f"a text of {len(written)} characters is too long, {limit} are possible"
        raise Fault(message, "move it to the body")
    return written


def _without_tags(markup: str) -> str:
    return _INLINE.sub("", _BREAK.sub(" ", markup)) if "<" in markup else markup


def _without_entities(markup: str) -> str:
    if "&" in markup:
        markup = _ENTITY.sub(lambda found: html.unescape(found[0]), markup)
    return one_line(markup if markup.isprintable() else _UNPRINTABLE.sub(" ", markup))
