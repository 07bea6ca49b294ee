"""The words of another site, made fit to stand on ours."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import nh3

from dialogue.webmention.seen import Seen

_TAGS = {
    *("p", "br", "em", "strong", "b", "i", "s", "del", "code", "pre"),
    *("blockquote", "ul", "ol", "li", "a"),
}
# How much of an article that mentions us is shown; a reply is shown whole, up to a limit.
_EXCERPT = 400
_SPOKEN = ("reply", "mention")


@dataclass(frozen=True, slots=True)
class Words:
    """What a mention says: as plain text, and as HTML that is safe on our page."""

    text: str
    html: str


def words(seen: Seen, longest: int) -> Words:
    """What is shown of ``seen``: a reply up to ``longest`` characters, the beginning of an article.

    Likes and reposts say nothing.
    """
    if seen.kind not in _SPOKEN:
        return Words("", "")
    text = seen.text.strip()
    if seen.kind == "mention":
        return _plain(seen.title, _cut(text, min(_EXCERPT, longest)))
    if len(text) > longest or len(seen.html) > 8 * longest:
        return _plain("", _cut(text, longest))
    return Words(text, clean(seen.html))


def clean(html: str) -> str:
    """``html`` without anything that does something, or loads something from elsewhere.

    No images: they would tell another site who reads ours.
    """
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow ugc noopener",
    ).strip()


def _cut(text: str, longest: int) -> str:
    """``text``, or its beginning to the last word that fits, and an ellipsis."""
    if len(text) <= longest:
        return text
    return f"{text[: longest - 1].rsplit(None, 1)[0].rstrip()}…"


def _plain(title: str, text: str) -> Words:
    parts = [part for part in (title, *text.split("\n\n")) if part.strip()]
    html = "".join(f"<p>{escape(' '.join(part.split()))}</p>" for part in parts)
    return Words("\n\n".join(parts), html)
