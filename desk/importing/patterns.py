"""Addresses as the old generator made them: the words of Jekyll's and Hugo's patterns."""

from __future__ import annotations

import re
from collections.abc import Mapping

_WORD = re.compile(r":(?P<word>[a-z_]+)")
_JEKYLL = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "none": "/:categories/:title.html",
}


def named(pattern: str) -> str:
    """A pattern by its name in Jekyll, or as it is."""
    return _JEKYLL.get(pattern, pattern)


def address(pattern: str, words: Mapping[str, str]) -> str:
    """The path that ``pattern`` makes of ``words``: without double slashes, with one at the front.

    Raises ValueError for a word that is not among them.
    """
    unknown = sorted({found["word"] for found in _WORD.finditer(pattern)} - set(words))
    if unknown:
        raise ValueError(f"the pattern {pattern!r} has :{unknown[0]}, which is not known here")
    made = _WORD.sub(lambda found: words[found["word"]], pattern)
    return re.sub(r"/{2,}+", "/", f"/{made}")
