"""Attribute lists of python-markdown and kramdown: ``{: .class #id key="value" }``.

python-markdown also reads ``{#id}`` and ``{.class}`` after a heading, as GitHub's relatives do.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

_ENTRY = re.compile(
    r"(?:\.(?P<cls>[^\s.#={}]+)|\#(?P<id>[^\s.#={}]+)"
    r"|(?P<key>[^\s.#={}\"']{1,100}+)=(?P<value>\"[^\"]*\"|'[^']*'|[^\s}]*)|(?P<word>[\w-]+))"
)
# With a colon anything may follow; without one only what cannot be prose in braces.
COLON = re.compile(r"\{:(?!:)(?P<said>(?:[^{}\"'\n]|\"[^\"\n]*\"|'[^'\n]*')*)\}")
BARE = re.compile(r"\{(?P<said>[ ]*[#.][\w#.\x02 =\"'-]*)\}")
# The name of an element that stands in for the usual one; no text can hold the character.
ELEMENT = "\x02element"
NO_ELEMENT = "\x02none"

_IN_QUOTES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;"}

Attributes = dict[str, str]


def read(said: str, named: Mapping[str, str] | None = None) -> Attributes:
    """The attributes in a list without its braces; ``named`` are kramdown's lists with a name."""
    found: Attributes = {}
    for entry in _ENTRY.finditer(said):
        if entry["cls"]:
            merge(found, {"class": entry["cls"]})
        elif entry["id"]:
            found["id"] = entry["id"]
        elif entry["key"]:
            value = entry["value"]
            bare = value[1:-1] if value[:1] in ("'", '"') else value
            merge(found, {entry["key"]: html.unescape(bare)})
        elif named and entry["word"] in named:
            merge(found, read(named[entry["word"]]))
        else:
            merge(found, {entry["word"]: entry["word"]})
    return found


def merge(into: Attributes, more: Mapping[str, str]) -> None:
    """Add attributes: classes add up, anything else is replaced."""
    for name, value in more.items():
        both = name == "class" and into.get("class")
        into[name] = f"{into['class']} {value}" if both else value


def opening(name: str, attributes: Mapping[str, str]) -> str:
    """A start tag; attributes are in the order of their names."""
    if not attributes:
        return f"<{name}>"
    name = attributes.get(ELEMENT, name)
    if name == NO_ELEMENT:
        return ""
    if len(attributes) == 1 and ELEMENT not in attributes:
        ((key, value),) = attributes.items()
        return f'<{name} {key}="{escaped(value)}">'
    written = "".join(
        f' {key}="{escaped(value)}"' for key, value in sorted(attributes.items()) if key != ELEMENT
    )
    return f"<{name}{written}>"


def escaped(value: str) -> str:
    """``value`` as it stands between double quotation marks."""
    if "&" in value or '"' in value or "<" in value or ">" in value:
        return value.translate(_IN_QUOTES)
    return value
