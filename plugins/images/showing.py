"""Image elements completed: size, versions to choose from, and when to load.

What writers gave themselves wins, and everything that is not added to stays byte for byte as it
was.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from plugins.markup.tags import NO_IMAGES, Tag, attributes, tags

_WHOLE = re.compile(r"[0-9]{1,5}").fullmatch
_NOT_TEXT = re.compile(r"<[^>]*>|\s+")
# An image behind more characters than this, white space apart, is below the fold of most windows.
_FOLD = 800


@dataclass(frozen=True, slots=True)
class Shown:
    """What is known of an image: size in pixels where it is one of pixels, and its ``srcset``."""

    width: int | None = None
    height: int | None = None
    srcset: str = ""


Find = Callable[[str], Shown | None]


def image_addresses(text: str) -> Iterator[str]:
    """The ``src`` of every image element in the HTML ``text``, in order."""
    for image in _images(text):
        if src := image.given.get("src"):
            yield src


def complete(text: str, find: Find, sizes: str, *, leads: bool = False) -> str:
    """The HTML ``text`` with its images completed; ``find`` knows those of the site by ``src``.

    ``leads`` says that no image comes before the text. Then its first one is loaded at once where
    it is near the beginning, and first of all where the text begins with it.
    """
    pieces = []
    done = 0
    for number, image in enumerate(_images(text)):
        shown = find(image.given.get("src") or "")
        if shown is None:
            continue
        before = _text_before(text, image.tag.start) if leads and number == 0 else None
        added = {**_size(image, shown), **_choice(image, shown, sizes), **_when(before)}
        pieces += [text[done : image.tag.attributes_end], _written(added, image.given)]
        done = image.tag.attributes_end
    return "".join((*pieces, text[done:]))


@dataclass(frozen=True, slots=True)
class _Image:
    """An ``img`` tag, the attributes given to it, and whether ``picture`` chooses for it."""

    tag: Tag
    given: Mapping[str, str]
    chosen: bool


def _images(text: str) -> Iterator[_Image]:
    if "<img" not in text.lower():
        return
    pictures = 0
    for tag in tags(text, NO_IMAGES):
        if tag.name == "picture":
            pictures = max(0, pictures + (-1 if tag.closing else 1))
        elif tag.name == "img" and not tag.closing:
            given: dict[str, str] = {}
            for name, value in attributes(text, tag):
                given.setdefault(name, value)
            yield _Image(tag, given, pictures > 0)


def _size(image: _Image, shown: Shown) -> dict[str, str]:
    """Width and height; where one is given in pixels, the other in proportion."""
    if not shown.width or not shown.height or {"width", "height"} <= image.given.keys():
        return {}
    width, height = image.given.get("width"), image.given.get("height")
    if width is not None:
        whole = _WHOLE(width.strip())
        return {"height": _scaled(shown.height, int(whole[0]), shown.width)} if whole else {}
    if height is not None:
        whole = _WHOLE(height.strip())
        return {"width": _scaled(shown.width, int(whole[0]), shown.height)} if whole else {}
    return {"width": str(shown.width), "height": str(shown.height)}


def _scaled(length: int, given: int, other: int) -> str:
    return str(max(1, round(length * given / other)))


def _choice(image: _Image, shown: Shown, sizes: str) -> dict[str, str]:
    """The versions, unless the writer made a choice of versions already."""
    if not shown.srcset or image.chosen or {"srcset", "sizes"} & image.given.keys():
        return {}
    width = _WHOLE(image.given.get("width", "").strip())
    if width:
        sizes = f"(min-width: {round(int(width[0]) / 0.92)}px) {int(width[0])}px, 92vw"
    return {"srcset": shown.srcset, "sizes": sizes}


def _text_before(text: str, position: int) -> int:
    """How many characters a reader sees before ``position``; scripts and the like count, too."""
    return len(_NOT_TEXT.sub("", text[:position]))


def _when(before: int | None) -> dict[str, str]:
    """When to load, by the characters before the first image of all; None: there is another."""
    if before == 0:
        return {"fetchpriority": "high"}
    if before is not None and before <= _FOLD:
        return {}
    return {"loading": "lazy", "decoding": "async"}


def _written(added: Mapping[str, str], given: Mapping[str, str]) -> str:
    return "".join(
        f' {name}="{html.escape(value)}"' for name, value in added.items() if name not in given
    )
