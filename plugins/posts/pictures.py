"""A post's lead image as the tools write it: a path, a URL, a mapping, or a list of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from plugins.frontmatter.fields import pick
from plugins.frontmatter.values import Fault, boolean, is_boolean, items, show, text
from plugins.post import Picture

_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):")
_OUR_PREFIX = re.compile(r"[{|](?:static|attach|filename|photo)[}|]")
_HINT = "write a path, as in /images/photo.jpg, or an https URL"


def picture(value: Any) -> Picture | None:
    """The image that ``value`` names; None where it says that there is none.

    Of a list the first counts, as in Hugo. Raises `Fault`.
    """
    if is_boolean(value):
        if boolean(value):
            raise Fault(f"{show(value)} names no image", _HINT)
        return None
    if isinstance(value, list):
        return picture(items(value)[0]) if items(value) else None
    if not isinstance(value, Mapping):
        return Picture(_source(value))
    source = pick(value, "src", "url", "path", "image", "file", "feature", "href")
    if source is None:
        return None
    if isinstance(source, Mapping | list):
        raise Fault("the image's path is not text", _HINT)
    alt = pick(value, "alt", "alt_text", "image_alt")
    caption = pick(value, "caption")
    return Picture(
        _source(source),
        text(alt) if alt is not None else "",
        text(caption) if caption is not None else "",
        decorative=alt is not None and not text(alt),
    )


def _source(value: Any) -> str:
    """The path or URL of an image, checked for what no browser or theme should be given."""
    source = text(value)
    if "\\" in source:
        raise Fault(f"{show(source)} has a backslash", _HINT)
    path = _OUR_PREFIX.sub("", source, count=1)
    if re.search(r"[{}<>\"]", path):
        raise Fault(f"{show(source)} has a template or HTML in it", _HINT)
    scheme = _SCHEME.match(path)
    if scheme and scheme["scheme"].lower() not in ("http", "https"):
        raise Fault(f"{show(source)} is neither a path nor an http URL", _HINT)
    return f"https:{source}" if source.startswith("//") else source
