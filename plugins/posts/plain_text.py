"""Titles and summaries as plain text on one line, whatever their writers' tools printed raw.

Jekyll's and Pelican's themes print them as HTML, so front matter holds entities, inline tags and
Markdown. Here they are text, read as any line of a body is, and the theme escapes it.
"""

from __future__ import annotations

import re
from typing import Any

from plugins.frontmatter.values import Fault, one_line, text
from plugins.markup.inline_text import plain

MAX_TITLE = 500
MAX_SUMMARY = 5000

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def title(value: Any) -> str:
    """``value`` as a title; raises `Fault` where it is no text, too long, or only markup."""
    if not (shown := _shown(_bounded(text(value), MAX_TITLE))):
        raise Fault("the title is empty without its markup", "write a title")
    return shown


def summary(value: Any) -> str | None:
    """``value`` as a summary; None if it is only markup. Raises `Fault` as `title` does."""
    return _shown(_bounded(text(value), MAX_SUMMARY)) or None


def _bounded(written: str, limit: int) -> str:
    if len(written) > limit:
        message = f"a text of {len(written)} characters is too long, {limit} are possible"
        raise Fault(message, "move it to the body")
    return written


def _shown(written: str) -> str:
    said = plain(written)
    return said if said.isprintable() else one_line(_UNPRINTABLE.sub(" ", said))
