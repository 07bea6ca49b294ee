"""The text of an entry of WordPress as Markdown."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from desk.importing.html.bounds import LARGEST
from desk.importing.html.converter import to_markdown
from desk.importing.model import Note
from desk.importing.wordpress import blocks
from desk.importing.wordpress.addresses import Addresses
from desk.importing.wordpress.classic import paragraphs
from desk.importing.wordpress.meanings import Meanings, Picture
from desk.importing.wordpress.shortcodes import without_shortcodes
from desk.importing.wordpress.wxr import Entry

_EMBED = re.compile(
    r"<div class=\"wp-block-embed__wrapper\">\s*+(?P<url>https?://[^\s<>\"]++)\s*+</div>"
)
_BARE = re.compile(r"^[ \t]*+(?P<url>https?://[^\s<>\"\[\]]++)[ \t]*+$", re.MULTILINE)
_MARK = re.compile(
    r"<sup data-fn=\"(?P<id>[\w-]{1,80})\"[^<>]*+>(?:<a\b[^<>]*+>)?[^<>]*+(?:</a>)?</sup>"
)
_LATEX = re.compile(r"\$latex (?P<formula>[^$<>\n]{1,500}+)\$")
_MOST_BLOCKS = 5


@dataclass(frozen=True, slots=True)
class Texts:
    """What the text of one entry may refer to: addresses, pictures, blocks that are used again."""

    addresses: Addresses
    pictures: Mapping[str, Picture]
    attached: Mapping[str, tuple[str, ...]]
    reusable: Mapping[str, str]


def markdown(entry: Entry, known: Texts) -> tuple[str, list[Note]]:
    """The text of ``entry`` as Markdown, and notes."""
    text = entry.text
    if len(text) > LARGEST:
        return to_markdown(text, entry.line, known.addresses.new)
    meanings = Meanings(entry.line, known.pictures, known.attached.get(entry.key, ()))
    text = _footnotes(text, entry, meanings)
    lost: Counter[str] = Counter()
    if blocks.is_made_of_blocks(text):
        text = _blocks(text, known, lost)
        text = without_shortcodes(_EMBED.sub(_address, text), meanings)
    else:
        text = _BARE.sub(_address, text.replace("\r\n", "\n"))
        text = paragraphs(without_shortcodes(text, meanings))
    text = _LATEX.sub(lambda found: f"<parley-raw>\\({found['formula']}\\)</parley-raw>", text)
    said, notes = to_markdown(text, entry.line, known.addresses.new)
    written = [
        f"[^{number}]: {to_markdown(one, entry.line, known.addresses.new)[0] or '-'}"
        for number, one in enumerate(meanings.footnotes, 1)
    ]
    notes += [
        Note(entry.line, "a block that the server makes", f"{name}, {count} times", "lost")
        for name, count in sorted(lost.items())
    ]
    return "\n\n".join([said, *written]), [*meanings.notes, *notes]


def _address(found: re.Match[str]) -> str:
    return f"\n\n<parley-block>{found['url']}</parley-block>\n\n"


def _blocks(text: str, known: Texts, lost: Counter[str]) -> str:
    used = 0

    def dynamic(block: blocks.Block) -> str | None:
        nonlocal used
        said = blocks.embedded(block)
        if said is None and block.name == "block":
            used += 1
            inner = known.reusable.get(str(block.attributes.get("ref")))
            if inner is not None and used <= _MOST_BLOCKS * 10:
                return blocks.without_blocks(inner, blocks.embedded)
        if said is None and block.name != "footnotes":
            lost[block.name] += 1
            shown = json.dumps(dict(block.attributes), ensure_ascii=False)[:300]
            return f"<!-- the block {block.name} {html.escape(shown, quote=False)} -->"
        return said

    return blocks.without_blocks(text, dynamic)


def _footnotes(text: str, entry: Entry, meanings: Meanings) -> str:
    """Marks of the block editor's footnotes, whose texts stand beside the entry."""
    try:
        given = json.loads(entry.meta.get("footnotes") or "[]")
        texts = {str(one["id"]): str(one["content"]) for one in given}
    except (ValueError, TypeError, KeyError, RecursionError):
        return text

    def mark(found: re.Match[str]) -> str:
        said = texts.get(found["id"])
        return meanings.footnote(said) if said is not None else found[0]

    return _MARK.sub(mark, text)
