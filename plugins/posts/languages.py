"""Language tags as BCP 47 has them (RFC 5646): checked for their form, in their usual case."""

from __future__ import annotations

import re
from typing import Any

from plugins.frontmatter.values import Fault, show, text

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3}(?:-[a-z]{3}){0,3})"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<more>(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?)",
    re.IGNORECASE,
)
_NAMES = {
    **dict.fromkeys(("english",), "en"),
    **dict.fromkeys(("german", "deutsch"), "de"),
    **dict.fromkeys(("french", "français"), "fr"),
    **dict.fromkeys(("spanish", "español"), "es"),
    **dict.fromkeys(("italian", "italiano"), "it"),
    **dict.fromkeys(("dutch", "nederlands"), "nl"),
    **dict.fromkeys(("portuguese", "português"), "pt"),
}


def language(value: Any) -> str:
    """The language tag in ``value``: "en", "pt-BR", "zh-Hans"; a locale's name is read too.

    Raises `Fault`.
    """
    written = text(value)
    tag = written.partition(".")[0].partition("@")[0].replace("_", "-")
    found = _TAG.fullmatch(tag)
    if found is None:
        code = _NAMES.get(written.casefold(), "en, fr or pt-BR")
        raise Fault(f"{show(written)} is no language code", f"write {code}")
    parts = [found["language"].lower()]
    parts += [found["script"].title()] if found["script"] else []
    parts += [found["region"].upper()] if found["region"] else []
    return "-".join(parts) + found["more"].lower()


def same_language(one: str, other: str) -> bool:
    """Whether two tags are of one language, whatever the script and region."""
    return one.partition("-")[0].lower() == other.partition("-")[0].lower()
