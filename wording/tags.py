"""Language tags (BCP 47, RFC 5646): where to look for their text, and which way they are written.

Babel is imported when a language is first asked for, not before: a command that shows no text
does not wait for it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from babel import Locale

Side = Literal["ltr", "rtl"]

# The scripts in use today that run from right to left, as ISO 15924 names them.
_RIGHT_TO_LEFT = frozenset(
    {"Adlm", "Arab", "Armi", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"}
)
# What CLDR's root calls January: the locale is known by name only.
_NO_NAME = "M01"


@lru_cache(maxsize=256)
def chain(tag: str) -> tuple[str, ...]:
    """``tag`` and what stands for it where it has no text, as RFC 4647 (3.4) looks a tag up.

    "zh-Hant-TW" is followed by "zh-Hant" and "zh". Tags are in lower case, with hyphens.
    """
    parts = tag.replace("_", "-").lower().split("-")
    found = []
    while parts:
        found.append("-".join(parts))
        parts.pop()
        if parts and len(parts[-1]) == 1:
            parts.pop()
    return tuple(found)


@lru_cache(maxsize=256)
def locale_of(tag: str) -> Locale:
    """The locale of a tag, or of the nearest one Babel knows; international English without one.

    Plain "en" is international too: "19 May 2026" reads the same everywhere, and a site that
    wants "May 19, 2026" says "en-US".
    """
    from babel import Locale, UnknownLocaleError  # loaded when it is needed

    for one in chain(tag):
        if one == "en":
            break
        try:
            found = Locale.parse(one, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
        if found.months["format"]["wide"][1] != _NO_NAME:
            return found
    return Locale("en", "001")


@lru_cache(maxsize=256)
def direction(tag: str) -> Side:
    """Which way a language is written, by its script: the tag's own, or the most likely one."""
    from babel.core import get_global  # loaded when it is needed

    parts = tag.replace("_", "-").split("-")
    own = [part.title() for part in parts[1:] if len(part) == 4 and part.isalpha()]
    likely = get_global("likely_subtags")
    for name in (f"{parts[0].lower()}_{parts[-1].upper()}", parts[0].lower()):
        own += str(likely.get(name, "")).split("_")[1:2]
    return "rtl" if own and own[0] in _RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=256)
def language_name(tag: str) -> str:
    """The language's own name for itself ("Deutsch"), or its tag where Babel knows none."""
    from babel import Locale, UnknownLocaleError  # loaded when it is needed

    try:
        name = Locale.parse(tag, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        return tag
    return f"{name[0].upper()}{name[1:]}" if name else tag
