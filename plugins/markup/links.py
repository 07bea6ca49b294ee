"""The references in a piece of HTML: found, and replaced without touching anything else.

The tokenizer follows the HTML standard's rules for tags and attributes (section 13.2.5) closely
enough for what writers put into posts: quotes, values without quotes, comments, and elements
whose content is text. Everything that is not replaced stays byte for byte as it was.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

# Possessive quantifiers: no input makes these backtrack.
_ATTRIBUTE = (
    r"[\s/]*+(?P<name>[^\s/>][^\s/>=]*+)"
    r"(?:\s*+=\s*+(?P<value>\"[^\"]*+\"|'[^']*+'|[^\s\"'>][^\s>]*+))?+"
)
_UNNAMED = re.sub(r"\?P<\w+>", "?:", _ATTRIBUTE)
_START = re.compile(
    r"(?P<comment><!--(?P<empty>-?>)?)|(?P<other><[!?]|</(?=[^a-zA-Z]))|</?(?=[a-zA-Z])"
)
_COMMENT_END = re.compile(r"--!?>")
_TAG = re.compile(rf"(?P<tag>[a-zA-Z][^\s/>]*+)(?P<attributes>(?:{_UNNAMED})*+)[\s/]*+>")
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TEXT_ONLY = ("script", "style", "textarea", "title", "xmp", "noembed", "noframes")

_NAMES = ("href", "src", "srcset", "poster", "data", "xlink:href")
_IMAGE_TAGS = ("img", "input", "image")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
# In attributes only what ends in a semicolon is sure to be a character reference.
_CHARACTER = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


@dataclass(frozen=True, slots=True)
class Reference:
    """One address in an attribute: its value unescaped, and where it stands."""

    tag: str
    attribute: str
    value: str

    @property
    def kind(self) -> Literal["link", "image"]:
        """Whether the address is shown as an image or can be followed."""
        shown = self.attribute in ("srcset", "poster")
        return "image" if shown or self.tag in _IMAGE_TAGS else "link"


@dataclass(frozen=True, slots=True)
class _Place:
    """A reference and where its value, quotes included, lies in the HTML."""

    reference: Reference
    start: int
    end: int


def references(text: str) -> Iterator[Reference]:
    """Every address in the HTML ``text``, in order; each candidate of a ``srcset`` is one."""
    for place in _places(text):
        found = place.reference
        if found.attribute == "srcset":
            for start, end in _candidates(found.value):
                yield Reference(found.tag, found.attribute, found.value[start:end])
        else:
            yield Reference(found.tag, found.attribute, found.value.strip())


def rewrite(text: str, change: Callable[[str], str]) -> str:
    """The HTML ``text`` with each address replaced by ``change(address)``.

    ``change`` gets and returns the address unescaped; where it returns what it got, the writer's
    own spelling stays.
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
            pieces += [text[done : place.start], _quoted(new, text[place.start])]
            done = place.end
    return "".join((*pieces, text[done:]))


def is_local(address: str) -> bool:
    """Whether ``address`` leads to this site: no scheme, no other host, more than a fragment."""
    stripped = address.strip()
    return not (stripped.startswith(("//", "\\\\", "#", "?")) or _SCHEME.match(stripped))


def _places(text: str) -> Iterator[_Place]:
    position = 0
    while start := _START.search(text, position):
        if start["comment"] or start["other"]:
            position = start.end() if start["empty"] else _comment_end(text, start)
            continue
        token = _TAG.match(text, start.end())
        if token is None:
            # Only a tag that never ends does not match, and then all that follows is in it.
            return
        position = token.end()
        tag = token["tag"].lower()
        if start[0] == "</":
            continue
        if token["attributes"]:
            yield from _attributes(text, tag, token.start("attributes"), token.end("attributes"))
        if tag in _TEXT_ONLY:
            end_tag = re.compile(rf"</{tag}(?=[\s/>])", re.I).search(text, position)
            position = end_tag.start() if end_tag else len(text)


def _comment_end(text: str, start: re.Match[str]) -> int:
    """Where a comment, or what a browser takes for one (``<!a``, ``<?b``, ``</3``), is over."""
    form = _COMMENT_END if start["comment"] else re.compile(">")
    end = form.search(text, start.end())
    return end.end() if end else len(text)


def _attributes(text: str, tag: str, start: int, end: int) -> Iterator[_Place]:
    for found in _ATTRIBUTES.finditer(text, start, end):
        name, value = found["name"].lower(), found["value"]
        if value is None or name not in _NAMES or (name == "data") != (tag == "object"):
            continue
        bare = value[1:-1] if value[0] in "\"'" else value
        reference = Reference(tag, name, _unescape(bare))
        yield _Place(reference, found.start("value"), found.end("value"))


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


def _unescape(value: str) -> str:
    return _CHARACTER.sub(lambda found: html.unescape(found[0]), value)


def _quoted(value: str, quote: str) -> str:
    escaped = html.escape(value, quote=False)
    if quote == "'":
        return "'" + escaped.replace("'", "&#39;") + "'"
    return '"' + escaped.replace('"', "&quot;") + '"'
