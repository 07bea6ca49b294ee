"""Addresses and frames in a finished body as cards: a link that becomes a player when it is clicked.

Before the click nothing is asked of another site. Without scripts the link leads to the page of the
video; feeds and search see the same link.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from markupsafe import Markup

from plugins.embeds.providers import Embed, find, mentioned
from plugins.markup.tags import attributes, tags
from wording import wording_for

_PARAGRAPH = re.compile(r"<p>((?:[^<]|<(?!/?p[\s>]))*)</p>")
_LINK = re.compile(
    r"\s*(?:<a href=\"([^\"]+)\">([^<]*)</a>|(https?://[^\s<>]+))\s*(?:<br ?/?>)?\s*"
)
_FRAME = re.compile(r"<iframe\b[^>]*>[^<]*</iframe\s*>", re.IGNORECASE)
# What providers' embed codes have around and behind the frame: a box that keeps its shape, a script.
_BOX = re.compile(
    r"<(p|div)(?:\s+style=\"[^\"]*\")?>\s*(<div class=\"player [^\"]*\"[^>]*><a [^>]*>.*?</a></div>)\s*</\1>",
    re.DOTALL | re.IGNORECASE,
)
_SCRIPT = re.compile(
    r"\s*<script\b[^>]*\bsrc=\"https://player\.vimeo\.com/api/player\.js\"[^>]*>\s*</script>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^>]*>")
# Titles that providers write into every embed code.
_NO_TITLES = frozenset({"youtube video player", "vimeo-player", "vimeo video player", "video"})


def with_cards(body: str, lang: str) -> str:
    """``body``, finished HTML, with a card for each address of a provider that is alone on its line.

    So is each frame of a provider, wherever it stands. The words of a card are in ``lang``.
    """
    if "<iframe" in body or "<IFRAME" in body:
        framed = _FRAME.sub(lambda found: _of_frame(found[0], lang), body)
        if framed != body:
            body = _BOX.sub(r"\2", _SCRIPT.sub("", framed))
    return _PARAGRAPH.sub(lambda found: _of_paragraph(found, lang), body)


def card(embed: Embed, lang: str, title: str = "") -> str:
    """The HTML of one card; ``title`` is plain text."""
    words = wording_for(lang)
    form = (
        words.gettext("Video on %(site)s")
        if embed.kind == "video"
        else words.gettext("Audio on %(site)s")
    )
    where = form % {"site": embed.site}
    height = Markup(' data-height="{}"').format(embed.height) if embed.height else ""
    name = Markup('<span class="player-title">{}</span> ').format(title) if title else ""
    return str(
        Markup(
            '<div class="player player-{}" data-player="{}"{}><a href="{}">{}<span class="player-site">{}</span></a></div>'
        ).format(embed.kind, embed.player, height, embed.page, name, where)
    )


def _of_frame(frame: str, lang: str) -> str:
    tag = next(iter(tags(frame)), None)
    given = dict(attributes(frame, tag)) if tag else {}
    embed = find(given.get("src", "") or given.get("data-src", ""))
    if embed is None:
        return frame
    title = given.get("title", "").strip()
    return card(embed, lang, "" if title.lower() in _NO_TITLES else title)


def _of_paragraph(paragraph: re.Match[str], lang: str) -> str:
    """The paragraph, cut where a line of it is nothing but an address."""
    if not mentioned(paragraph[1]):
        return paragraph[0]
    lines = paragraph[1].split("\n")
    cards = [_of_line(line, lang) for line in lines]
    if not any(cards):
        return paragraph[0]
    parts = list(_parts(lines, cards))
    if not all(_is_whole(text) for text, is_card in parts if not is_card):
        return paragraph[0]
    return "\n".join(text if is_card else f"<p>{text}</p>" for text, is_card in parts)


def _of_line(line: str, lang: str) -> str:
    found = _LINK.fullmatch(line)
    if found is None:
        return ""
    address = html.unescape(found[1] or found[3])
    # A link with words of its own is the writer's, and stays one.
    if found[1] and html.unescape(found[2]).strip() not in (address, address.partition("://")[2]):
        return ""
    embed = find(address)
    return card(embed, lang) if embed else ""


def _parts(lines: list[str], cards: list[str]) -> Iterator[tuple[str, bool]]:
    """Text and cards in order; says of each whether it is a card."""
    text: list[str] = []
    for line, made in zip([*lines, ""], [*cards, "end"], strict=True):
        if not made:
            text.append(line)
            continue
        said = re.sub(r"(?:<br ?/?>|\s)+\Z", "", "\n".join(text))
        if said:
            yield said, False
        text = []
        if made != "end":
            yield made, True


def _is_whole(text: str) -> bool:
    """Whether every element that ``text`` opens is closed in it, and none that it does not open."""
    opened: list[str] = []
    for closing, name in _TAG.findall(text):
        if name in ("br", "img", "wbr", "input"):
            continue
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened
