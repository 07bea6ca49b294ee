"""Blocks of WordPress's editor: comments around their HTML, or alone where the server makes it.

https://developer.wordpress.org/block-editor/getting-started/fundamentals/markup-representation-block/
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from desk.importing.wordpress.classic import paragraphs

_OPENING = re.compile(r"<!--\s++(?P<close>/)?wp:(?P<name>[a-z][a-z0-9_/-]*+)\s*+")
_LARGEST = 200_000
_COVER = "wp-block-cover__image-background"
_EMPTY = frozenset({"spacer", "nextpage", "separator", "more", "template-part"})


@dataclass(frozen=True, slots=True)
class Block:
    """What the comment at the beginning of a block says."""

    name: str
    attributes: Mapping[str, Any]
    alone: bool


# What stands for a block without HTML of its own; None where nothing is known to.
Dynamic = Callable[[Block], str | None]


def is_made_of_blocks(text: str) -> bool:
    """Whether the block editor has written it."""
    return "<!-- wp:" in text


def without_blocks(text: str, dynamic: Dynamic) -> str:
    """The HTML of ``text``; what stands outside of all blocks has paragraphs as in the classic editor."""
    made: list[str] = []
    depth = at = 0
    classic = False
    while found := _OPENING.search(text, at):
        end = text.find("-->", found.end())
        if end < 0:
            break
        made.append(_between(text[at : found.start()], depth, classic and depth == 1))
        rest = text[found.end() : end].rstrip()
        at = end + 3
        if found["close"]:
            depth = max(0, depth - 1)
            continue
        block = _block(found["name"], rest)
        if block.alone or (block.name == "cover" and _COVER not in text[at : at + 2_000]):
            made.append(dynamic(block) or "")
        if not block.alone:
            depth += 1
            classic = block.name in {"freeform", "shortcode"} or (depth > 1 and classic)
    made.append(_between(text[at:], depth, False))
    return "".join(made)


def _between(text: str, depth: int, classic: bool) -> str:
    return paragraphs(text) if text.strip() and (depth == 0 or classic) else text


def _block(name: str, rest: str) -> Block:
    alone = rest.endswith("/")
    given = rest.removesuffix("/").strip()
    found: Any = {}
    if given.startswith("{") and len(given) <= _LARGEST:
        try:
            found = json.loads(given)
        except (ValueError, RecursionError):
            found = {}
    return Block(name.removeprefix("core/"), found if isinstance(found, dict) else {}, alone)


def embedded(block: Block) -> str | None:
    """What the attributes alone say of a block: an address, an image; empty for what is only space."""
    url = block.attributes.get("url")
    if block.name in _EMPTY:
        return ""
    if isinstance(url, str) and url.startswith(("https://", "http://")):
        if block.name == "embed" or block.name.startswith("core-embed/"):
            return f"<parley-block>{html.escape(url)}</parley-block>"
        if block.name in {"cover", "image"}:
            alt = str(block.attributes.get("alt") or "")
            return f'<p><img src="{html.escape(url)}" alt="{html.escape(alt)}"></p>'
    return "" if block.name == "cover" else None
