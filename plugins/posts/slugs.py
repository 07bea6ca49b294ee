"""Slugs: the part of a URL that is made from a title, a name or a file name.

The same as Pelican's `slugify` with its default substitutions
(https://docs.getpelican.com/en/stable/settings.html), so that URLs stay what they were, without
importing Pelican. Two differences: a slug has no hyphen at its ends, and ``C++`` and ``C#`` do not
become the same as ``C``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from markupsafe import Markup
from unidecode import unidecode

_NAMED_SIGNS = (
    (re.compile(r"(?<=[^\W\d_])\+\+"), "pp"),
    (re.compile(r"(?<=[^\W\d_])#(?!\w)"), "sharp"),
)
# JSON may contain half a character; no slug can.
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_NOT_IN_SLUG = re.compile(r"[^\w\s-]")
_GAP = re.compile(r"[-\s]+")
# Longer file names fail on common file systems (255 bytes) once temporary names are added.
MAX_BYTES = 200


# What is a slug already.
_SLUG = re.compile(r"[a-z0-9]++(?:-[a-z0-9]++)*+")


@lru_cache(maxsize=4096)
def slugify(text: str, *, ascii_only: bool = True) -> str:
    """``text`` as a slug: lower case, words joined by hyphens; empty if nothing is left of it.

    ``ascii_only`` transliterates other scripts. A slug of more than 200 bytes is cut at a word.
    """
    if len(text) <= MAX_BYTES and _SLUG.fullmatch(text):
        return text
    plain = unicodedata.normalize("NFKC", Markup(text).striptags())  # noqa: S704  # to take tags off
    plain = _LONE_SURROGATE.sub("", plain)
    for sign, name in _NAMED_SIGNS:
        plain = sign.sub(name, plain)
    if ascii_only:
        plain = unidecode(plain)
    slug = _GAP.sub("-", _NOT_IN_SLUG.sub("", plain)).strip("-").lower()
    return slug if len(slug.encode()) <= MAX_BYTES else _cut(slug)


def _cut(slug: str) -> str:
    start = slug.encode()[:MAX_BYTES].decode("utf-8", "ignore")
    return start.rpartition("-")[0] or start
