"""The words search results show: titles and descriptions from what writers wrote."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from plugins.markup.summaries import shorten

DESCRIPTION_LENGTH = 160

Match = Callable[[str], re.Match[str] | None]

_BETWEEN = " – "
_SET_OFF = r"(?:\s+[–—|·•-]\s+|\s*:\s+)"
# Control characters, lone surrogates and non-characters: no HTML document may contain them.
_NO_CHARACTER = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


@lru_cache(maxsize=2048)
def one_line(text: str) -> str:
    """``text`` with single spaces and without what is no character."""
    return " ".join(_NO_CHARACTER.sub(" ", text).split())


def page_title(title: str, site_name: str, page_label: str = "") -> str:
    """A page's title and the site's name, which is left out where the title says it already.

    ``page_label`` ("Page 2") tells the pages of a list apart.
    """
    own = one_line(title)
    name = one_line(site_name)
    shown = "" if _says(own, name) else name
    return _BETWEEN.join(part for part in (own, one_line(page_label), shown) if part)


def home_title(site_name: str, tagline: str, page_label: str = "") -> str:
    """The site's name and tagline; on the pages behind the first, their number instead."""
    name = one_line(site_name)
    second = one_line(page_label or tagline)
    return _BETWEEN.join(part for part in (name, second) if part)


def description(text: str) -> str:
    """The beginning of ``text`` that search results have room for, cut at a word."""
    return shorten(one_line(text), DESCRIPTION_LENGTH)


def _says(title: str, name: str) -> bool:
    """Whether ``title`` ends with the site's name, or has it set off at either end.

    Where the name is not set off its case decides: a site may be called like a word.
    """
    somewhere, alone, last = _namings(name)
    return bool(somewhere(title) and (alone(title) or last(title)))


@lru_cache(maxsize=64)
def _namings(name: str) -> tuple[Match, Match, Match]:
    """What finds the site's name in a title: anywhere, set off from the rest, and at the end."""
    quoted = re.escape(name)
    alone = f"(.*{_SET_OFF})?{quoted}({_SET_OFF}.*)?"
    return (
        re.compile(quoted, re.IGNORECASE).search,
        re.compile(alone, re.IGNORECASE).fullmatch,
        re.compile(f"\\s{quoted}$").search,
    )
