"""The references in a piece of HTML: found, and replaced without touching anything else.

Everything that is not replaced stays byte for byte as it was.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from plugins.markup.tags import (
    NO_ADDRESSES,
    NO_IDS,
    Tag,
    attributes,
    raw_attributes,
    tags,
    unquoted,
)

_NAMES = ("href", "src", "srcset", "poster", "data", "xlink:href")
_IMAGE_TAGS = ("img", "input", "image")
# What browsers pass over other types for, where a choice is offered.
_IMAGE_TYPES = re.compile(r"image/(?:jpeg|png|gif|webp|avif|apng|bmp|x-icon|svg\+xml)\b|\s*$", re.I)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class Reference:
    """One address in an attribute: its value unescaped, and where it stands.

    ``type`` is what a ``source`` says of it: browsers pass over those that they do not know.
    """

    tag: str
    attribute: str
    value: str
    type: str = ""

    @property
    def kind(self) -> Literal["link", "image"]:
        """Whether the address is shown as an image or can be followed."""
        shown = self.attribute in ("srcset", "poster") or self.tag in _IMAGE_TAGS
        return "image" if shown and _IMAGE_TYPES.match(self.type) else "link"


@dataclass(frozen=True, slots=True)
class _Place:
    """A reference, where its attribute begins and where its value, quotes included, lies in the HTML."""

    reference: Reference
    begin: int
    start: int
    end: int


def references(text: str) -> Iterator[Reference]:
    """Every address in the HTML ``text``, in order; each candidate of a ``srcset`` is one."""
    for place in _places(text):
        found = place.reference
        if found.attribute == "srcset":
            for start, end in _candidates(found.value):
                yield Reference(found.tag, found.attribute, found.value[start:end], found.type)
        else:
            yield Reference(found.tag, found.attribute, found.value.strip())


def rewrite(text: str, change: Callable[[str], str]) -> str:
    """The HTML ``text`` with each address replaced by ``change(address)``.

    ``change`` gets and returns the address unescaped; where it returns what it got, the writer's
    own spelling stays. Where it returns nothing for a link, that is left without an address.
    """
    pieces = []
    done = 0
    for place in _places(text):
        old = place.reference.value
        if place.reference.attribute == "srcset":
            new = _change_candidates(old, change)
        else:
            changed = change(old.strip())
            new = old if changed == old.strip() else changed
        if new != old:
            if not new and place.reference.attribute == "href":
                pieces.append(text[done : place.begin].rstrip())
            else:
                pieces += [text[done : place.start], quoted(new, text[place.start])]
            done = place.end
    return "".join((*pieces, text[done:]))


def is_local(address: str) -> bool:
    """Whether ``address`` leads to this site, or to a place in the text: no scheme, no other host."""
    stripped = address.strip()
    return not (stripped.startswith(("//", "\\\\", "?")) or _SCHEME.match(stripped))


def anchors(text: str) -> Iterator[str]:
    """What a fragment can name in the HTML ``text``: every id, and the names of old anchors."""
    for tag in tags(text, NO_IDS):
        if tag.closing:
            continue
        for name, value in attributes(text, tag):
            if value and (name == "id" or (name == "name" and tag.name == "a")):
                yield value


@lru_cache(maxsize=2)  # a text is looked through several times in a row
def _places(text: str) -> tuple[_Place, ...]:
    return tuple(
        place
        for tag in tags(text, NO_ADDRESSES)
        if not tag.closing and tag.attributes_end > tag.attributes_start
        for place in _attributes(text, tag)
    )


def _attributes(text: str, tag: Tag) -> Iterator[_Place]:
    for found in raw_attributes(text, tag):
        name, value = found["name"].lower(), found["value"]
        if value is None or name not in _NAMES or (name == "data") != (tag.name == "object"):
            continue
        kind = dict(attributes(text, tag)).get("type", "") if tag.name == "source" else ""
        reference = Reference(tag.name, name, unquoted(value), kind)
        yield _Place(reference, found.start("name"), found.start("value"), found.end("value"))


def _candidates(srcset: str) -> Iterator[tuple[int, int]]:
    """Start and end of each URL of a ``srcset`` (HTML standard, section 4.8.4.2.1)."""
    position = 0
    while found := re.compile(r"[^\s,]\S*").search(srcset, position):
        end = found.start() + len(found[0].rstrip(","))
        yield found.start(), end
        comma = end if end < found.end() else srcset.find(",", end)
        if comma < 0:
            return
        position = comma + 1


def _change_candidates(srcset: str, change: Callable[[str], str]) -> str:
    pieces = []
    done = 0
    for start, end in _candidates(srcset):
        # A space would end the URL, and a comma at its end the candidate.
        changed = change(srcset[start:end]).replace(" ", "%20")
        pieces += [srcset[done:start], changed]
        done = end
    return "".join((*pieces, srcset[done:]))


def quoted(value: str, quote: str = '"') -> str:
    """``value`` as an attribute is written, between quotation marks of that kind."""
    escaped = html.escape(value, quote=False)
    if quote == "'":
        return "'" + escaped.replace("'", "&#39;") + "'"
    return '"' + escaped.replace('"', "&quot;") + '"'
